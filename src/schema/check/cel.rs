//! Rules in CEL, evaluated as the API server does: by weft itself, and where it does not see through a rule or a value,
//! by a whole interpreter, which takes many times as long.

use std::cell::RefCell;
use std::collections::HashMap;

use kube_cel::{CompiledSchema, Validator, compile_schema};
use serde_json::{Value, json};

use super::json;
use super::problem::{Class, Problem};
use super::walk::Walk;
use crate::schema::crd::open_api;
use crate::schema::types::{Rule, TypeRef};
use crate::yaml::Node;

thread_local! {
    static VALIDATOR: Validator = Validator::new();
    /// The compiled rules of this thread, by where the rule stands.
    static COMPILED: RefCell<HashMap<*const Rule, CompiledSchema>> = RefCell::default();
}

/// Reports each rule of a type that does not hold.
pub(super) fn check<'a>(walk: &mut Walk<'a>, of: TypeRef, place: Node<'a>, node: Node<'a>) {
    let mut value = None;
    for rule in &of.get().rules {
        let interpreted = || interpret(of, rule, value.get_or_insert_with(|| json::of(of, node)));
        if !holds(of, rule, node).unwrap_or_else(interpreted) {
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

/// Whether a rule holds for a value; nothing where weft cannot say.
fn holds(of: TypeRef, rule: &'static Rule, node: Node<'_>) -> Option<bool> {
    #[cfg(test)]
    if tests::INTERPRETER_ONLY.get() {
        return None;
    }
    rule.lowered()?.holds(of, node)
}

/// Whether a rule holds for a value, by the interpreter.
fn interpret(of: TypeRef, rule: &'static Rule, value: &Value) -> bool {
    COMPILED.with_borrow_mut(|all| {
        let compiled = all.entry(std::ptr::from_ref(rule)).or_insert_with(|| compile(of, rule));
        VALIDATOR.with(|validator| validator.validate_compiled(compiled, value, None)).is_ok()
    })
}

/// The type with this rule and no other.
fn compile(of: TypeRef, rule: &Rule) -> CompiledSchema {
    let mut schema = open_api(of.schema, of.get(), "");
    without_rules(&mut schema);
    let mut text = rule.rule.to_string();
    double_underscores(&schema, &mut text);
    schema["x-kubernetes-validations"] = json!([{ "rule": text }]);
    compile_schema(&schema)
}

fn without_rules(schema: &mut Value) {
    match schema {
        Value::Object(map) => {
            map.remove("x-kubernetes-validations");
            map.values_mut().for_each(without_rules);
        }
        Value::Array(list) => list.iter_mut().for_each(without_rules),
        _ => {}
    }
}

/// kube-cel knows a field `a_b` as `a__b` only; in Kubernetes it keeps its name.
fn double_underscores(schema: &Value, rule: &mut String) {
    let Some(map) = schema.as_object() else { return };
    for (name, below) in map.get("properties").and_then(Value::as_object).into_iter().flatten() {
        if name.contains('_') {
            *rule = rule.replace(&format!(".{name}"), &format!(".{}", name.replace('_', "__")));
        }
        double_underscores(below, rule);
    }
    for key in ["items", "additionalProperties"] {
        map.get(key).into_iter().for_each(|below| double_underscores(below, rule));
    }
}

#[cfg(test)]
mod generate;
#[cfg(test)]
mod tests;
