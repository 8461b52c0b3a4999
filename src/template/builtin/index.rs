//! `index`, `slice` and `len`.

use crate::template::function::Fault;
use crate::template::value::{List, Str, UintKind, Value};

/// `x[1]["a"][2]`
pub(super) fn index(item: &Value, indexes: &[Value]) -> Result<Value, Fault> {
    if item.is_nil() {
        return Err("there is nothing to index: the value is nil".into());
    }
    indexes.iter().try_fold(item.clone(), |item, index| element(&item, index))
}

fn element(item: &Value, index: &Value) -> Result<Value, Fault> {
    let byte = |byte: u8| Value::Uint(u64::from(byte), UintKind::Uint8);
    match item.plain().as_ref() {
        Value::Missing | Value::Nil => Err("there is nothing to index: the value is nil".into()),
        Value::Str(text) => Ok(byte(text.as_bytes()[position(index, text.len(), false)?])),
        Value::Bytes(bytes) => Ok(byte(bytes[position(index, bytes.len(), false)?])),
        Value::List(list) => Ok(list[position(index, list.len(), false)?].clone()),
        Value::Map(map) => match index.plain().as_ref() {
            Value::Str(key) => Ok(map.get(&key.to_str()).unwrap_or_else(|| map.of_type().zero())),
            nothing if nothing.is_nil() => Err("the key of a map is a string, not nil".into()),
            other => Err(format!("the key of a map is a string, not of type {}", other.type_name()).into()),
        },
        other => Err(format!("a value of type {} cannot be indexed", other.type_name()).into()),
    }
}

/// A place in something of this length; `end` where the place behind the last is one too.
fn position(index: &Value, len: usize, end: bool) -> Result<usize, Fault> {
    let number = match index.plain().as_ref() {
        Value::Int(number, _) => i128::from(*number),
        Value::Uint(number, _) => i128::from(*number),
        nothing if nothing.is_nil() => return Err("an index is an integer, not nil".into()),
        other => return Err(format!("an index is an integer, not of type {}", other.type_name()).into()),
    };
    match usize::try_from(number) {
        Ok(at) if at < len || (end && at == len) => Ok(at),
        _ => Err(format!("index {number} is out of range: the length is {len}").into()),
    }
}

/// `x[1:2]`
pub(super) fn slice(item: &Value, indexes: &[Value]) -> Result<Value, Fault> {
    if item.is_nil() {
        return Err("there is nothing to slice: the value is nil".into());
    }
    if indexes.len() > 3 {
        return Err(format!("`slice` takes at most 3 indexes, not {}", indexes.len()).into());
    }
    let plain = item.plain();
    let len = match plain.as_ref() {
        Value::Str(_) if indexes.len() == 3 => return Err("a string cannot be sliced with 3 indexes".into()),
        Value::Str(text) => text.len(),
        Value::Bytes(bytes) => bytes.len(),
        Value::List(list) => list.len(),
        other => return Err(format!("a value of type {} cannot be sliced", other.type_name()).into()),
    };
    let mut bounds = [0, len, len];
    for (bound, index) in bounds.iter_mut().zip(indexes) {
        *bound = position(index, len, true)?;
    }
    if let Some(pair) = bounds.windows(2).find(|pair| pair[0] > pair[1]) {
        return Err(format!("a slice cannot go from {} to {}", pair[0], pair[1]).into());
    }
    let range = bounds[0]..bounds[1];
    Ok(match plain.as_ref() {
        Value::Str(text) => Str::from_bytes(text.as_bytes()[range].to_vec()).into(),
        Value::Bytes(bytes) => Value::Bytes(bytes[range].into()),
        Value::List(list) => List::of(list.of_type(), list[range].to_vec()).into(),
        _ => Value::Nil,
    })
}

pub(super) fn len(item: &Value) -> Result<Value, Fault> {
    let len = match item.plain().as_ref() {
        Value::Str(text) => text.len(),
        Value::Bytes(bytes) => bytes.len(),
        Value::List(list) => list.len(),
        Value::Map(map) => map.len(),
        nothing if nothing.is_nil() => return Err("nothing (nil) has no length".into()),
        other => return Err(format!("a value of type {} has no length", other.type_name()).into()),
    };
    Ok(Value::int(len as i64))
}
