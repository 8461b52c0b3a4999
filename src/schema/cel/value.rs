//! Values while a rule is evaluated.

use std::borrow::Cow;

use super::data::{Data, DataItems, Keys, present};
use super::expr::Constant;
use crate::schema::types::{Shape, Type, TypeRef};
use crate::schema::value as texts;
use crate::yaml::Scalar;

/// A value. What lies in the document stays there.
#[derive(Clone)]
pub(super) enum Value<'a> {
    Null,
    Bool(bool),
    Int(i64),
    Double(f64),
    Text(Cow<'a, str>),
    /// In nanoseconds.
    Duration(i64),
    /// A URL that was found to be one.
    Url(Cow<'a, str>),
    /// A list, a map or an object.
    Data(TypeRef, Data<'a>),
    /// A list in the rule.
    List(&'a [Constant]),
    /// `{}` in the rule.
    EmptyMap,
    /// A text and what it is split at.
    Parts(&'a str, &'a str),
}

/// Why there is no value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fault {
    /// An error to the API server too.
    Error,
    /// What the API server would make of it is not known here.
    Unknown,
}

pub(super) type Evaluated<'a> = Result<Value<'a>, Fault>;

impl<'a> Value<'a> {
    /// A value of a type that is not absent, as `UnstructuredToVal` in `k8s.io/apiserver/pkg/cel/common` makes it.
    pub(super) fn of(of: TypeRef, data: Data<'a>) -> Evaluated<'a> {
        let kind = of.get();
        match &kind.shape {
            _ if kind.nullable && data.is_null() => Ok(Self::Null),
            Shape::Object(_) | Shape::Map(_) if data.is_map() => Ok(Self::Data(of, data)),
            Shape::List(_) if data.is_list() => Ok(Self::Data(of, data)),
            shape => match (shape, data.scalar().ok_or(Fault::Unknown)?) {
                (Shape::Boolean, Scalar::Bool(value)) => Ok(Self::Bool(value)),
                (Shape::Integer | Shape::IntOrString, Scalar::Int(value)) => Ok(Self::Int(value)),
                // On its way to JSON, 80.0 becomes 80.
                (Shape::Integer | Shape::IntOrString, Scalar::Float(value))
                    if value.fract() == 0.0 && value.abs() < 9e15 =>
                {
                    Ok(Self::Int(value as i64))
                }
                (Shape::Number, Scalar::Int(value)) => Ok(Self::Double(value as f64)),
                (Shape::Number, Scalar::Float(value)) => Ok(Self::Double(value)),
                (Shape::IntOrString, Scalar::Str(text)) => Ok(Self::Text(text.into())),
                (Shape::String, Scalar::Str(text)) => Self::of_text(kind, text),
                _ => Err(Fault::Unknown),
            },
        }
    }

    fn of_text(kind: &Type, text: &'a str) -> Evaluated<'a> {
        match kind.limits.as_ref().and_then(|limits| limits.format) {
            // Kubernetes' format takes what Go does not, such as `1 day`.
            Some("duration") => texts::duration(text).map(Self::Duration).map_err(|_| Fault::Unknown),
            Some("byte" | "date" | "date-time") => Err(Fault::Unknown),
            _ => Ok(Self::Text(text.into())),
        }
    }

    pub(super) fn of_constant(constant: &'a Constant) -> Self {
        match constant {
            Constant::Null => Self::Null,
            Constant::Bool(value) => Self::Bool(*value),
            Constant::Int(value) => Self::Int(*value),
            Constant::Text(text) => Self::Text(text.as_str().into()),
            Constant::Duration(value) => Self::Duration(*value),
        }
    }

    /// What a field of an object holds, if it is there. To ask for a field that the type does not have is no error of
    /// the value but of the rule.
    pub(super) fn field(&self, name: &str) -> Result<Option<(TypeRef, Data<'a>)>, Fault> {
        let Self::Data(of, data) = self else { return Err(Fault::Unknown) };
        let Shape::Object(fields) = &of.get().shape else { return Err(Fault::Unknown) };
        let (_, field) = fields.find(name).ok_or(Fault::Unknown)?;
        let of = of.of(field.of);
        Ok(data.field(name, of).map(|data| (of, data)))
    }

    /// The items of a list, the keys of a map.
    pub(super) fn elements(&self) -> Result<Elements<'a>, Fault> {
        match self {
            Self::List(items) => Ok(Elements::Constants(items.iter())),
            Self::EmptyMap => Ok(Elements::Constants([].iter())),
            Self::Parts(text, by) => Ok(Elements::Parts(text.split(by))),
            Self::Data(of, data) => match of.get().shape {
                Shape::List(item) => Ok(Elements::Items(of.of(item), data.items())),
                Shape::Map(value) => Ok(Elements::Keys(data.keys(of.of(value)))),
                _ => Err(Fault::Unknown),
            },
            _ => Err(Fault::Unknown),
        }
    }
}

/// See [`Value::elements`].
pub(super) enum Elements<'a> {
    Constants(std::slice::Iter<'a, Constant>),
    Parts(std::str::Split<'a, &'a str>),
    Items(TypeRef, DataItems<'a>),
    Keys(Keys<'a>),
}

impl<'a> Iterator for Elements<'a> {
    type Item = Evaluated<'a>;

    fn next(&mut self) -> Option<Evaluated<'a>> {
        match self {
            Self::Constants(items) => items.next().map(|item| Ok(Value::of_constant(item))),
            Self::Parts(parts) => parts.next().map(|part| Ok(Value::Text(part.into()))),
            Self::Keys(keys) => keys.next().map(|key| Ok(Value::Text(key.into()))),
            Self::Items(of, items) => items.next().map(|item| match present(item, of.get()) {
                Some(item) => Value::of(*of, item),
                None => Err(Fault::Unknown),
            }),
        }
    }
}
