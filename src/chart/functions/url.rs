//! `urlParse` and `urlJoin`, as Go's package net/url reads and writes.

use crate::template::{Fault, Functions, Map, Param, Signature, Str};

/// Adds the functions.
pub(super) fn add(functions: &mut Functions) {
    functions.add("urlParse", Signature::fixed(&[Param::Str]), |_, args| {
        let text = args.str(0);
        let url = Url::parse(&text).map_err(|why| format!("`{text}` is no URL: {why}"))?;
        Ok(url.to_map().into())
    });
    functions.add("urlJoin", Signature::fixed(&[Param::Map]), |_, args| Ok(join(&args.map(0))?.into()));
}

#[derive(Default)]
struct Url {
    scheme: String,
    opaque: String,
    user: Option<(Vec<u8>, Option<Vec<u8>>)>,
    host: Vec<u8>,
    path: Vec<u8>,
    query: String,
    fragment: Vec<u8>,
}

/// Where a text stands in a URL, which decides what is escaped in it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    User,
    Host,
    Path,
    Fragment,
}

type Parse<T> = Result<T, &'static str>;

impl Url {
    fn parse(text: &str) -> Parse<Url> {
        if text.bytes().any(|byte| byte < b' ' || byte == 0x7f) {
            return Err("it has a control character");
        }
        let mut url = Url::default();
        let (text, fragment) = text.split_once('#').unwrap_or((text, ""));
        url.fragment = unescape(fragment, Part::Fragment)?;
        if text == "*" {
            url.path = b"*".to_vec();
            return Ok(url);
        }
        let (scheme, rest) = scheme(text)?;
        url.scheme = scheme.to_ascii_lowercase();
        let (rest, query) = rest.split_once('?').unwrap_or((rest, ""));
        url.query = query.to_string();
        if !rest.starts_with('/') {
            if !url.scheme.is_empty() {
                url.opaque = rest.to_string();
                return Ok(url);
            }
            if rest.split('/').next().is_some_and(|first| first.contains(':')) {
                return Err("its first segment has a colon");
            }
        }
        let has_authority = rest.starts_with("//") && (!url.scheme.is_empty() || !rest.starts_with("///"));
        let mut path = rest;
        if has_authority {
            let end = rest[2..].find('/').map_or(rest.len(), |slash| 2 + slash);
            url.authority(&rest[2..end])?;
            path = &rest[end..];
        }
        url.path = unescape(path, Part::Path)?;
        Ok(url)
    }

    fn authority(&mut self, text: &str) -> Parse<()> {
        let (user, host) = text.rsplit_once('@').map_or((None, text), |(user, host)| (Some(user), host));
        let port = match host.starts_with('[') {
            true => &host[host.rfind(']').ok_or("a `]` is missing in its host")? + 1..],
            false => host.rfind(':').map_or("", |colon| &host[colon..]),
        };
        let digits = port.strip_prefix(':').unwrap_or(port);
        if (!port.is_empty() && !port.starts_with(':')) || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err("its port is no number");
        }
        self.host = unescape(host, Part::Host)?;
        if let Some(user) = user {
            let allowed = |char: char| char.is_ascii_alphanumeric() || "-._:~!$&'()*+,;=%@".contains(char);
            if !user.chars().all(allowed) {
                return Err("its user has a character that must be escaped");
            }
            let (name, password) =
                user.split_once(':').map_or((user, None), |(name, rest)| (name, Some(rest)));
            let password = password.map(|password| unescape(password, Part::User)).transpose()?;
            self.user = Some((unescape(name, Part::User)?, password));
        }
        Ok(())
    }

    fn user_text(&self) -> String {
        match &self.user {
            None => String::new(),
            Some((name, None)) => escape(name, Part::User),
            Some((name, Some(password))) => {
                format!("{}:{}", escape(name, Part::User), escape(password, Part::User))
            }
        }
    }

    fn host_name(&self) -> &[u8] {
        let host = &self.host;
        let colon = host.iter().rposition(|&byte| byte == b':');
        let port = colon.filter(|&colon| host[colon + 1..].iter().all(u8::is_ascii_digit));
        let host = port.map_or(&host[..], |colon| &host[..colon]);
        host.strip_prefix(b"[").and_then(|host| host.strip_suffix(b"]")).unwrap_or(host)
    }

    fn to_map(&self) -> Map {
        let bytes = |bytes: &[u8]| Str::from_bytes(bytes.to_vec());
        [
            ("scheme", Str::from(&*self.scheme)),
            ("host", bytes(&self.host)),
            ("hostname", bytes(self.host_name())),
            ("path", bytes(&self.path)),
            ("query", (&*self.query).into()),
            ("opaque", (&*self.opaque).into()),
            ("fragment", bytes(&self.fragment)),
            ("userinfo", self.user_text().into()),
        ]
        .into_iter()
        .collect()
    }
}

