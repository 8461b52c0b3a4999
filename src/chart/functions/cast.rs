//! From any value to a number or a string, as spf13/cast 1.7 and Sprig 3.3 convert.

use crate::template::{Fault, Str, Value, sprint};

/// `cast.ToInt64`: what is no number is 0.
pub(super) fn int64(value: &Value) -> i64 {
    match value {
        Value::Int(number, _) => *number,
        Value::Uint(number, _) => *number as i64,
        Value::Float(number) => truncate(*number),
        Value::Str(text) => text.as_str().and_then(|text| integer(trim_zero_decimal(text))).unwrap_or(0),
        Value::Bool(truth) => i64::from(*truth),
        _ => 0,
    }
}

/// `cast.ToFloat64`: what is no number is 0.
pub(super) fn float64(value: &Value) -> f64 {
    match value {
        Value::Int(number, _) => *number as f64,
        Value::Uint(number, _) => *number as f64,
        Value::Float(number) => *number,
        Value::Str(text) => text.as_str().and_then(float).unwrap_or(0.0),
        Value::Bool(truth) => f64::from(u8::from(*truth)),
        _ => 0.0,
    }
}

/// Go's `int64(f)` on the machines that charts are rendered on: out of range is the least number.
pub(super) fn truncate(number: f64) -> i64 {
    const BEYOND: f64 = 9_223_372_036_854_775_808.0;
    if number.is_nan() || !(-BEYOND..BEYOND).contains(&number) { i64::MIN } else { number as i64 }
}

/// `strval` of Sprig: strings as they are, the rest as `%v` prints it.
pub(super) fn text(value: &Value) -> Result<Str, Fault> {
    match value {
        Value::Str(text) => Ok(text.clone()),
        Value::Bytes(bytes) => Ok(Str::from_bytes(bytes.to_vec())),
        other => sprint(std::slice::from_ref(other)),
    }
}

/// Cuts `.000` off.
fn trim_zero_decimal(text: &str) -> &str {
    match text.trim_end_matches('0') {
        cut if cut.len() < text.len() && cut.ends_with('.') => &cut[..cut.len() - 1],
        _ => text,
    }
}

/// `strconv.ParseInt(text, 0, 64)`.
pub(super) fn integer(text: &str) -> Option<i64> {
    let (negative, digits) = match text.as_bytes().first()? {
        b'-' => (true, &text[1..]),
        b'+' => (false, &text[1..]),
        _ => (false, text),
    };
    let magnitude = unsigned(digits)?;
    if negative { 0i64.checked_sub_unsigned(magnitude) } else { i64::try_from(magnitude).ok() }
}

/// `strconv.ParseUint(text, 0, 64)`: the prefix names the base, underscores may part digits.
pub(super) fn unsigned(text: &str) -> Option<u64> {
    let lower = text.get(..2).map(str::to_ascii_lowercase);
    let (base, digits, prefixed) = match lower.as_deref() {
        Some("0x") => (16, &text[2..], true),
        Some("0b") => (2, &text[2..], true),
        Some("0o") => (8, &text[2..], true),
        Some(other) if other.starts_with('0') => (8, &text[1..], true),
        _ => (10, text, false),
    };
    let mut after_digit = prefixed;
    for char in digits.chars() {
        if char == '_' && !after_digit {
            return None;
        }
        after_digit = char != '_';
    }
    let plain = digits.replace('_', "");
    let well_formed = after_digit && !plain.is_empty() && plain.chars().all(|char| char.is_digit(base));
    if well_formed { u64::from_str_radix(&plain, base).ok() } else { None }
}

/// `strconv.ParseFloat(text, 64)`, but for hexadecimal floats: underscores may part digits, too large is an error.
pub(super) fn float(text: &str) -> Option<f64> {
    let digit_at =
        |at: Option<usize>| at.and_then(|at| text.as_bytes().get(at)).is_some_and(u8::is_ascii_digit);
    let mut underscores = text.match_indices('_');
    if !underscores.all(|(at, _)| digit_at(at.checked_sub(1)) && digit_at(Some(at + 1))) {
        return None;
    }
    let number: f64 = text.replace('_', "").parse().ok()?;
    let infinite_by_name = text.bytes().any(|byte| byte.eq_ignore_ascii_case(&b'i'));
    (number.is_finite() || number.is_nan() || infinite_by_name).then_some(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn integers_have_the_base_of_their_prefix() {
        let read = ["0x1F", "010", "08", "1_000", "_1", "1_", "0b11", "+7", "-9", "", "-", "0_7", "1__0"]
            .map(integer);
        let seven = Some(7);
        assert_eq!(
            read,
            [
                Some(31),
                Some(8),
                None,
                Some(1000),
                None,
                None,
                Some(3),
                seven,
                Some(-9),
                None,
                None,
                seven,
                None
            ]
        );
        assert_eq!(integer("-9223372036854775808"), Some(i64::MIN));
        assert_eq!(integer("9223372036854775808"), None);
    }

    #[test]
    fn conversions_of_odd_values() {
        assert_eq!(int64(&"12.00".into()), 12);
        assert_eq!(int64(&"12.50".into()), 0);
        assert_eq!(int64(&Value::Float(-1.9)), -1);
        assert_eq!(int64(&Value::Float(1e30)), i64::MIN);
        assert_eq!(float64(&"1e400".into()), 0.0);
        assert_eq!(float64(&"-Inf".into()), f64::NEG_INFINITY);
    }
}
