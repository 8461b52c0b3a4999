//! Evaluates rules.

use std::borrow::Cow;
use std::cmp::Ordering;

use super::expr::{Expr, Function, Loop, Order};
use super::text;
use super::value::{Evaluated, Fault, Value};
use crate::schema::types::Shape;
use crate::schema::value as texts;

/// The variables in sight, from the innermost to `self`.
pub(super) struct Scope<'s, 'a> {
    pub(super) value: Value<'a>,
    pub(super) outer: Option<&'s Scope<'s, 'a>>,
}

/// The value of an expression that is true or false.
pub(super) fn truth<'a>(expr: &'a Expr, scope: &Scope<'_, 'a>) -> Result<bool, Fault> {
    match expr {
        Expr::Not(inner) => truth(inner, scope).map(|value| !value),
        Expr::Join(neutral, sides) => join(*neutral, sides.iter().map(|side| truth(side, scope))),
        Expr::Has(of, name) => Ok(eval(of, scope)?.field(name)?.is_some()),
        Expr::Equal(wanted, sides) => {
            let (left, right) = both(sides, scope)?;
            equal(&left, &right).map(|value| value == *wanted)
        }
        Expr::Order(order, sides) => {
            let (left, right) = both(sides, scope)?;
            compare(&left, &right).map(|found| fits(*order, found))
        }
        Expr::In(sides) => {
            let (left, right) = both(sides, scope)?;
            is_in(&left, &right)
        }
        Expr::Matches(of, pattern) => text_of(eval(of, scope)?).map(|text| pattern.is_match(&text)),
        Expr::Loop(Loop::All | Loop::Exists, sides) => {
            let neutral = matches!(expr, Expr::Loop(Loop::All, _));
            join(neutral, verdicts(sides, scope)?)
        }
        Expr::Loop(Loop::ExistsOne, sides) => count(sides, scope).map(|count| count == 1),
        Expr::If(parts) => truth(branch(parts, scope)?, scope),
        _ => match eval(expr, scope)? {
            Value::Bool(value) => Ok(value),
            _ => Err(Fault::Unknown),
        },
    }
}

/// The value of an expression.
fn eval<'a>(expr: &'a Expr, scope: &Scope<'_, 'a>) -> Evaluated<'a> {
    match expr {
        Expr::Variable(out) => variable(*out, scope),
        Expr::Constant(constant) => Ok(Value::of_constant(constant)),
        Expr::List(items) => Ok(Value::List(items)),
        Expr::EmptyMap => Ok(Value::EmptyMap),
        Expr::If(parts) => eval(branch(parts, scope)?, scope),
        Expr::Add(sides) => match both(sides, scope)? {
            (Value::Int(left), Value::Int(right)) => {
                left.checked_add(right).map(Value::Int).ok_or(Fault::Error)
            }
            (Value::Text(left), Value::Text(right)) => Ok(Value::Text(left + right)),
            _ => Err(Fault::Unknown),
        },
        Expr::Subtract(sides) => match both(sides, scope)? {
            (Value::Int(left), Value::Int(right)) => {
                left.checked_sub(right).map(Value::Int).ok_or(Fault::Error)
            }
            _ => Err(Fault::Unknown),
        },
        Expr::Field(of, name) => {
            let (of, data) = eval(of, scope)?.field(name)?.ok_or(Fault::Error)?;
            Value::of(of, data)
        }
        Expr::Index(sides) => match both(sides, scope)? {
            (list, Value::Int(at)) => item(&list, at),
            _ => Err(Fault::Unknown),
        },
        Expr::Loop(Loop::Count, sides) => count(sides, scope).map(Value::Int),
        Expr::Call(function, arguments) => call(*function, arguments, scope),
        Expr::Not(_)
        | Expr::Join(..)
        | Expr::Equal(..)
        | Expr::Order(..)
        | Expr::In(_)
        | Expr::Has(..)
        | Expr::Loop(..)
        | Expr::Matches(..) => truth(expr, scope).map(Value::Bool),
    }
}

fn variable<'a>(out: usize, scope: &Scope<'_, 'a>) -> Evaluated<'a> {
    let mut scope = scope;
    for _ in 0..out {
        scope = scope.outer.ok_or(Fault::Unknown)?;
    }
    Ok(scope.value.clone())
}

fn branch<'a>([condition, yes, no]: &'a [Expr; 3], scope: &Scope<'_, 'a>) -> Result<&'a Expr, Fault> {
    truth(condition, scope).map(|holds| if holds { yes } else { no })
}

fn both<'a>([left, right]: &'a [Expr; 2], scope: &Scope<'_, 'a>) -> Result<(Value<'a>, Value<'a>), Fault> {
    match (eval(left, scope), eval(right, scope)) {
        (Ok(left), Ok(right)) => Ok((left, right)),
        (Err(Fault::Error), _) | (_, Err(Fault::Error)) => Err(Fault::Error),
        _ => Err(Fault::Unknown),
    }
}

/// `&&` and `all` (true), `||` and `exists` (false): what differs from the neutral value decides, whatever went wrong
/// before or behind it.
fn join(neutral: bool, all: impl Iterator<Item = Result<bool, Fault>>) -> Result<bool, Fault> {
    let mut fault = None;
    for one in all {
        match one {
            Ok(value) if value != neutral => return Ok(value),
            // What is not known here may be what decides there.
            Err(found) if fault != Some(Fault::Unknown) => fault = Some(found),
            _ => {}
        }
    }
    fault.map_or(Ok(neutral), Err)
}

/// The outcomes of a loop.
fn verdicts<'l, 'a>(
    [range, inner]: &'a [Expr; 2],
    scope: &'l Scope<'_, 'a>,
) -> Result<impl Iterator<Item = Result<bool, Fault>> + use<'l, 'a>, Fault> {
    let elements = eval(range, scope)?.elements()?;
    Ok(elements.map(|value| truth(inner, &Scope { value: value?, outer: Some(scope) })))
}

