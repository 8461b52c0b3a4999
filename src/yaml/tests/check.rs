//! What holds of every tree, for the tests and for the fuzzer.

use super::yaml::{Document, Node, Tree};

/// Panics unless the places of a tree lie where they must.
pub(crate) fn places(tree: &Tree) {
    let mut behind = 0;
    for (index, document) in tree.documents.iter().enumerate() {
        assert_eq!(document.index as usize, index);
        assert!(document.span.start >= behind && document.span.end as usize <= tree.text().len());
        assert!(tree.text().get(document.span.range()).is_some(), "{document:?}");
        behind = document.span.end;
        if let Some(root) = tree.root(document) {
            assert!(!document.broken);
            node(root, document.span.start, document.span.end);
        }
    }
    for problem in &tree.problems {
        assert!(tree.text().get(problem.span.range()).is_some(), "{problem:?}");
        assert!(!problem.message.is_empty() && !problem.message.contains('\n'), "{problem:?}");
    }
    assert!(tree.problems.is_sorted_by_key(|problem| problem.span.start));
}

fn node(node: Node<'_>, start: u32, end: u32) {
    let span = node.span();
    assert!(node.tree().text().get(span.range()).is_some(), "{span:?}");
    // What was written elsewhere lies elsewhere.
    if node.is_alias() {
        return;
    }
    assert!(start <= span.start && span.start <= span.end && span.end <= end, "{span:?} in {start}..{end}");
    assert_eq!(node.text().is_some(), node.scalar().is_some());
    let (start, end) = (span.start, span.end);
    let mut before = start;
    for child in node.items().chain(node.entries().flat_map(|(key, value)| [key, value])) {
        self::node(child, start, end);
        if !child.is_alias() {
            // An inline merge is read where its key stands.
            assert!(before <= child.span().start || node.is_map(), "{span:?}");
            before = child.span().end;
        }
    }
    // Each look goes through the mapping.
    for (key, _) in node.entries().take(20) {
        assert!(key.text().and_then(|text| node.entry(text)).is_some());
    }
}

/// Panics unless every document that both parsers read is the same to both. Gives how many the fast one read.
pub(crate) fn same(fast: &Tree, full: &Tree) -> usize {
    assert_eq!(fast.documents.len(), full.documents.len(), "{:?} {:?}", fast.documents, full.documents);
    let mut count = 0;
    for (left, right) in fast.documents.iter().zip(&full.documents) {
        assert_eq!((left.span, left.index), (right.span, right.index));
        count += usize::from(left.fast);
        // The full parser refuses some quoted scalars that go-yaml reads, and with it the fast one.
        if !(left.fast && right.broken) {
            same_document((fast, left), (full, right));
        }
    }
    if !full.documents.iter().zip(&fast.documents).any(|(full, fast)| full.broken && fast.fast) {
        assert_eq!(fast.problems, full.problems);
    }
    count
}

fn same_document(left: (&Tree, &Document), right: (&Tree, &Document)) {
    assert_eq!(left.1.broken, right.1.broken, "{:?} {:?}", left.0.problems, right.0.problems);
    match (left.0.root(left.1), right.0.root(right.1)) {
        (Some(left), Some(right)) => same_node(left, right),
        (left, right) => assert_eq!(left.is_some(), right.is_some(), "{left:?} {right:?}"),
    }
}

fn same_node(left: Node<'_>, right: Node<'_>) {
    let facts = |node: Node<'_>| (node.style(), node.span(), node.tag(), node.is_alias());
    assert_eq!(facts(left), facts(right), "{left:?} {right:?}");
    assert_eq!(left.text(), right.text());
    let children =
        |node: Node<'_>| node.items().chain(node.entries().flat_map(|(key, value)| [key, value])).count();
    assert_eq!(children(left), children(right), "{left:?} {right:?}");
    for (left, right) in left.items().zip(right.items()) {
        same_node(left, right);
    }
    for (left, right) in left.entries().zip(right.entries()) {
        same_node(left.0, right.0);
        same_node(left.1, right.1);
    }
}
