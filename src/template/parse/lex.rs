//! Cuts a template's text into tokens, one at a time.

use memchr::memmem;

use super::token::{Keyword, LexError, Token, TokenKind};
use crate::template::unicode::is_letter_or_digit;

const LEFT: &str = "{{";
const RIGHT: &str = "}}";

/// Cuts a text into tokens.
pub(super) struct Lexer<'t> {
    text: &'t str,
    pos: usize,
    start: usize,
    parens: usize,
    inside_action: bool,
    failed: bool,
    /// Whether `break` is a keyword: not where a function has this name.
    pub(super) break_is_keyword: bool,
    /// Whether `continue` is a keyword: not where a function has this name.
    pub(super) continue_is_keyword: bool,
}

impl<'t> Lexer<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self {
            text,
            pos: 0,
            start: 0,
            parens: 0,
            inside_action: false,
            failed: false,
            break_is_keyword: true,
            continue_is_keyword: true,
        }
    }

    /// The next token. Behind an error and behind the end there is only the end.
    pub(super) fn next(&mut self) -> Token {
        if self.failed {
            return Token { kind: TokenKind::Eof, start: self.start, end: self.start };
        }
        if self.inside_action { self.in_action() } else { self.in_text() }
    }

    fn rest(&self) -> &'t str {
        &self.text[self.pos..]
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn advance(&mut self) -> Option<char> {
        let char = self.peek()?;
        self.pos += char.len_utf8();
        Some(char)
    }

    fn accept(&mut self, set: &str) -> bool {
        let accepted = self.peek().is_some_and(|char| set.contains(char));
        self.pos += usize::from(accepted);
        accepted
    }

    fn accept_run(&mut self, set: &str) {
        while self.accept(set) {}
    }

    fn emit(&mut self, kind: TokenKind) -> Token {
        let token = Token { kind, start: self.start, end: self.pos };
        self.start = self.pos;
        token
    }

    fn fail(&mut self, error: LexError) -> Token {
        self.failed = true;
        Token { kind: TokenKind::Error(error), start: self.start, end: self.pos }
    }

    fn in_text(&mut self) -> Token {
        loop {
            let Some(length) = find_left(self.rest().as_bytes()) else {
                self.pos = self.text.len();
                let kind = if self.pos > self.start { TokenKind::Text } else { TokenKind::Eof };
                return self.emit(kind);
            };
            let delim = self.pos + length;
            let text = &self.text[self.start..delim];
            let trims = has_left_trim(&self.text[delim + LEFT.len()..]);
            let kept = if trims { text.trim_end_matches(is_space) } else { text };
            if !kept.is_empty() {
                let token = Token { kind: TokenKind::Text, start: self.start, end: self.start + kept.len() };
                self.pos = delim;
                self.start = delim;
                return token;
            }
            self.pos = delim;
            self.start = delim;
            if let Some(token) = self.left_delim(trims) {
                return token;
            }
        }
    }

    /// The left delimiter; or nothing where a comment followed, which is skipped.
    fn left_delim(&mut self, trims: bool) -> Option<Token> {
        self.pos += LEFT.len();
        let marker = if trims { 2 } else { 0 };
        if self.text[self.pos + marker..].starts_with("/*") {
            self.pos += marker;
            self.start = self.pos;
            return self.comment();
        }
        let token = self.emit(TokenKind::LeftDelim);
        self.pos += marker;
        self.start = self.pos;
        self.inside_action = true;
        self.parens = 0;
        Some(token)
    }

    fn comment(&mut self) -> Option<Token> {
        let Some(length) = memmem::find(&self.rest().as_bytes()[2..], b"*/") else {
            return Some(self.fail(LexError::UnclosedComment));
        };
        self.pos += 2 + length + 2;
        let Some(trims) = self.at_right_delim() else {
            return Some(self.fail(LexError::CommentWithoutDelim));
        };
        self.skip_right_delim(trims);
        self.start = self.pos;
        None
    }

    /// Whether a right delimiter follows, and if so, whether it trims.
    fn at_right_delim(&self) -> Option<bool> {
        let rest = self.rest();
        if has_right_trim(rest) && rest[2..].starts_with(RIGHT) {
            return Some(true);
        }
        rest.starts_with(RIGHT).then_some(false)
    }

    fn skip_right_delim(&mut self, trims: bool) {
        self.pos += if trims { 2 + RIGHT.len() } else { RIGHT.len() };
        if trims {
            self.pos += self.rest().len() - self.rest().trim_start_matches(is_space).len();
        }
    }

    fn right_delim(&mut self, trims: bool) -> Token {
        let start = self.pos + if trims { 2 } else { 0 };
        self.skip_right_delim(trims);
        self.start = self.pos;
        self.inside_action = false;
        Token { kind: TokenKind::RightDelim, start, end: start + RIGHT.len() }
    }

    fn in_action(&mut self) -> Token {
        if let Some(trims) = self.at_right_delim() {
            return match self.parens {
                0 => self.right_delim(trims),
                _ => self.fail(LexError::UnclosedParen),
            };
        }
        let Some(char) = self.advance() else { return self.fail(LexError::UnclosedAction) };
        match char {
            ' ' | '\t' | '\r' | '\n' => self.space(),
            '=' => self.emit(TokenKind::Assign),
            ':' if self.accept("=") => self.emit(TokenKind::Declare),
            ':' => self.fail(LexError::ExpectedDeclare),
            '|' => self.emit(TokenKind::Pipe),
            '"' => self.quoted('"', TokenKind::String, LexError::UnterminatedString),
            '\'' => self.quoted('\'', TokenKind::CharConstant, LexError::UnterminatedChar),
            '`' => self.raw_string(),
            '$' => self.field_or_variable(TokenKind::Variable, TokenKind::Variable),
            '.' if !self.peek().is_some_and(|char| char.is_ascii_digit()) => {
                self.field_or_variable(TokenKind::Field, TokenKind::Dot)
            }
            '.' | '+' | '-' | '0'..='9' => self.number(),
            '(' => {
                self.parens += 1;
                self.emit(TokenKind::LeftParen)
            }
            ')' => self.right_paren(),
            char if is_letter_or_digit(char) => self.identifier(),
            ' '..='~' => self.emit(TokenKind::Char),
            char => self.fail(LexError::Unrecognized(char)),
        }
    }

    fn right_paren(&mut self) -> Token {
        match self.parens.checked_sub(1) {
            Some(parens) => {
                self.parens = parens;
                self.emit(TokenKind::RightParen)
            }
            None => self.fail(LexError::UnexpectedParen),
        }
    }

    /// A run of spaces, of which the first is read. The last may belong to a delimiter that trims.
    fn space(&mut self) -> Token {
        self.skip(|byte| matches!(byte, b' ' | b'\t' | b'\r' | b'\n'));
        self.pos -= 1;
        match self.at_right_delim() {
            Some(true) if self.pos == self.start => return self.right_delim(true),
            Some(true) => {}
            _ => self.pos += 1,
        }
        self.emit(TokenKind::Space)
    }

    /// Skips bytes of ASCII.
    fn skip(&mut self, skipped: impl Fn(&u8) -> bool) {
        let rest = self.rest().as_bytes();
        self.pos += rest.iter().position(|byte| !skipped(byte)).unwrap_or(rest.len());
    }

    fn skip_word(&mut self) {
        self.skip(|byte| byte.is_ascii_alphanumeric() || *byte == b'_');
        while self.peek().is_some_and(is_letter_or_digit) {
            self.advance();
        }
    }

    fn identifier(&mut self) -> Token {
        self.skip_word();
        if !self.at_terminator() {
            return self.fail(LexError::BadCharacter(self.peek()));
        }
        let kind = match &self.text[self.start..self.pos] {
            "true" | "false" => TokenKind::Bool,
            "nil" => TokenKind::Nil,
            "break" if !self.break_is_keyword => TokenKind::Identifier,
            "continue" if !self.continue_is_keyword => TokenKind::Identifier,
            word => Keyword::of(word).map_or(TokenKind::Identifier, TokenKind::Keyword),
        };
        self.emit(kind)
    }

    /// `.name` or `$name`, of which the first character is read; `alone` where no name follows.
    fn field_or_variable(&mut self, named: TokenKind, alone: TokenKind) -> Token {
        if self.at_terminator() {
            return self.emit(alone);
        }
        self.skip_word();
        if !self.at_terminator() {
            return self.fail(LexError::BadCharacter(self.peek()));
        }
        self.emit(named)
    }

    /// Whether a name may end here: `$x+2` is none.
    fn at_terminator(&self) -> bool {
        match self.peek() {
            None | Some(' ' | '\t' | '\r' | '\n' | '.' | ',' | '|' | ':' | ')' | '(') => true,
            Some(_) => self.rest().starts_with(RIGHT),
        }
    }

    /// A quoted constant, of which the first quote is read. What is in it, the parser judges.
    fn quoted(&mut self, quote: char, kind: TokenKind, error: LexError) -> Token {
        while let Some(length) = memchr::memchr3(quote as u8, b'\\', b'\n', self.rest().as_bytes()) {
            self.pos += length;
            match self.advance() {
                Some('\\') if !matches!(self.advance(), None | Some('\n')) => {}
                Some(char) if char == quote => return self.emit(kind),
                _ => break,
            }
        }
        self.fail(error)
    }

    fn raw_string(&mut self) -> Token {
        match memchr::memchr(b'`', self.rest().as_bytes()) {
            Some(length) => {
                self.pos += length + 1;
                self.emit(TokenKind::RawString)
            }
            None => self.fail(LexError::UnterminatedRawString),
        }
    }

    /// A number, of which the first character is read. What it allows too much, the parser refuses.
    fn number(&mut self) -> Token {
        self.pos = self.start;
        if !self.scan_number() {
            return self.fail(LexError::BadNumber);
        }
        if !matches!(self.peek(), Some('+' | '-')) {
            return self.emit(TokenKind::Number);
        }
        if !self.scan_number() || !self.text[..self.pos].ends_with('i') {
            return self.fail(LexError::BadNumber);
        }
        self.emit(TokenKind::Complex)
    }

    fn scan_number(&mut self) -> bool {
        self.accept("+-");
        let mut digits = "0123456789_";
        if self.accept("0") {
            if self.accept("xX") {
                digits = "0123456789abcdefABCDEF_";
            } else if self.accept("oO") {
                digits = "01234567_";
            } else if self.accept("bB") {
                digits = "01_";
            }
        }
        self.accept_run(digits);
        if self.accept(".") {
            self.accept_run(digits);
        }
        let exponent = match digits.len() {
            11 => "eE",
            23 => "pP",
            _ => "",
        };
        if self.accept(exponent) {
            self.accept("+-");
            self.accept_run("0123456789_");
        }
        self.accept("i");
        let ends = !self.peek().is_some_and(is_letter_or_digit);
        if !ends {
            self.advance();
        }
        ends
    }
}

/// Where the next left delimiter is. Braces are rare: to look for one byte is fastest.
fn find_left(text: &[u8]) -> Option<usize> {
    memchr::memchr_iter(b'{', text).find(|&at| text.get(at + 1) == Some(&b'{'))
}

fn is_space(char: char) -> bool {
    matches!(char, ' ' | '\t' | '\r' | '\n')
}

fn has_left_trim(text: &str) -> bool {
    let mut chars = text.chars();
    chars.next() == Some('-') && chars.next().is_some_and(is_space)
}

fn has_right_trim(text: &str) -> bool {
    let mut chars = text.chars();
    chars.next().is_some_and(is_space) && chars.next() == Some('-')
}
