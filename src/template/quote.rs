//! Go's quoted strings, read and written.

use super::unicode::is_print;

/// Reads a Go string or character constant, quotes included. `None`: it is not well-formed.
pub(super) fn unquote(quoted: &str) -> Option<Vec<u8>> {
    let quote = *quoted.as_bytes().first()?;
    let inner = quoted.get(1..quoted.len().checked_sub(1)?)?;
    if quoted.len() < 2 || quoted.as_bytes()[quoted.len() - 1] != quote {
        return None;
    }
    if quote == b'`' {
        let kept = inner.bytes().filter(|&byte| byte != b'\r');
        return (!inner.contains('`')).then(|| kept.collect());
    }
    if memchr::memchr3(b'\\', quote, b'\n', inner.as_bytes()).is_none() {
        return Some(inner.into());
    }
    let mut bytes = Vec::with_capacity(inner.len());
    let mut rest = inner;
    while !rest.is_empty() {
        match unquote_char(&mut rest, quote)? {
            Unquoted::Byte(byte) => bytes.push(byte),
            Unquoted::Char(char) => bytes.extend_from_slice(char.encode_utf8(&mut [0; 4]).as_bytes()),
        }
    }
    Some(bytes)
}

/// What one character of a quoted constant stands for.
pub(super) enum Unquoted {
    /// `\x41` and `\101`: a byte, whatever it is part of.
    Byte(u8),
    /// Everything else.
    Char(char),
}

/// Reads one character off a quoted constant.
pub(super) fn unquote_char(rest: &mut &str, quote: u8) -> Option<Unquoted> {
    let mut chars = rest.chars();
    let first = chars.next()?;
    *rest = chars.as_str();
    if first as u32 == u32::from(quote) || first == '\n' {
        return None;
    }
    if first != '\\' {
        return Some(Unquoted::Char(first));
    }
    let escape = chars.next()?;
    *rest = chars.as_str();
    let char = match escape {
        'a' => '\x07',
        'b' => '\x08',
        'f' => '\x0c',
        'n' => '\n',
        'r' => '\r',
        't' => '\t',
        'v' => '\x0b',
        '\\' => '\\',
        '\'' | '"' if escape as u32 == u32::from(quote) => escape,
        'x' => return digits(rest, 2, 16).map(|code| Unquoted::Byte(code as u8)),
        'u' => char::from_u32(digits(rest, 4, 16)?)?,
        'U' => char::from_u32(digits(rest, 8, 16)?)?,
        '0'..='7' => {
            let code = escape.to_digit(8)? * 64 + digits(rest, 2, 8)?;
            return u8::try_from(code).ok().map(Unquoted::Byte);
        }
        _ => return None,
    };
    Some(Unquoted::Char(char))
}

fn digits(rest: &mut &str, count: usize, radix: u32) -> Option<u32> {
    let digits = rest.get(..count)?;
    *rest = &rest[count..];
    digits.chars().try_fold(0u32, |code, digit| code.checked_mul(radix)?.checked_add(digit.to_digit(radix)?))
}

/// Writes a string as Go quotes it; with `ascii`, characters beyond ASCII become escapes too.
pub(super) fn quote(out: &mut Vec<u8>, bytes: &[u8], quote: char, ascii: bool) {
    out.push(quote as u8);
    for chunk in bytes.utf8_chunks() {
        for char in chunk.valid().chars() {
            quote_char(out, char, quote, ascii);
        }
        for byte in chunk.invalid() {
            out.extend_from_slice(format!("\\x{byte:02x}").as_bytes());
        }
    }
    out.push(quote as u8);
}

fn quote_char(out: &mut Vec<u8>, char: char, quote: char, ascii: bool) {
    let escape = match char {
        _ if char == quote || char == '\\' => char.to_string(),
        _ if is_print(char) && (char.is_ascii() || !ascii) => {
            out.extend_from_slice(char.encode_utf8(&mut [0; 4]).as_bytes());
            return;
        }
        '\x07' => "a".into(),
        '\x08' => "b".into(),
        '\x0c' => "f".into(),
        '\n' => "n".into(),
        '\r' => "r".into(),
        '\t' => "t".into(),
        '\x0b' => "v".into(),
        ..' ' | '\x7f' => format!("x{:02x}", char as u32),
        ..='\u{ffff}' => format!("u{:04x}", char as u32),
        _ => format!("U{:08x}", char as u32),
    };
    out.push(b'\\');
    out.extend_from_slice(escape.as_bytes());
}

/// Whether Go would write the string between backquotes: on one line, without control characters but tabs.
pub(super) fn can_backquote(bytes: &[u8]) -> bool {
    let Ok(text) = std::str::from_utf8(bytes) else { return false };
    text.chars().all(|char| char == '\t' || !matches!(char, ..' ' | '`' | '\x7f' | '\u{feff}'))
}