/// How often a loop comes out true; an error in any round is one of the whole.
fn count<'a>(sides: &'a [Expr; 2], scope: &Scope<'_, 'a>) -> Result<i64, Fault> {
    let mut count = 0;
    for verdict in verdicts(sides, scope)? {
        count += i64::from(verdict?);
    }
    Ok(count)
}

fn text_of(value: Value<'_>) -> Result<Cow<'_, str>, Fault> {
    match value {
        Value::Text(text) => Ok(text),
        _ => Err(Fault::Unknown),
    }
}

/// Values of two sorts are not equal; lists and maps are not compared here.
fn equal(left: &Value<'_>, right: &Value<'_>) -> Result<bool, Fault> {
    use Value::{Bool, Double, Duration, Int, Null, Text};
    let is_plain =
        |value: &Value<'_>| matches!(value, Null | Bool(_) | Int(_) | Double(_) | Duration(_) | Text(_));
    match (left, right) {
        (Text(left), Text(right)) => Ok(left == right),
        (Bool(left), Bool(right)) => Ok(left == right),
        (Null, Null) => Ok(true),
        (Int(_) | Double(_), Int(_) | Double(_)) | (Duration(_), Duration(_)) => {
            compare(left, right).map(|found| found == Some(Ordering::Equal))
        }
        _ if is_plain(left) && is_plain(right) => Ok(false),
        _ => Err(Fault::Unknown),
    }
}

/// The order of two values; nothing where one is not a number.
fn compare(left: &Value<'_>, right: &Value<'_>) -> Result<Option<Ordering>, Fault> {
    use Value::{Double, Duration, Int, Text};
    match (left, right) {
        (Int(left), Int(right)) | (Duration(left), Duration(right)) => Ok(Some(left.cmp(right))),
        (Int(left), Double(right)) => Ok((*left as f64).partial_cmp(right)),
        (Double(left), Int(right)) => Ok(left.partial_cmp(&(*right as f64))),
        (Double(left), Double(right)) => Ok(left.partial_cmp(right)),
        (Text(left), Text(right)) => Ok(Some(left.cmp(right))),
        _ => Err(Fault::Unknown),
    }
}

fn fits(order: Order, found: Option<Ordering>) -> bool {
    found.is_some_and(|found| match order {
        Order::Less => found.is_lt(),
        Order::AtMost => found.is_le(),
        Order::More => found.is_gt(),
        Order::AtLeast => found.is_ge(),
    })
}

/// Whether a list has an item, or a map a key.
fn is_in(item: &Value<'_>, of: &Value<'_>) -> Result<bool, Fault> {
    if let (Value::Text(key), Value::Data(of, data)) = (item, of)
        && let Shape::Map(value) = of.get().shape
    {
        return Ok(data.value(key, of.of(value)).is_some());
    }
    join(false, of.elements()?.map(|element| equal(&element?, item)))
}

fn item<'a>(list: &Value<'a>, at: i64) -> Evaluated<'a> {
    if matches!(list, Value::Data(of, _) if matches!(of.get().shape, Shape::Map(_))) {
        return Err(Fault::Unknown);
    }
    let at = usize::try_from(at).map_err(|_| Fault::Error)?;
    list.elements()?.nth(at).unwrap_or(Err(Fault::Error))
}

fn size(value: &Value<'_>) -> Result<i64, Fault> {
    let size = match value {
        Value::Text(text) => text.chars().count(),
        other => other.elements()?.count(),
    };
    i64::try_from(size).map_err(|_| Fault::Unknown)
}

fn call<'a>(function: Function, arguments: &'a [Expr], scope: &Scope<'_, 'a>) -> Evaluated<'a> {
    let argument = |at: usize| eval(arguments.get(at).ok_or(Fault::Unknown)?, scope);
    let text = |at: usize| text_of(argument(at)?);
    let int = |at: usize| match argument(at)? {
        Value::Int(value) => Ok(value),
        _ => Err(Fault::Unknown),
    };
    match function {
        Function::Size => size(&argument(0)?).map(Value::Int),
        Function::Contains => Ok(Value::Bool(text(0)?.contains(&*text(1)?))),
        Function::StartsWith => Ok(Value::Bool(text(0)?.starts_with(&*text(1)?))),
        Function::EndsWith => Ok(Value::Bool(text(0)?.ends_with(&*text(1)?))),
        Function::Substring => {
            let end = if arguments.len() > 2 { Some(int(2)?) } else { None };
            text::substring(text(0)?, int(1)?, end)
        }
        Function::Split => text::split(text(0)?, text(1)?),
        Function::LowerAscii => Ok(Value::Text(text::lower_ascii(text(0)?))),
        Function::Int => match argument(0)? {
            Value::Int(value) => Ok(Value::Int(value)),
            Value::Text(text) => text.parse().map(Value::Int).map_err(|_| Fault::Error),
            _ => Err(Fault::Unknown),
        },
        Function::Duration => match argument(0)? {
            Value::Duration(value) => Ok(Value::Duration(value)),
            Value::Text(text) => texts::duration(&text).map(Value::Duration).map_err(|_| Fault::Error),
            _ => Err(Fault::Unknown),
        },
        Function::IsIp => Ok(Value::Bool(text::is_ip(&text(0)?))),
        Function::IsUrl => Ok(Value::Bool(text::is_url(&text(0)?))),
        Function::Url => text::url(text(0)?),
        Function::Scheme => match argument(0)? {
            Value::Url(url) => Ok(Value::Text(text::scheme(&url).into())),
            _ => Err(Fault::Unknown),
        },
    }
}
