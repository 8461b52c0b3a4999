//! Matches of strings, and regular expressions. Istio 1.30, `validateStringMatch`.

use super::judge::{Judge, shown};
use crate::schema::value;
use crate::yaml::Node;

/// The longest expression that Istio takes.
const LONGEST: usize = 1024;

/// Judges a match: a prefix cannot be empty.
pub(super) fn string_match(judge: &mut Judge<'_, '_, '_>, matched: Node<'_>) {
    if let Some(prefix) = matched.get("prefix").filter(|prefix| prefix.as_str() == Some("")) {
        judge
            .refuse(prefix, "the prefix is empty")
            .help("write a prefix, or remove the match: it would match everything");
    }
    regex_match(judge, matched);
}

/// Judges a match whose prefix may be empty.
pub(super) fn regex_match(judge: &mut Judge<'_, '_, '_>, matched: Node<'_>) {
    let Some(node) = matched.get("regex") else { return };
    match node.as_str() {
        Some("") => {
            judge.refuse(node, "the regular expression is empty").help("write `.*` to match everything");
        }
        _ => regex(judge, node),
    }
}

/// Judges a regular expression.
pub(super) fn regex(judge: &mut Judge<'_, '_, '_>, node: Node<'_>) {
    let Some(text) = node.as_str() else { return };
    if text.len() > LONGEST {
        let message = format!("the regular expression is {} bytes long, more than {LONGEST}", text.len());
        judge.refuse(node, message).help("split it over several matches");
    } else if let Err(fault) = value::re2(text) {
        judge.refuse(node, format!("{} {fault}", shown(text)));
    }
}
