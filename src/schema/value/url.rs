//! URLs as Go's `net/url` reads them.

use super::{Fault, net};

/// The parts of a URL that matter to a mesh.
#[derive(Debug, PartialEq, Eq)]
pub struct Url<'a> {
    /// What stands before `:`, as written; empty where there is none.
    pub scheme: &'a str,
    /// The host, without brackets and port; empty where there is none.
    pub host: &'a str,
    /// The port, where digits follow a colon.
    pub port: Option<&'a str>,
    /// What stands behind the host, or behind `scheme:` where that is not `//`, up to `?`.
    pub path: &'a str,
}

/// A URL with scheme and host: `url.Parse`, and what nobody can do without.
pub fn url(text: &str) -> Result<(), Fault> {
    let url = Url::parse(text)?;
    match (url.scheme, url.host) {
        ("", _) => Err("has no scheme, such as `https://`".to_owned()),
        (_, "") => Err("has no host behind its scheme".to_owned()),
        _ => Ok(()),
    }
}

/// A URL with a scheme, or a path that begins with `/`: `url.ParseRequestURI`.
pub fn request_uri(text: &str) -> Result<(), Fault> {
    if text.is_empty() {
        return Err("is empty".to_owned());
    }
    read(text, true).map(drop)
}

impl<'a> Url<'a> {
    /// Reads a URL, relative ones too: `url.Parse`.
    pub fn parse(text: &'a str) -> Result<Self, Fault> {
        let (text, fragment) = text.split_once('#').unwrap_or((text, ""));
        escapes(fragment)?;
        read(text, false)
    }
}

fn read(text: &str, is_request: bool) -> Result<Url<'_>, Fault> {
    if text.bytes().any(|b| b < 0x20 || b == 0x7f) {
        return Err("has a control character".to_owned());
    }
    if text == "*" {
        return Ok(Url { scheme: "", host: "", port: None, path: text });
    }
    let (scheme, rest) = scheme(text)?;
    let rest = rest.split_once('?').map_or(rest, |(rest, _)| rest);
    if !rest.starts_with('/') {
        let first = rest.split('/').next().unwrap_or(rest);
        return match scheme {
            "" if is_request => Err("has neither a scheme nor a `/` at its start".to_owned()),
            "" if first.contains(':') => Err("has no scheme, and a colon in its first part".to_owned()),
            "" => path(rest, Url { scheme, host: "", port: None, path: rest }),
            _ => Ok(Url { scheme, host: "", port: None, path: rest }),
        };
    }
    let has_host =
        rest.starts_with("//") && (!scheme.is_empty() || (!is_request && !rest.starts_with("///")));
    if !has_host {
        return path(rest, Url { scheme, host: "", port: None, path: rest });
    }
    let authority = &rest[2..];
    let (authority, rest) = authority.split_at(authority.find('/').unwrap_or(authority.len()));
    let (user, host) = authority.rsplit_once('@').unwrap_or(("", authority));
    let is_user = |c: char| c.is_ascii_alphanumeric() || "-._:~!$&'()*+,;=%@".contains(c);
    if !user.chars().all(is_user) {
        return Err("has a character before `@` that has to be written as `%` and its number".to_owned());
    }
    escapes(user)?;
    let (host, port) = host_and_port(scheme, host)?;
    path(rest, Url { scheme, host, port, path: rest })
}

fn path<'a>(path: &str, url: Url<'a>) -> Result<Url<'a>, Fault> {
    escapes(path).map(|()| url)
}

/// What stands before the first colon, if that makes a scheme.
fn scheme(text: &str) -> Result<(&str, &str), Fault> {
    let is_inner = |c: char| c.is_ascii_alphanumeric() || "+-.".contains(c);
    match text.split_once(':') {
        Some(("", _)) => Err("has no scheme before its colon".to_owned()),
        Some((scheme, rest))
            if scheme.starts_with(|c: char| c.is_ascii_alphabetic()) && scheme.chars().all(is_inner) =>
        {
            Ok((scheme, rest))
        }
        _ => Ok(("", text)),
    }
}

