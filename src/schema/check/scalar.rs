//! Whether a scalar is of a type.

use crate::schema::types::{Dialect, Shape, Type};
use crate::yaml::{Node, Scalar};

/// Whether a value that is neither list nor mapping can be of a type.
#[inline]
pub(super) fn fits(kind: &Type, dialect: Dialect, node: Node<'_>) -> bool {
    if matches!(kind.shape, Shape::String) && node.is_str() {
        return true;
    }
    let Some(scalar) = node.scalar() else { return false };
    match kind.shape {
        Shape::String => is_enum_number(kind, dialect, scalar),
        Shape::Boolean => matches!(scalar, Scalar::Bool(_)),
        Shape::Integer => is_whole(scalar) || (dialect == Dialect::Proto && is_text_of(scalar, is_whole)),
        Shape::Number => is_number(scalar) || (dialect == Dialect::Proto && is_text_of(scalar, is_number)),
        Shape::IntOrString => is_whole(scalar) || matches!(scalar, Scalar::Str(_)),
        Shape::Quantity => is_number(scalar) || matches!(scalar, Scalar::Str(_)),
        Shape::Any | Shape::Elsewhere(_) => true,
        Shape::List(_) | Shape::Map(_) | Shape::Object(_) => false,
    }
}

/// The text of a string that would be of the type without its quotes.
pub(super) fn unquoted<'a>(kind: &Type, node: Node<'a>) -> Option<&'a str> {
    let text = node.as_str().filter(|text| !text.is_empty())?;
    let scalar = crate::yaml::scalar::resolve(text);
    let fits = match kind.shape {
        Shape::Boolean => matches!(scalar, Scalar::Bool(_)),
        Shape::Integer => is_whole(scalar),
        Shape::Number => is_number(scalar),
        _ => false,
    };
    fits.then_some(text)
}

fn is_whole(scalar: Scalar<'_>) -> bool {
    match scalar {
        Scalar::Int(_) | Scalar::Uint(_) => true,
        // JSON has one sort of numbers; Go takes 3.0 and 1e3 for whole ones.
        Scalar::Float(value) => value.fract() == 0.0,
        _ => false,
    }
}

fn is_number(scalar: Scalar<'_>) -> bool {
    matches!(scalar, Scalar::Int(_) | Scalar::Uint(_) | Scalar::Float(_))
}

/// Protobuf's JSON takes numbers as strings.
fn is_text_of(scalar: Scalar<'_>, fits: fn(Scalar<'_>) -> bool) -> bool {
    match scalar {
        Scalar::Str(text) => fits(crate::yaml::scalar::resolve(text)),
        _ => false,
    }
}

/// Protobuf's JSON takes the number of an enum's value.
fn is_enum_number(kind: &Type, dialect: Dialect, scalar: Scalar<'_>) -> bool {
    let has_choices = kind.limits.as_ref().is_some_and(|limits| limits.choices.is_some());
    dialect == Dialect::Proto && has_choices && is_whole(scalar)
}
