//! Go's number literals.

use crate::template::quote::{Unquoted, unquote_char};
use crate::template::value::Value;

/// A literal, under every type that can hold it: which one is meant, the parameter decides that it stands for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::template) struct Number {
    pub(in crate::template) int: Option<i64>,
    pub(in crate::template) float: Option<f64>,
    /// Whether it is a float where nothing else decides: it is written with a point or an exponent.
    float_by_syntax: bool,
}

impl Number {
    /// The value where any type will do. `None`: it is an integer beyond `int`.
    pub(in crate::template) fn ideal(self) -> Option<Value> {
        match self {
            Number { float: Some(float), float_by_syntax: true, .. } => Some(Value::Float(float)),
            _ => self.int.map(Value::int),
        }
    }

    /// Reads a character constant, quotes included.
    pub(super) fn of_char(text: &str) -> Option<Number> {
        let mut rest = text.strip_prefix('\'')?;
        let code = match unquote_char(&mut rest, b'\'')? {
            Unquoted::Byte(byte) => i64::from(byte),
            Unquoted::Char(char) => i64::from(u32::from(char)),
        };
        (rest == "'").then_some(Number { int: Some(code), float: Some(code as f64), float_by_syntax: false })
    }

    /// Reads a number as it is written.
    pub(super) fn parse(text: &str) -> Result<Number, &'static str> {
        if text.ends_with('i') {
            return Err("is a complex number, which weft does not compute with");
        }
        let float_by_syntax = looks_like_float(text);
        if let Some((negative, magnitude)) = integer(text) {
            let int = match negative {
                true => 0i64.checked_sub_unsigned(magnitude),
                false => i64::try_from(magnitude).ok(),
            };
            if int.is_some() || (!negative && !text.starts_with('+')) {
                let float = int.map_or(magnitude as f64, |int| int as f64);
                return Ok(Number { int, float: Some(float), float_by_syntax });
            }
        }
        let Some(float) = float(text) else { return Err("is not a number") };
        if !text.contains(['.', 'e', 'E', 'p', 'P']) {
            return Err("is too large for an integer");
        }
        let int = (float as i64 as f64 == float && float != i64::MAX as f64).then_some(float as i64);
        Ok(Number { int, float: Some(float), float_by_syntax })
    }
}

/// Go looks for these letters, unless the number begins as a hexadecimal integer does: `0xe` is an `int`, and `-0xe`,
/// with a sign in front, a `float64`.
fn looks_like_float(text: &str) -> bool {
    let hex_int = (text.starts_with("0x") || text.starts_with("0X")) && !text.contains(['p', 'P']);
    !hex_int && text.contains(['.', 'e', 'E', 'p', 'P'])
}

/// An integer with its prefix: sign and magnitude.
fn integer(text: &str) -> Option<(bool, u64)> {
    let (negative, digits) = sign(text);
    let (radix, digits) = match digits.as_bytes() {
        [b'0', b'x' | b'X', ..] => (16, &digits[2..]),
        [b'0', b'o' | b'O', ..] => (8, &digits[2..]),
        [b'0', b'b' | b'B', ..] => (2, &digits[2..]),
        [b'0', _, ..] => (8, &digits[1..]),
        _ => (10, digits),
    };
    if !digits.bytes().all(|byte| byte == b'_' || (byte as char).is_digit(radix)) {
        return None;
    }
    u64::from_str_radix(&without_underscores(text, digits)?, radix)
        .ok()
        .map(|magnitude| (negative, magnitude))
}

fn float(text: &str) -> Option<f64> {
    let (negative, digits) = sign(text);
    let digits = without_underscores(text, digits)?;
    let magnitude = match digits.strip_prefix("0x").or_else(|| digits.strip_prefix("0X")) {
        Some(hex) => hex_float(hex)?,
        None => digits.parse().ok()?,
    };
    let float = if negative { -magnitude } else { magnitude };
    float.is_finite().then_some(float)
}

/// `1.8p3`: hexadecimal digits, and an exponent of two that must be there.
fn hex_float(text: &str) -> Option<f64> {
    let (digits, exponent) = text.split_once(['p', 'P'])?;
    let unsigned = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
    if unsigned.is_empty() || !unsigned.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    // An exponent that is out of reach of any number of digits may as well be this one.
    let mut power: i64 = unsigned.parse::<i64>().unwrap_or(i64::MAX).min(1 << 40);
    if exponent.starts_with('-') {
        power = -power;
    }
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let (mut mantissa, mut lost) = (0u64, false);
    let mut any = false;
    for (digits, step) in [(whole, 0), (fraction, -4)] {
        for digit in digits.chars() {
            let digit = u64::from(digit.to_digit(16)?);
            any = true;
            if mantissa >> 58 == 0 {
                mantissa = mantissa << 4 | digit;
                power += step;
            } else {
                lost |= digit != 0;
                power += step + 4;
            }
        }
    }
    any.then(|| scale(mantissa | u64::from(lost), power))
}

