//! Why a template cannot be parsed or executed.

use std::fmt;

/// A failure of a template: where it is and what it is, and who rendered the template that failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Error {
    /// Where it is.
    pub place: Place,
    /// What is wrong.
    pub message: String,
    /// Who rendered the template that failed, innermost first: `template`, `include`, `tpl`.
    pub callers: Vec<Caller>,
}

/// A place in a template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The name under which the text was parsed: a file, for charts.
    pub source: String,
    /// The line, from 1.
    pub line: usize,
    /// The column in bytes, from 1.
    pub column: usize,
    /// What was being executed; `None` where the text does not parse.
    pub executing: Option<Executing>,
}

/// What was being executed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Executing {
    /// The template, which may be a `define` inside another's text.
    pub template: String,
    /// The piece of it, as written but for spaces.
    pub node: String,
}

/// A place that renders another template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Caller {
    /// Where it is.
    pub place: Place,
    /// What the function that renders has to say; often nothing.
    pub note: String,
}

/// A recursion may have hundreds of callers: so many are named at either end.
const NAMED: usize = 5;

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}: ", self.source, self.line, self.column)?;
        match &self.executing {
            Some(executing) => write!(f, "in `{}` at `{}`: ", executing.template, executing.node),
            None => Ok(()),
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let count = self.callers.len();
        for (i, caller) in self.callers.iter().rev().enumerate() {
            if i >= NAMED && i + NAMED < count {
                if i == NAMED {
                    write!(f, "… {} more …: ", count - 2 * NAMED)?;
                }
                continue;
            }
            caller.place.fmt(f)?;
            if !caller.note.is_empty() {
                write!(f, "{}: ", caller.note)?;
            }
        }
        write!(f, "{}{}", self.place, self.message)
    }
}

impl std::error::Error for Error {}

/// A name that was perhaps meant, as the end of a message; nothing where none is near.
pub(super) fn did_you_mean<'n>(name: &str, known: impl Iterator<Item = &'n str>) -> String {
    let reach = (name.len() / 4).clamp(1, 2);
    let near = known.map(|known| (strsim::damerau_levenshtein(name, known), known));
    let near = near.filter(|&(distance, _)| (1..=reach).contains(&distance)).min();
    near.map_or(String::new(), |(_, known)| format!(": did you mean `{known}`?"))
}

/// `1 argument`, `2 arguments`.
pub(super) fn arguments(count: usize) -> String {
    format!("{count} argument{}", if count == 1 { "" } else { "s" })
}
