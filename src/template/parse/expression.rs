//! Pipelines, commands and operands.

use std::rc::Rc;

use super::token::{Token, TokenKind};
use super::{Number, Parse, Parser};
use crate::template::builtin::Builtin;
use crate::template::error::{Error, did_you_mean};
use crate::template::node::{Callee, Command, Pipe, Term, TermKind};
use crate::template::quote::unquote;
use crate::template::value::Str;

impl<'t> Parser<'t> {
    /// `declarations? command ('|' command)*`, up to the token that ends it.
    pub(super) fn pipeline(&mut self, context: &str, end: TokenKind) -> Parse<Pipe> {
        let at = self.peek_non_space().start;
        let mut pipe = Pipe { at, variables: Vec::new(), assigns: false, commands: Vec::new() };
        self.declarations(&mut pipe, context)?;
        loop {
            let token = self.next_non_space();
            match token.kind {
                kind if kind == end => break,
                TokenKind::Bool
                | TokenKind::CharConstant
                | TokenKind::Complex
                | TokenKind::Dot
                | TokenKind::Field
                | TokenKind::Identifier
                | TokenKind::Number
                | TokenKind::Nil
                | TokenKind::RawString
                | TokenKind::String
                | TokenKind::Variable
                | TokenKind::LeftParen => {
                    self.push_back();
                    let command = self.command()?;
                    pipe.commands.push(command);
                }
                _ => return Err(self.unexpected(token, context)),
            }
        }
        self.check(&pipe, context)?;
        Ok(pipe)
    }

    fn declarations(&mut self, pipe: &mut Pipe, context: &str) -> Parse<()> {
        loop {
            let token = self.peek_non_space();
            if token.kind != TokenKind::Variable {
                return Ok(());
            }
            self.next();
            // Three tokens of look-ahead: in `$x foo`, only what follows the space tells that `$x` is no declaration.
            let behind = self.peek();
            let next = self.peek_non_space();
            match next.kind {
                TokenKind::Assign | TokenKind::Declare => {
                    self.next_non_space();
                    pipe.assigns = next.kind == TokenKind::Assign;
                    self.declare(pipe, token);
                    return Ok(());
                }
                TokenKind::Char if self.text_of(next) == "," => {
                    self.next_non_space();
                    self.declare(pipe, token);
                    if context != "`range`" || pipe.variables.len() >= 2 {
                        return Err(self.fail(format!("{context} declares too many variables")));
                    }
                    let follows = self.peek_non_space().kind;
                    if !matches!(follows, TokenKind::Variable | TokenKind::RightDelim | TokenKind::RightParen)
                    {
                        return Err(self.fail("`range` declares nothing but variables"));
                    }
                }
                _ if behind.kind == TokenKind::Space => {
                    self.tokens[1] = behind;
                    self.tokens[2] = token;
                    self.pushed_back = 3;
                    return Ok(());
                }
                _ => {
                    self.tokens[1] = token;
                    self.pushed_back = 2;
                    return Ok(());
                }
            }
        }
    }

    fn declare(&mut self, pipe: &mut Pipe, token: Token) {
        let variable = self.variable(self.text_of(token));
        self.variables.push(variable.symbol);
        pipe.variables.push(variable);
    }

    fn check(&self, pipe: &Pipe, context: &str) -> Parse<()> {
        let Some((_, later)) = pipe.commands.split_first() else {
            return Err(self.fail(format!("{context} has no value")));
        };
        let constant = |kind: &TermKind| {
            use TermKind::{Bool, Dot, Nil, Number, Str};
            matches!(kind, Bool(_) | Dot | Nil | Number { .. } | Str { .. })
        };
        match later.iter().find(|command| constant(&command.head.kind)) {
            Some(command) => {
                Err(self
                    .fail(format!("`{command}` cannot take a value from the pipeline: it is no function")))
            }
            None => Ok(()),
        }
    }

