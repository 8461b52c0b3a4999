//! What whole texts read as: values, places and problems.

use std::sync::Arc;

use crate::source::FileId;
use crate::yaml;

mod check;
mod corpus;
mod places;
mod problems;
mod property;
mod robust;
mod values;

use yaml::{Node, ProblemKind, Tree};

/// Parses with both parsers, and holds what must hold of every tree.
fn parse(text: &str) -> Tree {
    let text = Arc::new(text.to_string());
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
