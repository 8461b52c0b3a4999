//! Whether a text is an expression of CEL: the syntax that cel-go 0.28 parses, macros included, types not.

mod tokens;

use super::Fault;
use tokens::{Token, read};

/// Expressions within one another that cel-go follows.
const DEEPEST: usize = 250;

/// Words that are no names of variables and functions, though fields may have them.
pub(in crate::schema) const RESERVED: [&str; 17] = [
    "as",
    "break",
    "const",
    "continue",
    "else",
    "for",
    "function",
    "if",
    "import",
    "let",
    "loop",
    "namespace",
    "package",
    "return",
    "var",
    "void",
    "while",
];

/// An expression of CEL.
pub fn cel(text: &str) -> Result<(), Fault> {
    let mut parser = Parser { tokens: read(text)?, at: 0, depth: 0 };
    parser.expression()?;
    parser.end()
}

/// What an expression is, as far as macros ask.
#[derive(Clone, Copy, PartialEq)]
enum Shape {
    Name,
    Field,
    Other,
}

struct Parser<'t> {
    tokens: Vec<Token<'t>>,
    at: usize,
    depth: usize,
}

type Parsed = Result<Shape, Fault>;

impl<'t> Parser<'t> {
    fn peek(&self) -> Option<Token<'t>> {
        self.tokens.get(self.at).copied()
    }

    fn eat(&mut self, sign: &str) -> bool {
        let is_next = self.peek() == Some(Token::Sign(sign));
        self.at += usize::from(is_next);
        is_next
    }

    fn expect(&mut self, sign: &str) -> Result<(), Fault> {
        if self.eat(sign) { Ok(()) } else { Err(self.unexpected(&format!("`{sign}`"))) }
    }

    fn unexpected(&self, wanted: &str) -> Fault {
        match self.peek() {
            Some(token) => format!("is no CEL: `{}` stands where {wanted} is expected", token.text()),
            None => format!("is no CEL: it ends where {wanted} is expected"),
        }
    }

    fn end(&self) -> Result<(), Fault> {
        if self.peek().is_none() { Ok(()) } else { Err(self.unexpected("an operator or the end")) }
    }

    fn expression(&mut self) -> Parsed {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(format!("is more than {DEEPEST} expressions deep"));
        }
        let mut shape = self.operators()?;
        if self.eat("?") {
            self.operators()?;
            self.expect(":")?;
            self.expression()?;
            shape = Shape::Other;
        }
        self.depth -= 1;
        Ok(shape)
    }

    /// Operands with operators between them. Which operator binds closer does not matter for what is well formed.
    fn operators(&mut self) -> Parsed {
        const BINARY: [&str; 14] =
            ["||", "&&", "<=", ">=", "==", "!=", "<", ">", "in", "*", "/", "%", "+", "-"];
        let mut shape = self.operand()?;
        while BINARY.iter().any(|sign| self.eat(sign)) {
            self.operand()?;
            shape = Shape::Other;
        }
        Ok(shape)
    }

    fn operand(&mut self) -> Parsed {
        let sign = if self.peek() == Some(Token::Sign("!")) { "!" } else { "-" };
        let mut shape = None;
        while self.eat(sign) {
            shape = Some(Shape::Other);
        }
        let operand = self.member()?;
        Ok(shape.unwrap_or(operand))
    }

    fn member(&mut self) -> Parsed {
        let (mut shape, mut is_path) = self.primary()?;
        loop {
            if self.eat(".") {
                let Some(Token::Name(name)) = self.peek() else { return Err(self.unexpected("a name")) };
                self.at += 1;
                shape = Shape::Field;
                if self.eat("(") {
                    let arguments = self.arguments(")")?;
                    check_macro(name, &arguments)?;
                    (shape, is_path) = (Shape::Other, false);
                }
            } else if self.eat("[") {
                self.expression()?;
                self.expect("]")?;
                (shape, is_path) = (Shape::Other, false);
            } else if is_path && self.eat("{") {
                self.fields()?;
                (shape, is_path) = (Shape::Other, false);
            } else {
                return Ok(shape);
            }
        }
    }

    /// What begins a member, and whether it may be the beginning of a message's name.
    fn primary(&mut self) -> Result<(Shape, bool), Fault> {
        let dotted = self.eat(".");
        match self.peek() {
            Some(Token::Name(name)) => {
                self.at += 1;
                self.name(name, dotted)
            }
            _ if dotted => Err(self.unexpected("a name")),
            Some(Token::Literal(_)) => {
                self.at += 1;
                Ok((Shape::Other, false))
            }
            _ if self.eat("(") => {
                let shape = self.expression()?;
                self.expect(")")?;
                Ok((shape, false))
            }
            _ if self.eat("[") => {
                self.list("]", Self::expression)?;
                Ok((Shape::Other, false))
            }
            _ if self.eat("{") => {
                self.list("}", |parser| {
                    parser.expression()?;
                    parser.expect(":")?;
                    parser.expression()
                })?;
                Ok((Shape::Other, false))
            }
            // A number may have a sign of its own, behind a `!` too.
            _ if self.tokens.get(self.at + 1).is_some_and(|token| token.takes_sign()) && self.eat("-") => {
                self.at += 1;
                Ok((Shape::Other, false))
            }
            _ => Err(self.unexpected("a value")),
        }
    }

    fn name(&mut self, name: &str, dotted: bool) -> Result<(Shape, bool), Fault> {
        if RESERVED.contains(&name) {
            return Err(format!("is no CEL: `{name}` is a reserved word"));
        }
        if !self.eat("(") {
            return Ok((Shape::Name, true));
        }
        let arguments = self.arguments(")")?;
        match name == "has" && !dotted && arguments.len() == 1 && arguments[0] != Shape::Field {
            true => Err("is no CEL: `has` asks for a field, such as `has(request.host)`".to_owned()),
            false => Ok((Shape::Other, false)),
        }
    }

    /// Arguments of a call, without a comma behind the last.
    fn arguments(&mut self, close: &str) -> Result<Vec<Shape>, Fault> {
        let mut shapes = vec![];
        if self.eat(close) {
            return Ok(shapes);
        }
        loop {
            shapes.push(self.expression()?);
            if !self.eat(",") {
                self.expect(close)?;
                return Ok(shapes);
            }
        }
    }

    /// The items of a list or map, with or without a comma behind the last.
    fn list(&mut self, close: &str, item: impl Fn(&mut Self) -> Parsed) -> Result<(), Fault> {
        if self.eat(",") {
            return self.expect(close);
        }
        if self.eat(close) {
            return Ok(());
        }
        loop {
            item(self)?;
            if !self.eat(",") {
                return self.expect(close);
            }
            if self.eat(close) {
                return Ok(());
            }
        }
    }

    /// The fields of a message.
    fn fields(&mut self) -> Result<(), Fault> {
        self.list("}", |parser| {
            let Some(Token::Name(_)) = parser.peek() else { return Err(parser.unexpected("a field")) };
            parser.at += 1;
            parser.expect(":")?;
            parser.expression()
        })
    }
}

