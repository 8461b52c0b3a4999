//! What a plain scalar would be read as, which decides whether a string needs quotes.

use std::sync::LazyLock;

use regex::Regex;

use super::layout;
use crate::yaml::scalar::{Scalar, resolve};

/// Whether go-yaml reads this plain scalar as the string that it is. Its version 3 also quotes what is a bool or a number
/// only in YAML 1.1, for the sake of other readers.
pub(super) fn is_string(text: &str) -> bool {
    matches!(resolve(text), Scalar::Str(_)) && !is_time(text) && !is_base_60(text)
}

/// Dates and times as go-yaml knows them.
fn is_time(text: &str) -> bool {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    if digits != 4 || text.as_bytes().get(4) != Some(&b'-') {
        return false;
    }
    let layouts = [
        "2006-1-2T15:4:5.999999999Z07:00",
        "2006-1-2t15:4:5.999999999Z07:00",
        "2006-1-2 15:4:5.999999999",
        "2006-1-2",
    ];
    layouts.iter().any(|layout| layout::parse(layout, text).is_ok())
}

/// Numbers in base 60, as YAML 1.1 has them: `12:30`.
fn is_base_60(text: &str) -> bool {
    static SHAPE: LazyLock<Option<Regex>> =
        LazyLock::new(|| Regex::new(r"^[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?$").ok());
    text.contains(':') && SHAPE.as_ref().is_some_and(|shape| shape.is_match(text))
}
