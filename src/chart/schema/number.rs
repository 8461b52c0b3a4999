//! Numbers and strings against a schema, and whether two values are the same.

use serde_json::{Map, Value};

use super::check::Checker;
use crate::chart::values::Data;

/// Whether a number is one that JSON Schema calls an integer.
pub(super) fn whole(number: f64) -> bool {
    number.fract() == 0.0
}

/// Whether a value is the one that a schema names.
pub(super) fn same(value: &Data, json: &Value) -> bool {
    match (value, json) {
        (Data::Null, Value::Null) => true,
        (Data::Bool(a), Value::Bool(b)) => a == b,
        (Data::Int(a), Value::Number(b)) => b.as_f64() == Some(*a as f64),
        (Data::Float(a), Value::Number(b)) => b.as_f64() == Some(*a),
        (Data::Text(a), Value::String(b)) => a.as_bytes() == b.as_bytes(),
        (Data::List(a), Value::Array(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(&a.data, b))
        }
        (Data::Table(a), Value::Object(b)) => {
            let entries = a.entries();
            entries.len() == b.len()
                && entries.iter().all(|(key, a)| b.get(&**key).is_some_and(|b| same(&a.data, b)))
        }
        _ => false,
    }
}

/// Whether two values are the same.
pub(super) fn equal(a: &Data, b: &Data) -> bool {
    let number = |data: &Data| match data {
        Data::Int(number) => Some(*number as f64),
        Data::Float(number) => Some(*number),
        _ => None,
    };
    match (a, b) {
        (Data::Null, Data::Null) => true,
        (Data::Bool(a), Data::Bool(b)) => a == b,
        (Data::Text(a), Data::Text(b)) => a == b,
        (Data::List(a), Data::List(b)) => {
            a.len() == b.len() && a.iter().zip(b.iter()).all(|(a, b)| equal(&a.data, &b.data))
        }
        (Data::Table(a), Data::Table(b)) => {
            let (a, b) = (a.entries(), b.entries());
            a.len() == b.len() && a.iter().zip(&b).all(|(a, b)| a.0 == b.0 && equal(&a.1.data, &b.1.data))
        }
        _ => number(a).is_some() && number(a) == number(b),
    }
}

/// A bound, if the schema has one under this key.
pub(super) fn bound(schema: &Map<String, Value>, key: &str) -> Option<f64> {
    schema.get(key).and_then(Value::as_f64)
}

impl<'a> Checker<'a> {
    pub(super) fn number(&mut self, schema: &Map<String, Value>, number: f64, path: &str) {
        // In draft 4 the exclusive bounds were booleans beside the others.
        let exclusive = |key: &str| schema.get(key) == Some(&Value::Bool(true));
        if let Some(least) = bound(schema, "minimum")
            && (number < least || number == least && exclusive("exclusiveMinimum"))
        {
            self.fault(path, format!("is {number}, less than the least, {least}"));
        }
        if let Some(most) = bound(schema, "maximum")
            && (number > most || number == most && exclusive("exclusiveMaximum"))
        {
            self.fault(path, format!("is {number}, more than the most, {most}"));
        }
        if let Some(least) = bound(schema, "exclusiveMinimum").filter(|least| number <= *least) {
            self.fault(path, format!("is {number} and has to be more than {least}"));
        }
        if let Some(most) = bound(schema, "exclusiveMaximum").filter(|most| number >= *most) {
            self.fault(path, format!("is {number} and has to be less than {most}"));
        }
        let divides = |step: f64| {
            let times = number / step;
            (times - times.round()).abs() <= f64::EPSILON * times.abs().max(1.0)
        };
        if let Some(step) = bound(schema, "multipleOf").filter(|step| *step > 0.0 && !divides(*step)) {
            self.fault(path, format!("is {number} and no multiple of {step}"));
        }
    }

    pub(super) fn text(&mut self, schema: &'a Map<String, Value>, text: &str, path: &str) {
        let length = text.chars().count() as f64;
        if let Some(least) = bound(schema, "minLength").filter(|least| length < *least) {
            self.fault(path, format!("has {length} characters, fewer than {least}"));
        }
        if let Some(most) = bound(schema, "maxLength").filter(|most| length > *most) {
            self.fault(path, format!("has {length} characters, more than {most}"));
        }
        if let Some(pattern) = schema.get("pattern").and_then(Value::as_str)
            && self.pattern(pattern).is_some_and(|regex| !regex.is_match(text))
        {
            self.fault(path, format!("is `{text}`, which does not match `{pattern}`"));
        }
        self.format(schema, text, path);
    }
}
