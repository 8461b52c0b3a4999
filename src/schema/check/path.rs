//! Where a node lies in its document, as the API server writes it: `spec.http[0].route`.

use std::fmt::Write;

use crate::yaml::Node;

/// The path from the root to a node, a key standing for its value; empty for the root.
pub(super) fn path_of(root: Node<'_>, node: Node<'_>) -> String {
    let (mut path, mut above) = (String::new(), root);
    while let Some(next) = step(above, node, &mut path) {
        above = next;
    }
    path
}

/// One step down to the child that a node lies in.
fn step<'a>(above: Node<'a>, node: Node<'_>, path: &mut String) -> Option<Node<'a>> {
    let at = node.index();
    // Nodes stand in the order of the text, so that the child is the last one that begins before it.
    if above.is_seq() {
        let (index, item) = above.items().enumerate().take_while(|(_, item)| item.index() <= at).last()?;
        let _ = write!(path, "[{index}]");
        return Some(item);
    }
    let (key, value) = above.entries().take_while(|(key, _)| key.index() <= at).last()?;
    push(path, key.text().unwrap_or_default());
    (key.index() != at).then_some(value)
}

/// Adds the name of a field, in brackets where it has a point in it.
pub(super) fn push(path: &mut String, name: &str) {
    if name.contains(['.', '/']) {
        let _ = write!(path, "[{name}]");
    } else {
        if !path.is_empty() {
            path.push('.');
        }
        path.push_str(name);
    }
}