/// The macros that name a variable need a name for it.
fn check_macro(name: &str, arguments: &[Shape]) -> Result<(), Fault> {
    let is_macro = match name {
        "all" | "exists" | "exists_one" | "existsOne" | "filter" => arguments.len() == 2,
        "map" => matches!(arguments.len(), 2 | 3),
        _ => false,
    };
    match is_macro && arguments[0] != Shape::Name {
        true => Err(format!("is no CEL: the first argument of `{name}` is no name of a variable")),
        false => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::cel;

    #[test]
    fn expressions_are_taken() {
        let good = [
            "true",
            "response.code >= 400",
            "connection.mtls && request.url_path.contains('v1beta3')",
            "response.code",
            "!has(request.auth_claims) || (request.host in [\"a\", 'b',])",
            "a ? b : c ? d : e",
            "-1 + --x * .5e3 % 0x1Fu",
            "!-1",
            "request.headers['x'].size() > 0 // why not",
            "[1, 2].exists(x, x > 1) && {'a': 1}.a == 1",
            "a.b.C{d: 1, e: [],}",
            "r'\\d+' + b'\\x00' + \"\"\"a\"b\nc\"\"\" + '\\u00e9'",
            "a.if",
            "[,] == {,}",
            "has((a.b))",
            "[1, [2, [3]], {'a': {}}]",
        ];
        for text in good {
            assert_eq!(cel(text), Ok(()), "{text}");
        }
    }

    #[test]
    fn what_cel_go_cannot_parse_is_refused() {
        let bad = [
            "",
            " ",
            ")++++",
            "response.code >=",
            "(a",
            "a b",
            "a && && b",
            "a = b",
            "'open",
            "'\\q'",
            "\"a\nb\"",
            "request.headers['x'",
            "f(a,)",
            "!!-a",
            "!-2u",
            "if",
            "has(a)",
            "has(a['b'])",
            "a.all(1, true)",
            "a.true",
            "a.?b",
            "a.`b`",
            "12abc",
            "99999999999999999999",
            "1.",
            "f(x){y: 1}",
            "{1}",
            "[,,]",
            "[1,,]",
            "a # b",
        ];
        for text in bad {
            assert!(cel(text).is_err(), "{text}");
        }
    }

    #[test]
    fn depth_ends() {
        assert!(cel(&format!("{}1{}", "(".repeat(240), ")".repeat(240))).is_ok());
        assert!(cel(&"(".repeat(100_000)).is_err());
        assert!(cel(&format!("{}1", "!".repeat(100_000))).is_ok());
    }
}
