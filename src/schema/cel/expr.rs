//! A rule as it is evaluated.

use regex::Regex;

/// An expression.
#[derive(Debug)]
pub(super) enum Expr {
    /// `self` or the variable of a loop: how many loops further out it is bound.
    Variable(usize),
    /// A constant.
    Constant(Constant),
    /// A list of constants.
    List(Vec<Constant>),
    /// `{}`
    EmptyMap,
    /// `!x`
    Not(Box<Expr>),
    /// `x && y` (true) or `x || y` (false): the value that does not decide.
    Join(bool, Box<[Expr; 2]>),
    /// `x ? y : z`
    If(Box<[Expr; 3]>),
    /// `x == y` (true) or `x != y` (false)
    Equal(bool, Box<[Expr; 2]>),
    /// `x < y` and its kin.
    Order(Order, Box<[Expr; 2]>),
    /// `x in y`
    In(Box<[Expr; 2]>),
    /// `x + y`
    Add(Box<[Expr; 2]>),
    /// `x - y`
    Subtract(Box<[Expr; 2]>),
    /// `x.name`
    Field(Box<Expr>, String),
    /// `has(x.name)`
    Has(Box<Expr>, String),
    /// `x[y]`
    Index(Box<[Expr; 2]>),
    /// `x.all(name, y)` and its kin.
    Loop(Loop, Box<[Expr; 2]>),
    /// `x.matches("…")`
    Matches(Box<Expr>, Regex),
    /// A function, what it is called on first.
    Call(Function, Vec<Expr>),
}

/// A value that stands in a rule.
#[derive(Debug)]
pub(super) enum Constant {
    Null,
    Bool(bool),
    Int(i64),
    Text(String),
    /// In nanoseconds.
    Duration(i64),
}

/// Comparisons.
#[derive(Clone, Copy, Debug)]
pub(super) enum Order {
    Less,
    AtMost,
    More,
    AtLeast,
}

/// What is done with the outcomes of a loop.
#[derive(Clone, Copy, Debug)]
pub(super) enum Loop {
    All,
    Exists,
    ExistsOne,
    /// `filter(…).size()`
    Count,
}

/// Functions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Function {
    Size,
    Contains,
    StartsWith,
    EndsWith,
    Substring,
    Split,
    LowerAscii,
    Int,
    Duration,
    IsIp,
    IsUrl,
    Url,
    Scheme,
}
