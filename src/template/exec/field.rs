//! Fields, methods and the entries of maps: `.a.b`.

use std::rc::Rc;

use super::{Eval, Scope};
use crate::template::function::{Args, Fault};
use crate::template::node::{Template, Term};
use crate::template::set::MissingKey;
use crate::template::value::{Map, Object, Value};

/// Arguments: those behind the operand, and the value that the pipeline hands over.
pub(super) type Given<'g> = (&'g [Term], Option<Value>);

impl Scope<'_> {
    /// Follows a chain of fields. The last may be a method, which then gets the arguments.
    pub(super) fn fields(
        &mut self,
        template: &Template,
        dot: &Value,
        term: &Term,
        mut value: Value,
        fields: &[Rc<str>],
        given: Given<'_>,
    ) -> Eval<Value> {
        let Some((last, path)) = fields.split_last() else { return Ok(value) };
        for field in path {
            value = self.field(template, dot, term, &value, field, (&[], None))?;
        }
        self.field(template, dot, term, &value, last, given)
    }

    fn field(
        &mut self,
        template: &Template,
        dot: &Value,
        term: &Term,
        value: &Value,
        name: &str,
        given: Given<'_>,
    ) -> Eval<Value> {
        let has_args = !given.0.is_empty() || given.1.is_some();
        if let Value::Object(object) = value
            && let Some(signature) = object.method(name)
        {
            let args = self.args(template, dot, (term.at, term, name), &signature, given)?;
            let called = object.call(name, self, &Args::new(&args)).and_then(|value| self.made(value));
            return called.map_err(|fault| self.fault(template, term.at, term, fault));
        }
        self.entry(value, name, has_args).map_err(|fault| self.fault(template, term.at, term, fault))
    }

    /// A field that is no method.
    fn entry(&self, value: &Value, name: &str, has_args: bool) -> Result<Value, Fault> {
        match value {
            Value::Missing if self.options.missing_key == MissingKey::Error => {
                Err(format!("there is nothing to take `{name}` of").into())
            }
            Value::Missing => Ok(Value::Missing),
            Value::Nil => Err(format!("`{name}` is a field of nil: what it is taken of has no value").into()),
            Value::Map(map) => self.key(map, name, has_args),
            Value::Object(object) => self.object_field(object, name, has_args),
            other => Err(format!("a value of type {} has no field `{name}`", other.type_name()).into()),
        }
    }

    fn key(&self, map: &Map, name: &str, has_args: bool) -> Result<Value, Fault> {
        if has_args {
            return Err(format!("`{name}` is no method and takes no arguments").into());
        }
        match (map.get(name), self.options.missing_key) {
            (Some(value), _) => Ok(value),
            (None, MissingKey::Default) => Ok(Value::Missing),
            (None, MissingKey::Zero) => Ok(map.of_type().zero()),
            (None, MissingKey::Error) => Err(format!("the map has no key `{name}`").into()),
        }
    }

    fn object_field(&self, object: &Rc<dyn Object>, name: &str, has_args: bool) -> Result<Value, Fault> {
        if let Some(field) = object.field(name) {
            return match has_args {
                true => Err(format!("field `{name}` is no method and takes no arguments").into()),
                false => Ok(field),
            };
        }
        match object.plain() {
            Some(Value::Map(map)) => self.key(&map, name, has_args),
            _ => Err(format!("a value of type {} has no field `{name}`", object.type_name()).into()),
        }
    }
}
