//! `range`.

use super::{Eval, Flow, Frame, Scope};
use crate::template::function::Fault;
use crate::template::node::{Range, Template};
use crate::template::value::{UintKind, Value};

impl Scope<'_> {
    pub(super) fn range(&mut self, frame: Frame<'_>, range: &Range) -> Eval<Flow> {
        let scope = self.variables.len();
        let value = self.pipeline(frame, &range.pipe)?;
        let flow = match self.each(frame.template, range, value.plain().as_ref())? {
            Some(flow) => flow,
            None => self.walk(frame, &range.otherwise)?,
        };
        self.variables.truncate(scope);
        Ok(flow)
    }

    /// Executes the body for each element. `None`: there was none.
    fn each(&mut self, template: &Template, range: &Range, value: &Value) -> Eval<Option<Flow>> {
        let pipe = &range.pipe;
        let two = pipe.variables.len() > 1;
        match value {
            Value::Missing | Value::Nil => Ok(None),
            Value::Int(..) | Value::Uint(..) if two => {
                let fault = "a number gives one variable for each element, not two".into();
                Err(self.fault(template, pipe.at, pipe, fault))
            }
            Value::Int(count, kind) => {
                let numbers = (0..*count).map(|number| (Value::Missing, Value::Int(number, *kind)));
                self.iterate(template, range, numbers)
            }
            Value::Uint(count, kind) => {
                let numbers = (0..*count).map(|number| (Value::Missing, Value::Uint(number, *kind)));
                self.iterate(template, range, numbers)
            }
            Value::List(list) => {
                let items = list.iter().enumerate().map(|(at, item)| (Value::int(at as i64), item.clone()));
                self.iterate(template, range, items)
            }
            Value::Bytes(bytes) => {
                let byte = |byte: u8| Value::Uint(u64::from(byte), UintKind::Uint8);
                let items = bytes.iter().enumerate().map(|(at, item)| (Value::int(at as i64), byte(*item)));
                self.iterate(template, range, items)
            }
            Value::Map(map) => {
                let entries = map.entries().into_iter().map(|(key, value)| (Value::from(key), value));
                self.iterate(template, range, entries)
            }
            other => {
                let fault = format!("a value of type {} has no elements", other.type_name()).into();
                Err(self.fault(template, pipe.at, pipe, fault))
            }
        }
    }

    fn iterate(
        &mut self,
        template: &Template,
        range: &Range,
        elements: impl Iterator<Item = (Value, Value)>,
    ) -> Eval<Option<Flow>> {
        let scope = self.variables.len();
        let mut any = None;
        for (key, element) in elements {
            any = Some(Flow::Next);
            let bound = self.budget.step().and_then(|()| self.bind(range, key, &element));
            bound.map_err(|fault| self.fault(template, range.pipe.at, &range.pipe, fault))?;
            let flow = self.walk(Frame { template, dot: &element }, &range.body)?;
            self.variables.truncate(scope);
            if flow == Flow::Break {
                break;
            }
        }
        Ok(any)
    }

    /// Gives the variables of a range their values. Those that it declares are the last on the stack.
    fn bind(&mut self, range: &Range, key: Value, element: &Value) -> Result<(), Fault> {
        let pipe = &range.pipe;
        let values = match pipe.variables.len() {
            0 => return Ok(()),
            1 => vec![element.clone()],
            _ => vec![key, element.clone()],
        };
        if pipe.assigns {
            return pipe.variables.iter().zip(values).try_for_each(|(name, value)| self.assign(name, value));
        }
        let first = self.variables.len() - values.len();
        for (variable, value) in self.variables[first..].iter_mut().zip(values) {
            variable.1 = value;
        }
        Ok(())
    }
}
