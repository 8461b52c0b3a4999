//! Classes of characters as Go's package unicode has them.

use std::sync::LazyLock;

use regex::Regex;

macro_rules! classes {
    ($($(#[$doc:meta])* $name:ident: $ascii:expr, $class:literal;)*) => {
        $(
            $(#[$doc])*
            pub(super) fn $name(char: char) -> bool {
                static CLASS: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new($class).ok());
                if char.is_ascii() {
                    let is: fn(&char) -> bool = $ascii;
                    return is(&char);
                }
                CLASS.as_ref().is_some_and(|class| class.is_match(char.encode_utf8(&mut [0; 4])))
            }
        )*
    };
}

classes! {
    /// `unicode.IsLetter`
    is_letter: char::is_ascii_alphabetic, r"^\p{L}$";
    /// `unicode.IsUpper`
    is_upper: char::is_ascii_uppercase, r"^\p{Lu}$";
    /// `unicode.IsLower`
    is_lower: char::is_ascii_lowercase, r"^\p{Ll}$";
    /// `unicode.IsTitle`
    is_title: |_| false, r"^\p{Lt}$";
    /// `unicode.IsDigit`
    is_digit: char::is_ascii_digit, r"^\p{Nd}$";
    /// `unicode.IsNumber`
    is_number: char::is_ascii_digit, r"^\p{N}$";
    /// `unicode.IsPunct`
    is_punct: |char| char.is_ascii_punctuation() && !"$+<=>^`|~".contains(*char), r"^\p{P}$";
}

/// `unicode.ToUpper`: one character for one.
pub(super) fn to_upper(char: char) -> char {
    single(char.to_uppercase(), char)
}

/// `unicode.ToLower`: one character for one.
pub(super) fn to_lower(char: char) -> char {
    match char {
        'İ' => 'i',
        _ => single(char.to_lowercase(), char),
    }
}

/// Where the full mapping gives several characters, Go's simple one mostly keeps the character.
fn single(mut mapped: impl Iterator<Item = char>, char: char) -> char {
    match (mapped.next(), mapped.next()) {
        (Some(one), None) => one,
        _ => char,
    }
}

/// `strings.ToUpper`
pub(super) fn upper(text: &str) -> String {
    text.chars().map(to_upper).collect()
}

/// `strings.ToLower`
pub(super) fn lower(text: &str) -> String {
    text.chars().map(to_lower).collect()
}
