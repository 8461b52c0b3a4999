//! Go's `reflect.DeepEqual`.

use std::rc::Rc;

use super::json_out::MAX_DEPTH;
use crate::template::{Fault, List, Map, Object, Value};

/// Whether two values are of one type and equal all the way down.
pub(super) fn deep_equal(a: &Value, b: &Value) -> Result<bool, Fault> {
    equal(a, b, 0)
}

fn equal(a: &Value, b: &Value, depth: usize) -> Result<bool, Fault> {
    if depth > MAX_DEPTH {
        return Err(format!("the values are more than {MAX_DEPTH} levels deep, or contain themselves").into());
    }
    Ok(match (a, b) {
        (Value::Missing | Value::Nil, Value::Missing | Value::Nil) => true,
        (Value::Bool(a), Value::Bool(b)) => a == b,
        (Value::Int(a, of), Value::Int(b, other)) => a == b && of == other,
        (Value::Uint(a, of), Value::Uint(b, other)) => a == b && of == other,
        (Value::Float(a), Value::Float(b)) => a == b,
        (Value::Str(a), Value::Str(b)) => a == b,
        (Value::Bytes(a), Value::Bytes(b)) => a == b,
        (Value::List(a), Value::List(b)) => a.is(b) || lists(a, b, depth + 1)?,
        (Value::Map(a), Value::Map(b)) => a.is(b) || maps(a, b, depth + 1)?,
        (Value::Object(a), Value::Object(b)) => Rc::ptr_eq(a, b) || objects(&**a, &**b, depth + 1)?,
        _ => false,
    })
}

fn lists(a: &List, b: &List, depth: usize) -> Result<bool, Fault> {
    if a.of_type().name != b.of_type().name || a.len() != b.len() || a.is_null() != b.is_null() {
        return Ok(false);
    }
    for (a, b) in a.iter().zip(b.iter()) {
        if !equal(a, b, depth)? {
            return Ok(false);
        }
    }
    Ok(true)
}

fn maps(a: &Map, b: &Map, depth: usize) -> Result<bool, Fault> {
    if a.of_type().name != b.of_type().name || a.len() != b.len() || a.is_null() != b.is_null() {
        return Ok(false);
    }
    let (a, b) = (a.borrow(), b.borrow());
    for ((key, a), (other_key, b)) in a.iter().zip(b.iter()) {
        if key != other_key || !equal(a, b, depth)? {
            return Ok(false);
        }
    }
    Ok(true)
}

fn objects(a: &dyn Object, b: &dyn Object, depth: usize) -> Result<bool, Fault> {
    if a.type_name() != b.type_name() {
        return Ok(false);
    }
    match (a.plain().or_else(|| a.json()), b.plain().or_else(|| b.json())) {
        (Some(a), Some(b)) => equal(&a, &b, depth),
        _ => {
            let fields = |object: &dyn Object| object.fields().into_iter().collect::<Map>();
            maps(&fields(a), &fields(b), depth)
        }
    }
}
