//! What a function is handed.

use std::borrow::Cow;
use std::ops::Deref;

use crate::template::{List, Map, Str, Value};

/// The arguments of a call. They fit the signature, so that the readers below need not fail; where the value is of
/// another type after all, they give the zero of theirs.
pub struct Args<'a>(&'a [Value]);

impl<'a> Args<'a> {
    /// These arguments.
    pub fn new(values: &'a [Value]) -> Self {
        Self(values)
    }

    /// An argument of type `string`, as text.
    pub fn str(&self, at: usize) -> Cow<'a, str> {
        match self.0.get(at) {
            Some(Value::Str(text)) => text.to_str(),
            _ => Cow::Borrowed(""),
        }
    }

    /// An argument of type `string`, whatever its bytes are.
    pub fn text(&self, at: usize) -> Str {
        match self.0.get(at) {
            Some(Value::Str(text)) => text.clone(),
            _ => Str::default(),
        }
    }

    /// An argument of type `int` or `int64`.
    pub fn int(&self, at: usize) -> i64 {
        match self.0.get(at) {
            Some(Value::Int(number, _)) => *number,
            _ => 0,
        }
    }

    /// An argument of type `float64`.
    pub fn float(&self, at: usize) -> f64 {
        match self.0.get(at) {
            Some(Value::Float(number)) => *number,
            _ => 0.0,
        }
    }

    /// An argument of type `bool`.
    pub fn bool(&self, at: usize) -> bool {
        matches!(self.0.get(at), Some(Value::Bool(true)))
    }

    /// An argument of type `map[string]interface {}`; an empty map where it is nil.
    pub fn map(&self, at: usize) -> Map {
        match self.0.get(at) {
            Some(Value::Map(map)) => map.clone(),
            _ => Map::new(),
        }
    }

    /// An argument of a list type; an empty list where it is nil.
    pub fn list(&self, at: usize) -> List {
        match self.0.get(at) {
            Some(Value::List(list)) => list.clone(),
            _ => List::new(Vec::new()),
        }
    }

    /// An argument of any type.
    pub fn any(&self, at: usize) -> &'a Value {
        self.0.get(at).unwrap_or(&Value::Nil)
    }

    /// This argument and those behind it.
    pub fn from(&self, at: usize) -> &'a [Value] {
        self.0.get(at..).unwrap_or_default()
    }
}

impl Deref for Args<'_> {
    type Target = [Value];

    fn deref(&self) -> &[Value] {
        self.0
    }
}
