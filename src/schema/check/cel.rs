//! Rules in CEL, evaluated as the API server does.

use super::problem::{Class, Problem};
use super::walk::Walk;
use crate::schema::types::{Rule, TypeRef};
use crate::yaml::Node;

/// Reports each rule of a type that does not hold.
pub(super) fn check<'a>(walk: &mut Walk<'a>, of: TypeRef, place: Node<'a>, node: Node<'a>) {
    for rule in &of.get().rules {
        if holds(of, rule, node) == Some(false) {
            let message = rule.message.unwrap_or(&rule.rule);
            let text = format!("{}: {message}", walk.place(node));
            let place = field(rule, node).unwrap_or(place);
            walk.report(Problem::new(Class::FailedValidation, place, text));
        }
    }
}

/// The field that a rule is about, if it names one that is there.
fn field<'a>(rule: &Rule, node: Node<'a>) -> Option<Node<'a>> {
    node.entry(rule.field_path?.trim_start_matches('.')).map(|(key, _)| key)
}

/// Whether a rule holds for a value. Every rule of weft's schemas is seen through, a test says so; nothing for a value
/// that is not, such as a number of more than 64 bits, which other checks refuse.
fn holds(of: TypeRef, rule: &'static Rule, node: Node<'_>) -> Option<bool> {
    #[cfg(test)]
    if oracle::ALONE.get() {
        return Some(oracle::interpret(of, rule, &super::json::of(of, node)));
    }
    rule.lowered()?.holds(of, node)
}

#[cfg(test)]
mod generate;
#[cfg(test)]
mod oracle;
#[cfg(test)]
mod tests;
