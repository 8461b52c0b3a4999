//! Why a template cannot be parsed or executed.

use std::fmt;
use std::rc::Rc;

/// A failure of a template, with the failures of those that it rendered as causes.
#[derive(Clone, Debug)]
pub struct Error {
    /// The template's text that the place is in: the name it was parsed under.
    pub source: Rc<str>,
    /// The line, from 1.
    pub line: usize,
    /// The column in bytes, from 1.
    pub column: usize,
    /// What was being executed; `None` where the text does not parse.
    pub executing: Option<Executing>,
    /// What is wrong.
    pub message: String,
    /// The failure inside the template that this one rendered.
    pub cause: Option<Box<Error>>,
}

/// What was being executed.
#[derive(Clone, Debug)]
pub struct Executing {
    /// The template, which may be a `define` inside another's text.
    pub template: Rc<str>,
    /// The piece of it, as written but for spaces.
    pub node: String,
}

impl Error {
    /// The failure where it began: the last of the chain.
    pub fn root(&self) -> &Error {
        self.chain().last().unwrap_or(self)
    }

    /// This failure and its causes, outermost first.
    pub fn chain(&self) -> impl Iterator<Item = &Error> {
        std::iter::successors(Some(self), |error| error.cause.as_deref())
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (depth, error) in self.chain().enumerate() {
            if depth > 0 {
                f.write_str(": ")?;
            }
            write!(f, "{}:{}:{}: ", error.source, error.line, error.column)?;
            if let Some(executing) = &error.executing {
                write!(f, "in `{}` at `{}`: ", executing.template, executing.node)?;
            }
            f.write_str(&error.message)?;
        }
        Ok(())
    }
}

impl std::error::Error for Error {}
