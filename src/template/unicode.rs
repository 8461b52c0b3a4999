//! Go's classes of characters, which are not Rust's.

use std::sync::LazyLock;

use regex::Regex;

/// Letters, digits of numbers, and the underscore: what names consist of.
pub(super) fn is_letter_or_digit(char: char) -> bool {
    if char.is_ascii() {
        return char.is_ascii_alphanumeric() || char == '_';
    }
    static CLASS: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"^[\p{L}\p{Nd}]$").ok());
    in_class(&CLASS, char)
}

/// What Go prints as it is where it quotes: letters, marks, numbers, punctuation, symbols and the ASCII space.
pub(super) fn is_print(char: char) -> bool {
    if char.is_ascii() {
        return (' '..='~').contains(&char);
    }
    static CLASS: LazyLock<Option<Regex>> =
        LazyLock::new(|| Regex::new(r"^[\p{L}\p{M}\p{N}\p{P}\p{S}]$").ok());
    in_class(&CLASS, char)
}

fn in_class(class: &Option<Regex>, char: char) -> bool {
    class.as_ref().is_some_and(|class| class.is_match(char.encode_utf8(&mut [0; 4])))
}
