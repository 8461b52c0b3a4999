//! Host names.

use super::{Fault, dns_label};

/// A host name of one or more labels, with or without a final dot.
pub fn fqdn(text: &str) -> Result<(), Fault> {
    if text.is_empty() || text.len() > 255 {
        return Err("is no host name: it is empty or longer than 255 characters".to_owned());
    }
    let bare = text.strip_suffix('.').unwrap_or(text);
    bare.split('.').try_for_each(dns_label)
}

/// A host name whose first label may be `*`, or begin with it.
pub fn wildcard_domain(text: &str) -> Result<(), Fault> {
    match text.strip_prefix("*.") {
        Some(rest) => fqdn(rest),
        None if text == "*" => Ok(()),
        None => fqdn(text),
    }
}
