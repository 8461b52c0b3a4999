//! What a rule reports, and all that can be done with it.

mod fail_on;
mod fingerprint;
mod place;
pub mod render;
mod repair;
mod summary;
#[cfg(test)]
mod testing;

pub use fail_on::{FailOn, worst};
pub use fingerprint::fingerprints;
pub use place::{Place, Places};
pub use repair::{Repaired, repair};
pub use summary::Summary;

use crate::model::Kind;
use crate::source::{Edit, Span};
use crate::yaml::Node;

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Worth knowing; nothing breaks.
    Info,
    /// Probably not what was meant.
    Warning,
    /// Refused by the cluster, or without the effect that was meant.
    Error,
}

impl Severity {
    /// The word that is printed and typed.
    pub fn as_str(self) -> &'static str {
        match self {
            Severity::Info => "info",
            Severity::Warning => "warning",
            Severity::Error => "error",
        }
    }
}

/// Everything about a rule that is known without running it.
#[derive(Debug)]
pub struct RuleMeta {
    /// Stable identity in kebab-case, named for the problem: used in output, configuration and suppressions.
    pub name: &'static str,
    /// Istio's message codes for the same problem (`IST0101`), as output and `--only` take them.
    pub codes: &'static [&'static str],
    /// Names of istioctl's analysers that report it (`virtualservice.GatewayAnalyzer`), for `--only` and `--ignore`.
    pub analyzers: &'static [&'static str],
    /// One line: what is wrong, as a sentence without a final stop.
    pub summary: &'static str,
    /// The severity that its findings have unless they say otherwise.
    pub severity: Severity,
    /// The kinds it reads. The context enforces it, so that a cluster is asked for no more than this.
    pub inputs: &'static [Kind],
    /// The rule's own page: prose, examples and the findings they give. Also its test.
    pub page: &'static str,
}

/// A place in the input and what to say about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// The place.
    pub span: Span,
    /// A few words; may be empty.
    pub text: String,
}

/// The object that a finding is about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ResourceRef {
    /// As written in the manifest.
    pub api_version: String,
    /// As written in the manifest.
    pub kind: String,
    /// `None` for cluster-scoped kinds.
    pub namespace: Option<String>,
    /// `metadata.name`; empty where the manifest has none.
    pub name: String,
    /// The cluster it lives in, where several are read.
    pub cluster: Option<String>,
}

/// One thing that is wrong, where, why, and what to do.
#[derive(Clone, Debug)]
pub struct Finding {
    /// The rule that found it.
    pub rule: &'static RuleMeta,
    /// Istio's codes for it: the rule's, unless it says otherwise.
    pub codes: &'static [&'static str],
    /// How bad it is here.
    pub severity: Severity,
    /// What is wrong: one line, names in backticks, lowercase, no final stop.
    pub message: String,
    /// The object it is about, where there is one.
    pub resource: Option<ResourceRef>,
    /// The document it lies in, from 0 in its file.
    pub document: u32,
    /// The offending place.
    pub primary: Label,
    /// Other places that explain it.
    pub related: Vec<Label>,
    /// What to do; one line each.
    pub help: Vec<String>,
    /// The edits that would repair it, where one answer is right.
    pub fix: Option<Fix>,
}

/// A repair.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// What it does, in the imperative.
    pub title: String,
    /// The edits, none overlapping.
    pub edits: Vec<Edit>,
}

impl Finding {
    /// A finding at a place, about no object yet, with the rule's severity.
    pub fn new(rule: &'static RuleMeta, document: u32, span: Span, message: impl Into<String>) -> Self {
        Self {
            rule,
            codes: rule.codes,
            severity: rule.severity,
            message: message.into(),
            resource: None,
            document,
            primary: Label { span, text: String::new() },
            related: vec![],
            help: vec![],
            fix: None,
        }
    }

    /// Says something about the offending place.
    pub fn label(&mut self, text: impl Into<String>) -> &mut Self {
        self.primary.text = text.into();
        self
    }

    /// Points at another place that explains the finding.
    pub fn also(&mut self, span: Span, text: impl Into<String>) -> &mut Self {
        self.related.push(Label { span, text: text.into() });
        self
    }

    /// Adds a line of advice.
    pub fn help(&mut self, text: impl Into<String>) -> &mut Self {
        self.help.push(text.into());
        self
    }

    /// Sets another severity than the rule's.
    pub fn severity(&mut self, severity: Severity) -> &mut Self {
        self.severity = severity;
        self
    }

    /// Sets other codes of Istio's than the rule's: those of the rule's that hold for this finding.
    pub fn codes(&mut self, codes: &'static [&'static str]) -> &mut Self {
        self.codes = codes;
        self
    }

    /// Offers to write another text in place of a scalar, in its quotes: for findings that have one right answer.
    pub fn rewrite(&mut self, node: Node<'_>, text: &str) -> &mut Self {
        self.replace(node.span(), node.in_its_quotes(text), format!("write `{text}`"))
    }

    /// Offers to write another text in place of a span, quotes and all.
    pub fn replace(
        &mut self,
        span: Span,
        replacement: impl Into<String>,
        title: impl Into<String>,
    ) -> &mut Self {
        let edit = Edit { span, replacement: replacement.into() };
        self.fix = Some(Fix { title: title.into(), edits: vec![edit] });
        self
    }
}
