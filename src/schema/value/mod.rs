//! What texts in configuration may be: hosts, addresses, durations, expressions. Each check says what is wrong as a
//! fragment to put behind the value (`has no unit`), lowercase and without a final stop.

mod authz;
mod cel;
mod duration;
mod host;
mod http;
mod jwks;
mod label;
mod net;
mod regex;

pub use authz::{path_template, port_text, service_account, trust_domain, wildcard};
pub use cel::cel;
pub use duration::duration;
pub use host::{fqdn, wildcard_domain};
pub use http::{header_name, url};
pub use jwks::jwks;
pub use label::{dns_label, dns_subdomain, label_key, label_value};
pub use net::{address_or_prefix, ip, port, prefix};
pub use regex::re2;

/// What is wrong with a value, as a fragment.
pub type Fault = String;
