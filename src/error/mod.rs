//! Failures as people read them, and the exit codes that scripts read.

mod nearest;
mod panics;
mod status;

pub use nearest::did_you_mean;
pub use panics::{catch, record_panics};
pub use status::ExitStatus;

use std::error::Error as StdError;
use std::{fmt, io};

/// The result of everything that can fail.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Whose turn it is after a failure. It decides the exit code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ErrorKind {
    /// The command line asks for something that does not exist or does not fit together.
    Usage,
    /// An input could not be read or parsed.
    Unreadable,
    /// A write failed, to stdout or to a file.
    Output,
    /// The reader of stdout went away: nobody is left to tell, so it counts as success.
    Closed,
    /// The cluster is unreachable, or refuses.
    Cluster,
    /// A bounded wait ran out.
    Timeout,
    /// Part of the contract, not built yet; or without counterpart.
    NotBuilt,
    /// weft broke one of its own promises.
    Bug,
}

impl ErrorKind {
    /// The exit status of a run that ends with such a failure.
    ///
    /// A failed write shares code 3 with unreadable input. The table of codes is a contract, so it gets no code of
    /// its own; 1 would claim a complete answer, and 70 would blame weft for a full disk. What is left is the code that
    /// already says: files are in the way, the answer is not whole.
    pub fn status(self) -> ExitStatus {
        match self {
            ErrorKind::Usage => ExitStatus::Usage,
            ErrorKind::Unreadable | ErrorKind::Output => ExitStatus::Unreadable,
            ErrorKind::Closed => ExitStatus::Success,
            ErrorKind::Cluster => ExitStatus::Cluster,
            ErrorKind::Timeout => ExitStatus::Timeout,
            ErrorKind::NotBuilt => ExitStatus::NotBuilt,
            ErrorKind::Bug => ExitStatus::Bug,
        }
    }
}

/// A failure: what went wrong, why, and what to do next.
///
/// `Display` gives the whole chain on one line, as fragments: "failed to read `prod.yaml`: permission denied". The
/// hints are printed by [`Ui::error`](crate::ui::Ui::error), which knows the terminal.
#[derive(Debug)]
pub struct Error {
    /// Decides the exit code.
    pub kind: ErrorKind,
    /// A fragment: lowercase, names in backticks, no final stop.
    pub message: String,
    /// What to do, as fragments: they share a line where there is room.
    pub hints: Vec<String>,
    /// Why it happened.
    pub source: Option<Box<dyn StdError + Send + Sync>>,
}

impl Error {
    /// A failure without reason or hints yet.
    pub fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        Self { kind, message: message.into(), hints: Vec::new(), source: None }
    }

    /// The command line is wrong; exit code 2.
    pub fn usage(message: impl Into<String>) -> Self {
        Self::new(ErrorKind::Usage, message)
    }

    /// An input is unreadable; exit code 3.
    pub fn unreadable(message: impl Into<String>) -> Self {
        Self::new(ErrorKind::Unreadable, message)
    }

    /// A file that could not be read; exit code 3.
    pub fn read(path: impl fmt::Display, source: io::Error) -> Self {
        Self::unreadable(format!("failed to read `{path}`")).because(source)
    }

    /// A file that could not be written; exit code 3.
    pub fn write(path: impl fmt::Display, source: io::Error) -> Self {
        Self::new(ErrorKind::Output, format!("failed to write `{path}`")).because(source)
    }

    /// A write to stdout failed. A broken pipe is not worth a word and counts as success.
    pub fn output(source: io::Error) -> Self {
        match source.kind() {
            io::ErrorKind::BrokenPipe => Self::new(ErrorKind::Closed, "the reader of stdout is gone"),
            _ => Self::new(ErrorKind::Output, "failed to write to stdout").because(source),
        }
    }

    /// `what` (a command or a flag, as typed) belongs to the contract and is not built; exit code 64.
    pub fn not_built(what: &str) -> Self {
        Self::new(ErrorKind::NotBuilt, format!("`{what}` is not built yet"))
    }

    /// weft broke one of its own promises; exit code 70.
    pub fn bug(message: impl fmt::Display) -> Self {
        Self::new(ErrorKind::Bug, format!("a bug in weft: {message}"))
            .hint("what was run, `weft version` and the smallest input that shows it make a good report")
    }

    /// Adds what to do about it.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hints.push(hint.into());
        self
    }

    /// Adds "the nearest: a, b, c", or nothing where none is near. See [`did_you_mean`].
    #[must_use]
    pub fn nearest(self, names: &[&str]) -> Self {
        if names.is_empty() { self } else { self.hint(format!("the nearest: {}", names.join(", "))) }
    }

    /// Adds the reason.
    #[must_use]
    pub fn because(mut self, source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        self.source = Some(source.into());
        self
    }

    /// The exit status of a run that ends with this failure.
    pub fn status(&self) -> ExitStatus {
        self.kind.status()
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)?;
        let mut last = self.message.clone();
        let mut next = StdError::source(self);
        while let Some(reason) = next {
            let text = fragment(reason);
            // Many libraries repeat their source in their own message.
            if !text.is_empty() && !last.contains(&text) {
                write!(f, ": {text}")?;
                last = text;
            }
            next = reason.source();
        }
        Ok(())
    }
}

impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.source.as_deref().map(|source| source as _)
    }
}

/// Foreign messages in our form. The system's "Permission denied (os error 13)" becomes "permission denied"; others
/// only lose the final stop, because a capital there may begin a name.
fn fragment(error: &(dyn StdError + 'static)) -> String {
    let text = error.to_string();
    let text = text.trim().trim_end_matches('.');
    let Some(io) = error.downcast_ref::<io::Error>().filter(|io| io.raw_os_error().is_some()) else {
        return text.to_owned();
    };
    let code = format!(" (os error {})", io.raw_os_error().unwrap_or_default());
    let mut text = text.strip_suffix(&code).unwrap_or(text).to_owned();
    if let Some(first) = text.get_mut(..1) {
        first.make_ascii_lowercase();
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_chain_reads_as_one_line() {
        let denied = io::Error::from_raw_os_error(13);
        assert_eq!(
            Error::read("prod.yaml", denied).to_string(),
            "failed to read `prod.yaml`: permission denied"
        );
    }

    #[test]
    fn a_reason_is_said_once() {
        let inner = Error::unreadable("no such file");
        let outer = Error::unreadable("cannot start: no such file").because(inner);
        assert_eq!(outer.to_string(), "cannot start: no such file");
    }

    #[test]
    fn a_broken_pipe_is_success_and_a_full_disk_is_not() {
        assert_eq!(Error::output(io::ErrorKind::BrokenPipe.into()).status(), ExitStatus::Success);
        assert_eq!(Error::output(io::Error::from_raw_os_error(28)).status(), ExitStatus::Unreadable);
    }
}
