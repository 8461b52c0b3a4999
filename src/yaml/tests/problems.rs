//! What is said of texts that cannot be read.

use super::problems;

#[test]
fn says_what_is_wrong_and_where() {
    let table = [
        ("a: b: c\n", r#"syntax at 4 ":": unexpected `:`"#),
        ("a:\n\tb: c\n", r#"syntax at 4 "b": a tab is used for indentation"#),
        ("a:\n  b: c\n\td: e\n", r#"syntax at 10 "\t": a tab is used for indentation"#),
        ("\ta: b\n", r#"syntax at 0 "\t": a tab is used for indentation"#),
        ("a: [1,\n  2\n", r#"syntax at 3 "[": this bracket is not closed"#),
        ("a: {b: [c}\n", r#"syntax at 7 "[": this `[` is closed by a `}`"#),
        ("a: b]\nc: ]\n", r#"syntax at 9 "]": this bracket was never opened"#),
        ("a: \"x\n", r#"syntax at 3 "\"": this quote is not closed"#),
        ("a: 'x\nb: c\n", r#"syntax at 3 "'": this quote is not closed"#),
        ("a:\n   b: c\n  d: e\n", r#"syntax at 13 "d": expected a key here"#),
        ("a: b\nfoo\nc: d\n", r#"syntax at 5 "f": a `:` with a space behind it is missing"#),
        ("a: - b\n", r#"syntax at 3 "-": a list cannot begin here"#),
        ("a: @b\n", r#"syntax at 3 "@": a text cannot begin with `@` unless it is quoted"#),
        ("a: \"\\q\"\n", r#"syntax at 3 "\"": unknown escape"#),
        ("a: \"b\" c\n", r#"syntax at 7 "c": there is more text behind the closing quote"#),
        ("a: *b\n", r#"syntax at 3 "*": this alias has no anchor before it"#),
        ("a: &b [*b]\n", r#"syntax at 7 "*": the anchor's value contains itself"#),
        ("a: b\0\n", r#"syntax at 4 "\0": the control character U+0000 is not allowed"#),
        ("{a: b}\n{c: d}\n", r#"syntax at 7 "{": expected the end of the document"#),
        ("? [a]\n: b\n", r#"syntax at 2 "[": a key is a list or a mapping"#),
        ("~: b\n", r#"syntax at 0 "~": a key is missing here, or it is null"#),
        ("a: {<<: 3}\n", r#"syntax at 8 "3": a merge key takes a mapping"#),
    ];
    for (text, expected) in table {
        let found = problems(text);
        assert_eq!(found.len(), 1, "{text:?}: {found:?}");
        assert!(found[0].starts_with(expected), "{text:?}: {found:?}");
    }
}

#[test]
fn recognises_templates() {
    let harmful = [
        "a: {{ .Values.x }}\n",
        "{{- if .Values.x }}\na: b\n{{- end }}\n",
        "a: {{ .x }}-y\n",
        "a:\n  {{- toYaml .Values.x | nindent 2 }}\n",
        "a: \"b\" {{ .x }}\n",
    ];
    for text in harmful {
        let found = problems(text);
        assert_eq!(found.len(), 1, "{text:?}: {found:?}");
        assert!(found[0].starts_with("template at ") && found[0].contains("render it first"), "{found:?}");
    }
    for text in ["a: \"{{ .x }}\"\n", "a: x {{ y }}\n", "# {{ x }}\na: |\n  {{ y }}\n", "a: '{{ .x }}'\n"] {
        assert_eq!(problems(text), [""; 0], "{text:?}");
    }
}

#[test]
fn names_both_places_of_a_key() {
    let table: &[(&str, &[&str])] = &[
        (
            "a: 1\nb: 2\na: 3\n",
            &["duplicate of 0..1 at 10 \"a\": the key `a` is there twice; the last one counts"],
        ),
        (
            "yes: 1\ntrue: 2\n\"true\": 3\n",
            &[
                "duplicate of 0..3 at 7 \"true\": the key `true` is there twice; the last one counts",
                "duplicate of 0..3 at 15 \"\\\"true\\\"\": the key `true` is there twice; the last one counts",
            ],
        ),
        (
            "{16: 1, 0x10: 2}",
            &["duplicate of 1..3 at 8 \"0x10\": the key `0x10` is there twice; the last one counts"],
        ),
        // What a merge brings in is no second key, and what is copied is found where it was written.
        ("a: &x {b: 1}\nc: {b: 2, <<: *x, <<: *x}\n", &[]),
        (
            "a: &x {b: 1, b: 2}\nc: *x\n",
            &["duplicate of 7..8 at 13 \"b\": the key `b` is there twice; the last one counts"],
        ),
    ];
    for (text, expected) in table {
        assert_eq!(problems(text), *expected, "{text:?}");
    }
}

#[test]
fn finds_equal_keys_among_many() {
    let mut text: String = (0..100).map(|key| format!("k{key}: 1\n")).collect();
    assert_eq!(problems(&text), [""; 0]);
    text.push_str("k7: 2\n");
    assert_eq!(problems(&text).len(), 1);
}

#[test]
fn keeps_problems_in_order_of_place() {
    let found = problems("a: [\n---\nb: {c: 1, c: 2, d: {e: 1, e: 2}}\nb: 1\n---\nx: {{ y }}\n");
    let places: Vec<_> =
        found.iter().map(|problem| problem.split(" at ").next().unwrap_or_default()).collect();
    assert_eq!(
        places,
        ["syntax", "duplicate of 13..14", "duplicate of 29..30", "duplicate of 9..10", "template"]
    );
}
