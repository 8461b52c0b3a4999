//! Calls of functions.

use std::fmt::Display;
use std::rc::Rc;

use super::field::Given;
use super::{Eval, Frame, Scope};
use crate::template::builtin::{Builtin, Takes};
use crate::template::error::arguments;
use crate::template::function::{Args, Fault, Param, Signature};
use crate::template::node::Callee;
use crate::template::value::Value;

impl Scope<'_> {
    /// Calls a function by its name; `node` is what messages show.
    pub(super) fn function(
        &mut self,
        frame: Frame<'_>,
        (at, node): (usize, &dyn Display),
        (name, callee): (&Rc<str>, &Callee),
        given: Given<'_>,
    ) -> Eval<Value> {
        let result = match callee {
            Callee::Builtin(builtin @ (Builtin::And | Builtin::Or)) => {
                return self.and_or(frame, (at, node, name), *builtin == Builtin::Or, given);
            }
            Callee::Builtin(builtin) => {
                let args = self.builtin_args(frame, (at, node, name), *builtin, given)?;
                builtin.call(self, &args)
            }
            Callee::Added(function) => {
                let args = self.args(frame, (at, node, name), &function.signature, given)?;
                function.call(self, &Args::new(&args))
            }
        };
        result.and_then(|value| self.made(value)).map_err(|fault| self.fault(frame.template, at, node, fault))
    }

    /// Takes what a function made from the budget.
    pub(super) fn made(&mut self, value: Value) -> Result<Value, Fault> {
        let bytes = match &value {
            Value::Str(text) => text.len(),
            Value::Bytes(bytes) => bytes.len(),
            Value::List(list) => list.len() * size_of::<Value>(),
            _ => 0,
        };
        self.budget.bytes(bytes)?;
        Ok(value)
    }

    /// Evaluates arguments for what a function or method takes.
    pub(super) fn args(
        &mut self,
        frame: Frame<'_>,
        (at, node, name): (usize, &dyn Display, &str),
        signature: &Signature,
        (terms, last): Given<'_>,
    ) -> Eval<Vec<Value>> {
        let count = terms.len() + usize::from(last.is_some());
        if let Err(fault) = signature.check_count(count) {
            let fault = format!("`{name}` {}", fault.message).into();
            return Err(self.fault(frame.template, at, node, fault));
        }
        let param = |at| signature.param(at).unwrap_or(Param::Any);
        let mut args = Vec::with_capacity(count);
        for (at, term) in terms.iter().enumerate() {
            args.push(self.operand(frame, term, Takes::Param(param(at)))?);
        }
        if let Some(last) = last {
            let fit = param(args.len()).fit(last);
            args.push(fit.map_err(|fault| self.fault(frame.template, at, node, fault))?);
        }
        Ok(args)
    }

    fn builtin_args(
        &mut self,
        frame: Frame<'_>,
        (at, node, name): (usize, &dyn Display, &str),
        builtin: Builtin,
        (terms, last): Given<'_>,
    ) -> Eval<Vec<Value>> {
        let count = terms.len() + usize::from(last.is_some());
        let arity = builtin.arity();
        if count < arity.least || (!arity.more && count > arity.least) {
            let bound = if arity.more { "at least " } else { "" };
            let fault = format!("`{name}` takes {bound}{}, not {count}", arguments(arity.least)).into();
            return Err(self.fault(frame.template, at, node, fault));
        }
        let mut args = Vec::with_capacity(count);
        for (at, term) in terms.iter().enumerate() {
            args.push(self.operand(frame, term, builtin.takes(at))?);
        }
        if let Some(last) = last {
            args.push(match builtin.takes(args.len()) {
                Takes::Value => last,
                Takes::Param(param) => {
                    param.fit(last).map_err(|fault| self.fault(frame.template, at, node, fault))?
                }
            });
        }
        Ok(args)
    }

    /// `and` and `or`, which evaluate no more than they must.
    fn and_or(
        &mut self,
        frame: Frame<'_>,
        (at, node, name): (usize, &dyn Display, &str),
        or: bool,
        (terms, last): Given<'_>,
    ) -> Eval<Value> {
        if terms.is_empty() && last.is_none() {
            let fault = format!("`{name}` takes at least 1 argument, not 0").into();
            return Err(self.fault(frame.template, at, node, fault));
        }
        let mut value = Value::Missing;
        for term in terms {
            value = self.operand(frame, term, Takes::Value)?;
            if value.truth() == or {
                return Ok(value);
            }
        }
        Ok(last.unwrap_or(value))
    }
}
