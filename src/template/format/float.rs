//! Floating-point numbers.

use super::Printer;

impl Printer {
    /// False: there is no such verb.
    pub(super) fn float(&mut self, number: f64, verb: char) -> bool {
        let (verb, default) = match verb {
            'v' => ('g', None),
            'b' | 'g' | 'G' | 'x' | 'X' => (verb, None),
            'f' | 'F' => ('f', Some(6)),
            'e' | 'E' => (verb, Some(6)),
            _ => return false,
        };
        let precision = self.flags.precision.or(default);
        let sign = match (number.is_sign_negative() && !number.is_nan(), self.flags.plus, self.flags.space) {
            (true, ..) => "-",
            (_, true, _) => "+",
            (_, _, true) => " ",
            _ => "",
        };
        if !number.is_finite() {
            let (sign, name) = match (number.is_nan(), sign) {
                (true, sign) => (sign, "NaN"),
                // Infinity keeps its sign.
                (false, "") => ("+", "Inf"),
                (false, sign) => (sign, "Inf"),
            };
            self.pad_with_spaces(format!("{sign}{name}").as_bytes());
            return true;
        }
        let mut digits = digits(number.abs(), verb, precision);
        if self.flags.sharp && verb != 'b' {
            digits = with_point(&digits, verb, precision);
        }
        self.signed(sign, &digits);
        true
    }

    /// Zeros go between sign and digits.
    fn signed(&mut self, sign: &str, digits: &str) {
        let missing = self.flags.width.unwrap_or(0).saturating_sub(sign.len() + digits.len());
        if self.flags.zero && !self.flags.minus {
            self.out.extend_from_slice(sign.as_bytes());
            self.padding(missing);
            self.out.extend_from_slice(digits.as_bytes());
        } else {
            self.pad(format!("{sign}{digits}").as_bytes());
        }
    }
}

/// No float64 has more digits behind the point. Beyond, all are zeros, and Rust's own precisions end at 65535.
const EXACT: usize = 1100;

/// A number that is not negative, as Go's `strconv.FormatFloat` writes it.
fn digits(number: f64, verb: char, precision: Option<usize>) -> String {
    match verb {
        'f' => match precision {
            Some(precision) => {
                let exact = precision.min(EXACT);
                format!("{number:.exact$}{}", "0".repeat(precision - exact))
            }
            None => format!("{number}"),
        },
        'e' | 'E' => exponential(number, precision, verb),
        'b' => {
            let (mantissa, exponent) = parts(number);
            format!("{mantissa}p{exponent:+}")
        }
        'x' | 'X' => hexadecimal(number, precision, verb),
        _ => general(number, precision, verb),
    }
}

/// `1.5e+06`: at least two digits of exponent.
fn exponential(number: f64, precision: Option<usize>, verb: char) -> String {
    let (mut mantissa, exponent) = scientific(number, precision);
    mantissa.extend(std::iter::repeat_n('0', precision.unwrap_or(0).saturating_sub(EXACT)));
    with_exponent(&mantissa, exponent, verb)
}

/// Mantissa and exponent of ten; with at most `EXACT` digits behind the point.
fn scientific(number: f64, precision: Option<usize>) -> (String, i64) {
    let text = match precision.map(|precision| precision.min(EXACT)) {
        Some(precision) => format!("{number:.precision$e}"),
        None => format!("{number:e}"),
    };
    let (mantissa, exponent) = text.split_once('e').unwrap_or((&text, "0"));
    (mantissa.to_string(), exponent.parse().unwrap_or(0))
}

fn with_exponent(mantissa: &str, exponent: i64, letter: char) -> String {
    format!("{mantissa}{letter}{}{:02}", if exponent < 0 { '-' } else { '+' }, exponent.abs())
}

