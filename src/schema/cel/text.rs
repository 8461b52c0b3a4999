//! Functions of texts, as cel-go and the libraries of Kubernetes define them.

use std::borrow::Cow;

use super::value::{Evaluated, Fault, Value};
use crate::schema::value as texts;

/// `text.substring(start, end)`, counted in characters.
pub(super) fn substring(text: Cow<'_, str>, start: i64, end: Option<i64>) -> Evaluated<'_> {
    if end.is_some_and(|end| end < start) {
        return Err(Fault::Error);
    }
    let start = place(&text, start)?;
    let end = end.map_or(Ok(text.len()), |end| place(&text, end))?;
    Ok(Value::Text(match text {
        Cow::Borrowed(text) => text[start..end].into(),
        Cow::Owned(text) => text[start..end].to_owned().into(),
    }))
}

/// Where a character begins; the place behind the last one is one too.
fn place(text: &str, character: i64) -> Result<usize, Fault> {
    let character = usize::try_from(character).map_err(|_| Fault::Error)?;
    let mut places = text.char_indices().map(|(at, _)| at).chain([text.len()]);
    places.nth(character).ok_or(Fault::Error)
}

/// `text.split(by)`
pub(super) fn split<'a>(text: Cow<'a, str>, by: Cow<'a, str>) -> Evaluated<'a> {
    match (text, by) {
        // Go splits into characters at nothing, Rust in another way.
        (Cow::Borrowed(text), Cow::Borrowed(by)) if !by.is_empty() => Ok(Value::Parts(text, by)),
        _ => Err(Fault::Unknown),
    }
}

/// `text.lowerAscii()`
pub(super) fn lower_ascii(text: Cow<'_, str>) -> Cow<'_, str> {
    match text.bytes().any(|b| b.is_ascii_uppercase()) {
        true => text.to_ascii_lowercase().into(),
        false => text,
    }
}

/// `isIP(text)`: Kubernetes takes neither zones nor addresses of IPv4 in IPv6.
pub(super) fn is_ip(text: &str) -> bool {
    let is_mapped =
        |ip: std::net::IpAddr| matches!(ip, std::net::IpAddr::V6(ip) if ip.to_ipv4_mapped().is_some());
    !text.contains('%') && texts::ip(text).is_ok_and(|ip| !is_mapped(ip))
}

/// `isURL(text)`
pub(super) fn is_url(text: &str) -> bool {
    texts::request_uri(text).is_ok()
}

/// `url(text)`
pub(super) fn url(text: Cow<'_, str>) -> Evaluated<'_> {
    let is_url = is_url(&text) && texts::Url::parse(&text).is_ok();
    if is_url { Ok(Value::Url(text)) } else { Err(Fault::Error) }
}

/// `url.getScheme()`, which Go gives in lower case.
pub(super) fn scheme(url: &str) -> String {
    texts::Url::parse(url).map(|url| url.scheme.to_ascii_lowercase()).unwrap_or_default()
}
