//! Durations as Go's `time.ParseDuration` and as protobuf's JSON read them.

use super::Fault;

/// Units and their nanoseconds; `µs` has two spellings in Unicode.
const UNITS: &[(&str, u64)] = &[
    ("ns", 1),
    ("us", 1_000),
    ("µs", 1_000),
    ("μs", 1_000),
    ("ms", 1_000_000),
    ("s", 1_000_000_000),
    ("m", 60_000_000_000),
    ("h", 3_600_000_000_000),
];

const MOST: u64 = 1 << 63;

/// Nanoseconds of a duration such as `1h30m`, `250ms`, `-1.5s`: Go's `time.ParseDuration`. Istio's own kinds and
/// `MeshConfig` are read with it (golang/protobuf's jsonpb), as are Kubernetes' `metav1.Duration` and CEL's `duration`.
pub fn duration(text: &str) -> Result<i64, Fault> {
    let negative = text.starts_with('-');
    let mut rest = text.strip_prefix(['-', '+']).unwrap_or(text);
    if rest == "0" {
        return Ok(0);
    }
    if rest.is_empty() {
        return Err(no_duration());
    }
    let mut sum = 0;
    while !rest.is_empty() {
        let (nanoseconds, behind) = part(rest)?;
        sum = nanoseconds.checked_add(sum).filter(|sum| *sum <= MOST).ok_or_else(too_long)?;
        rest = behind;
    }
    match negative {
        true => Ok((sum as i64).wrapping_neg()),
        false => i64::try_from(sum).map_err(|_| too_long()),
    }
}

/// One number with its unit, in nanoseconds, and what stands behind it.
fn part(text: &str) -> Result<(u64, &str), Fault> {
    let (whole, rest) = digits(text);
    let (fraction, rest) = match rest.strip_prefix('.') {
        Some(rest) => digits(rest),
        None => ("", rest),
    };
    if whole.is_empty() && fraction.is_empty() {
        return Err(no_duration());
    }
    let unit = &rest[..rest.find(|c: char| c == '.' || c.is_ascii_digit()).unwrap_or(rest.len())];
    if unit.is_empty() {
        return Err("has no unit: write one behind each number, such as `250ms` or `1m30s`".to_owned());
    }
    let Some((_, scale)) = UNITS.iter().find(|(name, _)| *name == unit) else {
        return Err(format!("has the unit `{unit}`, which is none of `ns`, `us`, `ms`, `s`, `m` and `h`"));
    };
    let whole: u64 = if whole.is_empty() { 0 } else { whole.parse().map_err(|_| too_long())? };
    let whole = whole.checked_mul(*scale).filter(|sum| *sum <= MOST).ok_or_else(too_long)?;
    Ok((whole + parts_of(fraction, *scale), &rest[unit.len()..]))
}

/// The nanoseconds of the digits behind a point; what is less than one is left out.
fn parts_of(fraction: &str, scale: u64) -> u64 {
    let mut scale = u128::from(scale) * 1_000_000_000_000_000_000;
    let mut sum = 0;
    for digit in fraction.bytes() {
        scale /= 10;
        sum += u128::from(digit - b'0') * scale;
    }
    (sum / 1_000_000_000_000_000_000) as u64
}

/// A duration of protobuf's JSON: seconds with up to nine digits behind the point, and `s`, such as `1.5s`. Envoy reads
/// its own configuration so, and with it what an EnvoyFilter adds.
pub fn proto_duration(text: &str) -> Result<(), Fault> {
    let fault = || "is no number of seconds with `s` behind it, such as `1.5s`".to_owned();
    let bare = text.strip_suffix('s').ok_or_else(fault)?;
    let (whole, rest) = digits(bare.strip_prefix(['-', '+']).unwrap_or(bare));
    let (fraction, rest) = match rest.strip_prefix('.') {
        Some(rest) => digits(rest),
        None => ("", rest),
    };
    let has_number = !whole.is_empty() || bare.ends_with('.') || !fraction.is_empty();
    if !has_number || !rest.is_empty() || (whole.len() > 1 && whole.starts_with('0')) {
        return Err(fault());
    }
    if fraction.len() > 9 {
        return Err("has more than nine digits behind the point".to_owned());
    }
    let seconds: u64 = if whole.is_empty() { 0 } else { whole.parse().map_err(|_| too_long())? };
    // The bounds of google.protobuf.Duration.
    if seconds <= 315_576_000_000 { Ok(()) } else { Err("is longer than 10000 years".to_owned()) }
}

fn digits(text: &str) -> (&str, &str) {
    text.split_at(text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len()))
}

fn no_duration() -> Fault {
    "is no duration: write a number and a unit, such as `250ms` or `1m30s`".to_owned()
}

fn too_long() -> Fault {
    "is longer than the 292 years that a duration may last".to_owned()
}

#[cfg(test)]
mod tests {
    use super::super::judge;
    use super::*;

    #[test]
    fn durations_of_go() {
        let good = [
            "0",
            "-0",
            "+5s",
            "1.5s",
            ".5s",
            "5.s",
            "1h2m3s4ms5us6ns",
            "1µs",
            "1μs",
            "1m1m",
            "0.3333333333333333333h",
            "-9223372036854775808ns",
            "0.9223372036854775807h",
            "00001s",
        ];
        let bad = [
            "",
            "-",
            "3",
            ".",
            "s",
            ".s",
            "-.s",
            "5d",
            "1 s",
            " 1s",
            "1s ",
            "1S",
            "1e3s",
            "1,5s",
            "+-1s",
            "9223372036854775808ns",
            "3000000h",
            "99999999999999999999s",
            "१s",
        ];
        judge(duration, &good, &bad);
        assert_eq!(duration("1h0.5s"), Ok(3_600_500_000_000));
        assert_eq!(duration("-1.5ms"), Ok(-1_500_000));
        assert_eq!(duration("0.1ns"), Ok(0));
    }

    #[test]
    fn the_fault_says_what_is_missing() {
        assert!(duration("10").unwrap_err().starts_with("has no unit"));
        assert!(duration("1d").unwrap_err().starts_with("has the unit `d`"));
    }

    #[test]
    fn durations_of_protobuf() {
        let good = ["1s", "-1s", "+1s", "0s", "1.000000001s", ".5s", "1.s", "315576000000s"];
        let bad = ["", "s", "-s", "1", "1ms", "1m", "01s", "1.0000000001s", "1 s", "315576000001s", "1.-5s"];
        judge(proto_duration, &good, &bad);
    }
}
