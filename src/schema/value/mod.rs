//! What texts in configuration may be: hosts, addresses, durations, expressions. Each check says what is wrong as a
//! fragment to put behind the value (`has no unit`), lowercase and without a final stop.

mod authz;
mod cel;
mod duration;
mod format;
mod host;
mod http;
mod jwks;
mod label;
mod net;
mod quantity;
mod regex;
mod url;

pub use authz::{path_template, port_text, service_account, trust_domain, wildcard};
pub(in crate::schema) use cel::RESERVED as CEL_RESERVED;
pub use cel::cel;
pub use duration::{duration, proto_duration};
pub use format::format;
pub use host::{fqdn, istio_label, wildcard_domain};
pub use http::{header_name, header_value, is_claim, plain_header_name, strict_header_name};
pub use jwks::jwks;
pub use label::{dns_label, dns_subdomain, label_key, label_value};
pub use net::{address_or_prefix, ip, port, prefix};
pub use quantity::quantity;
pub use regex::re2;
pub use url::{Url, request_uri, url};

/// What is wrong with a value, as a fragment.
pub type Fault = String;

/// Values and whether a check takes them, as the unit tests list them.
#[cfg(test)]
fn judge<T>(check: impl Fn(&str) -> Result<T, Fault>, good: &[&str], bad: &[&str]) {
    for text in good {
        let fault = check(text).err();
        assert!(fault.is_none(), "{text:?} {}", fault.unwrap_or_default());
    }
    for text in bad {
        assert!(check(text).is_err(), "{text:?} is taken");
    }
}
