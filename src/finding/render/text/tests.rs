//! How findings look, the odd places included.

use super::super::{Format, Options};
use crate::finding::Label;
use crate::finding::testing::{Case, full};

fn text(case: &Case) -> String {
    case.render(Format::Text)
}

#[test]
fn findings_are_set_apart_by_blank_lines() {
    insta::assert_snapshot!(text(&full()), @r#"
    error[host-is-bad]: gateway `publik` does not exist
     --> k8s/shop/web.yaml:9:7
      |
    6 |   gateways:
    ...
    9 |     - publik
      |       ^^^^^^ no Gateway of this name in `shop`
      |
     ::: k8s/über uns.yaml:3:9
      |
    3 |   name: public
      |         ------ there is this one
      |
      = help: there is `public` in `shop`
      = help: weft analyze --fix writes `public`

    warning[host-is-bad]: names are short
     --> k8s/shop/web.yaml:4:3
      |
    4 |   name: web
      |   ^^^^^^^^^

    info[host-is-bad]: hosts are "on"
      --> k8s/shop/web.yaml:10:3
       |
    10 |   hosts: ["*"]
       |   ^^^^^
    "#);
}

#[test]
fn colour_is_asked_for() {
    let mut case = Case::new("a.yaml", "a: b\n");
    case.error_at("b", "is bad");
    let options = Options { color: true, ..Options::default() };
    assert!(case.render_with(Format::Text, &options).contains("\u{1b}["));
    assert!(!text(&case).contains('\u{1b}'));
}

#[test]
fn near_labels_share_a_window() {
    let mut case = Case::new("a.yaml", "a: 1\nb: 2\nc: 3\nd: 4\ne: 5\n");
    let (first, last) = (case.span(0, "1", 0), case.span(0, "5", 0));
    let finding = case.error_at("3", "is bad");
    finding.primary.text = "here".into();
    finding.related.push(Label { span: last, text: "last".into() });
    finding.related.push(Label { span: first, text: String::new() });
    insta::assert_snapshot!(text(&case), @"
    error[host-is-bad]: is bad
     --> a.yaml:3:4
      |
    1 | a: 1
      |    -
    2 | b: 2
    3 | c: 3
      |    ^ here
    4 | d: 4
    5 | e: 5
      |    - last
    ");
}

#[test]
fn labels_a_million_lines_apart_have_windows_of_their_own() {
    let mut case = Case::new("a.yaml", &format!("first: x\n{}last: y\n", "a: b\n".repeat(1_000_000)));
    let first = case.span(0, "x", 0);
    case.error_at("y", "is bad").related.push(Label { span: first, text: "the other".into() });
    insta::assert_snapshot!(text(&case), @"
    error[host-is-bad]: is bad
           --> a.yaml:1000002:7
            |
    1000002 | last: y
            |       ^
            |
           ::: a.yaml:1:8
            |
          1 | first: x
            |        - the other
    ");
}

#[test]
fn a_span_of_many_lines_is_marked_on_its_first() {
    let mut case = Case::new("a.yaml", &format!("a:\n  b: 1  \n{}", "  c: 2\n".repeat(200)));
    let end = case.sources.iter().next().expect("a file").1.text.len();
    case.error(5..end, "is bad").primary.text = "all of this".into();
    insta::assert_snapshot!(text(&case), @"
    error[host-is-bad]: is bad
     --> a.yaml:2:3
      |
    2 |   b: 1  
      |   ^^^^ all of this
    ");
}

#[test]
fn a_span_as_wide_as_a_book_is_cut() {
    let mut case = Case::new("a.yaml", &format!("key: {}\n", "word ".repeat(150)));
    let finding = case.error(5..700, "is bad");
    finding.primary.text = "too long".into();
    let options = Options { width: 60, ..Options::default() };
    insta::assert_snapshot!(case.render_with(Format::Text, &options), @"
    error[host-is-bad]: is bad
     --> a.yaml:1:6
      |
    1 | key: word word word word word word word word word wor...
      |      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ too long
    ");
}

#[test]
fn one_line_of_ten_megabytes_is_cut_around_its_labels() {
    let item = "{\"a\":\"é\"},";
    let mut case = Case::new(
        "a.json",
        &format!("[{}\"bad\",\"other\",{}0]", item.repeat(500_000), item.repeat(500_000)),
    );
    let other = case.span(0, "other", 0);
    case.error_at("bad", "is bad").related.push(Label { span: other, text: "the other".into() });
    insta::assert_snapshot!(text(&case), @r#"
    error[host-is-bad]: is bad
     --> a.json:1:5000003
      |
    1 | ...},{"a":"é"},{"a":"é"},{"a":"é"},{"a":"é"},{"a":"é"},"bad","other",{"a":"é"},{"a":"é"},{"a":"é"},{"a":"é"},{"a"...
      |                                                         ^^^
      |
     ::: a.json:1:5000009
      |
    1 | ...{"a":"é"},{"a":"é"},{"a":"é"},{"a":"é"},"bad","other",{"a":"é"},{"a":"é"},{"a":"é"},{"a":"é"},{"a":"é"},{"a":"...
      |                                                   ----- the other
    "#);
}

#[test]
fn the_end_of_the_file_is_shown_on_its_last_line() {
    let mut case = Case::new("a.yaml", "a: b\nc:\n");
    case.error(8..8, "a value is missing").primary.text = "here".into();
    insta::assert_snapshot!(text(&case), @"
    error[host-is-bad]: a value is missing
     --> a.yaml:2:3
      |
    2 | c:
      |   ^ here
    ");
}

#[test]
fn an_empty_file_has_one_line() {
    let mut case = Case::new("a.yaml", "");
    case.error(0..0, "nothing here");
    insta::assert_snapshot!(text(&case), @"
    error[host-is-bad]: nothing here
     --> a.yaml:1:1
      |
    1 |
      | ^
    ");
}

#[test]
fn windows_line_ends_are_not_shown() {
    let mut case = Case::new("a.yaml", "a: b\r\nc: d\r\n");
    case.error(3..5, "is bad");
    case.error(9..11, "is bad").primary.text = "a line break".into();
    insta::assert_snapshot!(text(&case), @"
    error[host-is-bad]: is bad
     --> a.yaml:1:4
      |
    1 | a: b
      |    ^

    error[host-is-bad]: is bad
     --> a.yaml:2:4
      |
    2 | c: d
      |    ^ a line break
    ");
}

#[test]
fn a_byte_order_mark_takes_no_room() {
    let mut case = Case::new("a.yaml", "\u{feff}a: b\n");
    case.error_at("a", "is bad");
    case.error(0..4, "is bad with its mark");
    insta::assert_snapshot!(text(&case), @"
    error[host-is-bad]: is bad
     --> a.yaml:1:1
      |
    1 | a: b
      | ^

    error[host-is-bad]: is bad with its mark
     --> a.yaml:1:1
      |
    1 | a: b
      | ^
    ");
}

#[test]
fn tabs_and_wide_characters_are_marked_where_they_stand() {
    let mut case = Case::new("a.yaml", "\tkey: \t値\t日本語 x\n");
    case.error_at("日本", "is bad").primary.text = "wide".into();
    case.error_at("x", "is bad");
    insta::assert_snapshot!(text(&case), @"
    error[host-is-bad]: is bad
     --> a.yaml:1:10
      |
    1 |     key:     値    日本語 x
      |                    ^^^^ wide

    error[host-is-bad]: is bad
     --> a.yaml:1:14
      |
    1 |     key:     値    日本語 x
      |                           ^
    ");
}

#[test]
fn control_characters_do_not_reach_the_terminal() {
    let mut case = Case::new("a\u{1b}[2J.yaml", "a: \"\u{1b}[31m\u{9b}\u{202e}b\"\n");
    let finding = case.error_at("b\"", "no \u{1b}[31m\nhost");
    finding.primary.text = "a\u{9b}b".into();
    finding.help.push("try \u{1b}]0;x\u{7}".into());
    let text = text(&case);
    assert!(!text.chars().any(|character| character.is_control() && character != '\n'), "{text:?}");
    insta::assert_snapshot!(text, @r#"
    error[host-is-bad]: no ␛[31m host
     --> a␛[2J.yaml:1:12
      |
    1 | a: "␛[31m·�b"
      |            ^^ a�b
      |
      = help: try ␛]0;x␇
    "#);
}

#[test]
fn many_places_are_counted() {
    let mut case = Case::new("a.yaml", &"- bad\n".repeat(40));
    let spans: Vec<_> = (1..40).map(|nth| case.span(0, "bad", nth)).collect();
    let finding = case.error_at("bad", "is bad everywhere");
    finding.related = spans.into_iter().map(|span| Label { span, text: String::new() }).collect();
    let text = text(&case);
    assert!(text.contains("= note: and 31 more places"), "{text}");
}
