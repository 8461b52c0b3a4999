//! Executes templates.

mod call;
mod field;
mod pipeline;
mod range;

use std::fmt::Display;
use std::rc::Rc;

use rustc_hash::FxHashMap;

use super::error::{Caller, Error, Executing, Place};
use super::format::sprint;
use super::function::{Fault, Functions};
use super::limits::Budget;
use super::node::{Branches, Node, Template, TemplateCall};
use super::parse::parse;
use super::set::{Layer, MissingKey, Options};
use super::value::{Kind, Str, Value};

/// An execution, as a function sees it.
pub struct Scope<'a> {
    functions: &'a Functions,
    templates: Rc<Layer>,
    options: Options,
    budget: Budget,
    out: Vec<u8>,
    /// Variables of all templates being executed; those of the innermost begin at `frame`.
    variables: Vec<(u32, Value)>,
    frame: usize,
    depth: usize,
    /// Texts that `tpl` has parsed: charts render the same ones again and again.
    parsed: FxHashMap<(Rc<str>, Rc<str>), Rc<ParsedText>>,
}

struct ParsedText {
    main: Rc<Template>,
    defined: Vec<Rc<Template>>,
}

/// The failure of an evaluation. Boxed: results are handed up through every level.
type Eval<T> = Result<T, Box<Error>>;

/// What is being executed, and over what.
#[derive(Clone, Copy)]
struct Frame<'f> {
    template: &'f Template,
    dot: &'f Value,
}

/// How a list of nodes ends.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Flow {
    Next,
    Break,
    Continue,
}

impl<'a> Scope<'a> {
    pub(super) fn new(functions: &'a Functions, templates: Rc<Layer>, options: Options) -> Self {
        Self {
            functions,
            templates,
            options,
            budget: Budget::new(options.limits),
            out: Vec::new(),
            variables: Vec::new(),
            frame: 0,
            depth: 0,
            parsed: FxHashMap::default(),
        }
    }

    /// What a key gives that a map does not have.
    pub fn missing_key(&self) -> MissingKey {
        self.options.missing_key
    }

    /// Whether there is such a template.
    pub fn has_template(&self, name: &str) -> bool {
        self.templates.get(name).is_some()
    }

    /// Renders a template of the set by its name: what `include` does.
    pub fn include(&mut self, name: &str, data: &Value) -> Result<Str, Fault> {
        let Some(template) = self.templates.get(name).cloned() else {
            return Err(self.templates.undefined(name).into());
        };
        Ok(self.run(&template, data)?)
    }

    /// Parses a text under this name and renders it: what `tpl` does. What it defines, only it sees.
    pub fn render_text(&mut self, name: &str, text: &str, data: &Value) -> Result<Str, Fault> {
        let key = (name.into(), text.into());
        let parsed = match self.parsed.get(&key) {
            Some(parsed) => parsed.clone(),
            None => {
                self.budget.bytes(text.len())?;
                let parsed = parse(name, text, self.functions)?;
                let parsed = Rc::new(ParsedText { main: parsed.main, defined: parsed.defined });
                self.parsed.insert(key, parsed.clone());
                parsed
            }
        };
        let mut layer = Layer::above(self.templates.clone());
        parsed.defined.iter().for_each(|template| layer.add(template.clone()));
        layer.add(parsed.main.clone());
        let below = std::mem::replace(&mut self.templates, Rc::new(layer));
        let rendered = self.run(&parsed.main, data);
        self.templates = below;
        Ok(rendered?)
    }

    /// Takes this many bytes from the budget: for functions that make large values out of small ones, before they do.
    pub fn spend(&mut self, bytes: usize) -> Result<(), Fault> {
        self.budget.bytes(bytes)
    }

    /// Renders a template into a text of its own.
    pub(super) fn run(&mut self, template: &Template, data: &Value) -> Eval<Str> {
        let outer = std::mem::take(&mut self.out);
        let done = self.template(template, data);
        let out = std::mem::replace(&mut self.out, outer);
        done.map(|()| Str::from_bytes(out))
    }

    /// Executes a template with variables of its own.
    fn template(&mut self, template: &Template, data: &Value) -> Eval<()> {
        let outer = std::mem::replace(&mut self.frame, self.variables.len());
        self.depth += 1;
        let dot = if data.is_nil() { Value::Missing } else { data.clone() };
        self.variables.push((ROOT, dot.clone()));
        let allowed = self.budget.step().and_then(|()| self.budget.depth(self.depth));
        let done = match allowed {
            Ok(()) => self.walk(Frame { template, dot: &dot }, &template.body).map(drop),
            Err(fault) => Err(self.fault(template, 0, &"", fault)),
        };
        self.depth -= 1;
        self.variables.truncate(self.frame);
        self.frame = outer;
        done
    }

