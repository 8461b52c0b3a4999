//! The functions that every template has.

mod compare;
mod escape;
mod index;

use super::Scope;
use super::format::{sprint, sprintf, sprintln};
use super::function::{Args, Fault, Param};
use super::value::{Str, Value};

/// A function of Go's own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Builtin {
    And,
    Or,
    Not,
    Call,
    Index,
    Slice,
    Len,
    Print,
    Printf,
    Println,
    Html,
    Js,
    UrlQuery,
    Eq,
    Ne,
    Lt,
    Le,
    Gt,
    Ge,
}

/// What a parameter takes: a type, or the value as it is, with both kinds of nothing.
#[derive(Clone, Copy, Debug)]
pub(super) enum Takes {
    Value,
    Param(Param),
}

/// How many arguments there must be, and whether there may be more.
pub(super) struct Arity {
    pub(super) least: usize,
    pub(super) more: bool,
}

impl Builtin {
    /// Their names.
    pub(super) const NAMES: &[(&str, Builtin)] = &[
        ("and", Builtin::And),
        ("or", Builtin::Or),
        ("not", Builtin::Not),
        ("call", Builtin::Call),
        ("index", Builtin::Index),
        ("slice", Builtin::Slice),
        ("len", Builtin::Len),
        ("print", Builtin::Print),
        ("printf", Builtin::Printf),
        ("println", Builtin::Println),
        ("html", Builtin::Html),
        ("js", Builtin::Js),
        ("urlquery", Builtin::UrlQuery),
        ("eq", Builtin::Eq),
        ("ne", Builtin::Ne),
        ("lt", Builtin::Lt),
        ("le", Builtin::Le),
        ("gt", Builtin::Gt),
        ("ge", Builtin::Ge),
    ];

    pub(super) fn of(name: &str) -> Option<Builtin> {
        Self::NAMES.iter().find(|known| known.0 == name).map(|known| known.1)
    }

    pub(super) fn arity(self) -> Arity {
        let (least, more) = match self {
            Builtin::Not | Builtin::Len => (1, false),
            Builtin::Ne | Builtin::Lt | Builtin::Le | Builtin::Gt | Builtin::Ge => (2, false),
            Builtin::Print | Builtin::Println | Builtin::Html | Builtin::Js | Builtin::UrlQuery => (0, true),
            _ => (1, true),
        };
        Arity { least, more }
    }

    /// What the argument at this place may be.
    pub(super) fn takes(self, at: usize) -> Takes {
        match self {
            Builtin::Printf if at == 0 => Takes::Param(Param::Str),
            Builtin::Print | Builtin::Printf | Builtin::Println => Takes::Param(Param::Any),
            Builtin::Html | Builtin::Js | Builtin::UrlQuery => Takes::Param(Param::Any),
            _ => Takes::Value,
        }
    }

    /// Calls it. `and` and `or` never come here: they need not evaluate all their arguments.
    pub(super) fn call(self, scope: &mut Scope<'_>, args: &[Value]) -> Result<Value, Fault> {
        let first = args.first().unwrap_or(&Value::Missing);
        let second = args.get(1).unwrap_or(&Value::Missing);
        let rest = args.get(1..).unwrap_or_default();
        let truth = match self {
            Builtin::And | Builtin::Or => return Ok(args.last().cloned().unwrap_or(Value::Missing)),
            Builtin::Call => return call(scope, first, rest),
            Builtin::Index => return index::index(first, rest),
            Builtin::Slice => return index::slice(first, rest),
            Builtin::Len => return index::len(first),
            Builtin::Print => return text(sprint(args)?),
            Builtin::Println => return text(sprintln(args)?),
            Builtin::Printf => return printf(first, rest),
            Builtin::Html => return text(escape::html(&escape::text(args)?)),
            Builtin::Js => return text(escape::js(&escape::text(args)?)),
            Builtin::UrlQuery => return text(escape::url_query(&escape::text(args)?)),
            Builtin::Not => !first.truth(),
            Builtin::Eq => compare::eq(first, rest)?,
            Builtin::Ne => !compare::eq(first, std::slice::from_ref(second))?,
            Builtin::Lt => compare::lt(first, second)?,
            Builtin::Le => compare::le(first, second)?,
            Builtin::Gt => !compare::le(first, second)?,
            Builtin::Ge => !compare::lt(first, second)?,
        };
        Ok(Value::Bool(truth))
    }
}

fn text(text: Str) -> Result<Value, Fault> {
    Ok(Value::Str(text))
}

fn printf(format: &Value, values: &[Value]) -> Result<Value, Fault> {
    let empty = Str::default();
    text(sprintf(format.as_text().unwrap_or(&empty), values)?)
}

fn call(scope: &mut Scope<'_>, function: &Value, args: &[Value]) -> Result<Value, Fault> {
    match function {
        Value::Function(function) => {
            let args = function.signature.fit(args)?;
            function.call(scope, &Args::new(&args))
        }
        nothing if nothing.is_nil() => Err("there is no function to call".into()),
        other => Err(format!("a value of type {} is no function to call", other.type_name()).into()),
    }
}
