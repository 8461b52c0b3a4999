//! JSON into values, as Go's library reads it: every number is a float64.

use super::alias;
use super::json_out::{self, Style};
use crate::template::{Fault, Functions, List, Map, Param, Signature, Type, Value};

const TEXT: Signature = Signature::fixed(&[Param::Str]);
const ONE: Signature = Signature::fixed(&[Param::Any]);
const PLAIN: Style = Style { pretty: false, html: true };
const PRETTY: Style = Style { pretty: true, html: true };
const RAW: Style = Style { pretty: false, html: false };

/// Adds the functions. Helm's readers do not fail: what is wrong is in what they give.
pub(super) fn add(functions: &mut Functions) {
    functions.add("fromJson", TEXT, |_, args| Ok(map(read(&args.str(0)))));
    functions.add("fromJsonArray", TEXT, |_, args| Ok(list(read(&args.str(0)))));
    functions.add("mustFromJson", TEXT, |_, args| read(&args.str(0)));
    for (name, must, style) in [("toJson", "mustToJson", PLAIN), ("toPrettyJson", "mustToPrettyJson", PRETTY)]
    {
        functions.add(name, ONE, move |_, args| {
            Ok(json_out::write(args.any(0), style).unwrap_or_default().into())
        });
        functions.add(must, ONE, move |_, args| Ok(json_out::write(args.any(0), style)?.into()));
    }
    alias(functions, &["toRawJson", "mustToRawJson"], ONE, |_, args| {
        Ok(json_out::write(args.any(0), RAW)?.into())
    });
}

fn read(text: &str) -> Result<Value, Fault> {
    let json: serde_json::Value =
        serde_json::from_str(text).map_err(|error| format!("the text is no JSON: {error}"))?;
    Ok(Value::from(&json))
}

/// What is read where a map is wanted; what is wrong, under `Error`.
pub(super) fn map(read: Result<Value, Fault>) -> Value {
    let why = match read {
        Ok(Value::Map(map)) => return map.into(),
        Ok(Value::Nil) => return Map::null(Type::MAP).into(),
        Ok(other) => format!("a map is wanted, not {}", kind(&other)),
        Err(fault) => fault.message,
    };
    Value::Map([("Error", why)].into_iter().collect())
}

/// What is read where a list is wanted; what is wrong, as its only item.
pub(super) fn list(read: Result<Value, Fault>) -> Value {
    match read {
        Ok(Value::List(list)) => list.into(),
        Ok(Value::Nil) => List::null(Type::LIST).into(),
        Ok(other) => vec![Value::from(format!("a list is wanted, not {}", kind(&other)))].into(),
        Err(fault) => vec![Value::from(fault.message)].into(),
    }
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Map(_) => "a map",
        Value::List(_) => "a list",
        Value::Str(_) => "a string",
        Value::Bool(_) => "a bool",
        _ => "a number",
    }
}