/// The scheme of a URL, if it has one, and the rest.
fn scheme(text: &str) -> Parse<(&str, &str)> {
    for (at, char) in text.char_indices() {
        match char {
            'a'..='z' | 'A'..='Z' => {}
            '0'..='9' | '+' | '-' | '.' if at > 0 => {}
            ':' if at == 0 => return Err("it has a colon but no scheme"),
            ':' => return Ok((&text[..at], &text[at + 1..])),
            _ => break,
        }
    }
    Ok(("", text))
}

fn unescape(text: &str, part: Part) -> Parse<Vec<u8>> {
    let mut out = Vec::with_capacity(text.len());
    let mut bytes = text.bytes();
    while let Some(byte) = bytes.next() {
        if byte != b'%' {
            if part == Part::Host && byte.is_ascii() && is_escaped(byte, part) {
                return Err("its host has a character that no host has");
            }
            out.push(byte);
            continue;
        }
        let digit = |byte: Option<u8>| byte.and_then(|byte| char::from(byte).to_digit(16));
        let (Some(high), Some(low)) = (digit(bytes.next()), digit(bytes.next())) else {
            return Err("`%` is not followed by two hexadecimal digits");
        };
        let byte = (high * 16 + low) as u8;
        if part == Part::Host && byte.is_ascii() && byte != b'%' {
            return Err("its host has an escape that no host has");
        }
        out.push(byte);
    }
    Ok(out)
}

fn is_escaped(byte: u8, part: Part) -> bool {
    if byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte) {
        return false;
    }
    !match part {
        Part::Host => b"!$&'()*+,;=:[]<>\"".contains(&byte),
        Part::Path => b"$&+,/:;=@".contains(&byte),
        Part::User => b"$&+,;=".contains(&byte),
        Part::Fragment => b"$&+,/:;=?@!()*".contains(&byte),
    }
}

fn escape(text: &[u8], part: Part) -> String {
    let mut out = String::new();
    for &byte in text {
        match is_escaped(byte, part) {
            true => out.push_str(&format!("%{byte:02X}")),
            false => out.push(char::from(byte)),
        }
    }
    out
}

/// A URL of the pieces that `urlParse` gives.
fn join(map: &Map) -> Result<String, Fault> {
    let piece = |key: &str| match map.get(key) {
        None => Ok(Str::default()),
        Some(value) => {
            let text = value.as_text().cloned();
            text.ok_or_else(|| Fault::new(format!("`{key}` must be a string, not {}", value.type_name())))
        }
    };
    let text = |key: &str| piece(key).map(|text| text.to_str().into_owned());
    let (scheme, host, path) = (text("scheme")?, piece("host")?, piece("path")?);
    let (query, opaque, fragment) = (text("query")?, text("opaque")?, piece("fragment")?);
    let user = match text("userinfo")? {
        user if user.is_empty() => None,
        user => {
            Some(Url::parse(&format!("proto://{user}@host")).map_err(|why| format!("`userinfo`: {why}"))?)
        }
    };
    let mut out = String::new();
    if !scheme.is_empty() {
        out.push_str(&scheme);
        out.push(':');
    }
    if !opaque.is_empty() {
        out.push_str(&opaque);
    } else {
        let authority = !host.is_empty() || user.is_some();
        if authority || (!scheme.is_empty() && !path.is_empty()) {
            out.push_str("//");
        }
        if let Some(user) = user {
            out.push_str(&user.user_text());
            out.push('@');
        }
        out.push_str(&escape(host.as_bytes(), Part::Host));
        out.push_str(&joined_path(path.as_bytes(), !host.is_empty(), out.is_empty()));
    }
    if !query.is_empty() {
        out.push('?');
        out.push_str(&query);
    }
    if !fragment.is_empty() {
        out.push('#');
        out.push_str(&escape(fragment.as_bytes(), Part::Fragment));
    }
    Ok(out)
}

fn joined_path(path: &[u8], behind_host: bool, first: bool) -> String {
    let escaped = if path == b"*" { "*".to_string() } else { escape(path, Part::Path) };
    if behind_host && !escaped.is_empty() && !escaped.starts_with('/') {
        return format!("/{escaped}");
    }
    // A colon in the first segment would make a scheme of it.
    let colon = escaped.split('/').next().is_some_and(|segment| segment.contains(':'));
    if first && colon { format!("./{escaped}") } else { escaped }
}
