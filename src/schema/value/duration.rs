//! Durations as Go's `time.ParseDuration` and protobuf's JSON read them.

use super::Fault;

/// Nanoseconds of a duration such as `1h30m`, `250ms`, `-1.5s`.
pub fn duration(text: &str) -> Result<i64, Fault> {
    let fault = || "is no duration: write a number and a unit, such as `250ms` or `1m30s`".to_owned();
    let (sign, mut rest) = match text.as_bytes().first() {
        Some(b'-') => (-1.0, &text[1..]),
        Some(b'+') => (1.0, &text[1..]),
        _ => (1.0, text),
    };
    if rest == "0" {
        return Ok(0);
    }
    let mut sum = 0.0;
    if rest.is_empty() {
        return Err(fault());
    }
    while !rest.is_empty() {
        let digits = rest.find(|c: char| !c.is_ascii_digit() && c != '.').ok_or_else(fault)?;
        let number: f64 = rest[..digits].parse().map_err(|_| fault())?;
        rest = &rest[digits..];
        let units =
            [("ns", 1.0), ("us", 1e3), ("µs", 1e3), ("ms", 1e6), ("s", 1e9), ("m", 6e10), ("h", 3.6e12)];
        let (unit, scale) = units.into_iter().find(|(unit, _)| rest.starts_with(unit)).ok_or_else(fault)?;
        sum += number * scale;
        rest = &rest[unit.len()..];
    }
    Ok((sign * sum) as i64)
}