/// `%g`: exponential where the exponent is small or large, without zeros behind.
fn general(number: f64, precision: Option<usize>, verb: char) -> String {
    let precision = precision.map(|precision| precision.max(1));
    let (mantissa, exponent) = scientific(number, precision.map(|precision| precision - 1));
    // With a precision, Go has the digits asked for, of which zeros at the end are none.
    let mantissa =
        if mantissa.contains('.') { mantissa.trim_end_matches('0').trim_end_matches('.') } else { &mantissa };
    let count = mantissa.bytes().filter(u8::is_ascii_digit).count() as i64;
    let limit = match precision {
        Some(precision) if precision as i64 > count && count > exponent => count,
        Some(precision) => precision as i64,
        None => 6,
    };
    if exponent < -4 || exponent >= limit {
        return with_exponent(mantissa, exponent, if verb == 'G' { 'E' } else { 'e' });
    }
    with_decimal_point(&mantissa.replace('.', ""), exponent)
}

/// Digits of which the first has this exponent of ten.
fn with_decimal_point(digits: &str, exponent: i64) -> String {
    match usize::try_from(exponent) {
        Err(_) => format!("0.{}{digits}", "0".repeat((-1 - exponent) as usize)),
        Ok(whole) if whole + 1 >= digits.len() => format!("{digits:0<width$}", width = whole + 1),
        Ok(whole) => format!("{}.{}", &digits[..=whole], &digits[whole + 1..]),
    }
}

/// The mantissa as an integer, and the power of two that it is multiplied with.
fn parts(number: f64) -> (u64, i64) {
    let bits = number.to_bits();
    let (fraction, exponent) = (bits & ((1 << 52) - 1), (bits >> 52 & 0x7ff) as i64);
    match exponent {
        0 => (fraction, -1074),
        _ => (fraction | 1 << 52, exponent - 1075),
    }
}

/// `0x1.8p+01`.
fn hexadecimal(number: f64, precision: Option<usize>, verb: char) -> String {
    let (mut mantissa, mut exponent) = parts(number);
    if mantissa == 0 {
        exponent = 0;
    } else {
        // One bit before the point, 60 behind it.
        let shift = mantissa.leading_zeros() - 3;
        mantissa <<= shift;
        exponent += 60 - i64::from(shift);
    }
    if let Some(digits) = precision.filter(|&digits| digits < 15) {
        let dropped = 60 - 4 * digits as u32;
        let (rest, half) = (mantissa & ((1 << dropped) - 1), 1u64 << (dropped - 1));
        mantissa >>= dropped;
        if rest > half || (rest == half && mantissa & 1 == 1) {
            mantissa += 1;
        }
        mantissa <<= dropped;
        if mantissa >> 61 != 0 {
            mantissa >>= 1;
            exponent += 1;
        }
    }
    let fraction = format!("{:015x}", mantissa & ((1 << 60) - 1));
    let fraction = match precision {
        Some(digits) => fraction.chars().chain(std::iter::repeat('0')).take(digits).collect(),
        None => fraction.trim_end_matches('0').to_string(),
    };
    let point = if fraction.is_empty() { "" } else { "." };
    let sign = if exponent < 0 { '-' } else { '+' };
    let text = format!("0x{}{point}{fraction}p{sign}{:02}", mantissa >> 60, exponent.abs());
    if verb == 'X' { text.to_uppercase() } else { text }
}

/// What `#` does: a point in any case, and for `%g` the zeros that it leaves out.
fn with_point(digits: &str, verb: char, precision: Option<usize>) -> String {
    let hex = matches!(verb, 'x' | 'X');
    let exponent =
        digits.find(|char| if hex { matches!(char, 'p' | 'P') } else { matches!(char, 'e' | 'E') });
    let (mantissa, tail) = digits.split_at(exponent.unwrap_or(digits.len()));
    let mut wanted = match verb {
        'g' | 'G' | 'x' => precision.unwrap_or(6) as i64,
        _ => 0,
    };
    let mut seen = false;
    for char in mantissa.chars().filter(|&char| char != '.') {
        seen |= char != '0';
        wanted -= i64::from(seen);
    }
    let mut text = mantissa.to_string();
    if !text.contains('.') {
        wanted -= i64::from(text == "0");
        text.push('.');
    }
    text.extend(std::iter::repeat_n('0', wanted.max(0) as usize));
    text + tail
}
