//! Pipelines and operands.

use super::{Eval, Frame, Scope};
use crate::template::builtin::Takes;
use crate::template::function::{Fault, Param};
use crate::template::node::{Command, Pipe, Term, TermKind, Variable};
use crate::template::value::{UintKind, Value};

impl Scope<'_> {
    /// The value of a pipeline, which is also what it declares or assigns.
    pub(super) fn pipeline(&mut self, frame: Frame<'_>, pipe: &Pipe) -> Eval<Value> {
        let mut value = None;
        for command in &pipe.commands {
            value = Some(match self.command(frame, command, value)? {
                // In a pipeline, null is no value.
                Value::Nil => Value::Missing,
                value => value,
            });
        }
        let value = value.unwrap_or(Value::Missing);
        for variable in &pipe.variables {
            if pipe.assigns {
                let assigned = self.assign(variable, value.clone());
                assigned.map_err(|fault| self.fault(frame.template, pipe.at, pipe, fault))?;
            } else {
                self.variables.push((variable.symbol, value.clone()));
            }
        }
        Ok(value)
    }

    fn find(&mut self, variable: &Variable) -> Result<&mut Value, Fault> {
        let mine = self.variables[self.frame..].iter_mut().rev();
        match mine.into_iter().find(|(symbol, _)| *symbol == variable.symbol) {
            Some((_, value)) => Ok(value),
            None => Err(format!("variable `{}` is not defined", variable.name).into()),
        }
    }

    pub(super) fn assign(&mut self, variable: &Variable, value: Value) -> Result<(), Fault> {
        *self.find(variable)? = value;
        Ok(())
    }

    /// A command; `last` is the value of the one before it.
    fn command(&mut self, frame: Frame<'_>, command: &Command, last: Option<Value>) -> Eval<Value> {
        if let Err(fault) = self.budget.step() {
            return Err(self.fault(frame.template, command.at, command, fault));
        }
        let head = &command.head;
        let alone = command.args.is_empty() && last.is_none();
        match &head.kind {
            TermKind::Field(fields) => {
                self.fields(frame, head, frame.dot.clone(), fields, (&command.args, last))
            }
            TermKind::Variable { variable, fields } if !fields.is_empty() => {
                let value = self.variable(frame, head, variable)?;
                self.fields(frame, head, value, fields, (&command.args, last))
            }
            TermKind::Chain { base, fields } => {
                let value = self.base(frame, base)?;
                self.fields(frame, head, value, fields, (&command.args, last))
            }
            TermKind::Function { callee, name } => {
                self.function(frame, (command.at, command), (name, callee), (&command.args, last))
            }
            _ if !alone => {
                let fault = format!("`{head}` is no function and takes no arguments").into();
                Err(self.fault(frame.template, head.at, head, fault))
            }
            TermKind::Nil => Err(self.fault(frame.template, head.at, head, "`nil` alone is no value".into())),
            _ => self.operand(frame, head, Takes::Value),
        }
    }

    fn variable(&mut self, frame: Frame<'_>, term: &Term, variable: &Variable) -> Eval<Value> {
        let found = self.find(variable).map(|value| value.clone());
        found.map_err(|fault| self.fault(frame.template, term.at, term, fault))
    }

    /// What fields are taken of.
    fn base(&mut self, frame: Frame<'_>, base: &Term) -> Eval<Value> {
        match &base.kind {
            TermKind::Nil => Err(self.fault(frame.template, base.at, base, "`nil` has no fields".into())),
            TermKind::Pipe(pipe) => self.pipeline(frame, pipe),
            _ => self.operand(frame, base, Takes::Value),
        }
    }

    /// An operand as a parameter takes it.
    pub(super) fn operand(&mut self, frame: Frame<'_>, term: &Term, takes: Takes) -> Eval<Value> {
        let value = match &term.kind {
            TermKind::Dot => frame.dot.clone(),
            TermKind::Nil => Value::Missing,
            TermKind::Field(fields) => self.fields(frame, term, frame.dot.clone(), fields, (&[], None))?,
            TermKind::Variable { variable, fields } => {
                let value = self.variable(frame, term, variable)?;
                match fields.is_empty() {
                    true => value,
                    false => self.fields(frame, term, value, fields, (&[], None))?,
                }
            }
            TermKind::Pipe(pipe) => self.pipeline(frame, pipe)?,
            TermKind::Function { name, callee } => {
                self.function(frame, (term.at, term), (name, callee), (&[], None))?
            }
            TermKind::Chain { base, fields } => {
                let value = self.base(frame, base)?;
                self.fields(frame, term, value, fields, (&[], None))?
            }
            _ => {
                return constant(term, takes)
                    .map_err(|fault| self.fault(frame.template, term.at, term, fault));
            }
        };
        match takes {
            Takes::Value => Ok(value),
            Takes::Param(param) => {
                param.fit(value).map_err(|fault| self.fault(frame.template, term.at, term, fault))
            }
        }
    }
}

/// A literal takes on the type of the parameter that it stands for.
fn constant(term: &Term, takes: Takes) -> Result<Value, Fault> {
    let param = match takes {
        Takes::Value => Param::Any,
        Takes::Param(param) => param,
    };
    let value = match (&term.kind, param) {
        (TermKind::Bool(truth), Param::Any | Param::Bool) => Some(Value::Bool(*truth)),
        (TermKind::Str { value, .. }, Param::Any | Param::Str) => Some(Value::Str(value.clone())),
        (TermKind::Number { number, .. }, Param::Any) => match number.ideal() {
            Some(value) => Some(value),
            None => return Err("the number is too large for an integer".into()),
        },
        (TermKind::Number { number, .. }, Param::Int) => number.int.map(Value::int),
        (TermKind::Number { number, .. }, Param::Int64) => number.int.map(Value::int64),
        (TermKind::Number { number, .. }, Param::Uint32) => {
            let unsigned = number.int.and_then(|int| u32::try_from(int).ok());
            unsigned.map(|number| Value::Uint(number.into(), UintKind::Uint32))
        }
        (TermKind::Number { number, .. }, Param::Float) => number.float.map(Value::Float),
        _ => None,
    };
    value
        .ok_or_else(|| format!("the argument must be of type {}, which `{term}` is not", param.name()).into())
}
