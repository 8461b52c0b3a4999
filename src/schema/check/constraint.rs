//! Limits on values, and fields that go together.

use serde_json::Value;

use super::problem::{Class, Problem};
use super::walk::Walk;
use super::{describe, json};
use crate::schema::types::{Dialect, Group, Limits, Shape, Type, TypeRef};
use crate::schema::value as texts;
use crate::yaml::{Node, Scalar};

/// A scalar against its limits.
pub(super) fn scalar<'a>(walk: &mut Walk<'a>, of: TypeRef, node: Node<'a>) {
    let (kind, dialect) = (of.get(), walk.dialect);
    // Nearly every number is a short one, which any width holds.
    let is_number = matches!(kind.shape, Shape::Integer | Shape::IntOrString);
    if is_number
        && kind.limits.is_none()
        && kind.extra.is_empty()
        && node.text().is_some_and(|text| text.len() < 9 && text.bytes().all(|byte| byte.is_ascii_digit()))
    {
        return;
    }
    let fault = if dialect == Dialect::Native { native(kind, node) } else { None };
    let fault = fault.or_else(|| too_wide(kind, node, dialect)).or_else(|| {
        let limits = kind.limits.as_ref()?;
        match node.scalar()? {
            Scalar::Str(text) => of_text(kind, limits, text, dialect),
            Scalar::Int(value) => of_number(limits, value as f64, dialect),
            Scalar::Uint(value) => of_number(limits, value as f64, dialect),
            Scalar::Float(value) => of_number(limits, value, dialect),
            _ => None,
        }
    });
    match fault {
        Some(Fault::Choice(problem)) => choice(walk, kind, node, &problem),
        Some(Fault::Other(text)) => {
            let (place, given) = (walk.place(node), describe::written(node));
            walk.report(Problem::new(Class::InvalidValue, node, format!("{place}: {given} {text}")));
        }
        None => extra(walk, of, node, node),
    }
}

enum Fault {
    /// None of the values there are; the nearest of them.
    Choice(Vec<&'static str>),
    /// What is wrong, to stand behind the value.
    Other(String),
}

fn choice<'a>(walk: &mut Walk<'a>, kind: &Type, node: Node<'a>, near: &[&'static str]) {
    let choices = kind.limits.as_ref().and_then(|limits| limits.choices.as_deref()).unwrap_or_default();
    let (place, given) = (walk.place(node), describe::written(node));
    let message = format!("{place} cannot be {given}");
    let shown: Vec<&str> = choices.iter().copied().filter(|choice| !choice.is_empty()).collect();
    let mut problem = Problem::new(Class::InvalidValue, node, message).label("no such value");
    problem = problem.help(format!("one of: {}", shown.join(", ")));
    if let [only] = near {
        problem.fix = Some((node.span(), (*only).to_owned(), format!("write `{only}`")));
    }
    walk.report(problem);
}

fn of_text(kind: &Type, limits: &Limits, text: &str, dialect: Dialect) -> Option<Fault> {
    if let Some(choices) = &limits.choices {
        let known = choices.contains(&text);
        return (!known).then(|| Fault::Choice(crate::error::did_you_mean(text, choices.iter().copied())));
    }
    if !matches!(kind.shape, Shape::String | Shape::IntOrString) {
        return None;
    }
    if limits.min_length.is_some() || limits.max_length.is_some() {
        let length = text.chars().count() as u64;
        let other = |text| Some(Fault::Other(text));
        match (limits.min_length, limits.max_length) {
            (Some(1), _) if length == 0 => {
                return other("is empty; it needs a character at least".to_owned());
            }
            (Some(least), _) if length < least => {
                return other(format!("is too short: {length} characters, {least} at least"));
            }
            (_, Some(most)) if length > most => {
                return other(format!("is too long: {length} characters, {most} at most"));
            }
            _ => {}
        }
    }
    if limits.pattern().is_some_and(|pattern| !pattern.is_match(text)) {
        return Some(Fault::Other(super::patterns::fault(limits.pattern.unwrap_or_default())));
    }
    let format = limits.format?;
    let checked = match (dialect, format) {
        (Dialect::Proto, "duration") => texts::duration(text).map(drop),
        // What Go's types read themselves, `native` has looked at.
        (Dialect::Native, _) => Ok(()),
        _ => texts::format(format, text),
    };
    checked.err().map(Fault::Other)
}

