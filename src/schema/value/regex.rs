//! Regular expressions in RE2's syntax, which Envoy and Go read.

use super::Fault;

/// An expression of RE2.
pub fn re2(text: &str) -> Result<(), Fault> {
    match regex_syntax::parse(text) {
        Ok(_) => Ok(()),
        Err(error) => Err(format!("is no regular expression of RE2: {error}")),
    }
}
