//! The severity from which findings make a run fail.

use std::fmt;
use std::str::FromStr;

use super::{Finding, Severity};

/// The threshold of `--fail-on`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum FailOn {
    /// Errors only.
    #[default]
    Error,
    /// Warnings and errors.
    Warning,
    /// Anything that is reported.
    Info,
    /// Findings never decide.
    Never,
}

impl FailOn {
    /// Every threshold, the strictest last but one.
    pub const ALL: [FailOn; 4] = [FailOn::Error, FailOn::Warning, FailOn::Info, FailOn::Never];

    /// The word that is printed and typed.
    pub fn as_str(self) -> &'static str {
        self.threshold().map_or("never", Severity::as_str)
    }

    /// The least severity that fails; none where nothing does.
    pub fn threshold(self) -> Option<Severity> {
        match self {
            FailOn::Error => Some(Severity::Error),
            FailOn::Warning => Some(Severity::Warning),
            FailOn::Info => Some(Severity::Info),
            FailOn::Never => None,
        }
    }

    /// Whether a severity fails the run.
    pub fn includes(self, severity: Severity) -> bool {
        self.threshold().is_some_and(|threshold| severity >= threshold)
    }

    /// Whether any of the findings fails the run.
    pub fn reached(self, findings: &[Finding]) -> bool {
        worst(findings).is_some_and(|severity| self.includes(severity))
    }
}

/// The highest severity among findings.
pub fn worst(findings: &[Finding]) -> Option<Severity> {
    findings.iter().map(|finding| finding.severity).max()
}

impl fmt::Display for FailOn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for FailOn {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let found = Self::ALL.into_iter().find(|each| each.as_str() == text);
        found.ok_or_else(|| format!("`{text}` is none of error, warning, info, never"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_values_are_the_same() {
        for each in FailOn::ALL {
            assert_eq!(each.to_string().parse(), Ok(each));
        }
        assert_eq!("errors".parse::<FailOn>(), Err("`errors` is none of error, warning, info, never".into()));
    }

    #[test]
    fn a_threshold_includes_what_is_worse() {
        assert!(FailOn::Warning.includes(Severity::Error));
        assert!(!FailOn::Warning.includes(Severity::Info));
        assert!(!FailOn::Never.includes(Severity::Error));
        assert!(!FailOn::Info.reached(&[]));
    }
}
