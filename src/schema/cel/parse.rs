//! Makes an expression of a rule's words. Nothing comes of what is not known here.

use regex::Regex;

use super::expr::{Constant, Expr, Function, Loop, Order};
use super::lex::Token;
use crate::schema::value as texts;

/// Reads a whole rule.
pub(super) fn rule(tokens: &[Token<'_>]) -> Option<Expr> {
    let mut parser = Parser { tokens, names: vec!["self"] };
    let made = parser.conditional()?;
    parser.tokens.is_empty().then_some(made)
}

struct Parser<'t> {
    tokens: &'t [Token<'t>],
    /// The variables in sight, the innermost last.
    names: Vec<&'t str>,
}

impl<'t> Parser<'t> {
    fn peek(&self) -> Option<&'t Token<'t>> {
        self.tokens.first()
    }

    fn next(&mut self) -> Option<&'t Token<'t>> {
        let (first, rest) = self.tokens.split_first()?;
        self.tokens = rest;
        Some(first)
    }

    /// Goes behind a sign, if it is next.
    fn eat(&mut self, sign: &'static str) -> bool {
        let found = self.peek() == Some(&Token::Sign(sign));
        if found {
            self.tokens = &self.tokens[1..];
        }
        found
    }

    fn expect(&mut self, sign: &'static str) -> Option<()> {
        self.eat(sign).then_some(())
    }

    fn word(&mut self) -> Option<&'t str> {
        match self.next()? {
            Token::Word(word) => Some(word),
            _ => None,
        }
    }

    fn conditional(&mut self) -> Option<Expr> {
        let condition = self.joined(false)?;
        if !self.eat("?") {
            return Some(condition);
        }
        let yes = self.joined(false)?;
        self.expect(":")?;
        Some(Expr::If(Box::new([condition, yes, self.conditional()?])))
    }

    /// `||` (false), and within it `&&` (true), which binds tighter.
    fn joined(&mut self, is_and: bool) -> Option<Expr> {
        let one = |parser: &mut Self| if is_and { parser.relation() } else { parser.joined(true) };
        let mut left = one(self)?;
        while self.eat(if is_and { "&&" } else { "||" }) {
            left = Expr::Join(is_and, Box::new([left, one(self)?]));
        }
        Some(left)
    }

    fn relation(&mut self) -> Option<Expr> {
        let mut left = self.sum()?;
        while let Some(make) = self.peek().and_then(relation) {
            self.next();
            left = make(Box::new([left, self.sum()?]));
        }
        Some(left)
    }

    fn sum(&mut self) -> Option<Expr> {
        let mut left = self.unary()?;
        loop {
            let make = match (self.eat("+"), self.eat("-")) {
                (true, _) => Expr::Add,
                (_, true) => Expr::Subtract,
                _ => return Some(left),
            };
            left = make(Box::new([left, self.unary()?]));
        }
    }

    fn unary(&mut self) -> Option<Expr> {
        if self.eat("!") {
            return Some(Expr::Not(Box::new(self.unary()?)));
        }
        let mut made = self.primary()?;
        loop {
            if self.eat(".") {
                made = self.member(made)?;
            } else if self.eat("[") {
                made = Expr::Index(Box::new([made, self.conditional()?]));
                self.expect("]")?;
            } else {
                return Some(made);
            }
        }
    }

    fn primary(&mut self) -> Option<Expr> {
        if self.eat("(") {
            let inner = self.conditional()?;
            return self.eat(")").then_some(inner);
        }
        if self.eat("[") {
            return self.list();
        }
        if self.eat("{") {
            return self.eat("}").then_some(Expr::EmptyMap);
        }
        match self.peek()? {
            Token::Word(word) if !matches!(*word, "true" | "false" | "null") => {
                self.next();
                if self.eat("(") { self.function(word) } else { self.variable(word) }
            }
            _ => self.constant().map(Expr::Constant),
        }
    }

    fn variable(&self, name: &str) -> Option<Expr> {
        self.names.iter().rev().position(|known| *known == name).map(Expr::Variable)
    }

    fn constant(&mut self) -> Option<Constant> {
        let is_negative = self.eat("-");
        Some(match self.next()? {
            Token::Int(value) => Constant::Int(if is_negative { -value } else { *value }),
            _ if is_negative => return None,
            Token::Text(text) => Constant::Text(text.clone()),
            Token::Word("true") => Constant::Bool(true),
            Token::Word("false") => Constant::Bool(false),
            Token::Word("null") => Constant::Null,
            _ => return None,
        })
    }

    /// A list behind its bracket.
    fn list(&mut self) -> Option<Expr> {
        let mut made = vec![];
        while !self.eat("]") {
            if !made.is_empty() {
                self.expect(",")?;
            }
            made.push(self.constant()?);
        }
        Some(Expr::List(made))
    }

    /// What stands behind a point.
    fn member(&mut self, of: Expr) -> Option<Expr> {
        let name = self.word()?;
        if !self.eat("(") {
            return Some(Expr::Field(Box::new(of), unescaped(name)?));
        }
        let kind = match name {
            "all" => Loop::All,
            "exists" => Loop::Exists,
            "exists_one" => Loop::ExistsOne,
            "filter" => Loop::Count,
            "matches" => return self.pattern(of),
            _ => {
                let arguments = self.arguments(vec![of])?;
                return call(method(name)?, arguments);
            }
        };
        let variable = self.word()?;
        self.expect(",")?;
        self.names.push(variable);
        let inner = self.conditional();
        self.names.pop();
        self.expect(")")?;
        // What is left of a list is only ever counted.
        if matches!(kind, Loop::Count) {
            self.expect(".")?;
            let is_size = self.word()? == "size";
            (is_size && self.eat("(") && self.eat(")")).then_some(())?;
        }
        Some(Expr::Loop(kind, Box::new([of, inner?])))
    }

    /// `matches`, the pattern of which has to be a constant.
    fn pattern(&mut self, of: Expr) -> Option<Expr> {
        let Token::Text(pattern) = self.next()? else { return None };
        self.expect(")")?;
        if !is_same_in_go(pattern) {
            return None;
        }
        Some(Expr::Matches(Box::new(of), Regex::new(pattern).ok()?))
    }

    /// What stands behind the bracket of a function.
    fn arguments(&mut self, mut made: Vec<Expr>) -> Option<Vec<Expr>> {
        let own = made.len();
        while !self.eat(")") {
            if made.len() > own {
                self.expect(",")?;
            }
            made.push(self.conditional()?);
        }
        Some(made)
    }

    fn function(&mut self, name: &str) -> Option<Expr> {
        let arguments = self.arguments(vec![])?;
        if name != "has" {
            return call(function(name)?, arguments);
        }
        match <[Expr; 1]>::try_from(arguments).ok()? {
            [Expr::Field(of, name)] => Some(Expr::Has(of, name)),
            _ => None,
        }
    }
}

