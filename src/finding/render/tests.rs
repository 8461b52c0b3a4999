//! What all formats have in common.

use super::*;

#[test]
fn words_and_formats_are_the_same() {
    for each in Format::ALL {
        assert_eq!(each.to_string().parse(), Ok(each));
    }
}

use proptest::prelude::*;

use crate::finding::Label;
use crate::finding::testing::Case;
use crate::source::{FileId, Span};

/// Text with all that is hard to point at.
fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => "[a-z:# -]{0,12}",
        2 => Just("\n".to_owned()),
        1 => prop::sample::select(vec!["\r\n", "\r", "\t", "\u{feff}", "\u{200b}", "\u{301}", "日本", "🚀", "\u{2028}", "\u{85}", "\0"])
            .prop_map(str::to_owned),
        1 => "\\PC{0,6}",
        1 => (1..400usize).prop_map(|times| "long ".repeat(times)),
    ];
    prop::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

fn span() -> impl Strategy<Value = Span> {
    let place = prop_oneof![3 => 0..60u32, 1 => 0..4000u32];
    (0..2usize, place, prop_oneof![3 => 0..6u32, 1 => 0..4000u32]).prop_map(|(file, start, length)| Span {
        file: FileId::new(file),
        start,
        end: start + length,
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_place_in_no_text_is_too_odd(
        texts in (text(), text()),
        primary in span(),
        related in prop::collection::vec((span(), ".{0,12}"), 0..4),
        width in 0..200usize,
    ) {
        let mut case = Case::new("a.yaml", &texts.0);
        case.file("b.yaml", &texts.1);
        let finding = case.error(0..0, "is bad");
        finding.primary.span = primary;
        finding.related = related.into_iter().map(|(span, text)| Label { span, text }).collect();
        for format in Format::ALL {
            let options = Options { width, ..Options::default() };
            let out = case.render_with(format, &options);
            let controls = |each: char| each.is_control() && each != '\n';
            let for_eyes = matches!(format, Format::Text | Format::Junit);
            prop_assert!(!for_eyes || !out.contains(controls), "{out:?}");
        }
        // The place that people see is the one that machines get.
        let place = crate::finding::Places::new(&case.sources).shown(primary);
        let name = &case.sources.get(primary.file).name;
        let header = format!("--> {name}:{}:{}\n", place.start.line, place.start.column);
        let out = case.render(Format::Text);
        prop_assert!(out.contains(&header), "{header} {out}");
    }
}
