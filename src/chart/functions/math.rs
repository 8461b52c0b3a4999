//! Sprig's arithmetic: of int64 as it wraps in Go, and of decimals.

use std::num::IntErrorKind;

use super::alias;
use super::cast::{float64, int64};
use super::decimal::{Decimal, Operation};
use crate::template::{Args, Fault, Functions, List, Param, Scope, Signature, Type, Value, sprint};

const A: Param = Param::Any;
const I: Param = Param::Int;
const ONE: Signature = Signature::fixed(&[A]);
const TWO: Signature = Signature::fixed(&[A, A]);
const MANY: Signature = Signature::variadic(&[], A);
const MORE: Signature = Signature::variadic(&[A], A);

/// Adds the functions.
pub(super) fn add(functions: &mut Functions) {
    functions.add("int", ONE, |_, args| Ok(Value::int(int64(args.any(0)))));
    functions.add("int64", ONE, |_, args| Ok(Value::int64(int64(args.any(0)))));
    functions.add("float64", ONE, |_, args| Ok(float64(args.any(0)).into()));
    functions.add("atoi", Signature::fixed(&[Param::Str]), |_, args| {
        let text = args.str(0);
        Ok(Value::int(match text.parse::<i64>() {
            Ok(number) => number,
            Err(error) => match error.kind() {
                IntErrorKind::PosOverflow => i64::MAX,
                IntErrorKind::NegOverflow => i64::MIN,
                _ => 0,
            },
        }))
    });
    functions.add("toDecimal", ONE, |_, args| {
        let text = sprint(args.from(0))?;
        Ok(Value::int64(i64::from_str_radix(&text.to_str(), 8).unwrap_or(0)))
    });
    functions.add("add1", ONE, |_, args| Ok(Value::int64(int64(args.any(0)).wrapping_add(1))));
    functions.add("add", MANY, |_, args| fold(args.from(0), i64::wrapping_add));
    functions.add("mul", MORE, |_, args| fold(args.from(0), i64::wrapping_mul));
    functions.add("sub", TWO, |_, args| fold(args.from(0), i64::wrapping_sub));
    functions.add("div", TWO, |_, args| divided(args, i64::wrapping_div));
    functions.add("mod", TWO, |_, args| divided(args, i64::wrapping_rem));
    alias(functions, &["max", "biggest"], MORE, |_, args| fold(args.from(0), i64::max));
    functions.add("min", MORE, |_, args| fold(args.from(0), i64::min));
    functions.add("maxf", MORE, |_, args| foldf(args.from(0), |a, b| extreme(a, b, f64::max)));
    functions.add("minf", MORE, |_, args| foldf(args.from(0), |a, b| extreme(a, b, f64::min)));
    functions.add("floor", ONE, |_, args| Ok(float64(args.any(0)).floor().into()));
    functions.add("ceil", ONE, |_, args| Ok(float64(args.any(0)).ceil().into()));
    functions.add("round", Signature::variadic(&[A, I], Param::Float), |_, args| Ok(round(args).into()));
    functions.add("add1f", ONE, |_, args| decimals(args.any(0), &[Value::int(1)], Operation::Add));
    functions.add("addf", MANY, |_, args| decimals(&Value::Float(0.0), args.from(0), Operation::Add));
    functions.add("subf", MORE, |_, args| decimals(args.any(0), args.from(1), Operation::Sub));
    functions.add("mulf", MORE, |_, args| decimals(args.any(0), args.from(1), Operation::Mul));
    functions.add("divf", MORE, |_, args| decimals(args.any(0), args.from(1), Operation::Div));
    functions.add("until", Signature::fixed(&[I]), |scope, args| {
        let stop = args.int(0);
        range(scope, 0, stop, if stop < 0 { -1 } else { 1 }).map(ints)
    });
    functions.add("untilStep", Signature::fixed(&[I, I, I]), |scope, args| {
        range(scope, args.int(0), args.int(1), args.int(2)).map(ints)
    });
    functions.add("seq", Signature::variadic(&[], I), sequence);
}

fn fold(values: &[Value], with: fn(i64, i64) -> i64) -> Result<Value, Fault> {
    Ok(Value::int64(values.iter().map(int64).reduce(with).unwrap_or(0)))
}

fn foldf(values: &[Value], with: fn(f64, f64) -> f64) -> Result<Value, Fault> {
    Ok(values.iter().map(float64).reduce(with).unwrap_or(0.0).into())
}

/// Go's `math.Max` and `math.Min`, which keep NaN.
fn extreme(a: f64, b: f64, choose: fn(f64, f64) -> f64) -> f64 {
    if a.is_nan() || b.is_nan() { f64::NAN } else { choose(a, b) }
}

fn divided(args: &Args<'_>, divide: fn(i64, i64) -> i64) -> Result<Value, Fault> {
    match int64(args.any(1)) {
        0 => Err("the divisor is 0".into()),
        divisor => Ok(Value::int64(divide(int64(args.any(0)), divisor))),
    }
}

/// To a number of places, up from one half or from what is given.
fn round(args: &Args<'_>) -> f64 {
    let up_from = if args.len() > 2 { args.float(2) } else { 0.5 };
    let power = 10f64.powi(i32::try_from(args.int(1)).unwrap_or(i32::MAX));
    let digit = power * float64(args.any(0));
    (if digit.fract() >= up_from { digit.ceil() } else { digit.floor() }) / power
}

fn decimals(first: &Value, rest: &[Value], operation: Operation) -> Result<Value, Fault> {
    let mut result = Decimal::of(float64(first))?;
    for value in rest {
        result = result.with(Decimal::of(float64(value))?, operation)?;
    }
    Ok(result.to_f64().into())
}

fn ints(numbers: Vec<i64>) -> Value {
    List::of(Type::INTS, numbers.into_iter().map(Value::int).collect()).into()
}

/// From one number up or down to another, which is not in it.
fn range(scope: &mut Scope<'_>, start: i64, stop: i64, step: i64) -> Result<Vec<i64>, Fault> {
    if (stop < start && step >= 0) || (stop >= start && step <= 0) {
        return Ok(Vec::new());
    }
    let distance = start.abs_diff(stop);
    let count = distance.div_ceil(step.unsigned_abs());
    scope.spend(usize::try_from(count).unwrap_or(usize::MAX).saturating_mul(size_of::<Value>()))?;
    Ok(std::iter::successors(Some(start), |number| number.checked_add(step))
        .take(usize::try_from(count).unwrap_or(usize::MAX))
        .collect())
}

/// As the shell's `seq`: to the end; from start to end; from start by steps to the end.
fn sequence(scope: &mut Scope<'_>, args: &Args<'_>) -> Result<Value, Fault> {
    let (start, step, end) = match args.len() {
        1 => (1, None, args.int(0)),
        2 => (args.int(0), None, args.int(1)),
        3 => (args.int(0), Some(args.int(1)), args.int(2)),
        _ => return Ok("".into()),
    };
    let beyond = if end < start { -1 } else { 1 };
    if end < start && step.is_some_and(|step| step > 0) {
        return Ok("".into());
    }
    let numbers = range(scope, start, end.saturating_add(beyond), step.unwrap_or(beyond))?;
    let texts: Vec<String> = numbers.iter().map(i64::to_string).collect();
    Ok(texts.join(" ").into())
}
