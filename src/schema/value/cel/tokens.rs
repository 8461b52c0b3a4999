//! The words of CEL.

use crate::schema::value::Fault;

/// A word of an expression.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Token<'t> {
    /// A name of a variable, a function or a field.
    Name(&'t str),
    /// A number, a text, bytes, `true`, `false` or `null`, as written.
    Literal(&'t str),
    /// An operator or a bracket.
    Sign(&'t str),
}

impl<'t> Token<'t> {
    pub(super) fn text(self) -> &'t str {
        match self {
            Token::Name(text) | Token::Literal(text) | Token::Sign(text) => text,
        }
    }

    /// Whether a minus before it is a part of it: before numbers, but those without a sign.
    pub(super) fn takes_sign(self) -> bool {
        let Token::Literal(text) = self else { return false };
        text.starts_with(|c: char| c.is_ascii_digit() || c == '.') && !text.ends_with(['u', 'U'])
    }
}

/// Signs, those before that begin as others do.
const SIGNS: [&str; 24] = [
    "==", "!=", "<=", ">=", "&&", "||", "<", ">", "[", "]", "{", "}", "(", ")", ".", ",", "-", "!", "?", ":",
    "+", "*", "/", "%",
];

/// All words of a text.
pub(super) fn read(text: &str) -> Result<Vec<Token<'_>>, Fault> {
    let mut tokens = vec![];
    let mut rest = text;
    loop {
        rest = rest.trim_start_matches(['\t', ' ', '\r', '\n', '\u{c}']);
        if rest.is_empty() {
            return Ok(tokens);
        }
        if rest.starts_with("//") {
            rest = rest.find('\n').map_or("", |end| &rest[end..]);
            continue;
        }
        let token = next(rest)?;
        rest = &rest[token.text().len()..];
        tokens.push(token);
    }
}

fn next(rest: &str) -> Result<Token<'_>, Fault> {
    if let Some(length) = string(rest)? {
        return Ok(Token::Literal(&rest[..length]));
    }
    let first = rest.as_bytes()[0];
    if first.is_ascii_digit() || (first == b'.' && rest[1..].starts_with(|c: char| c.is_ascii_digit())) {
        return number(rest);
    }
    if first.is_ascii_alphabetic() || first == b'_' {
        let word = &rest[..span(rest, |b| b.is_ascii_alphanumeric() || b == b'_')];
        return Ok(match word {
            "true" | "false" | "null" => Token::Literal(word),
            "in" => Token::Sign("in"),
            _ => Token::Name(word),
        });
    }
    let sign = SIGNS.iter().find(|sign| rest.starts_with(**sign));
    let odd = || rest.chars().next().unwrap_or_default();
    sign.map(|sign| Token::Sign(sign)).ok_or_else(|| format!("is no CEL: `{}` means nothing in it", odd()))
}

/// How many bytes at the beginning are of a kind.
fn span(text: &str, is: impl Fn(u8) -> bool) -> usize {
    text.bytes().take_while(|&b| is(b)).count()
}

fn digits(text: &str) -> usize {
    span(text, |b| b.is_ascii_digit())
}

fn number(rest: &str) -> Result<Token<'_>, Fault> {
    let hexadecimal = rest.strip_prefix("0x").map_or(0, |rest| span(rest, |b| b.is_ascii_hexdigit()));
    let mut length = if hexadecimal > 0 { 2 + hexadecimal } else { digits(rest) };
    let whole = length;
    if hexadecimal == 0 {
        let fraction = rest[length..].strip_prefix('.').map_or(0, digits);
        length += if fraction > 0 { 1 + fraction } else { 0 };
        length += exponent(&rest[length..]);
    }
    let written = &rest[..length];
    let is_unsigned = length == whole && rest[length..].starts_with(['u', 'U']);
    let fits = match (length > whole, hexadecimal > 0) {
        (true, _) => written.parse::<f64>().is_ok_and(f64::is_finite),
        (_, true) => u64::from_str_radix(&written[2..], 16).is_ok_and(|n| is_unsigned || n <= 1 << 63),
        (_, false) => written.parse::<u64>().is_ok_and(|n| is_unsigned || n <= 1 << 63),
    };
    match fits {
        true => Ok(Token::Literal(&rest[..length + usize::from(is_unsigned)])),
        false => Err(format!("is no CEL: the number `{written}` is too large")),
    }
}

/// The length of an exponent such as `e-3`; 0 where there is none.
fn exponent(rest: &str) -> usize {
    let Some(power) = rest.strip_prefix(['e', 'E']) else { return 0 };
    let sign = usize::from(power.starts_with(['+', '-']));
    match digits(&power[sign..]) {
        0 => 0,
        digits => 1 + sign + digits,
    }
}

/// The length of a text or of bytes that begin here, quotes included; `None` where none begin.
fn string(rest: &str) -> Result<Option<usize>, Fault> {
    let bytes = usize::from(rest.starts_with(['b', 'B']));
    let raw = usize::from(rest[bytes..].starts_with(['r', 'R']));
    let quoted = &rest[bytes + raw..];
    let quote = ["\"\"\"", "'''", "\"", "'"].into_iter().find(|quote| quoted.starts_with(*quote));
    let Some(quote) = quote else { return Ok(None) };
    let open = || "is no CEL: a text in it has no closing quote".to_owned();
    let mut at = quote.len();
    loop {
        let left = &quoted[at..];
        if left.starts_with(quote) {
            return Ok(Some(bytes + raw + at + quote.len()));
        }
        at += match left.chars().next().ok_or_else(open)? {
            '\n' | '\r' if quote.len() == 1 => return Err(open()),
            '\\' if raw == 0 => escape(left)?,
            other => other.len_utf8(),
        };
    }
}

/// The length of an escape: a backslash and what it stands before.
fn escape(left: &str) -> Result<usize, Fault> {
    let code = left.as_bytes().get(1).copied().unwrap_or(0);
    let digits = |from: usize, count: usize, is: fn(&u8) -> bool| {
        let found = left.as_bytes().get(from..from + count).is_some_and(|found| found.iter().all(is));
        found.then_some(from + count)
    };
    let length = match code {
        b'a' | b'b' | b'f' | b'n' | b'r' | b't' | b'v' | b'"' | b'\'' | b'\\' | b'?' | b'`' => Some(2),
        b'x' | b'X' => digits(2, 2, u8::is_ascii_hexdigit),
        b'u' => digits(2, 4, u8::is_ascii_hexdigit),
        b'U' => digits(2, 8, u8::is_ascii_hexdigit),
        b'0'..=b'3' => digits(2, 2, |b| (b'0'..=b'7').contains(b)),
        _ => None,
    };
    length.ok_or_else(|| "is no CEL: a `\\` in a text stands before nothing that it escapes".to_owned())
}
