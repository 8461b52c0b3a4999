//! From a template's text to its pieces.

mod control;
mod expression;
mod lex;
mod number;
mod token;

use std::rc::Rc;

use rustc_hash::FxHashMap;

pub(super) use number::Number;

use lex::Lexer;
use token::{Keyword, Token, TokenKind};

use super::error::{Error, Place};
use super::function::Functions;
use super::node::{Node, Source, Template, Variable};

/// How deep blocks and parentheses may lie in one another. No one writes that many; without a limit the parser would
/// run out of stack.
const MAX_NESTING: usize = 100;

/// What a text gives: the template of its own name, and those that it defines.
pub(super) struct Parsed {
    pub(super) main: Rc<Template>,
    pub(super) defined: Vec<Rc<Template>>,
}

/// Parses a text.
pub(super) fn parse(name: &str, text: &str, functions: &Functions) -> Result<Parsed, Box<Error>> {
    let source = Rc::new(Source { name: name.into(), text: text.into() });
    let mut parser = Parser::new(text, source.clone(), functions);
    let body = parser.text()?;
    let main = Rc::new(Template { name: source.name.clone(), source, body });
    let same_name = parser.defined.iter().position(|template| template.name == main.name);
    let Some(defined) =
        same_name.map(|at| parser.defined.swap_remove(at)).filter(|defined| !defined.is_blank())
    else {
        return Ok(Parsed { main, defined: parser.defined });
    };
    if !main.is_blank() {
        return Err(
            parser.fail(format!("the text of template `{name}` also defines a template of this name"))
        );
    }
    Ok(Parsed { main: defined, defined: parser.defined })
}

struct Parser<'t> {
    text: &'t str,
    source: Rc<Source>,
    functions: &'t Functions,
    lexer: Lexer<'t>,
    /// The last token read, and up to two pushed back before it.
    tokens: [Token; 3],
    pushed_back: usize,
    /// Variables in scope, by number; `$` is 0.
    variables: Vec<u32>,
    symbols: FxHashMap<&'t str, Variable>,
    names: FxHashMap<&'t str, Rc<str>>,
    ranges: usize,
    nesting: usize,
    /// Where the action began that is being read.
    action: Option<usize>,
    defined: Vec<Rc<Template>>,
}

type Parse<T> = Result<T, Box<Error>>;

/// The keyword that began a block, and where it stands.
type Opener = (&'static str, usize);

/// What ends a list of nodes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Ending {
    End,
    /// Before `if` or `with` that follows at once, or behind the delimiter.
    Else,
}

/// What stands next in a list of nodes.
enum Item {
    Node(Node),
    Ending(Ending),
}

impl<'t> Parser<'t> {
    fn new(text: &'t str, source: Rc<Source>, functions: &'t Functions) -> Self {
        let mut lexer = Lexer::new(text);
        lexer.break_is_keyword = functions.get("break").is_none();
        lexer.continue_is_keyword = functions.get("continue").is_none();
        let start = Token { kind: TokenKind::Eof, start: 0, end: 0 };
        let mut parser = Self {
            text,
            source,
            functions,
            lexer,
            tokens: [start; 3],
            pushed_back: 0,
            variables: Vec::new(),
            symbols: FxHashMap::default(),
            names: FxHashMap::default(),
            ranges: 0,
            nesting: 0,
            action: None,
            defined: Vec::new(),
        };
        let root = parser.variable("$").symbol;
        parser.variables.push(root);
        parser
    }

    fn next(&mut self) -> Token {
        match self.pushed_back.checked_sub(1) {
            Some(left) => self.pushed_back = left,
            None => self.tokens[0] = self.lexer.next(),
        }
        self.tokens[self.pushed_back]
    }

    fn push_back(&mut self) {
        self.pushed_back += 1;
    }

    fn peek(&mut self) -> Token {
        let token = self.next();
        self.push_back();
        token
    }

    fn next_non_space(&mut self) -> Token {
        loop {
            let token = self.next();
            if token.kind != TokenKind::Space {
                return token;
            }
        }
    }

    fn peek_non_space(&mut self) -> Token {
        let token = self.next_non_space();
        self.push_back();
        token
    }

