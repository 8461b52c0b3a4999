//! Names and labels as Kubernetes takes them.

use super::Fault;

/// A DNS label of RFC 1123: at most 63 lower-case letters, digits and `-`.
pub fn dns_label(text: &str) -> Result<(), Fault> {
    let inner = text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    let ends = !text.starts_with('-') && !text.ends_with('-');
    match !text.is_empty() && text.len() <= 63 && inner && ends {
        true => Ok(()),
        false => Err("has a label that is not 1 to 63 letters, digits and `-`".to_owned()),
    }
}

/// A DNS subdomain of RFC 1123: labels with dots between them, at most 253 characters.
pub fn dns_subdomain(text: &str) -> Result<(), Fault> {
    text.split('.').try_for_each(dns_label)
}

/// A key of a label: a name with an optional domain and `/` before it.
pub fn label_key(text: &str) -> Result<(), Fault> {
    label_value(text.rsplit_once('/').map_or(text, |(_, name)| name))
}

/// A value of a label: at most 63 letters, digits, `-`, `_` and `.`.
pub fn label_value(text: &str) -> Result<(), Fault> {
    let inner = text.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.".contains(&b));
    match text.len() <= 63 && inner {
        true => Ok(()),
        false => Err("is not at most 63 letters, digits, `-`, `_` and `.`".to_owned()),
    }
}
