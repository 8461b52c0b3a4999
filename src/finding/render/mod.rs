//! Findings as people, pipelines and code scanners read them: one report, six formats.

mod clean;
mod closing;
mod github;
mod json;
mod junit;
mod lazy;
mod sarif;
mod sarif_uri;
mod text;
mod window;
mod yaml;

use std::fmt;
use std::io::{self, Write};
use std::str::FromStr;
use std::time::Duration;

use super::{FailOn, Finding, Summary};
use crate::source::Sources;

pub use closing::summary_lines;

/// What an analysis came to.
pub struct Report<'a> {
    /// In the order in which they are shown.
    pub findings: &'a [Finding],
    /// The texts that their spans lie in.
    pub sources: &'a Sources,
    /// The counts, those of the findings included.
    pub summary: Summary,
}

/// How a report is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Format {
    /// For people: the source with marks under it.
    #[default]
    Text,
    /// One document, described by `schemas/findings.json`.
    Json,
    /// The same document as YAML.
    Yaml,
    /// SARIF 2.1.0, for code scanning.
    Sarif,
    /// JUnit XML, for the test view of a CI system.
    Junit,
    /// Workflow commands that GitHub turns into annotations.
    Github,
}

impl Format {
    /// Every format.
    pub const ALL: [Format; 6] =
        [Format::Text, Format::Json, Format::Yaml, Format::Sarif, Format::Junit, Format::Github];

    /// The word that `--output` takes.
    pub fn as_str(self) -> &'static str {
        match self {
            Format::Text => "text",
            Format::Json => "json",
            Format::Yaml => "yaml",
            Format::Sarif => "sarif",
            Format::Junit => "junit",
            Format::Github => "github",
        }
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Format {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let found = Self::ALL.into_iter().find(|each| each.as_str() == text);
        found.ok_or_else(|| {
            let words: Vec<_> = Self::ALL.into_iter().map(Self::as_str).collect();
            format!("`{text}` is none of {}", words.join(", "))
        })
    }
}

/// How a report looks, and what its last lines say. No format but text heeds all of it.
#[derive(Clone, Debug)]
pub struct Options {
    /// Whether text is coloured.
    pub color: bool,
    /// Whether the words between findings may leave ASCII. The user's own text is shown as it is.
    pub unicode: bool,
    /// Columns of the terminal.
    pub width: usize,
    /// Findings only, no closing lines.
    pub quiet: bool,
    /// How long it took, where that is to be said.
    pub elapsed: Option<Duration>,
    /// What the closing lines say about the exit code.
    pub fail_on: FailOn,
    /// What decided the exit code where it was not the findings: `exit 3: 2 files could not be read`.
    pub exit: Option<String>,
    /// The command that asks, as the hints name it.
    pub command: &'static str,
}

impl Default for Options {
    /// What a pipe gets: no colour, no time, any width that reads well.
    fn default() -> Self {
        Self {
            color: false,
            unicode: true,
            width: 120,
            quiet: false,
            elapsed: None,
            fail_on: FailOn::default(),
            exit: None,
            command: "analyze",
        }
    }
}

/// Writes a report. The closing lines of [`Format::Text`] are not the answer and come from [`summary_lines`].
///
/// # Errors
///
/// What the writer says.
pub fn render(report: &Report<'_>, format: Format, options: &Options, out: &mut dyn Write) -> io::Result<()> {
    // Serializers write byte by byte; whoever passes a raw stdout must not pay for it.
    let mut out = io::BufWriter::new(out);
    match format {
        Format::Text => text::write(report, options, &mut out),
        Format::Json => json::write(report, &mut out),
        Format::Yaml => yaml::write(report, &mut out),
        Format::Sarif => sarif::write(report, &mut out),
        Format::Junit => junit::write(report, options, &mut out),
        Format::Github => github::write(report, &mut out),
    }?;
    out.flush()
}

#[cfg(test)]
mod tests;
