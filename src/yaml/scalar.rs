//! What an unquoted scalar is to Kubernetes: YAML 1.1 as `sigs.k8s.io/yaml` resolves it.

mod number;

/// A scalar with its type.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Scalar<'a> {
    /// Nothing, `~`, `null`.
    Null,
    /// `true`, `yes`, `on`, `y` and their opposites.
    Bool(bool),
    /// A whole number that fits 64 bits with sign.
    Int(i64),
    /// A whole number that fits 64 bits without sign only.
    Uint(u64),
    /// Any other number.
    Float(f64),
    /// A string.
    Str(&'a str),
}

/// Resolves an unquoted scalar, as go-yaml v2's `resolve.go` does: the first byte says what it may be.
pub fn resolve(text: &str) -> Scalar<'_> {
    let Some(&first) = text.as_bytes().first() else {
        return Scalar::Null;
    };
    let found = match first {
        b'y' | b'Y' | b'n' | b'N' | b't' | b'T' | b'f' | b'F' | b'o' | b'O' | b'~' => word(text),
        b'0'..=b'9' | b'+' | b'-' => number::resolve(text),
        b'.' => number::resolve_fraction(text),
        _ => None,
    };
    found.unwrap_or(Scalar::Str(text))
}

/// Whether an unquoted scalar that begins with this byte is a string whatever follows: nothing else that [`resolve`]
/// knows begins so.
#[inline]
pub(super) fn begins_text(first: u8) -> bool {
    !matches!(
        first,
        b'y' | b'Y' | b'n' | b'N' | b't' | b'T' | b'f' | b'F' | b'o' | b'O' | b'~' | b'0'
            ..=b'9' | b'+' | b'-' | b'.'
    )
}

/// Whether an unquoted scalar is `null`: [`resolve`] for the one question that is asked of every value.
pub(super) fn is_null(text: &str) -> bool {
    match text.len() {
        0 => true,
        1 => text == "~",
        4 => matches!(text, "null" | "Null" | "NULL"),
        _ => false,
    }
}

fn word(text: &str) -> Option<Scalar<'static>> {
    // No word is longer than `false`, and most scalars are.
    if text.len() > 5 {
        return None;
    }
    match text {
        "y" | "Y" | "yes" | "Yes" | "YES" | "true" | "True" | "TRUE" | "on" | "On" | "ON" => {
            Some(Scalar::Bool(true))
        }
        "n" | "N" | "no" | "No" | "NO" | "false" | "False" | "FALSE" | "off" | "Off" | "OFF" => {
            Some(Scalar::Bool(false))
        }
        "~" | "null" | "Null" | "NULL" => Some(Scalar::Null),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
