//! The counts behind an answer.

use serde::Serialize;

use super::{Finding, Severity};

/// What was read, what was found and what could not be judged.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Summary {
    /// Findings of severity error.
    pub error: usize,
    /// Findings of severity warning.
    pub warning: usize,
    /// Findings of severity info.
    pub info: usize,
    /// Files that were read; standard input is one.
    pub files: usize,
    /// Documents in them that are not empty.
    pub documents: usize,
    /// Objects in them, Lists taken apart.
    pub resources: usize,
    /// Rules that were selected and could not run, or not fully.
    pub skipped_rules: Vec<String>,
    /// References that lead outside a partial input, and were therefore not judged. Said in text only.
    #[serde(skip)]
    pub unresolved: usize,
    /// Kinds that weft has no table line for. Said in text only: it is about weft, not about the input.
    #[serde(skip)]
    pub unknown_kinds: usize,
    /// Documents that are no Kubernetes objects (Helm values, an Envoy configuration). Said in text only.
    #[serde(skip)]
    pub others: usize,
    /// Findings that a comment, an annotation or a baseline holds back. Said in text only.
    #[serde(skip)]
    pub suppressed: usize,
}

impl Summary {
    /// The findings counted by severity, everything else zero.
    pub fn of(findings: &[Finding]) -> Self {
        let count = |severity| findings.iter().filter(|finding| finding.severity == severity).count();
        Self {
            error: count(Severity::Error),
            warning: count(Severity::Warning),
            info: count(Severity::Info),
            ..Self::default()
        }
    }

    /// How many findings there are.
    pub fn findings(&self) -> usize {
        self.error + self.warning + self.info
    }
}
