//! What a parsed template consists of, and how its pieces are written in messages.

use std::fmt::{self, Display, Write};
use std::rc::Rc;

use super::builtin::Builtin;
use super::function::Function;
use super::parse::Number;
use super::value::Str;

/// A text that templates were parsed from.
pub(super) struct Source {
    /// The name it was parsed under.
    pub(super) name: Rc<str>,
    pub(super) text: Rc<str>,
}

impl Source {
    /// Line and column of a byte, both from 1.
    pub(super) fn place(&self, at: usize) -> (usize, usize) {
        let before = &self.text.as_bytes()[..at.min(self.text.len())];
        let line_start = memchr::memrchr(b'\n', before).map_or(0, |newline| newline + 1);
        (1 + memchr::memchr_iter(b'\n', before).count(), 1 + before.len() - line_start)
    }
}

/// A parsed template.
pub(super) struct Template {
    pub(super) name: Rc<str>,
    pub(super) source: Rc<Source>,
    pub(super) body: Vec<Node>,
}

impl Template {
    /// Whether there is nothing in it but space: such a definition never takes the place of another.
    pub(super) fn is_blank(&self) -> bool {
        self.body.iter().all(|node| match node {
            Node::Text { start, end } => self.source.text[*start..*end].trim().is_empty(),
            _ => false,
        })
    }
}

/// A piece of a template.
pub(super) enum Node {
    Text { start: usize, end: usize },
    Action(Pipe),
    If(Branches),
    With(Branches),
    Range(Box<Range>),
    Template(TemplateCall),
    Break,
    Continue,
}

/// `if` or `with`, with its `else if` or `else with`, in order.
pub(super) struct Branches {
    pub(super) arms: Vec<(Pipe, Vec<Node>)>,
    pub(super) otherwise: Vec<Node>,
}

pub(super) struct Range {
    pub(super) pipe: Pipe,
    pub(super) body: Vec<Node>,
    pub(super) otherwise: Vec<Node>,
}

pub(super) struct TemplateCall {
    pub(super) at: usize,
    pub(super) name: Rc<str>,
    pub(super) pipe: Option<Pipe>,
}

/// A pipeline: what it declares or assigns, and its commands, each handing its value to the next.
pub(super) struct Pipe {
    pub(super) at: usize,
    pub(super) variables: Vec<Variable>,
    pub(super) assigns: bool,
    pub(super) commands: Vec<Command>,
}

/// A command: an operand and its arguments.
pub(super) struct Command {
    pub(super) at: usize,
    pub(super) head: Term,
    pub(super) args: Vec<Term>,
}

/// A variable, dollar included. Names are compared by number within one text.
pub(super) struct Variable {
    pub(super) symbol: u32,
    pub(super) name: Rc<str>,
}

pub(super) struct Term {
    pub(super) at: usize,
    pub(super) kind: TermKind,
}

pub(super) enum TermKind {
    Dot,
    Nil,
    Bool(bool),
    Number { number: Number, text: Rc<str> },
    Str { value: Str, text: Rc<str> },
    Field(Vec<Rc<str>>),
    Variable { variable: Variable, fields: Vec<Rc<str>> },
    Function { name: Rc<str>, callee: Callee },
    Pipe(Box<Pipe>),
    Chain { base: Box<Term>, fields: Vec<Rc<str>> },
}

/// What a name in front of arguments stands for.
#[derive(Clone)]
pub(super) enum Callee {
    Builtin(Builtin),
    Added(Rc<Function>),
}

fn write_fields(f: &mut fmt::Formatter<'_>, fields: &[Rc<str>]) -> fmt::Result {
    fields.iter().try_for_each(|field| write!(f, ".{field}"))
}

impl Display for Pipe {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, variable) in self.variables.iter().enumerate() {
            write!(f, "{}{}", if i > 0 { ", " } else { "" }, variable.name)?;
        }
        if !self.variables.is_empty() {
            f.write_str(if self.assigns { " = " } else { " := " })?;
        }
        for (i, command) in self.commands.iter().enumerate() {
            write!(f, "{}{command}", if i > 0 { " | " } else { "" })?;
        }
        Ok(())
    }
}

impl Display for Command {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.head.fmt(f)?;
        self.args.iter().try_for_each(|arg| write!(f, " {arg}"))
    }
}

impl Display for Term {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.kind {
            TermKind::Dot => f.write_char('.'),
            TermKind::Nil => f.write_str("nil"),
            TermKind::Bool(truth) => write!(f, "{truth}"),
            TermKind::Number { text, .. } | TermKind::Str { text, .. } => f.write_str(text),
            TermKind::Field(fields) => write_fields(f, fields),
            TermKind::Variable { variable, fields } => {
                f.write_str(&variable.name)?;
                write_fields(f, fields)
            }
            TermKind::Function { name, .. } => f.write_str(name),
            TermKind::Pipe(pipe) => write!(f, "({pipe})"),
            TermKind::Chain { base, fields } => {
                base.fmt(f)?;
                write_fields(f, fields)
            }
        }
    }
}

impl Display for TemplateCall {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "template {:?}", self.name)?;
        self.pipe.as_ref().map_or(Ok(()), |pipe| write!(f, " {pipe}"))
    }
}
