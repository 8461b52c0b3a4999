//! What whole texts read as: values, places and problems.

use crate::source::{FileId, Text};
use crate::yaml;

mod check;

use yaml::{Node, ProblemKind, Tree};

fn parse(text: &str) -> Tree {
    let text = Text::from(text);
    let tree = yaml::parse(FileId::new(0), text.clone());
    check::places(&tree);
    let full = yaml::parse_full_only(FileId::new(0), text);
    check::places(&full);
    check::same(&tree, &full);
    tree
}

/// What the documents hold, `-` for nothing and `!` for a broken one.
fn values(text: &str) -> Vec<String> {
    let tree = parse(text);
    let value = |document: &yaml::Document| match tree.root(document) {
        Some(root) => format!("{root:?}"),
        None => if document.broken { "!" } else { "-" }.to_string(),
    };
    tree.documents.iter().map(value).collect()
}

/// Kind, text and message of every problem.
fn problems(text: &str) -> Vec<String> {
    let tree = parse(text);
    let shown = |problem: &yaml::Problem| {
        let kind = match problem.kind {
            ProblemKind::DuplicateKey { first } => format!("duplicate of {:?}", first.range()),
            _ => format!("{:?}", problem.kind).to_lowercase(),
        };
        format!("{kind} at {} {:?}: {}", problem.span.start, &text[problem.span.range()], problem.message)
    };
    tree.problems.iter().map(shown).collect()
}

/// The text of every node in order of the arena.
fn slices(text: &str) -> Vec<String> {
    let tree = parse(text);
    let mut found = vec![];
    for document in &tree.documents {
        if let Some(root) = tree.root(document) {
            collect(root, &mut found);
        }
    }
    found
}

fn collect(node: Node<'_>, found: &mut Vec<String>) {
    found.push(node.tree().text()[node.span().range()].to_string());
    node.items().for_each(|item| collect(item, found));
    for (key, value) in node.entries() {
        collect(key, found);
        collect(value, found);
    }
}

#[test]
fn show() {
    for text in [
        "a: b\nc:\n  - x\n  -\n  - k: v\n    l:\n# c\nd: \"q\"\n",
        "a: |\n  x\n  y\n\n# c\nb: >-  # com\n   z\n",
        "{a: b , \"c\" : [1, 2 ] , d, e: }",
        "- &x {a: 1}\n- *x\n- !!str &y\n- &z k: v\n",
        "[a: b, c]",
        "? a\n: b\n",
        "--- |\n x\n...\n---\n---\nb\n...\n# c\n",
        "&m\na: b",
        "a: 1\na:\n- 1\n- 2\nb: 2",
        "",
        "# c",
        "---",
        "a: b: c",
        "a: {{ .Values.x }}\n",
        "{{ if x }}\na: b\n{{ end }}\n---\nx: y",
        "x: &x {a: 1, b: 2}\ny z:\n  a: 9\n  <<: *x\n  b: 7\n",
        "%YAML 1.2\n---\na: b\n",
        "a: [\n---\nb: c\n",
        "a: 'x\nb: c\n---\nd",
        "- - a\n  -\n- -\n",
    ] {
        println!("=== {text:?}\n{:?}\n{:?}\n{:?}", values(text), slices(text), problems(text));
    }
}
