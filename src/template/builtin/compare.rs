//! Comparison, by Go's kinds: numbers compare with numbers of their kind only.

use std::cmp::Ordering;
use std::rc::Rc;

use crate::template::function::Fault;
use crate::template::value::Value;

/// A value as comparison sees it.
enum Basic<'a> {
    Bool(bool),
    Int(i64),
    Uint(u64),
    Float(f64),
    Text(&'a [u8]),
    Other,
}

impl<'a> Basic<'a> {
    fn of(value: &'a Value) -> Self {
        match value {
            Value::Bool(truth) => Basic::Bool(*truth),
            Value::Int(number, _) => Basic::Int(*number),
            Value::Uint(number, _) => Basic::Uint(*number),
            Value::Float(number) => Basic::Float(*number),
            Value::Str(text) => Basic::Text(text.as_bytes()),
            _ => Basic::Other,
        }
    }
}

fn incompatible(a: &Value, b: &Value) -> Fault {
    let numbers = matches!((a, b), (Value::Float(_), Value::Int(..)) | (Value::Int(..), Value::Float(_)));
    let why = if numbers { ": numbers from YAML are float64, literals without a point are int" } else { "" };
    format!("values of the types {} and {} cannot be compared{why}", a.type_name(), b.type_name()).into()
}

/// Whether the first equals any of the others.
pub(super) fn eq(first: &Value, others: &[Value]) -> Result<bool, Fault> {
    if others.is_empty() {
        return Err("there is nothing to compare with".into());
    }
    for other in others {
        if equal(first, other)? {
            return Ok(true);
        }
    }
    Ok(false)
}

fn equal(a: &Value, b: &Value) -> Result<bool, Fault> {
    let (plain_a, plain_b) = (a.plain(), b.plain());
    Ok(match (Basic::of(&plain_a), Basic::of(&plain_b)) {
        (Basic::Bool(a), Basic::Bool(b)) => a == b,
        (Basic::Int(a), Basic::Int(b)) => a == b,
        (Basic::Uint(a), Basic::Uint(b)) => a == b,
        (Basic::Int(a), Basic::Uint(b)) | (Basic::Uint(b), Basic::Int(a)) => u64::try_from(a) == Ok(b),
        (Basic::Float(a), Basic::Float(b)) => a == b,
        (Basic::Text(a), Basic::Text(b)) => a == b,
        (Basic::Other, Basic::Other) => return same(&plain_a, &plain_b),
        // Nothing equals only nothing, and may be compared with all.
        _ if a.is_nil() || b.is_nil() => false,
        _ => return Err(incompatible(a, b)),
    })
}

/// Values that are no basic ones: nothing, objects, and those that Go refuses to compare.
fn same(a: &Value, b: &Value) -> Result<bool, Fault> {
    match (a, b) {
        _ if a.is_nil() || b.is_nil() => Ok(a.is_nil() == b.is_nil()),
        (Value::Object(a), Value::Object(b)) => Ok(Rc::ptr_eq(a, b)),
        _ => Err(incompatible(a, b)),
    }
}

/// The order of two basic values. `None`: one is no number.
fn order(a: &Value, b: &Value) -> Result<Option<Ordering>, Fault> {
    let (plain_a, plain_b) = (a.plain(), b.plain());
    Ok(match (Basic::of(&plain_a), Basic::of(&plain_b)) {
        (Basic::Int(a), Basic::Int(b)) => Some(a.cmp(&b)),
        (Basic::Uint(a), Basic::Uint(b)) => Some(a.cmp(&b)),
        (Basic::Int(a), Basic::Uint(b)) => Some(u64::try_from(a).map_or(Ordering::Less, |a| a.cmp(&b))),
        (Basic::Uint(a), Basic::Int(b)) => Some(u64::try_from(b).map_or(Ordering::Greater, |b| a.cmp(&b))),
        (Basic::Float(a), Basic::Float(b)) => a.partial_cmp(&b),
        (Basic::Text(a), Basic::Text(b)) => Some(a.cmp(b)),
        (Basic::Bool(_), Basic::Bool(_)) => return Err("truth values have no order".into()),
        (Basic::Other, _) => return Err(orderless(a)),
        (_, Basic::Other) => return Err(orderless(b)),
        _ => return Err(incompatible(a, b)),
    })
}

fn orderless(value: &Value) -> Fault {
    match value.is_nil() {
        true => "nothing (nil) has no order".into(),
        false => format!("values of the type {} have no order", value.type_name()).into(),
    }
}

pub(super) fn lt(a: &Value, b: &Value) -> Result<bool, Fault> {
    Ok(order(a, b)? == Some(Ordering::Less))
}

pub(super) fn le(a: &Value, b: &Value) -> Result<bool, Fault> {
    Ok(matches!(order(a, b)?, Some(Ordering::Less | Ordering::Equal)))
}
