//! The words of a template.

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TokenKind {
    Error(LexError),
    Bool,
    /// Any other printable ASCII character; a comma, mostly.
    Char,
    CharConstant,
    Complex,
    Assign,
    Declare,
    Eof,
    Field,
    Identifier,
    LeftDelim,
    LeftParen,
    Number,
    Pipe,
    RawString,
    RightDelim,
    RightParen,
    Space,
    String,
    Text,
    Variable,
    Dot,
    Nil,
    Keyword(Keyword),
}

/// A word that stands for itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Keyword {
    Block,
    Break,
    Continue,
    Define,
    Else,
    End,
    If,
    Range,
    Template,
    With,
}

impl Keyword {
    pub(super) fn of(word: &str) -> Option<Keyword> {
        Some(match word {
            "block" => Keyword::Block,
            "break" => Keyword::Break,
            "continue" => Keyword::Continue,
            "define" => Keyword::Define,
            "else" => Keyword::Else,
            "end" => Keyword::End,
            "if" => Keyword::If,
            "range" => Keyword::Range,
            "template" => Keyword::Template,
            "with" => Keyword::With,
            _ => return None,
        })
    }
}

/// Why the text cannot be cut into tokens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum LexError {
    UnclosedComment,
    CommentWithoutDelim,
    UnclosedParen,
    UnclosedAction,
    ExpectedDeclare,
    UnexpectedParen,
    Unrecognized(char),
    BadCharacter(Option<char>),
    UnterminatedChar,
    UnterminatedString,
    UnterminatedRawString,
    BadNumber,
}

/// A token: what it is, its bytes, and the line that it begins on.
#[derive(Clone, Copy, Debug)]
pub(super) struct Token {
    pub(super) kind: TokenKind,
    pub(super) start: usize,
    pub(super) end: usize,
}

impl LexError {
    /// As a fragment; `text` is what the token holds.
    pub(super) fn message(self, text: &str) -> String {
        match self {
            LexError::UnclosedComment => "the comment has no end: `*/` is missing".into(),
            LexError::CommentWithoutDelim => "a comment must end in `*/}}` or `*/ -}}`".into(),
            LexError::UnclosedParen => "a parenthesis is not closed".into(),
            LexError::UnclosedAction => "the action has no end: `}}` is missing".into(),
            LexError::ExpectedDeclare => "a colon must be part of `:=`".into(),
            LexError::UnexpectedParen => "a parenthesis is closed that was not opened".into(),
            LexError::Unrecognized(char) => format!("an action cannot contain {char:?}"),
            LexError::BadCharacter(Some(char)) => format!("{char:?} cannot stand behind `{text}`"),
            LexError::BadCharacter(None) => format!("the text ends behind `{text}`"),
            LexError::UnterminatedChar => "the character constant has no closing quote".into(),
            LexError::UnterminatedString => "the string has no closing quote on its line".into(),
            LexError::UnterminatedRawString => "the raw string has no closing backquote".into(),
            LexError::BadNumber => format!("`{text}` is not a number"),
        }
    }
}
