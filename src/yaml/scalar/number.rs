//! Numbers as Go reads them: `strconv` with base 0, underscores taken out, then go-yaml's pattern for floats.

use std::borrow::Cow;

use super::Scalar;

/// Resolves what begins with a digit or a sign.
pub(super) fn resolve(text: &str) -> Option<Scalar<'static>> {
    let plain = without_underscores(text);
    infinity(text).or_else(|| integer(&plain)).or_else(|| float(&plain)).or_else(|| binary(&plain))
}

/// Resolves what begins with a point.
pub(super) fn resolve_fraction(text: &str) -> Option<Scalar<'static>> {
    match text {
        ".nan" | ".NaN" | ".NAN" => return Some(Scalar::Float(f64::NAN)),
        ".inf" | ".Inf" | ".INF" => return Some(Scalar::Float(f64::INFINITY)),
        _ => {}
    }
    // go-yaml leaves the underscores in here, and Go takes them between digits only.
    let bytes = text.as_bytes();
    let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let misplaced = |(at, &byte): (usize, &u8)| byte == b'_' && !(digit(at - 1) && digit(at + 1));
    if bytes.iter().enumerate().skip(1).any(misplaced) {
        return None;
    }
    float(&without_underscores(text))
}

fn without_underscores(text: &str) -> Cow<'_, str> {
    if text.contains('_') { Cow::Owned(text.replace('_', "")) } else { Cow::Borrowed(text) }
}

fn infinity(text: &str) -> Option<Scalar<'static>> {
    match text {
        "+.inf" | "+.Inf" | "+.INF" => Some(Scalar::Float(f64::INFINITY)),
        "-.inf" | "-.Inf" | "-.INF" => Some(Scalar::Float(f64::NEG_INFINITY)),
        _ => None,
    }
}

/// `strconv.ParseInt` and, where that overflows, `ParseUint`, both with base 0.
fn integer(plain: &str) -> Option<Scalar<'static>> {
    let (sign, rest) = split_sign(plain);
    let (digits, radix) = radix(rest);
    // Rust would take another sign here.
    if !digits.as_bytes().first()?.is_ascii_alphanumeric() {
        return None;
    }
    let magnitude = u64::from_str_radix(digits, radix).ok()?;
    match (sign, i64::try_from(magnitude)) {
        (Some('-'), _) => 0i64.checked_sub_unsigned(magnitude).map(Scalar::Int),
        (_, Ok(value)) => Some(Scalar::Int(value)),
        // `ParseUint` knows no sign.
        (None, Err(_)) => Some(Scalar::Uint(magnitude)),
        (Some(_), Err(_)) => None,
    }
}

fn split_sign(text: &str) -> (Option<char>, &str) {
    match text.as_bytes().first() {
        Some(b'-') => (Some('-'), &text[1..]),
        Some(b'+') => (Some('+'), &text[1..]),
        _ => (None, text),
    }
}

fn radix(text: &str) -> (&str, u32) {
    match text.as_bytes() {
        [b'0', b'x' | b'X', ..] => (&text[2..], 16),
        [b'0', b'b' | b'B', ..] => (&text[2..], 2),
        [b'0', b'o' | b'O', ..] => (&text[2..], 8),
        [b'0', _, ..] => (&text[1..], 8),
        _ => (text, 10),
    }
}

/// `^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$`, and within what a float holds.
fn float(plain: &str) -> Option<Scalar<'static>> {
    let (_, rest) = split_sign(plain);
    let (mantissa, exponent) = match rest.find(['e', 'E']) {
        Some(at) => (&rest[..at], Some(split_sign(&rest[at + 1..]).1)),
        None => (rest, None),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let only_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let shaped = only_digits(whole)
        && only_digits(fraction)
        && !(whole.is_empty() && fraction.is_empty())
        && exponent.is_none_or(|digits| !digits.is_empty() && only_digits(digits));
    if !shaped {
        return None;
    }
    let value: f64 = plain.parse().ok()?;
    value.is_finite().then_some(Scalar::Float(value))
}

/// go-yaml's last try, which takes a sign behind the `0b`.
fn binary(plain: &str) -> Option<Scalar<'static>> {
    let digits = plain.strip_prefix("0b")?;
    i64::from_str_radix(digits, 2).ok().map(Scalar::Int)
}