/// `mantissa * 2^power`, rounded once.
fn scale(mantissa: u64, power: i64) -> f64 {
    if mantissa == 0 {
        return 0.0;
    }
    let top = 63 - i64::from(mantissa.leading_zeros());
    // Below the smallest normal exponent, fewer bits are left to round to.
    let kept = (top + power + 1074 + 1).clamp(0, 53);
    let drop = top + 1 - kept;
    let rounded = if drop <= 0 { mantissa as f64 } else { round_even(mantissa, drop as u32) };
    let power = power.clamp(-2000, 2000) as i32;
    // In two steps: 2^power alone may be out of range where the product is not.
    rounded * 2f64.powi(power / 2) * 2f64.powi(power - power / 2)
}

/// The number without its lowest `drop` bits, rounded to the nearest and of two to the even.
fn round_even(number: u64, drop: u32) -> f64 {
    let wide = u128::from(number);
    let unit = 1u128 << drop;
    let rest = wide % unit;
    let floor = wide - rest;
    let up = rest * 2 > unit || (rest * 2 == unit && (floor / unit) % 2 == 1);
    (floor + if up { unit } else { 0 }) as f64
}

fn sign(text: &str) -> (bool, &str) {
    match text.strip_prefix('-') {
        Some(digits) => (true, digits),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    }
}

/// The digits without underscores; `None` where one stands elsewhere than between digits or behind the prefix.
fn without_underscores(text: &str, digits: &str) -> Option<String> {
    if !text.contains('_') {
        return Some(digits.to_string());
    }
    let unsigned = sign(text).1.to_ascii_lowercase();
    let prefixed = ["0x", "0o", "0b"].iter().any(|prefix| unsigned.starts_with(prefix));
    let hex = unsigned.starts_with("0x");
    let is_digit = |char: char| char.is_ascii_digit() || (hex && char.is_ascii_hexdigit());
    let body = if prefixed { &unsigned[2..] } else { &unsigned };
    let mut after_digit = prefixed;
    let mut chars = body.chars().peekable();
    while let Some(char) = chars.next() {
        let before_digit = chars.peek().is_some_and(|&next| is_digit(next));
        if char == '_' && !(after_digit && before_digit) {
            return None;
        }
        after_digit = is_digit(char);
    }
    Some(digits.replace('_', ""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_go_reads_them() {
        let read = |text: &str| Number::parse(text).ok().map(|number| (number.int, number.float));
        let int = |int: i64| Some((Some(int), Some(int as f64)));
        for (text, number) in [
            ("0", int(0)),
            ("-0", int(0)),
            ("+5", int(5)),
            ("0x1F", int(31)),
            ("-0b101", int(-5)),
            ("0o17", int(15)),
            ("017", int(15)),
            ("1_000", int(1000)),
            ("0x_1_F", int(31)),
            ("0_1", int(1)),
            ("1e3", int(1000)),
            ("1.5", Some((None, Some(1.5)))),
            ("1_0.5", Some((None, Some(10.5)))),
            ("0x1p-2", Some((None, Some(0.25)))),
            ("0x1.8p1", int(3)),
            ("0x1p1025", None),
            ("9223372036854775807", int(i64::MAX)),
            ("9223372036854775808", Some((None, Some(9223372036854775808.0)))),
            ("-9223372036854775808", int(i64::MIN)),
            ("-9223372036854775809", None),
            ("18446744073709551616", None),
            ("1__0", None),
            ("1_", None),
            ("089", None),
            ("0x", None),
            ("1e999", None),
            ("1i", None),
        ] {
            assert_eq!(read(text), number, "{text}");
        }
    }

    #[test]
    fn tiny_hexadecimal_floats_are_rounded_once() {
        assert_eq!(hex_float("1p-1074"), Some(5e-324));
        assert_eq!(hex_float("1.8p-1075"), Some(5e-324));
        assert_eq!(hex_float("1p-1075"), Some(0.0));
        assert_eq!(hex_float("1.fffffffffffffp1023"), Some(f64::MAX));
    }
}
