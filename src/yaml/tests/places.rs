//! Where nodes and documents lie.

use super::{parse, slices};

#[test]
fn nodes_know_their_bytes() {
    let table: &[(&str, &[&str])] = &[
        ("a: b # c\n", &["a: b", "a", "b"]),
        ("a:\n- b\n-\n", &["a:\n- b\n-", "a", "- b\n-", "b", ""]),
        ("a:   \nb: c\n", &["a:   \nb: c", "a", "", "b", "c"]),
        ("a: | # c\n  b\n\n\n# d\n", &["a: | # c\n  b", "a", "| # c\n  b"]),
        ("a: >-\nb: |2\n   c\n", &["a: >-\nb: |2\n   c", "a", ">-", "b", "|2\n   c"]),
        ("{ a: [b , 'c' ] }", &["{ a: [b , 'c' ] }", "a", "[b , 'c' ]", "b", "'c'"]),
        ("&x a: &y !!str b\n", &["a: &y !!str b", "a", "b"]),
        ("a: &x\n- b\n", &["a: &x\n- b", "a", "- b", "b"]),
        ("a: &x b\nc: *x\n", &["a: &x b\nc: *x", "a", "b", "c", "b"]),
        ("a: b\n  c # d\n", &["a: b\n  c", "a", "b\n  c"]),
        ("- - a\n  - b\n", &["- - a\n  - b", "- a\n  - b", "a", "b"]),
        ("é: ü\r\n", &["é: ü", "é", "ü"]),
    ];
    for (text, expected) in table {
        assert_eq!(slices(text), *expected, "{text:?}");
    }
}

#[test]
fn an_empty_value_lies_behind_its_sign() {
    let tree = parse("b:   # c\nd: {e: }\nf:\n-\n");
    let root = tree.root(&tree.documents[0]).expect("a document");
    let place = |node: Option<crate::yaml::Node<'_>>| node.map(|node| node.span().start);
    assert_eq!(place(root.entry("b").map(|(_, value)| value)), Some(2));
    assert_eq!(place(root.get("d").and_then(|d| d.entry("e")).map(|(_, value)| value)), Some(15));
    assert_eq!(place(root.get("f").and_then(|list| list.items().next())), Some(22));
}

#[test]
fn documents_know_their_bytes() {
    let table: &[(&str, &[&str])] = &[
        ("# c\n---\na: b\n--- # d\n\n---\nc\n", &["a: b\n", "\n", "c\n"]),
        ("--- {a: b}\n---\nc", &[" {a: b}\n", "c"]),
        ("a: b\n...\n---\n&x c\n...\n", &["a: b\n", "&x c\n"]),
        ("\u{feff}a: b", &["a: b"]),
        ("a: [\n---\nb", &["a: [\n", "b"]),
    ];
    for (text, expected) in table {
        let tree = parse(text);
        let bodies: Vec<_> = tree.documents.iter().map(|document| &text[document.span.range()]).collect();
        assert_eq!(bodies, *expected, "{text:?}");
    }
}
