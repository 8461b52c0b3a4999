//! `html`, `js` and `urlquery`.

use crate::template::format::sprint;
use crate::template::function::Fault;
use crate::template::unicode::is_print;
use crate::template::value::{Str, Value};

/// The text that is escaped: what the arguments print.
pub(super) fn text(args: &[Value]) -> Result<Str, Fault> {
    let shown: Vec<Value> =
        args.iter().map(|arg| if arg.is_nil() { Value::from("<no value>") } else { arg.clone() }).collect();
    sprint(&shown)
}

pub(super) fn html(text: &Str) -> Str {
    let mut out = Vec::with_capacity(text.len());
    for &byte in text.as_bytes() {
        let entity: &[u8] = match byte {
            0 => "\u{fffd}".as_bytes(),
            b'"' => b"&#34;",
            b'\'' => b"&#39;",
            b'&' => b"&amp;",
            b'<' => b"&lt;",
            b'>' => b"&gt;",
            _ => &[byte],
        };
        out.extend_from_slice(entity);
    }
    Str::from_bytes(out)
}

pub(super) fn js(text: &Str) -> Str {
    let mut out = String::with_capacity(text.len());
    // Go takes a byte that is part of no character for U+FFFD, which it prints as it is, byte and all.
    let mut raw = Vec::new();
    for chunk in text.as_bytes().utf8_chunks() {
        out.clear();
        chunk.valid().chars().for_each(|char| js_char(&mut out, char));
        raw.extend_from_slice(out.as_bytes());
        raw.extend_from_slice(chunk.invalid());
    }
    Str::from_bytes(raw)
}

fn js_char(out: &mut String, char: char) {
    match char {
        '\\' | '\'' | '"' => out.extend(['\\', char]),
        '<' | '>' | '&' | '=' | ..' ' if char != ' ' => out.push_str(&format!("\\u{:04X}", char as u32)),
        _ if char.is_ascii() || is_print(char) => out.push(char),
        _ => out.push_str(&format!("\\u{:04X}", char as u32)),
    }
}

pub(super) fn url_query(text: &Str) -> Str {
    let mut out = String::with_capacity(text.len());
    for &byte in text.as_bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => out.push(byte.into()),
            b' ' => out.push('+'),
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out.into()
}
