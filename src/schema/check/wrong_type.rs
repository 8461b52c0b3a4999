//! Values of another type than their field has, and how they were probably meant.

use super::problem::{Class, Problem};
use super::walk::{Walk, first_key};
use super::{describe, scalar};
use crate::schema::types::{Shape, Type};
use crate::yaml::{Node, Style};

impl<'a> Walk<'a> {
    pub(super) fn wrong_type(&mut self, kind: &Type, key: Option<Node<'a>>, node: Node<'a>) {
        let place = match key {
            // A list or an object spans many lines: its key is the better place.
            Some(key) if node.is_map() || node.is_seq() => key,
            _ => first_key(node, node),
        };
        let (wanted, given) = (describe::wanted(kind), describe::value(node));
        let message = format!("{} is {given}, not {wanted}", self.place(node));
        let problem = Problem::new(Class::WrongType, place, message).label(format!("{wanted} belongs here"));
        self.report(match &kind.shape {
            Shape::String if is_duration(kind) => problem.help("write a number and a unit, such as `5s`"),
            Shape::String if !node.is_null() => quoted(problem, node),
            Shape::List(_) if !node.is_null() => problem.help("write a list, with `- ` before each item"),
            Shape::Object(_) if is_string_match(kind) => compared(problem, key, node),
            _ => unquoted(problem, kind, node),
        });
    }
}

fn is_duration(kind: &Type) -> bool {
    kind.limits.as_ref().is_some_and(|limits| limits.format == Some("duration"))
}

fn quoted<'a>(mut problem: Problem<'a>, node: Node<'a>) -> Problem<'a> {
    let Some(written) = literal(node) else { return problem };
    problem.fix = Some((node.span(), written, "put it in quotes".to_owned()));
    problem.help("put it in quotes")
}

fn unquoted<'a>(mut problem: Problem<'a>, kind: &Type, node: Node<'a>) -> Problem<'a> {
    let Some(text) = scalar::unquoted(kind, node) else { return problem };
    problem.fix = Some((node.span(), text.to_owned(), "take off the quotes".to_owned()));
    problem.help("write it without quotes")
}

/// Whether a type is Istio's `StringMatch`, for which people often write a bare value.
fn is_string_match(kind: &Type) -> bool {
    kind.groups.iter().any(|group| group.fields.contains(&"exact") && group.fields.contains(&"prefix"))
}

fn compared<'a>(problem: Problem<'a>, key: Option<Node<'a>>, node: Node<'a>) -> Problem<'a> {
    let mut problem = problem.label("`exact`, `prefix` or `regex` has to say how to compare");
    let Some(written) = literal(node) else { return problem };
    let exact = format!("{{exact: {written}}}");
    let name = key.and_then(Node::text);
    if name == Some("uri") {
        // A path is as often meant as a prefix: two repairs are right, so that neither is made.
        return problem.help(format!("write `uri: {{prefix: {written}}}` or `uri: {exact}`"));
    }
    if !node.is_alias() {
        problem.fix = Some((node.span(), exact.clone(), format!("write `{exact}`")));
    }
    let before = name.map_or("- ".to_owned(), |name| format!("{name}: "));
    problem.help(format!("write `{before}{exact}`"))
}

/// A scalar as it may stand between braces: as it is written where it has quotes, else with quotes.
fn literal(node: Node<'_>) -> Option<String> {
    let escaped = |text: &str| format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""));
    match node.style() {
        Style::Plain | Style::SingleQuoted | Style::DoubleQuoted => {
            node.text().filter(|text| !text.contains('\n')).map(escaped)
        }
        _ => None,
    }
}
