//! YAML into values, as Helm reads it: through JSON, so that every number is a float64.

use super::{float, json_in};
use crate::source::{FileId, Text};
use crate::template::{Fault, Functions, List, Map, Param, Signature, Value};
use crate::yaml::scalar::Scalar;
use crate::yaml::{Node, ProblemKind, Shape, parse};

const TEXT: Signature = Signature::fixed(&[Param::Str]);

/// Adds the functions. They do not fail: what is wrong is in what they give.
pub(super) fn add(functions: &mut Functions) {
    functions.add("fromYaml", TEXT, |_, args| Ok(json_in::map(or(&args.str(0), Map::new()))));
    functions
        .add("fromYamlArray", TEXT, |_, args| Ok(json_in::list(or(&args.str(0), List::new(Vec::new())))));
}

/// What a text holds; where it holds nothing, something empty.
fn or(text: &str, empty: impl Into<Value>) -> Result<Value, Fault> {
    read(text).map(|value| if value.is_nil() { empty.into() } else { value })
}

/// The first document of a text.
pub(super) fn read(text: &str) -> Result<Value, Fault> {
    let tree = parse(FileId::new(0), Text::new(text.to_string()));
    let Some(document) = tree.documents.first() else {
        return tree.problems.first().map_or(Ok(Value::Nil), |problem| Err(problem.message.clone().into()));
    };
    if document.broken {
        let broken = |kind: &ProblemKind| !matches!(kind, ProblemKind::DuplicateKey { .. });
        let problem = tree.problems.iter().find(|problem| broken(&problem.kind));
        return Err(problem
            .map_or("the text is no YAML".to_string(), |problem| problem.message.clone())
            .into());
    }
    tree.root(document).map_or(Ok(Value::Nil), value)
}

fn value(node: Node<'_>) -> Result<Value, Fault> {
    match node.shape() {
        Shape::Seq => node.items().map(value).collect::<Result<Vec<_>, _>>().map(Value::from),
        Shape::Map => {
            let map = Map::new();
            for (name, child) in node.entries() {
                map.set(key(name)?, value(child)?);
            }
            Ok(map.into())
        }
        Shape::Scalar | Shape::Null => scalar_value(node.scalar().unwrap_or(Scalar::Null)),
    }
}

fn scalar_value(scalar: Scalar<'_>) -> Result<Value, Fault> {
    Ok(match scalar {
        Scalar::Null => Value::Nil,
        Scalar::Bool(truth) => truth.into(),
        Scalar::Int(number) => Value::Float(number as f64),
        Scalar::Uint(number) => Value::Float(number as f64),
        Scalar::Float(number) if number.is_finite() => Value::Float(number),
        Scalar::Float(number) => return Err(format!("JSON has no number {}", float::general(number)).into()),
        Scalar::Str(text) => text.into(),
    })
}

/// A key, which in JSON is always a string.
fn key(node: Node<'_>) -> Result<String, Fault> {
    match node.scalar() {
        Some(Scalar::Str(text)) => Ok(text.to_string()),
        Some(Scalar::Bool(truth)) => Ok(truth.to_string()),
        Some(Scalar::Int(number)) => Ok(number.to_string()),
        Some(Scalar::Uint(_)) => {
            Err("a key is a number beyond 64 bits with sign, which JSON cannot have".into())
        }
        // go-yaml writes keys with the precision of a float32.
        Some(Scalar::Float(number)) => Ok(match &*float::general32(number as f32) {
            "+Inf" => ".inf".into(),
            "-Inf" => "-.inf".into(),
            "NaN" => ".nan".into(),
            text => text.to_string(),
        }),
        Some(Scalar::Null) => Err("a key is null, which JSON cannot have".into()),
        None => Err("a key is a list or a map, which JSON cannot have".into()),
    }
}