/// A number that its type's bits cannot hold.
fn too_wide(kind: &Type, node: Node<'_>, dialect: Dialect) -> Option<Fault> {
    let format = kind.limits.as_ref().and_then(|limits| limits.format);
    let fits = match (&kind.shape, node.scalar()?) {
        (Shape::Number, Scalar::Float(value)) => {
            format != Some("float") || value.abs() <= f64::from(f32::MAX)
        }
        (Shape::Integer | Shape::IntOrString, scalar) => {
            let (least, most) = range(format, dialect);
            let value = match scalar {
                Scalar::Int(value) => value.into(),
                Scalar::Uint(value) => value.into(),
                Scalar::Float(value) => value as i128,
                _ => 0,
            };
            (least..=most).contains(&value)
        }
        _ => true,
    };
    (!fits).then(|| Fault::Other(format!("does not fit {}", words_of(format))))
}

fn of_number(limits: &Limits, value: f64, dialect: Dialect) -> Option<Fault> {
    let other = |text| Some(Fault::Other(text));
    match (limits.min, limits.max) {
        (Some(least), Some(most)) if value < least || value > most => {
            other(format!("is out of range: {least} to {most}"))
        }
        (Some(least), None) if value < least => other(format!("is too small: {least} at least")),
        (None, Some(most)) if value > most => other(format!("is too large: {most} at most")),
        _ => {
            let choices = limits.choices.as_ref()?;
            if dialect == Dialect::Proto && i32::try_from(value as i64).is_err() {
                return other("does not fit 32 bits".to_owned());
            }
            let known = dialect == Dialect::Proto || choices.iter().any(|choice| choice.parse() == Ok(value));
            (!known).then(|| Fault::Choice(vec![]))
        }
    }
}

fn range(format: Option<&str>, dialect: Dialect) -> (i128, i128) {
    match format {
        Some("int32") => (i32::MIN.into(), i32::MAX.into()),
        Some("uint32") if dialect == Dialect::Proto => (0, u32::MAX.into()),
        Some("uint64") if dialect == Dialect::Proto => (0, u64::MAX.into()),
        _ => (i64::MIN.into(), i64::MAX.into()),
    }
}

fn words_of(format: Option<&str>) -> &'static str {
    match format {
        Some("int32" | "float") => "32 bits",
        Some("uint32") => "32 bits without a sign",
        Some("uint64") => "64 bits without a sign",
        _ => "64 bits",
    }
}

/// What Kubernetes' own types read from a text.
fn native(kind: &Type, node: Node<'_>) -> Option<Fault> {
    let fault = |text: &str| Some(Fault::Other(text.to_owned()));
    match (&kind.shape, node.scalar()?) {
        (Shape::Quantity, Scalar::Str(text)) => texts::quantity(text).err().map(Fault::Other),
        (Shape::IntOrString, scalar) => {
            let whole = match scalar {
                Scalar::Int(value) => i32::try_from(value).is_ok(),
                Scalar::Uint(_) => false,
                Scalar::Float(value) => value.fract() == 0.0 && value.abs() <= f64::from(i32::MAX),
                _ => true,
            };
            if whole { None } else { fault("does not fit 32 bits") }
        }
        (Shape::String, Scalar::Str(text)) => match kind.limits.as_ref()?.format? {
            // Go reads a time that is empty as none, and no bytes as no bytes.
            format @ ("date-time" | "byte") if !text.is_empty() => {
                texts::format(format, text).err().map(Fault::Other)
            }
            _ => None,
        },
        _ => None,
    }
}

/// How many entries an object has; a null that is no value is not one.
pub(super) fn entries<'a>(walk: &mut Walk<'a>, of: TypeRef, place: Node<'a>, node: Node<'a>) {
    let Some(limits) = &of.get().limits else { return };
    if limits.min_props.is_none() && limits.max_props.is_none() {
        return;
    }
    let takes_null = match of.get().shape {
        Shape::Map(value) => of.of(value).get().nullable,
        _ => false,
    };
    let given = node.entries().filter(|(_, value)| takes_null || !value.is_null()).count() as u64;
    count(walk, place, node, given, (limits.min_props, limits.max_props), "entry");
}

