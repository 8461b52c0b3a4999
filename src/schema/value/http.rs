//! What HTTP takes.

use super::Fault;

/// The name of a header.
pub fn header_name(text: &str) -> Result<(), Fault> {
    let token = |b: u8| b.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&b);
    match !text.is_empty() && text.bytes().all(token) {
        true => Ok(()),
        false => Err("is no name of a header".to_owned()),
    }
}

/// A URL with scheme and host.
pub fn url(text: &str) -> Result<(), Fault> {
    match text.split_once("://") {
        Some((scheme, rest)) if !scheme.is_empty() && !rest.is_empty() => Ok(()),
        _ => Err("is no URL with scheme and host".to_owned()),
    }
}
