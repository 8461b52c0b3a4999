//! What documents read as.

use super::values;

fn read_as(table: &[(&str, &[&str])]) {
    for (text, expected) in table {
        assert_eq!(values(text), *expected, "{text:?}");
    }
}

#[test]
fn streams() {
    read_as(&[
        ("", &[]),
        ("\n# c\n", &[]),
        ("---\n", &[]),
        ("# c\n---\na: b\n", &[r#"{"a": "b"}"#]),
        ("a\n---\n---\nb\n---\n# c\n", &[r#""a""#, "-", r#""b""#]),
        ("--- {a: b}\n--- # c\n--- |\n x\n", &[r#"{"a": "b"}"#, "-", r#""x\n""#]),
        ("a\n...\nb: c\n...\n# d\n", &[r#""a""#, r#"{"b": "c"}"#]),
        ("%YAML 1.2\n---\na: b\n", &[r#"{"a": "b"}"#]),
        ("\u{feff}a: b\n", &[r#"{"a": "b"}"#]),
        ("a: b\r\n---\r\n- c\r\n", &[r#"{"a": "b"}"#, r#"["c"]"#]),
        ("a: [\n---\nb: c\n", &["!", r#"{"b": "c"}"#]),
        ("a: [\n...\nb: c\n", &["!", r#"{"b": "c"}"#]),
        ("~\n", &["null"]),
    ]);
}

#[test]
fn blocks() {
    read_as(&[
        ("a: b\nc:\n  d: 1\n", &[r#"{"a": "b", "c": {"d": 1}}"#]),
        ("a:\n- b\n-\n- c: d\n  e:\nf: ~\n", &[r#"{"a": ["b", null, {"c": "d", "e": null}], "f": null}"#]),
        ("- - a\n  -\n- -\n", &[r#"[["a", null], [null]]"#]),
        ("a: # c\n  # d\n  b\n", &[r#"{"a": "b"}"#]),
        ("\"a\": b\n'c' : d\n", &[r#"{"a": "b", "c": "d"}"#]),
        ("? a\n: b\n", &[r#"{"a": "b"}"#]),
        ("a: http://x:80/y#z\n", &[r#"{"a": "http://x:80/y#z"}"#]),
        ("a: b\n  c\n\n  - d # e\nf: g\n", &[r#"{"a": "b c\n- d", "f": "g"}"#]),
    ]);
}

#[test]
fn flows() {
    read_as(&[
        ("{\"a\":[1,{\"b\":null}],\"c\":{}}", &[r#"{"a": [1, {"b": null}], "c": {}}"#]),
        ("{\n\t\"a\": [\n\t\ttrue\n\t]\n}\n", &[r#"{"a": [true]}"#]),
        ("a: [b c, 'd', # e\n  -1.5, ]\n", &[r#"{"a": ["b c", "d", -1.5]}"#]),
        ("a: {b: , c}\n", &[r#"{"a": {"b": null, "c": null}}"#]),
        ("[a: b]", &[r#"[{"a": "b"}]"#]),
        // A colon that no blank follows is text to go-yaml.
        ("a: [1.2.3.4, 001:db8::]", &[r#"{"a": ["1.2.3.4", "001:db8::"]}"#]),
        ("{a:, b: c, d:}", &[r#"{"a:": null, "b": "c", "d:": null}"#]),
    ]);
}

#[test]
fn quotes() {
    read_as(&[
        ("a: 'it''s'\n", &[r#"{"a": "it's"}"#]),
        ("a: \"x\\ty\\u00e9\\\n   z\n\n  w\"\n", &[r#"{"a": "x\tyéz\nw"}"#]),
        ("a: 'b\n  c'\nd: ''\n", &[r#"{"a": "b c", "d": ""}"#]),
        // go-yaml takes a line that is not indented.
        ("a: \"b\nc\"\n", &[r#"{"a": "b c"}"#]),
    ]);
}

#[test]
fn block_scalars() {
    read_as(&[
        ("a: |\n  b\n   c\n\n\nd: >-\n  e\n  f\n\n  g\n", &[r#"{"a": "b\n c\n", "d": "e f\ng"}"#]),
        ("a: |+\n  b\n\n", &[r#"{"a": "b\n\n"}"#]),
        ("a: |2-\n   b\n", &[r#"{"a": " b"}"#]),
        ("a: >\n  b\n    c\n  d\n", &[r#"{"a": "b\n  c\nd\n"}"#]),
        ("a: |\nb: c\n", &[r#"{"a": "", "b": "c"}"#]),
        // As go-yaml has it, what the file does not end with the value does not, either.
        ("a: |\n  b", &[r#"{"a": "b"}"#]),
        ("a: |+\n  ", &[r#"{"a": ""}"#]),
        ("a: |\r\n  b\r\n  c\r\n", &[r#"{"a": "b\nc\n"}"#]),
    ]);
}

#[test]
fn tags() {
    read_as(&[
        (
            "a: !!str 80\nb: !!int '80'\nc: ! 3\nd: !foo 3\ne: !!binary aGk=\n",
            &[r#"{"a": "80", "b": 80, "c": "3", "d": "3", "e": "hi"}"#],
        ),
        ("a: !!str\nb: !!null ''\n", &[r#"{"a": "", "b": null}"#]),
        ("a: !!bool 3\n", &["!"]),
    ]);
}

#[test]
fn aliases_and_merges() {
    read_as(&[
        ("a: &x {b: [1]}\nc: *x\n", &[r#"{"a": {"b": [1]}, "c": {"b": [1]}}"#]),
        ("- &x 'a\n\n  b'\n- *x\n", &[r#"["a\nb", "a\nb"]"#]),
        // In order: what comes later overrides.
        ("a: &x {b: 1, c: 2}\nd: {b: 9, <<: *x}\n", &[r#"{"a": {"b": 1, "c": 2}, "d": {"b": 1, "c": 2}}"#]),
        ("a: &x {b: 1, c: 2}\nd: {<<: *x, b: 9}\n", &[r#"{"a": {"b": 1, "c": 2}, "d": {"b": 9, "c": 2}}"#]),
        (
            "- &x {a: 1}\n- &y {a: 2, b: \"\\n\"}\n- <<: [*x, *y]\n",
            &[r#"[{"a": 1}, {"a": 2, "b": "\n"}, {"a": 1, "b": "\n"}]"#],
        ),
        ("a: {<<: {b: 1}, '<<': 2}\n", &[r#"{"a": {"b": 1, "<<": 2}}"#]),
        ("a: <<\n", &[r#"{"a": "<<"}"#]),
    ]);
}

#[test]
fn the_last_of_equal_keys_counts() {
    let tree = super::parse("a: 1\nb: 2\na: 3\n");
    let root = tree.root(&tree.documents[0]).expect("a document");
    assert_eq!(root.get("a").and_then(|a| a.as_int()), Some(3));
    assert_eq!(root.entries().count(), 3);
}