/// A number of things against its bounds.
pub(super) fn count<'a>(
    walk: &mut Walk<'a>,
    place: Node<'a>,
    node: Node<'a>,
    given: u64,
    (least, most): (Option<u64>, Option<u64>),
    what: &str,
) {
    let things = |number: u64| match (number, what) {
        (1, _) => format!("1 {what}"),
        (_, "entry") => format!("{number} entries"),
        _ => format!("{number} {what}s"),
    };
    let bound = match (least, most) {
        (Some(least), _) if given < least => format!("{} at least", things(least)),
        (_, Some(most)) if given > most => format!("{} at most", things(most)),
        _ => return,
    };
    let given = if given == 0 { "is empty".to_owned() } else { format!("has {}", things(given)) };
    let message = format!("{} {given}", walk.place(node));
    walk.report(Problem::new(Class::InvalidValue, place, message).label(bound));
}

/// Fields of which only one, or exactly one, may be there.
pub(super) fn group<'a>(walk: &mut Walk<'a>, group: &Group, place: Node<'a>, node: Node<'a>) {
    let present = |name: &&&str| node.entry(name).is_some_and(|(_, value)| !value.is_null());
    let given: Vec<&str> = group.fields.iter().filter(present).copied().collect();
    if given.len() == 1 || (given.is_empty() && !group.required) {
        return;
    }
    let all = describe::names(group.fields.iter().copied(), "or");
    if given.is_empty() {
        let message = format!("{} needs one of {all}", walk.place(node));
        let place = if place.index() == node.index() { first(node) } else { place };
        return walk.report(Problem::new(Class::ConflictingFields, place, message).label("none is set"));
    }
    let keys: Vec<Node<'a>> = given.iter().filter_map(|name| Some(node.entry(name)?.0)).collect();
    let Some((last, others)) = keys.split_last() else { return };
    let message = format!("{} has {}", walk.place(node), describe::names(given.iter().copied(), "and"));
    let mut problem = Problem::new(Class::ConflictingFields, *last, message).label("excluded by the other");
    // Protobuf's JSON takes both; what it reads last replaces the other.
    problem.ignored = walk.dialect == Dialect::Proto;
    if problem.ignored {
        problem.label = "only one of them counts".to_owned();
    }
    problem.also.extend(others.iter().map(|key| (key.span(), "is set too")));
    walk.report(problem.help(format!("set only one of {all}")));
}

fn first(node: Node<'_>) -> Node<'_> {
    node.entries().next().map_or(node, |(key, _)| key)
}

/// What OpenAPI says beyond what has a line of its own.
pub(super) fn extra<'a>(walk: &mut Walk<'a>, of: TypeRef, place: Node<'a>, node: Node<'a>) {
    for text in &of.get().extra {
        let Ok(said) = serde_json::from_str::<Value>(text) else { continue };
        if !matches(&said, &json::of(of, node)) {
            let message = format!("{} fits none of the forms that it may have", walk.place(node));
            let form = format!("its definition says: {text}");
            walk.report(Problem::new(Class::InvalidValue, place, message).help(form));
        }
    }
}

/// The few words of JSON Schema that stand in `@schema` lines.
fn matches(said: &Value, value: &Value) -> bool {
    let list = |key: &str| said.get(key).and_then(Value::as_array).map(Vec::as_slice);
    let holds = |part: &&Value| matches(part, value);
    let object = value.as_object();
    let properties = said.get("properties").and_then(Value::as_object);
    list("oneOf").is_none_or(|all| all.iter().filter(holds).count() == 1)
        && list("anyOf").is_none_or(|all| all.iter().any(|part| holds(&part)))
        && list("allOf").is_none_or(|all| all.iter().all(|part| holds(&part)))
        && said.get("not").is_none_or(|part| !holds(&part))
        && list("enum").is_none_or(|all| all.contains(value))
        && list("required").is_none_or(|all| {
            let has =
                |name: &Value| object.is_some_and(|object| object.contains_key(name.as_str().unwrap_or("")));
            object.is_none() || all.iter().all(has)
        })
        && said
            .get("format")
            .and_then(Value::as_str)
            .is_none_or(|format| value.as_str().is_none_or(|text| texts::format(format, text).is_ok()))
        && said.get("type").and_then(Value::as_str).is_none_or(|kind| is_of(kind, value))
        && properties.is_none_or(|all| {
            let fits = |(name, part): (&String, &Value)| {
                object.and_then(|object| object.get(name)).is_none_or(|value| matches(part, value))
            };
            all.iter().all(fits)
        })
}

fn is_of(kind: &str, value: &Value) -> bool {
    match kind {
        "integer" => value.is_i64() || value.is_u64(),
        "number" => value.is_number(),
        "string" => value.is_string(),
        "boolean" => value.is_boolean(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        _ => true,
    }
}
