//! Fields, methods and the entries of maps: `.a.b`.

use std::fmt;
use std::rc::Rc;

use super::{Eval, Frame, Scope};
use crate::template::function::Args;
use crate::template::node::{Term, TermKind};
use crate::template::set::MissingKey;
use crate::template::value::{Map, Value};

/// Why there is no such field.
enum NoEntry {
    Nil,
    Key,
    Field,
}

/// What the field at this place of a chain is taken of, as the template writes it.
struct Owner<'t>(&'t Term, usize);

impl fmt::Display for Owner<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("`")?;
        let fields = match &self.0.kind {
            TermKind::Field(fields) => fields,
            TermKind::Variable { variable, fields } => {
                f.write_str(&variable.name)?;
                fields
            }
            TermKind::Chain { base, fields } => {
                base.fmt(f)?;
                fields
            }
            _ => return write!(f, "{}`", self.0),
        };
        if self.1 == 0 && matches!(self.0.kind, TermKind::Field(_)) {
            f.write_str(".")?;
        }
        fields.iter().take(self.1).try_for_each(|field| write!(f, ".{field}"))?;
        f.write_str("`")
    }
}

/// Arguments: those behind the operand, and the value that the pipeline hands over.
pub(super) type Given<'g> = (&'g [Term], Option<Value>);

impl Scope<'_> {
    /// Follows a chain of fields. The last may be a method, which then gets the arguments.
    pub(super) fn fields(
        &mut self,
        frame: Frame<'_>,
        term: &Term,
        mut value: Value,
        fields: &[Rc<str>],
        given: Given<'_>,
    ) -> Eval<Value> {
        let Some((last, path)) = fields.split_last() else { return Ok(value) };
        for (at, field) in path.iter().enumerate() {
            value = self.field(frame, (term, at), &value, field, (&[], None))?;
        }
        self.field(frame, (term, path.len()), &value, last, given)
    }

    /// One field, the one at the place `at` of the chain.
    fn field(
        &mut self,
        frame: Frame<'_>,
        (term, at): (&Term, usize),
        value: &Value,
        name: &str,
        given: Given<'_>,
    ) -> Eval<Value> {
        let has_args = !given.0.is_empty() || given.1.is_some();
        if let Value::Object(object) = value
            && let Some(signature) = object.method(name)
        {
            let args = self.args(frame, (term.at, term, name), &signature, given)?;
            let called = object.call(name, self, &Args::new(&args)).and_then(|value| self.made(value));
            return called.map_err(|fault| self.fault(frame.template, term.at, term, fault));
        }
        let entry = match self.entry(value, name) {
            Ok(_) if has_args && !matches!(value, Value::Missing) => {
                Err(format!("`{name}` is no method and takes no arguments"))
            }
            Ok(entry) => return Ok(entry),
            Err(NoEntry::Key) => Err(format!("{} has no key `{name}`", Owner(term, at))),
            Err(NoEntry::Field) => Err(format!(
                "{} is of type {}, which has no field `{name}`",
                Owner(term, at),
                value.type_name()
            )),
            Err(NoEntry::Nil) => Err(format!("{} is nil, so that it has no field `{name}`", Owner(term, at))),
        };
        entry.map_err(|message| self.fault(frame.template, term.at, term, message.into()))
    }

    /// A field that is no method.
    fn entry(&self, value: &Value, name: &str) -> Result<Value, NoEntry> {
        match value {
            Value::Missing if self.options.missing_key == MissingKey::Error => Err(NoEntry::Nil),
            Value::Missing => Ok(Value::Missing),
            Value::Nil => Err(NoEntry::Nil),
            Value::Map(map) => self.key(map, name),
            Value::Object(object) => match (object.field(name), object.plain()) {
                (Some(field), _) => Ok(field),
                (None, Some(Value::Map(map))) => self.key(&map, name),
                _ => Err(NoEntry::Field),
            },
            _ => Err(NoEntry::Field),
        }
    }

    fn key(&self, map: &Map, name: &str) -> Result<Value, NoEntry> {
        match (map.get(name), self.options.missing_key) {
            (Some(value), _) => Ok(value),
            (None, MissingKey::Default) => Ok(Value::Missing),
            (None, MissingKey::Zero) => Ok(map.of_type().zero()),
            (None, MissingKey::Error) => Err(NoEntry::Key),
        }
    }
}
