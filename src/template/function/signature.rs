//! What a function takes, in Go's types.

use super::Fault;
use crate::template::error::arguments;
use crate::template::value::{Elem, IntKind, UintKind, Value};

/// The type of a parameter. Literals take it on (`1` for a `Float` is 1.0), other values must have it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Param {
    /// Anything: Go's `interface {}`. Nothing arrives as `Nil`.
    Any,
    /// `string`
    Str,
    /// `bool`
    Bool,
    /// `int`
    Int,
    /// `int64`
    Int64,
    /// `uint32`
    Uint32,
    /// `float64`
    Float,
    /// `map[string]interface {}`. Null arrives as `Nil`.
    Map,
    /// `[]interface {}`. Null arrives as `Nil`.
    List,
    /// `[]string`. Null arrives as `Nil`.
    Strings,
    /// `map[string]string`. Null arrives as `Nil`.
    StringMap,
    /// `[]byte`. Null arrives as `Nil`.
    Bytes,
    /// An object of this type: `time.Time`.
    Object(&'static str),
}

impl Param {
    /// Go's name of the type.
    pub fn name(self) -> &'static str {
        match self {
            Param::Any => "interface {}",
            Param::Str => "string",
            Param::Bool => "bool",
            Param::Int => "int",
            Param::Int64 => "int64",
            Param::Uint32 => "uint32",
            Param::Float => "float64",
            Param::Map => "map[string]interface {}",
            Param::List => "[]interface {}",
            Param::Strings => "[]string",
            Param::StringMap => "map[string]string",
            Param::Bytes => "[]uint8",
            Param::Object(name) => name,
        }
    }
}

/// What a function takes.
#[derive(Clone, Copy, Debug)]
pub struct Signature {
    /// The parameters that must be there.
    pub fixed: &'static [Param],
    /// The type of each that may follow: Go's `...interface {}`.
    pub rest: Option<Param>,
}

impl Signature {
    /// Exactly these.
    pub const fn fixed(fixed: &'static [Param]) -> Self {
        Self { fixed, rest: None }
    }

    /// These, and any number more of one type.
    pub const fn variadic(fixed: &'static [Param], rest: Param) -> Self {
        Self { fixed, rest: Some(rest) }
    }
}

impl Param {
    fn can_be_nil(self) -> bool {
        !matches!(self, Param::Str | Param::Bool | Param::Int | Param::Int64 | Param::Uint32 | Param::Float)
    }

    /// The value as this type has it; or why it has none.
    pub(crate) fn fit(self, value: Value) -> Result<Value, Fault> {
        let fits = match (self, &value) {
            (Param::Any, Value::Missing) => return Ok(Value::Nil),
            (_, Value::Missing) if self.can_be_nil() => return Ok(Value::Nil),
            (_, Value::Missing) => {
                return Err(format!("the argument must be of type {}, but has no value", self.name()).into());
            }
            (Param::Any, _) => true,
            (Param::Str, Value::Str(_)) => true,
            (Param::Bool, Value::Bool(_)) => true,
            (Param::Int, Value::Int(_, IntKind::Int)) => true,
            (Param::Int64, Value::Int(_, IntKind::Int64)) => true,
            (Param::Uint32, Value::Uint(_, UintKind::Uint32)) => true,
            (Param::Float, Value::Float(_)) => true,
            (Param::Map, Value::Map(map)) => map.of_type().elem == Elem::Any,
            (Param::StringMap, Value::Map(map)) => map.of_type().elem == Elem::Str,
            (Param::List, Value::List(list)) => list.of_type().elem == Elem::Any,
            (Param::Strings, Value::List(list)) => list.of_type().elem == Elem::Str,
            (Param::Bytes, Value::Bytes(_)) => true,
            (Param::Object(name), Value::Object(object)) => object.type_name() == name,
            _ => false,
        };
        if fits {
            return Ok(value);
        }
        let found = if value.is_nil() { "nil".into() } else { value.type_name() };
        Err(format!("the argument must be of type {}, not {found}", self.name()).into())
    }
}

impl Signature {
    /// The type of the argument at this place, if there may be one.
    pub(crate) fn param(&self, at: usize) -> Option<Param> {
        self.fixed.get(at).copied().or(self.rest)
    }

    /// Whether so many arguments will do; why not, otherwise.
    pub(crate) fn check_count(&self, count: usize) -> Result<(), Fault> {
        let least = self.fixed.len();
        match self.rest {
            None if count != least => Err(format!("takes {}, not {count}", arguments(least)).into()),
            Some(_) if count < least => {
                Err(format!("takes at least {}, not {count}", arguments(least)).into())
            }
            _ => Ok(()),
        }
    }

    /// These values as arguments, each of its type.
    pub(crate) fn fit(&self, values: &[Value]) -> Result<Vec<Value>, Fault> {
        self.check_count(values.len())?;
        let fit = |(at, value): (usize, &Value)| self.param(at).unwrap_or(Param::Any).fit(value.clone());
        values.iter().enumerate().map(fit).collect()
    }
}
