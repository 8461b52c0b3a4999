//! Colours by meaning, and the few signs beyond letters.

use std::fmt::{self, Display};

use anstyle::{AnsiColor, Style};

/// The colours of one stream; all empty where it gets none. Colour carries no meaning alone.
#[derive(Clone, Copy, Debug, Default)]
pub struct Palette {
    /// Severity error, and what failed.
    pub error: Style,
    /// Severity warning.
    pub warning: Style,
    /// Severity info.
    pub info: Style,
    /// What is well.
    pub good: Style,
    /// Headings and names that a line is about.
    pub strong: Style,
    /// What may be skipped: hints, summaries.
    pub dim: Style,
}

impl Palette {
    /// The colours, or none.
    pub fn new(color: bool) -> Self {
        if !color {
            return Self::default();
        }
        Self {
            error: AnsiColor::BrightRed.on_default().bold(),
            warning: AnsiColor::Yellow.on_default().bold(),
            info: AnsiColor::BrightBlue.on_default().bold(),
            good: AnsiColor::Green.on_default(),
            strong: Style::new().bold(),
            dim: Style::new().dimmed(),
        }
    }
}

/// A text in a style: `paint(ui.palette().error, "error")`. Padding of the format applies to the text.
pub fn paint<T: Display>(style: Style, text: T) -> Painted<T> {
    Painted(style, text)
}

/// See [`paint`].
#[derive(Clone, Copy, Debug)]
pub struct Painted<T>(Style, T);

impl<T: Display> Display for Painted<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)?;
        self.1.fmt(f)?;
        write!(f, "{:#}", self.0)
    }
}

/// The signs that the locale can show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Signs {
    /// It is well.
    pub good: &'static str,
    /// It failed.
    pub bad: &'static str,
    /// It may go wrong.
    pub caution: &'static str,
    /// The next step, or a change from one value to another.
    pub arrow: &'static str,
    /// Between the parts of a line.
    pub dot: &'static str,
    /// Something is left out.
    pub ellipsis: &'static str,
}

impl Signs {
    /// For locales with UTF-8.
    pub const UNICODE: Signs =
        Signs { good: "✓", bad: "✗", caution: "!", arrow: "→", dot: "·", ellipsis: "…" };
    /// For all others.
    pub const ASCII: Signs =
        Signs { good: "+", bad: "x", caution: "!", arrow: "->", dot: "|", ellipsis: "..." };
}
