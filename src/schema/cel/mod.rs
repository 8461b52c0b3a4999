//! Rules in CEL, evaluated over the YAML itself: the part of the language that the rules of meshes are written in.
//!
//! What a rule means is what the API server makes of it: cel-go with the libraries of `k8s.io/apiserver/pkg/cel`, over
//! the value after nulls are dropped and defaults filled in. Nothing is converted for that: a [`Value`](value::Value) is
//! a node with its type beside it, and a default is looked up where a field is absent. A rule that uses more of the
//! language is not lowered, and a value that is not seen through here gives no verdict: the caller asks another engine.

mod data;
mod eval;
mod expr;
mod lex;
mod parse;
mod text;
mod value;

use self::data::Data;
use self::eval::{Scope, truth};
use self::expr::Expr;
use self::value::{Fault, Value};
use super::types::TypeRef;
use crate::yaml::Node;

/// A rule that can be evaluated here.
#[derive(Debug)]
pub(super) struct Lowered {
    /// Nothing for a rule about changes, which says nothing of a new object.
    rule: Option<Expr>,
}

/// A rule made ready; nothing if it uses something that is not known here.
pub(super) fn lower(rule: &str) -> Option<Lowered> {
    let tokens = lex::tokens(rule)?;
    let is_transition = tokens.contains(&lex::Token::Word("oldSelf"));
    let rule = if is_transition { None } else { Some(parse::rule(&tokens)?) };
    Some(Lowered { rule })
}

impl Lowered {
    /// Whether the rule holds for a value. As in the API server, a rule that ends in an error does not hold; nothing
    /// where the outcome is not certain.
    pub(super) fn holds(&self, of: TypeRef, node: Node<'_>) -> Option<bool> {
        let Some(rule) = &self.rule else { return Some(true) };
        let value = Value::of(of, Data::Node(node)).ok()?;
        match truth(rule, &Scope { value, outer: None }) {
            Ok(holds) => Some(holds),
            Err(Fault::Error) => Some(false),
            Err(Fault::Unknown) => None,
        }
    }
}

#[cfg(test)]
mod tests;