    /// `operand (space operand)*`
    fn command(&mut self) -> Parse<Command> {
        let at = self.peek_non_space().start;
        let mut operands = Vec::new();
        loop {
            self.peek_non_space();
            operands.extend(self.operand()?);
            let token = self.next();
            match token.kind {
                TokenKind::Space => continue,
                TokenKind::RightDelim | TokenKind::RightParen => self.push_back(),
                TokenKind::Pipe => {}
                _ => return Err(self.unexpected(token, "an operand")),
            }
            break;
        }
        let mut operands = operands.into_iter();
        match operands.next() {
            Some(head) => Ok(Command { at, head, args: operands.collect() }),
            None => Err(self.fail("the command is empty")),
        }
    }

    /// `term .field*`; nothing where no term stands.
    fn operand(&mut self) -> Parse<Option<Term>> {
        let Some(mut term) = self.term()? else { return Ok(None) };
        if self.peek().kind != TokenKind::Field {
            return Ok(Some(term));
        }
        let mut more = Vec::new();
        while self.peek().kind == TokenKind::Field {
            let token = self.next();
            more.push(self.name(&self.text_of(token)[1..]));
        }
        term.kind = match term.kind {
            TermKind::Field(mut fields) => {
                fields.append(&mut more);
                TermKind::Field(fields)
            }
            TermKind::Variable { variable, mut fields } => {
                fields.append(&mut more);
                TermKind::Variable { variable, fields }
            }
            TermKind::Bool(_)
            | TermKind::Str { .. }
            | TermKind::Number { .. }
            | TermKind::Nil
            | TermKind::Dot => return Err(self.fail(format!("`{term}` has no fields"))),
            _ => {
                let base = Box::new(Term { at: term.at, kind: term.kind });
                TermKind::Chain { base, fields: more }
            }
        };
        Ok(Some(term))
    }

    fn term(&mut self) -> Parse<Option<Term>> {
        let token = self.next_non_space();
        let text = self.text_of(token);
        let kind = match token.kind {
            TokenKind::Identifier => TermKind::Function { name: self.name(text), callee: self.callee(text)? },
            TokenKind::Dot => TermKind::Dot,
            TokenKind::Nil => TermKind::Nil,
            TokenKind::Bool => TermKind::Bool(text == "true"),
            TokenKind::Variable => self.use_variable(text)?,
            TokenKind::Field => TermKind::Field(vec![self.name(&text[1..])]),
            TokenKind::Number | TokenKind::CharConstant | TokenKind::Complex => self.number(text)?,
            TokenKind::String | TokenKind::RawString => {
                let Some(value) = unquote(text) else { return Err(self.bad_string(token)) };
                TermKind::Str { value: Str::from_bytes(value), text: self.name(text) }
            }
            TokenKind::LeftParen => {
                self.enter()?;
                let pipe = self.pipeline("a parenthesis", TokenKind::RightParen)?;
                self.leave();
                TermKind::Pipe(Box::new(pipe))
            }
            _ => {
                self.push_back();
                return Ok(None);
            }
        };
        Ok(Some(Term { at: token.start, kind }))
    }

    fn callee(&self, name: &str) -> Parse<Callee> {
        if let Some(function) = self.functions.get(name) {
            return Ok(Callee::Added(Rc::clone(function)));
        }
        match Builtin::of(name) {
            Some(builtin) => Ok(Callee::Builtin(builtin)),
            None => {
                let known = self.functions.names().chain(Builtin::NAMES.iter().map(|known| known.0));
                Err(self.fail(format!("function `{name}` is not defined{}", did_you_mean(name, known))))
            }
        }
    }

    fn use_variable(&mut self, name: &'t str) -> Parse<TermKind> {
        let variable = self.variable(name);
        if !self.variables.contains(&variable.symbol) {
            return Err(self.fail(format!("variable `{name}` is not defined")));
        }
        Ok(TermKind::Variable { variable, fields: Vec::new() })
    }

    fn number(&mut self, text: &'t str) -> Parse<TermKind> {
        let number = if text.starts_with('\'') {
            Number::of_char(text).ok_or("is not a character constant")
        } else {
            Number::parse(text)
        };
        match number {
            Ok(number) => Ok(TermKind::Number { number, text: self.name(text) }),
            Err(wrong) => Err(self.fail(format!("`{text}` {wrong}"))),
        }
    }

    pub(super) fn bad_string(&self, token: Token) -> Box<Error> {
        self.fail(format!("{} is not a well-formed string", self.text_of(token)))
    }
}
