//! No text makes the engine panic, and what parses once parses again.

use proptest::prelude::*;

use weft::template::{Limits, MissingKey, Options};

use super::{generate, render_with};

const MARKS: &[&str] =
    &["{{", "}}", "{{-", "-}}", " -}}", "{{end}}", "{{else}}", "/*", "*/", "\"", "`", "'", "("];

/// A verb with any flags, or any character.
fn verb() -> impl Strategy<Value = String> {
    let part = |from: &'static [&'static str]| prop::sample::select(from);
    let flags = part(&["", "-", "+#", "0", " ", "-0+", "# "]);
    let width = part(&["", "3", "12", "70000", "*", "[1]", "[2]*"]);
    let precision = part(&["", ".", ".0", ".5", ".1200", ".70000", ".*", ".[3]*"]);
    let verb = part(&[
        "v", "d", "s", "q", "x", "X", "o", "b", "c", "U", "e", "f", "g", "G", "t", "T", "p", "%", "w", "",
    ]);
    let whole = (flags, width, precision, verb).prop_map(|(a, b, c, d)| format!("%{a}{b}{c}{d}"));
    prop_oneof![4 => whole, 1 => any::<char>().prop_map(String::from)]
}

/// Pieces of templates, in any order and often ill-formed.
fn pieces() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => any::<u64>().prop_map(|seed| generate::Dice::new(seed).template()),
        2 => prop::sample::select(MARKS).prop_map(String::from),
        2 => any::<String>(),
    ];
    prop::collection::vec(piece, 1..6).prop_map(|pieces: Vec<String>| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_text_panics(text in pieces(), key in 0..3usize) {
        let missing_key = [MissingKey::Default, MissingKey::Zero, MissingKey::Error][key];
        let limits = Limits { steps: 10_000, bytes: 1 << 20, depth: 20, ..Limits::default() };
        let options = Options { missing_key, limits };
        let first = render_with(&text, &generate::data(), options);
        let second = render_with(&text, &generate::data(), options);
        prop_assert_eq!(first.as_ref().ok(), second.as_ref().ok());
        if let Err(error) = first {
            let lines = 1 + text.matches('\n').count();
            prop_assert!(error.place.source != "t" || error.place.line <= lines, "{error}");
        }
    }

    #[test]
    fn no_format_panics(verbs in prop::collection::vec(verb(), 0..5)) {
        let mut data = generate::data();
        data["format"] = verbs.concat().into();
        let template = "{{printf .format .l .n .s -1 nil .m .uni (bytes `x`) (uint 7)}}";
        prop_assert!(render_with(template, &data, Options::default()).is_ok());
    }
}