/// Makes an expression of two sides.
type Make = fn(Box<[Expr; 2]>) -> Expr;

/// The relation that a sign stands for.
fn relation(token: &Token<'_>) -> Option<Make> {
    let make: Make = match token {
        Token::Sign("==") => |sides| Expr::Equal(true, sides),
        Token::Sign("!=") => |sides| Expr::Equal(false, sides),
        Token::Sign("<") => |sides| Expr::Order(Order::Less, sides),
        Token::Sign("<=") => |sides| Expr::Order(Order::AtMost, sides),
        Token::Sign(">") => |sides| Expr::Order(Order::More, sides),
        Token::Sign(">=") => |sides| Expr::Order(Order::AtLeast, sides),
        Token::Word("in") => Expr::In,
        _ => return None,
    };
    Some(make)
}

fn method(name: &str) -> Option<Function> {
    Some(match name {
        "size" => Function::Size,
        "contains" => Function::Contains,
        "startsWith" => Function::StartsWith,
        "endsWith" => Function::EndsWith,
        "substring" => Function::Substring,
        "split" => Function::Split,
        "lowerAscii" => Function::LowerAscii,
        "getScheme" => Function::Scheme,
        _ => return None,
    })
}

fn function(name: &str) -> Option<Function> {
    Some(match name {
        "size" => Function::Size,
        "int" => Function::Int,
        "duration" => Function::Duration,
        "isIP" => Function::IsIp,
        "isURL" => Function::IsUrl,
        "url" => Function::Url,
        _ => return None,
    })
}

/// A call with as many arguments as the function takes.
fn call(function: Function, arguments: Vec<Expr>) -> Option<Expr> {
    use Function::{Contains, Duration, EndsWith, Split, StartsWith, Substring};
    let fits = match function {
        Contains | StartsWith | EndsWith | Split => arguments.len() == 2,
        Substring => matches!(arguments.len(), 2 | 3),
        _ => arguments.len() == 1,
    };
    match (function, arguments.as_slice()) {
        _ if !fits => None,
        // Most durations in rules are constants.
        (Duration, [Expr::Constant(Constant::Text(text))]) => {
            Some(Expr::Constant(Constant::Duration(texts::duration(text).ok()?)))
        }
        _ => Some(Expr::Call(function, arguments)),
    }
}

/// Whether a pattern of RE2 means the same to the `regex` crate: the crate's classes are those of Unicode, and its
/// brackets may nest.
fn is_same_in_go(pattern: &str) -> bool {
    let escapes = pattern.split('\\').skip(1).any(|behind| behind.starts_with(|c: char| c.is_alphanumeric()));
    let brackets = ["&&", "--", "~~", "[[", "[^["].iter().any(|other| pattern.contains(other));
    !escapes && !brackets && texts::re2(pattern).is_ok()
}

/// A field's name as a rule spells it: `__namespace__` is `namespace`, `a__dot__b` is `a.b` (`Unescape` in
/// `k8s.io/apiserver/pkg/cel`).
fn unescaped(name: &str) -> Option<String> {
    const LITERALS: [&str; 4] = ["true", "false", "null", "in"];
    const SIGNS: &[(&str, &str)] =
        &[("__underscores__", "__"), ("__dot__", "."), ("__dash__", "-"), ("__slash__", "/")];
    let inner = name.strip_prefix("__").and_then(|name| name.strip_suffix("__"));
    let is_reserved = |word: &&str| LITERALS.contains(word) || texts::CEL_RESERVED.contains(word);
    if let Some(word) = inner.filter(is_reserved) {
        return Some(word.to_owned());
    }
    let mut made = String::new();
    let mut rest = name;
    while let Some(at) = rest.find("__") {
        let (sign, meant) = SIGNS.iter().find(|(sign, _)| rest[at..].starts_with(sign))?;
        made += &rest[..at];
        made += meant;
        rest = &rest[at + sign.len()..];
    }
    Some(made + rest)
}
