//! Values and types in words.

use crate::schema::types::{Shape, Type};
use crate::yaml::{Node, Scalar};

/// The longest text that is quoted in a message.
const QUOTED: usize = 40;

/// A value, as it is named in a message.
pub(super) fn value(node: Node<'_>) -> String {
    if node.is_map() {
        return "an object".to_owned();
    }
    if node.is_seq() {
        return "a list".to_owned();
    }
    match node.scalar() {
        None | Some(Scalar::Null) => "null".to_owned(),
        Some(Scalar::Bool(_)) => format!("the boolean {}", written(node)),
        Some(Scalar::Int(_) | Scalar::Uint(_) | Scalar::Float(_)) => format!("the number {}", written(node)),
        Some(Scalar::Str(_)) => format!("the string {}", written(node)),
    }
}

/// A scalar as it is written, cut where it is long.
pub(super) fn written(node: Node<'_>) -> String {
    quoted(node.text().unwrap_or_default())
}

/// A text in backticks, cut where it is long.
pub(super) fn quoted(text: &str) -> String {
    let line = text.lines().next().unwrap_or_default();
    match line.char_indices().nth(QUOTED) {
        Some((at, _)) => format!("`{}…`", &line[..at]),
        None if line.len() < text.trim_end().len() => format!("`{line}…`"),
        None => format!("`{line}`"),
    }
}

/// What a type takes, with its article.
pub(super) fn wanted(of: &Type) -> &'static str {
    match of.shape {
        Shape::Any | Shape::Elsewhere(_) => "any value",
        Shape::Boolean => "`true` or `false`",
        Shape::Integer => "a whole number",
        Shape::Number => "a number",
        Shape::String => "a string",
        Shape::IntOrString => "a whole number or a string",
        Shape::Quantity => "a quantity such as `250m` or `1Gi`",
        Shape::List(_) => "a list",
        Shape::Map(_) | Shape::Object(_) => "an object",
    }
}

/// `a`, `b` and `c`, each in backticks.
pub(in crate::schema) fn names<'n>(names: impl IntoIterator<Item = &'n str>, last: &str) -> String {
    let all: Vec<String> = names.into_iter().map(|name| format!("`{name}`")).collect();
    match all.split_last() {
        Some((end, [])) => end.clone(),
        Some((end, rest)) => format!("{} {last} {end}", rest.join(", ")),
        None => String::new(),
    }
}
