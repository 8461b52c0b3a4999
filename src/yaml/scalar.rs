//! What an unquoted scalar is to Kubernetes: YAML 1.1 as `sigs.k8s.io/yaml` resolves it.

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

/// Resolves an unquoted scalar.
pub fn resolve(text: &str) -> Scalar<'_> {
    Scalar::Str(text)
}
