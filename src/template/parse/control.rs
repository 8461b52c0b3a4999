//! Actions that are no expressions: blocks, definitions, calls of templates.

use std::rc::Rc;

use super::token::{Keyword, Token, TokenKind};
use super::{Ending, Item, Opener, Parse, Parser};
use crate::template::node::{Branches, Node, Pipe, Range, Template, TemplateCall};
use crate::template::quote::unquote;

impl<'t> Parser<'t> {
    /// What stands behind a left delimiter.
    pub(super) fn action(&mut self) -> Parse<Item> {
        let token = self.next_non_space();
        let TokenKind::Keyword(keyword) = token.kind else {
            self.push_back();
            // What is declared here lives until the block ends.
            return Ok(Item::Node(Node::Action(self.pipeline("the action", TokenKind::RightDelim)?)));
        };
        let node = match keyword {
            Keyword::End => {
                self.expect(TokenKind::RightDelim, "`end`")?;
                return Ok(Item::Ending(Ending::End));
            }
            Keyword::Else => return self.else_().map(Item::Ending),
            Keyword::If => Node::If(self.branches(Keyword::If, ("if", token.start))?),
            Keyword::With => Node::With(self.branches(Keyword::With, ("with", token.start))?),
            Keyword::Range => Node::Range(Box::new(self.range(("range", token.start))?)),
            Keyword::Template => Node::Template(self.template_call()?),
            Keyword::Block => Node::Template(self.block(("block", token.start))?),
            Keyword::Break => self.jump(Node::Break, "break")?,
            Keyword::Continue => self.jump(Node::Continue, "continue")?,
            Keyword::Define => return Err(self.fail("`define` may not stand inside a block")),
        };
        Ok(Item::Node(node))
    }

    /// `else`, and its delimiter unless `if` or `with` follows.
    fn else_(&mut self) -> Parse<Ending> {
        if !matches!(self.peek_non_space().kind, TokenKind::Keyword(Keyword::If | Keyword::With)) {
            self.expect(TokenKind::RightDelim, "`else`")?;
        }
        Ok(Ending::Else)
    }

    fn jump(&mut self, node: Node, name: &str) -> Parse<Node> {
        self.expect(TokenKind::RightDelim, &format!("`{name}`"))?;
        if self.ranges == 0 {
            return Err(self.fail(format!("`{name}` stands outside of any `range`")));
        }
        Ok(node)
    }

    fn branches(&mut self, keyword: Keyword, opener: Opener) -> Parse<Branches> {
        let context = if keyword == Keyword::If { "`if`" } else { "`with`" };
        let scope = self.variables.len();
        let mut arms = Vec::new();
        let otherwise = loop {
            let pipe = self.pipeline(context, TokenKind::RightDelim)?;
            let (body, ending) = self.list(opener)?;
            arms.push((pipe, body));
            if ending == Ending::End {
                break Vec::new();
            }
            if self.peek().kind != TokenKind::Keyword(keyword) {
                break self.otherwise(opener)?;
            }
            self.next();
        };
        self.variables.truncate(scope);
        Ok(Branches { arms, otherwise })
    }

    /// What stands between `else` and `end`.
    fn otherwise(&mut self, opener: Opener) -> Parse<Vec<Node>> {
        match self.list(opener)? {
            (body, Ending::End) => Ok(body),
            (_, Ending::Else) => Err(self.fail("a second `else` follows the first")),
        }
    }

    fn range(&mut self, opener: Opener) -> Parse<Range> {
        let scope = self.variables.len();
        let pipe = self.pipeline("`range`", TokenKind::RightDelim)?;
        self.ranges += 1;
        let (body, ending) = self.list(opener)?;
        self.ranges -= 1;
        let otherwise = match ending {
            Ending::End => Vec::new(),
            Ending::Else => self.otherwise(opener)?,
        };
        self.variables.truncate(scope);
        Ok(Range { pipe, body, otherwise })
    }

    fn template_name(&mut self, context: &str) -> Parse<(Token, Rc<str>)> {
        let token = self.next_non_space();
        if !matches!(token.kind, TokenKind::String | TokenKind::RawString) {
            return Err(self.unexpected(token, context));
        }
        let Some(name) = unquote(self.text_of(token)) else { return Err(self.bad_string(token)) };
        Ok((token, String::from_utf8_lossy(&name).into()))
    }

    fn template_call(&mut self) -> Parse<TemplateCall> {
        let (token, name) = self.template_name("`template`")?;
        let mut pipe = None;
        if self.next_non_space().kind != TokenKind::RightDelim {
            self.push_back();
            pipe = Some(self.pipeline("`template`", TokenKind::RightDelim)?);
        }
        Ok(TemplateCall { at: token.start, name, pipe })
    }

    fn block(&mut self, opener: Opener) -> Parse<TemplateCall> {
        let (token, name) = self.template_name("`block`")?;
        let pipe: Pipe = self.pipeline("`block`", TokenKind::RightDelim)?;
        self.definition(name.clone(), opener)?;
        Ok(TemplateCall { at: token.start, name, pipe: Some(pipe) })
    }

    /// `define`, of which the keyword is read.
    pub(super) fn define(&mut self, at: usize) -> Parse<()> {
        let (_, name) = self.template_name("`define`")?;
        self.expect(TokenKind::RightDelim, "`define`")?;
        self.definition(name, ("define", at))
    }

    /// The body of a template of its own: it sees no variables of the text around it, and no ranges.
    fn definition(&mut self, name: Rc<str>, opener: Opener) -> Parse<()> {
        let root = self.variables[0];
        let variables = std::mem::replace(&mut self.variables, vec![root]);
        let ranges = std::mem::take(&mut self.ranges);
        let (body, ending) = self.list(opener)?;
        if ending != Ending::End {
            return Err(self.fail(format!("`{}` takes no `else`", opener.0)));
        }
        self.variables = variables;
        self.ranges = ranges;
        self.add(Template { name, source: self.source.clone(), body })
    }
}