fn host_and_port<'a>(scheme: &str, text: &'a str) -> Result<(&'a str, Option<&'a str>), Fault> {
    let is_http = scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https");
    let (host, behind) = match text.strip_prefix('[') {
        Some(inner) if !inner.contains('[') => {
            let (host, behind) = inner.rsplit_once(']').ok_or_else(|| "has `[` and no `]`".to_owned())?;
            let address = host.split_once("%25").map_or(host, |(address, _)| address);
            let read = net::ip(address)
                .map_err(|_| format!("has `{host}` in brackets, which is no address of IPv6"))?;
            if read.is_ipv4() {
                return Err("has an address of IPv4 in brackets, which are for IPv6".to_owned());
            }
            (host, behind)
        }
        _ if text.contains('[') => return Err("has `[` within its host".to_owned()),
        // Databases list several hosts with ports; Go is strict with HTTP only.
        _ if is_http => text.split_at(text.find(':').unwrap_or(text.len())),
        _ => text.split_at(text.rfind(':').unwrap_or(text.len())),
    };
    let port = match behind.strip_prefix(':') {
        Some(port) if port.bytes().all(|b| b.is_ascii_digit()) => Some(port).filter(|port| !port.is_empty()),
        None if behind.is_empty() => None,
        _ => return Err(format!("has `{behind}` behind its host, which is no port")),
    };
    let is_host =
        |c: char| !c.is_ascii() || c.is_ascii_alphanumeric() || "-_.~!$&'()*+,;=:[]<>\"%".contains(c);
    if let Some(other) = host.chars().find(|c| !is_host(*c)) {
        return Err(format!("has `{other}` in its host"));
    }
    escapes(host)?;
    // An escape in a host stands for a byte beyond ASCII, or for the `%` of a zone.
    let is_ascii = |at: usize| {
        host[at + 1..].starts_with(|c: char| ('0'..='7').contains(&c)) && !host[at..].starts_with("%25")
    };
    if host.match_indices('%').any(|(at, _)| is_ascii(at)) && !text.starts_with('[') {
        return Err("has an escape in its host".to_owned());
    }
    Ok((host, port))
}

/// Whether two hexadecimal digits follow each `%`.
fn escapes(text: &str) -> Result<(), Fault> {
    let is_escape = |at: usize| {
        text.as_bytes().get(at + 1..at + 3).is_some_and(|two| two.iter().all(u8::is_ascii_hexdigit))
    };
    match text.match_indices('%').all(|(at, _)| is_escape(at)) {
        true => Ok(()),
        false => Err("has a `%` without two hexadecimal digits behind it".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::super::judge;
    use super::*;

    #[test]
    fn urls_with_a_host() {
        let good = [
            "https://a",
            "http://a.b:80/c?d=%#e",
            "HTTPS://a:",
            "https://u:p@a",
            "oci://r/i:t",
            "https://[::1]:8/",
            "http://[fe80::1%25eth0]",
            "https://a_b",
            "https://ä",
            "pg://a:1,b:2/",
            "http://a/%20",
        ];
        let bad = [
            "",
            "a",
            "/a",
            "a.b/c",
            "https:a",
            "https:///a",
            "https://",
            "://a",
            "http://a b",
            "http://a:b",
            "http://[::1",
            "http://[1.2.3.4]",
            "http://a/%2",
            "http://%41",
            "http://a\n",
            "http://a:1:2",
            "1http://a",
            "http://u ser@a",
            "http://a/#%",
            "mailto:a@b",
        ];
        judge(url, &good, &bad);
    }

    #[test]
    fn request_uris() {
        judge(
            request_uri,
            &["/", "/a b", "http:a", "http://a/#b", "*", "//a:b:c"],
            &["", "a", "a/b", "#", ":a", "/%"],
        );
    }

    #[test]
    fn parts() {
        let read = Url::parse("https://u@[::1]:8443/a?b").unwrap();
        assert_eq!(read, Url { scheme: "https", host: "::1", port: Some("8443"), path: "/a" });
        assert_eq!(
            Url::parse("file:///a/b").unwrap(),
            Url { scheme: "file", host: "", port: None, path: "/a/b" }
        );
        assert_eq!(Url::parse("a.b/c").unwrap(), Url { scheme: "", host: "", port: None, path: "a.b/c" });
    }
}
