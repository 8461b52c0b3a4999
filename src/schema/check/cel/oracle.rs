//! A whole interpreter of CEL, to compare with.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;

use kube_cel::{CompiledSchema, Validator, compile_schema};
use serde_json::{Value, json};

use crate::schema::crd::open_api;
use crate::schema::types::{Rule, TypeRef};

thread_local! {
    /// Whether every rule of this thread is left to the interpreter.
    pub(super) static ALONE: Cell<bool> = const { Cell::new(false) };
    static VALIDATOR: Validator = Validator::new();
    /// The compiled rules of this thread, by where the rule stands.
    static COMPILED: RefCell<HashMap<*const Rule, CompiledSchema>> = RefCell::default();
}

/// Whether a rule holds for a value, by the interpreter.
pub(super) fn interpret(of: TypeRef, rule: &'static Rule, value: &Value) -> bool {
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
