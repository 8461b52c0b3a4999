//! Text from manifests made harmless for a terminal: a name in YAML can hold any escape sequence.

use std::borrow::Cow;

/// One line without control characters: line breaks and tabs become spaces, the rest a visible stand-in.
pub(super) fn clean(text: &str) -> Cow<'_, str> {
    if !text.contains(needs_cleaning) {
        return Cow::Borrowed(text);
    }
    text.chars().map(stand_in).collect()
}

/// The same for a piece of source whose offsets must not move: only what annotate-snippets would let through, and a
/// character of as many bytes in its place.
pub(super) fn clean_source(text: &str) -> Cow<'_, str> {
    let second_controls = |character: char| ('\u{80}'..='\u{9f}').contains(&character);
    if !text.contains(second_controls) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.replace(second_controls, "\u{b7}"))
}

fn needs_cleaning(character: char) -> bool {
    // Besides controls: what turns the direction of writing, with which a terminal shows another text than is there.
    character.is_control() || matches!(character, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

fn stand_in(character: char) -> char {
    match character {
        '\n' | '\r' | '\t' => ' ',
        '\0'..='\u{1f}' => char::from_u32(0x2400 + character as u32).unwrap_or(' '),
        '\u{7f}' => '\u{2421}',
        other if needs_cleaning(other) => char::REPLACEMENT_CHARACTER,
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_become_visible() {
        assert_eq!(clean("a\u{1b}[31m\nb\u{9b}\u{202e}c"), "a\u{241b}[31m b\u{fffd}\u{fffd}c");
        assert!(matches!(clean("日本 `x`"), Cow::Borrowed(_)));
    }

    #[test]
    fn source_keeps_its_offsets() {
        assert_eq!(clean_source("é\u{9b}x").len(), "é\u{9b}x".len());
    }
}
