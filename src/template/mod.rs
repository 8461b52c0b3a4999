//! Go's `text/template` as Go executes it: for Helm charts and for Istio's injection template.
//!
//! A [`Set`] holds parsed templates by name and the [`Functions`] that they may call; [`Set::render`] executes one over
//! a [`Value`]. Functions are handed a [`Scope`], through which `include` and `tpl` render in turn.

mod error;
mod function;
mod value;

pub use error::{Error, Executing};
pub use function::{Args, Fault, Function, Functions, Param, Signature};
pub use value::{Elem, IntKind, Kind, List, Map, Object, Str, Type, UintKind, Value};

/// An execution, as a function sees it.
pub struct Scope<'a> {
    functions: &'a Functions,
}

impl Scope<'_> {
    /// Renders a template of the set by its name: what `include` does.
    pub fn include(&mut self, name: &str, data: &Value) -> Result<Str, Fault> {
        let _ = (name, data, self.functions);
        Ok(Str::default())
    }

    /// Parses a text and renders it: what `tpl` does. What it defines, only it sees.
    pub fn render_text(&mut self, name: &str, text: &str, data: &Value) -> Result<Str, Fault> {
        let _ = (name, text, data);
        Ok(Str::default())
    }

    /// Whether the set has such a template.
    pub fn has_template(&self, name: &str) -> bool {
        let _ = name;
        false
    }

    /// Takes this many bytes from the budget: for functions that make large values out of small ones, before they do.
    pub fn spend(&mut self, bytes: usize) -> Result<(), Fault> {
        let _ = bytes;
        Ok(())
    }
}
