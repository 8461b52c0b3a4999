//! What stands for one character in RE2: classes, sets and escapes. Each gives what stands behind it.

use super::scripts::is_class;
use crate::schema::value::Fault;

/// What stands behind a class in brackets.
pub(super) fn class(text: &str) -> Result<&str, Fault> {
    let open = || "has a `[` without its `]`".to_owned();
    let mut rest = text.get(1..).unwrap_or_default();
    rest = rest.strip_prefix('^').unwrap_or(rest);
    let mut is_first = true;
    while is_first || !rest.starts_with(']') {
        is_first = false;
        if let Some((name, behind)) = rest.strip_prefix("[:").and_then(|rest| rest.split_once(":]")) {
            if !POSIX.contains(&name.strip_prefix('^').unwrap_or(name)) {
                return Err(format!("has the class `[:{name}:]`, which does not exist"));
            }
            rest = behind;
            continue;
        }
        if let Some(behind) = set(rest)? {
            rest = behind;
            continue;
        }
        let from = rest;
        let (low, behind) = member(rest).ok_or_else(open)??;
        rest = behind;
        if let Some(ranged) =
            rest.strip_prefix('-').filter(|ranged| !ranged.is_empty() && !ranged.starts_with(']'))
        {
            let (high, behind) = member(ranged).ok_or_else(open)??;
            if high < low {
                let range = &from[..from.len() - behind.len()];
                return Err(format!("has the range `{range}` the wrong way round"));
            }
            rest = behind;
        }
        if rest.is_empty() {
            return Err(open());
        }
    }
    Ok(&rest[1..])
}

const POSIX: &[&str] = &[
    "alnum", "alpha", "ascii", "blank", "cntrl", "digit", "graph", "lower", "print", "punct", "space",
    "upper", "word", "xdigit",
];

/// A character of a class, and what stands behind it.
fn member(text: &str) -> Option<Result<(u32, &str), Fault>> {
    let c = text.chars().next()?;
    Some(if c == '\\' { escape(text) } else { Ok((c.into(), &text[c.len_utf8()..])) })
}

/// What stands behind a set of characters such as `\d` or `\p{Greek}`, if `text` begins with one.
pub(super) fn set(text: &str) -> Result<Option<&str>, Fault> {
    let Some(behind) = text.strip_prefix('\\') else { return Ok(None) };
    if let Some(rest) = behind.strip_prefix(['d', 'D', 's', 'S', 'w', 'W']) {
        return Ok(Some(rest));
    }
    let Some(named) = behind.strip_prefix(['p', 'P']) else { return Ok(None) };
    let (name, rest) = match (named.strip_prefix('{'), named.chars().next()) {
        (Some(inner), _) => inner.split_once('}').ok_or_else(|| "has `\\p{` without `}`".to_owned())?,
        (None, Some(c)) => named.split_at(c.len_utf8()),
        (None, None) => return Err("ends in `\\p`, behind which a class has to stand".to_owned()),
    };
    match is_class(name.strip_prefix('^').unwrap_or(name)) {
        true => Ok(Some(rest)),
        false => Err(format!("has the class `\\p{{{name}}}`: Unicode has no such category or script")),
    }
}

/// The character that an escape stands for, and what stands behind it.
pub(super) fn escape(text: &str) -> Result<(u32, &str), Fault> {
    let mut chars = text.chars();
    chars.next();
    let Some(c) = chars.next() else { return Err("ends in a backslash".to_owned()) };
    let rest = chars.as_str();
    let plain = |c: u8| Ok((u32::from(c), rest));
    match c {
        '0' => Ok(octal(&text[1..], 3)),
        '1'..='7' if rest.starts_with(|c: char| ('0'..='7').contains(&c)) => Ok(octal(&text[1..], 3)),
        '1'..='9' => Err(format!("refers back with `\\{c}`, which RE2 does not do")),
        'x' => hexadecimal(rest),
        'a' => plain(7),
        'f' => plain(12),
        'n' => plain(b'\n'),
        'r' => plain(b'\r'),
        't' => plain(b'\t'),
        'v' => plain(11),
        c if c.is_ascii() && !c.is_ascii_alphanumeric() => Ok((c.into(), rest)),
        _ => Err(format!("has the escape `\\{c}`, which RE2 does not have")),
    }
}

fn octal(text: &str, most: usize) -> (u32, &str) {
    let end = text.bytes().take(most).take_while(|b| (b'0'..=b'7').contains(b)).count();
    (u32::from_str_radix(&text[..end], 8).unwrap_or_default(), &text[end..])
}

fn hexadecimal(text: &str) -> Result<(u32, &str), Fault> {
    let fault = || "has `\\x` without two hexadecimal digits or a number in braces behind it".to_owned();
    let (digits, rest) = match text.strip_prefix('{') {
        Some(inner) => inner.split_once('}').ok_or_else(fault)?,
        None => text.split_at_checked(2).ok_or_else(fault)?,
    };
    if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_hexdigit()) {
        return Err(fault());
    }
    let value = u32::from_str_radix(digits.trim_start_matches('0'), 16);
    let value = if digits.bytes().all(|b| b == b'0') { Some(0) } else { value.ok() };
    value
        .filter(|value| *value <= 0x10_ffff)
        .map(|value| (value, rest))
        .ok_or_else(|| format!("has `\\x{{{digits}}}`, which is beyond Unicode"))
}
