//! Quantities of Kubernetes: `250m`, `1Gi`, `1e3`.

use super::Fault;

/// A quantity (Kubernetes, `resource.ParseQuantity`): a decimal number and a suffix.
pub fn quantity(text: &str) -> Result<(), Fault> {
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    let end = unsigned.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(unsigned.len());
    let (number, suffix) = unsigned.split_at(end);
    let is_number = number.bytes().any(|byte| byte.is_ascii_digit()) && number.matches('.').count() <= 1;
    match is_number && is_suffix(suffix) {
        true => Ok(()),
        false => Err("is no quantity such as `250m` or `1Gi`".to_owned()),
    }
}

fn is_suffix(suffix: &str) -> bool {
    let exponent =
        suffix.strip_prefix(['e', 'E']).map(|digits| digits.strip_prefix(['+', '-']).unwrap_or(digits));
    let is_exponent =
        exponent.is_some_and(|digits| !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit()));
    let units = ["", "n", "u", "m", "k", "M", "G", "T", "P", "E", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei"];
    is_exponent || units.contains(&suffix)
}

#[cfg(test)]
mod tests {
    use super::quantity;

    #[test]
    fn numbers_with_a_suffix() {
        for text in ["1", "0.5", ".5", "1.", "250m", "1Gi", "1e3", "-2E-1", "+1k"] {
            assert!(quantity(text).is_ok(), "{text}");
        }
        for text in ["", ".", "1.2.3", "1gb", "1 Gi", "Gi", "1e", "one"] {
            assert!(quantity(text).is_err(), "{text}");
        }
    }
}
