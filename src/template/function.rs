//! Functions that templates call: what they take, what they are handed, how they fail.

mod args;
mod fault;
mod signature;

use std::rc::Rc;

use rustc_hash::FxHashMap;

pub use args::Args;
pub use fault::Fault;
pub use signature::{Param, Signature};

use super::{Scope, Value};

type Body = dyn Fn(&mut Scope<'_>, &Args<'_>) -> Result<Value, Fault>;

/// A function.
pub struct Function {
    /// What it takes. The engine counts and checks the arguments before it calls.
    pub signature: Signature,
    body: Box<Body>,
}

impl Function {
    /// A function of these parameters.
    pub fn new(
        signature: Signature,
        body: impl Fn(&mut Scope<'_>, &Args<'_>) -> Result<Value, Fault> + 'static,
    ) -> Self {
        Self { signature, body: Box::new(body) }
    }

    /// Calls it; the arguments fit what it takes.
    pub fn call(&self, scope: &mut Scope<'_>, args: &Args<'_>) -> Result<Value, Fault> {
        (self.body)(scope, args)
    }
}

/// The functions that a set of templates may call besides Go's own.
///
/// A name that Go has too stands for what is in this table.
#[derive(Clone, Default)]
pub struct Functions(FxHashMap<&'static str, Rc<Function>>);

impl Functions {
    /// No functions besides Go's own.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a function, or puts it in the place of one of the same name.
    ///
    /// ```
    /// # use weft::template::{Functions, Param, Signature, Value};
    /// let mut functions = Functions::new();
    /// functions.add("upper", Signature::fixed(&[Param::Str]), |_, args| Ok(args.str(0).to_uppercase().into()));
    /// ```
    pub fn add(
        &mut self,
        name: &'static str,
        signature: Signature,
        body: impl Fn(&mut Scope<'_>, &Args<'_>) -> Result<Value, Fault> + 'static,
    ) {
        self.0.insert(name, Rc::new(Function::new(signature, body)));
    }

    /// The function of this name.
    pub fn get(&self, name: &str) -> Option<&Rc<Function>> {
        self.0.get(name)
    }

    /// Their names, in no order.
    pub fn names(&self) -> impl Iterator<Item = &'static str> {
        self.0.keys().copied()
    }
}
