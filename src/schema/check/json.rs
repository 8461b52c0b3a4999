//! A value as the API server sees it before it validates: nulls dropped, defaults filled in.

use serde_json::{Map, Number, Value};

use crate::schema::types::{Shape, TypeRef};
use crate::yaml::{Node, Scalar};

/// A node of a type, as JSON.
pub(super) fn of(of: TypeRef, node: Node<'_>) -> Value {
    let inner = |at: u32| of.of(at);
    if node.is_seq() {
        let item = match of.get().shape {
            Shape::List(item) => Some(inner(item)),
            _ => None,
        };
        return node
            .items()
            .map(|node| item.map_or_else(|| plain(node), |item| self::of(item, node)))
            .collect();
    }
    if !node.is_map() {
        return scalar(node);
    }
    let mut made = Map::new();
    for (key, value) in node.entries() {
        let name = key.text().unwrap_or_default();
        let type_of = match &of.get().shape {
            Shape::Map(value) => Some(inner(*value)),
            Shape::Object(fields) => fields.find(name).map(|(_, field)| inner(field.of)),
            _ => None,
        };
        if value.is_null() && type_of.is_none_or(|type_of| !type_of.get().nullable) {
            continue;
        }
        made.insert(
            name.to_owned(),
            type_of.map_or_else(|| plain(value), |type_of| self::of(type_of, value)),
        );
    }
    if let Shape::Object(fields) = &of.get().shape {
        for field in fields.iter() {
            let default = inner(field.of).get().default.and_then(|text| serde_json::from_str(text).ok());
            if let Some(default) = default.filter(|_| !made.contains_key(field.name)) {
                made.insert(field.name.to_owned(), default);
            }
        }
    }
    made.into()
}

/// A node of which no type is known.
pub(super) fn plain(node: Node<'_>) -> Value {
    if node.is_seq() {
        return node.items().map(plain).collect();
    }
    if node.is_map() {
        let entry =
            |(key, value): (Node<'_>, Node<'_>)| (key.text().unwrap_or_default().to_owned(), plain(value));
        return Value::Object(node.entries().map(entry).collect());
    }
    scalar(node)
}

fn scalar(node: Node<'_>) -> Value {
    match node.scalar() {
        None | Some(Scalar::Null) => Value::Null,
        Some(Scalar::Bool(value)) => value.into(),
        Some(Scalar::Int(value)) => value.into(),
        Some(Scalar::Uint(value)) => value.into(),
        Some(Scalar::Float(value)) if value.fract() == 0.0 && value.abs() < 9e15 => (value as i64).into(),
        Some(Scalar::Float(value)) => Number::from_f64(value).map_or(Value::Null, Value::Number),
        Some(Scalar::Str(value)) => value.into(),
    }
}
