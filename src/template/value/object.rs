//! Things with fields and methods: `.Files`, `.Capabilities`, a semantic version, a point in time.

use std::any::Any;

use super::{Kind, Value};
use crate::template::Scope;
use crate::template::function::{Args, Fault, Signature};

/// A value with fields and methods, as a Go struct or a named Go type has them.
pub trait Object {
    /// The type as `%T` and `typeOf` print it: `*chart.Metadata`.
    fn type_name(&self) -> &str;

    /// The kind as `kindOf` prints it.
    fn kind(&self) -> Kind {
        match self.plain() {
            Some(value) => value.kind(),
            None => Kind::Struct,
        }
    }

    /// The value that a named type is made of: the map of `.Files`, the number of a duration. What is ranged over,
    /// measured, indexed, compared and printed.
    fn plain(&self) -> Option<Value> {
        None
    }

    /// Its fields, in Go's order.
    fn fields(&self) -> Vec<(&str, Value)> {
        Vec::new()
    }

    /// One field. `None`: there is none of this name.
    fn field(&self, name: &str) -> Option<Value> {
        self.fields().into_iter().find(|field| field.0 == name).map(|field| field.1)
    }

    /// What a method takes. `None`: there is none of this name.
    fn method(&self, name: &str) -> Option<Signature> {
        let _ = name;
        None
    }

    /// Calls a method that [`Object::method`] knows; the arguments fit what it takes.
    fn call(&self, name: &str, scope: &mut Scope<'_>, args: &Args<'_>) -> Result<Value, Fault> {
        let _ = (scope, args);
        Err(Fault::new(format!("{} has no method `{name}`", self.type_name())))
    }

    /// What Go's `String` method gives, which printing uses.
    fn text(&self) -> Option<String> {
        None
    }

    /// What Go's JSON library writes in its place. `None`: what it is made of, or its fields under Go's names.
    fn json(&self) -> Option<Value> {
        None
    }

    /// For functions that know what they look for: `object.as_any().downcast_ref::<Time>()`.
    fn as_any(&self) -> &dyn Any;
}
