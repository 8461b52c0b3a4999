//! Floats as Go's strconv and JSON library write them.

/// `strconv.FormatFloat(number, 'g', -1, 64)`.
pub(super) fn general(number: f64) -> String {
    in_general(number, &format!("{number:e}"), || format!("{number}"))
}

/// `strconv.FormatFloat(number, 'g', -1, 32)`.
pub(super) fn general32(number: f32) -> String {
    in_general(number.into(), &format!("{number:e}"), || format!("{number}"))
}

fn in_general(number: f64, scientific: &str, plain: impl Fn() -> String) -> String {
    if number.is_nan() {
        return "NaN".into();
    }
    if number.is_infinite() {
        return if number > 0.0 { "+Inf".into() } else { "-Inf".into() };
    }
    match parts(scientific) {
        (digits, exponent) if !(-4..6).contains(&exponent) => with_exponent(digits, exponent, 2),
        _ => plain(),
    }
}

fn with_exponent(digits: &str, exponent: i32, width: usize) -> String {
    let sign = if exponent < 0 { '-' } else { '+' };
    format!("{digits}e{sign}{:0width$}", exponent.abs())
}

/// As Go's JSON library writes it. `None`: JSON has no such number.
pub(super) fn json(number: f64) -> Option<String> {
    if !number.is_finite() {
        return None;
    }
    let scientific = format!("{number:e}");
    let (digits, exponent) = parts(&scientific);
    let written_out = number == 0.0 || (-6..21).contains(&exponent);
    Some(if written_out { format!("{number}") } else { with_exponent(digits, exponent, 1) })
}

/// The digits, with a point behind the first, and the exponent.
fn parts(scientific: &str) -> (&str, i32) {
    let (digits, exponent) = scientific.split_once('e').unwrap_or((scientific, "0"));
    (digits, exponent.parse().unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn large_and_small_numbers_have_an_exponent() {
        let written = [1e6, 123456.5, 1234567.5, 0.0001, 0.00001, -0.0, 1.5e300].map(general);
        assert_eq!(written, ["1e+06", "123456.5", "1.2345675e+06", "0.0001", "1e-05", "-0", "1.5e+300"]);
        let written = [1e20, 1e21, 1e-6, 1e-7, 0.0, 1.5].map(|number| json(number).unwrap());
        assert_eq!(written, ["100000000000000000000", "1e+21", "0.000001", "1e-7", "0", "1.5"]);
    }
}
