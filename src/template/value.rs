//! Values as Go's reflection sees them.

mod container;
mod json;
mod kind;
mod object;
mod text;

use std::borrow::Cow;
use std::rc::Rc;

pub use container::{Elem, List, Map, Type};
pub use kind::{IntKind, Kind, UintKind};
pub use object::Object;
pub use text::Str;

use super::function::Function;

/// A value.
///
/// Two kinds of nothing: `Nil` is null where anything may stand, `Missing` is no value at all. A field of `Nil` is an
/// error ("nil pointer"), a field of `Missing` is `Missing`. Functions never see `Missing`: the engine hands them `Nil`.
#[derive(Clone)]
pub enum Value {
    /// What a key gives that is not there; prints as `<no value>`.
    Missing,
    /// Null.
    Nil,
    /// `true` or `false`.
    Bool(bool),
    /// A signed integer and its type.
    Int(i64, IntKind),
    /// An unsigned integer and its type.
    Uint(u64, UintKind),
    /// A float64: what every number is that comes through YAML or JSON.
    Float(f64),
    /// A string.
    Str(Str),
    /// A `[]byte`.
    Bytes(Rc<[u8]>),
    /// A list.
    List(List),
    /// A map.
    Map(Map),
    /// A thing with fields and methods.
    Object(Rc<dyn Object>),
    /// A function, for `call`.
    Function(Rc<Function>),
}

impl Value {
    /// A number of Go's type `int`.
    pub fn int(number: i64) -> Self {
        Value::Int(number, IntKind::Int)
    }

    /// A number of Go's type `int64`.
    pub fn int64(number: i64) -> Self {
        Value::Int(number, IntKind::Int64)
    }

    /// A thing with fields and methods.
    pub fn object(object: impl Object + 'static) -> Self {
        Value::Object(Rc::new(object))
    }

    /// Whether it is nothing, of either kind.
    pub fn is_nil(&self) -> bool {
        matches!(self, Value::Nil | Value::Missing)
    }

    /// Its kind.
    pub fn kind(&self) -> Kind {
        match self {
            Value::Missing | Value::Nil => Kind::Invalid,
            Value::Bool(_) => Kind::Bool,
            Value::Int(_, kind) => Kind::Int(*kind),
            Value::Uint(_, kind) => Kind::Uint(*kind),
            Value::Float(_) => Kind::Float64,
            Value::Str(_) => Kind::String,
            Value::Bytes(_) | Value::List(_) => Kind::Slice,
            Value::Map(_) => Kind::Map,
            Value::Object(object) => object.kind(),
            Value::Function(_) => Kind::Func,
        }
    }

    /// Go's name of its type, as `%T` prints it.
    pub fn type_name(&self) -> Cow<'_, str> {
        Cow::Borrowed(match self {
            Value::Missing | Value::Nil => "<nil>",
            Value::Bytes(_) => "[]uint8",
            Value::List(list) => list.of_type().name,
            Value::Map(map) => map.of_type().name,
            Value::Object(object) => object.type_name(),
            Value::Function(_) => "func",
            _ => self.kind().name(),
        })
    }

    /// Go's truth: not the zero of its type, not empty.
    pub fn truth(&self) -> bool {
        match self {
            Value::Missing | Value::Nil => false,
            Value::Bool(truth) => *truth,
            Value::Int(number, _) => *number != 0,
            Value::Uint(number, _) => *number != 0,
            Value::Float(number) => *number != 0.0,
            Value::Str(text) => !text.is_empty(),
            Value::Bytes(bytes) => !bytes.is_empty(),
            Value::List(list) => !list.is_empty(),
            Value::Map(map) => !map.is_empty(),
            Value::Object(object) => object.plain().is_none_or(|plain| plain.truth()),
            Value::Function(_) => true,
        }
    }

    /// The value below a named type; itself otherwise.
    pub fn plain(&self) -> Cow<'_, Value> {
        match self {
            Value::Object(object) => object.plain().map_or(Cow::Borrowed(self), Cow::Owned),
            _ => Cow::Borrowed(self),
        }
    }

    /// The string, if it is one.
    pub fn as_text(&self) -> Option<&Str> {
        match self {
            Value::Str(text) => Some(text),
            _ => None,
        }
    }

    /// The map, if it is one.
    pub fn as_map(&self) -> Option<&Map> {
        match self {
            Value::Map(map) => Some(map),
            _ => None,
        }
    }

    /// The list, if it is one.
    pub fn as_list(&self) -> Option<&List> {
        match self {
            Value::List(list) => Some(list),
            _ => None,
        }
    }
}

impl From<bool> for Value {
    fn from(truth: bool) -> Self {
        Value::Bool(truth)
    }
}

impl From<f64> for Value {
    fn from(number: f64) -> Self {
        Value::Float(number)
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Value::Str(text.into())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Value::Str(text.into())
    }
}

impl From<Rc<str>> for Value {
    fn from(text: Rc<str>) -> Self {
        Value::Str(text.into())
    }
}

impl From<Str> for Value {
    fn from(text: Str) -> Self {
        Value::Str(text)
    }
}

impl From<List> for Value {
    fn from(list: List) -> Self {
        Value::List(list)
    }
}

impl From<Vec<Value>> for Value {
    fn from(items: Vec<Value>) -> Self {
        Value::List(List::new(items))
    }
}

impl From<Map> for Value {
    fn from(map: Map) -> Self {
        Value::Map(map)
    }
}