    fn walk(&mut self, frame: Frame<'_>, nodes: &[Node]) -> Eval<Flow> {
        for node in nodes {
            let flow = match node {
                Node::Text { start, end } => {
                    self.text(frame.template, *start, *end)?;
                    continue;
                }
                Node::Action(pipe) => {
                    let value = self.pipeline(frame, pipe)?;
                    if pipe.variables.is_empty() {
                        self.print(&value)
                            .map_err(|fault| self.fault(frame.template, pipe.at, pipe, fault))?;
                    }
                    continue;
                }
                Node::If(branches) => self.branches(frame, branches, false)?,
                Node::With(branches) => self.branches(frame, branches, true)?,
                Node::Range(range) => self.range(frame, range)?,
                Node::Template(call) => {
                    self.template_call(frame, call)?;
                    continue;
                }
                Node::Break => Flow::Break,
                Node::Continue => Flow::Continue,
            };
            if flow != Flow::Next {
                return Ok(flow);
            }
        }
        Ok(Flow::Next)
    }

    fn text(&mut self, template: &Template, start: usize, end: usize) -> Eval<()> {
        let bytes = &template.source.text.as_bytes()[start..end];
        let spent = self.budget.step().and_then(|()| self.budget.bytes(bytes.len()));
        spent.map_err(|fault| self.fault(template, start, &"text", fault))?;
        self.out.extend_from_slice(bytes);
        Ok(())
    }

    fn branches(&mut self, frame: Frame<'_>, branches: &Branches, with: bool) -> Eval<Flow> {
        let scope = self.variables.len();
        let mut flow = None;
        for (pipe, body) in &branches.arms {
            let value = self.pipeline(frame, pipe)?;
            if value.truth() {
                let dot = if with { &value } else { frame.dot };
                flow = Some(self.walk(Frame { dot, ..frame }, body)?);
                break;
            }
        }
        let flow = match flow {
            Some(flow) => flow,
            None => self.walk(frame, &branches.otherwise)?,
        };
        self.variables.truncate(scope);
        Ok(flow)
    }

    fn template_call(&mut self, frame: Frame<'_>, call: &TemplateCall) -> Eval<()> {
        let Some(callee) = self.templates.get(&call.name).cloned() else {
            let fault = self.templates.undefined(&call.name).into();
            return Err(self.fault(frame.template, call.at, call, fault));
        };
        let data = match &call.pipe {
            Some(pipe) => self.pipeline(frame, pipe)?,
            None => Value::Missing,
        };
        self.template(&callee, &data).map_err(|mut error| {
            error.callers.push(Caller { place: place(frame.template, call.at, call), note: String::new() });
            error
        })
    }

    fn print(&mut self, value: &Value) -> Result<(), Fault> {
        let printed;
        let bytes = match value {
            Value::Missing | Value::Nil => b"<no value>",
            Value::Str(text) => text.as_bytes(),
            value if value.kind() == Kind::Func => return Err("a function cannot be printed".into()),
            value => {
                printed = sprint(std::slice::from_ref(value))?;
                printed.as_bytes()
            }
        };
        self.budget.bytes(bytes.len())?;
        self.out.extend_from_slice(bytes);
        Ok(())
    }

    /// The failure of a piece of a template: the cause of the fault, of which it becomes a caller, or the fault itself.
    fn fault(&self, template: &Template, at: usize, node: &dyn Display, fault: Fault) -> Box<Error> {
        let place = place(template, at, node);
        match fault.cause {
            Some(mut error) => {
                error.callers.push(Caller { place, note: fault.message });
                error
            }
            None => Box::new(Error { place, message: fault.message, callers: Vec::new() }),
        }
    }
}

/// The number of `$`.
const ROOT: u32 = 0;

/// A piece of a template in messages is at most this long.
const SHOWN: usize = 80;

fn place(template: &Template, at: usize, node: &dyn Display) -> Place {
    let (line, column) = template.source.place(at);
    let mut node = node.to_string();
    if node.chars().count() > SHOWN {
        node = node.chars().take(SHOWN).chain(['…']).collect();
    }
    let executing = Some(Executing { template: template.name.to_string(), node });
    Place { source: template.source.name.to_string(), line, column, executing }
}