    fn text_of(&self, token: Token) -> &'t str {
        &self.text[token.start..token.end]
    }

    /// One `Rc` for each name, however often the text says it.
    fn name(&mut self, name: &'t str) -> Rc<str> {
        self.names.entry(name).or_insert_with(|| name.into()).clone()
    }

    fn variable(&mut self, name: &'t str) -> Variable {
        let next = self.symbols.len() as u32;
        let known = self.symbols.entry(name).or_insert_with(|| Variable { symbol: next, name: name.into() });
        Variable { symbol: known.symbol, name: known.name.clone() }
    }

    /// A failure at the last token read.
    fn fail(&self, message: impl Into<String>) -> Box<Error> {
        self.fail_at(self.tokens[0].start, message)
    }

    fn fail_at(&self, at: usize, message: impl Into<String>) -> Box<Error> {
        let (line, column) = self.source.place(at);
        let place = Place { source: self.source.name.to_string(), line, column, executing: None };
        Box::new(Error { place, message: message.into(), callers: Vec::new() })
    }

    fn unexpected(&self, token: Token, context: &str) -> Box<Error> {
        if let TokenKind::Error(error) = token.kind {
            let mut message = error.message(self.text_of(token));
            if let Some(action) = self.action {
                let (line, at) = (self.source.place(action).0, self.source.place(token.start).0);
                if line != at {
                    message.push_str(&format!(", in the action that begins on line {line}"));
                }
            }
            return self.fail(message);
        }
        self.fail(format!("{context} cannot contain {}", self.describe(token)))
    }

    fn describe(&self, token: Token) -> String {
        match token.kind {
            TokenKind::Eof => "the end of the text".into(),
            TokenKind::Text => "text".into(),
            TokenKind::Space => "a space".into(),
            TokenKind::LeftDelim => "`{{`".into(),
            TokenKind::RightDelim => "`}}`".into(),
            _ => format!("`{}`", self.text_of(token)),
        }
    }

    fn expect(&mut self, kind: TokenKind, context: &str) -> Parse<Token> {
        let token = self.next_non_space();
        if token.kind == kind { Ok(token) } else { Err(self.unexpected(token, context)) }
    }

    /// Goes one level deeper; [`Parser::leave`] comes back.
    fn enter(&mut self) -> Parse<()> {
        self.nesting += 1;
        if self.nesting > MAX_NESTING {
            return Err(
                self.fail(format!("blocks and parentheses lie more than {MAX_NESTING} deep in one another"))
            );
        }
        Ok(())
    }

    fn leave(&mut self) {
        self.nesting -= 1;
    }

    /// The whole text: `define` may stand only here, in no other block.
    fn text(&mut self) -> Parse<Vec<Node>> {
        let mut body = Vec::new();
        while self.peek().kind != TokenKind::Eof {
            if self.peek().kind == TokenKind::LeftDelim {
                let delim = self.next();
                let keyword = self.next_non_space();
                if keyword.kind == TokenKind::Keyword(Keyword::Define) {
                    self.define(keyword.start)?;
                    continue;
                }
                self.push_back();
                self.tokens[1] = delim;
                self.pushed_back = 2;
            }
            match self.item()? {
                Item::Node(node) => body.push(node),
                Item::Ending(Ending::End) => return Err(self.fail("`end` closes nothing")),
                Item::Ending(Ending::Else) => return Err(self.fail("`else` belongs to nothing")),
            }
        }
        Ok(body)
    }

    /// Nodes up to an `end` or `else`; `opener` is the keyword that began the block, and where.
    fn list(&mut self, opener: Opener) -> Parse<(Vec<Node>, Ending)> {
        self.enter()?;
        let mut body = Vec::new();
        while self.peek_non_space().kind != TokenKind::Eof {
            match self.item()? {
                Item::Node(node) => body.push(node),
                Item::Ending(ending) => {
                    self.leave();
                    return Ok((body, ending));
                }
            }
        }
        Err(self.fail_at(opener.1, format!("`{}` has no `end`", opener.0)))
    }

    fn item(&mut self) -> Parse<Item> {
        let token = self.next_non_space();
        match token.kind {
            TokenKind::Text => Ok(Item::Node(Node::Text { start: token.start, end: token.end })),
            TokenKind::LeftDelim => {
                self.action = Some(token.start);
                let item = self.action();
                self.action = None;
                item
            }
            _ => Err(self.unexpected(token, "a template")),
        }
    }

    /// Takes a template into the set of this text. Blank ones give way, whichever comes first.
    fn add(&mut self, template: Template) -> Parse<()> {
        let template = Rc::new(template);
        match self.defined.iter().position(|known| known.name == template.name) {
            None => self.defined.push(template),
            Some(known) if self.defined[known].is_blank() => self.defined[known] = template,
            Some(_) if template.is_blank() => {}
            Some(_) => return Err(self.fail(format!("template `{}` is defined twice", template.name))),
        }
        Ok(())
    }
}
