//! Findings made by hand, for the tests of what happens to findings.

use std::ops::Range;
use std::sync::Arc;

use super::{Finding, Fix, Label, ResourceRef, RuleMeta, Severity, Summary};
use crate::finding::render::{Format, Options, Report, render};
use crate::source::{Edit, FileId, Origin, SourceFile, Sources, Span};

/// A rule to report with.
pub(super) static RULE: RuleMeta = RuleMeta {
    name: "host-is-bad",
    codes: &["IST0101"],
    analyzers: &[],
    summary: "A host is bad",
    severity: Severity::Error,
    inputs: &[],
    page: "# A host is bad\n\nWrite a good one.\n",
};

/// Some sources and what was found in them.
pub(super) struct Case {
    pub(super) sources: Sources,
    pub(super) findings: Vec<Finding>,
}

impl Case {
    pub(super) fn new(name: &str, text: &str) -> Self {
        let mut case = Self { sources: Sources::default(), findings: Vec::new() };
        case.file(name, text);
        case
    }

    pub(super) fn file(&mut self, name: &str, text: &str) -> FileId {
        self.sources.add(SourceFile::new(name, Arc::new(text.into()), Origin::Memory))
    }

    /// The span of the `nth` (from 0) occurrence of a text.
    pub(super) fn span(&self, file: usize, text: &str, nth: usize) -> Span {
        let file = FileId::new(file);
        let (at, found) = self.sources.get(file).text.match_indices(text).nth(nth).expect("it is there");
        Span { file, start: at as u32, end: (at + found.len()) as u32 }
    }

    /// An error in the first file.
    pub(super) fn error(&mut self, range: Range<usize>, message: &str) -> &mut Finding {
        let span = Span { file: FileId::new(0), start: range.start as u32, end: range.end as u32 };
        self.findings.push(Finding {
            rule: &RULE,
            codes: RULE.codes,
            severity: Severity::Error,
            message: message.into(),
            resource: None,
            document: 0,
            primary: Label { span, text: String::new() },
            related: Vec::new(),
            help: Vec::new(),
            fix: None,
        });
        self.findings.last_mut().expect("just pushed")
    }

    /// An error at the first occurrence of a text in the first file.
    pub(super) fn error_at(&mut self, text: &str, message: &str) -> &mut Finding {
        let range = self.span(0, text, 0).range();
        self.error(range, message)
    }

    pub(super) fn summary(&self) -> Summary {
        let (files, documents) = (self.sources.len(), self.sources.len());
        Summary { files, documents, resources: documents, ..Summary::of(&self.findings) }
    }

    pub(super) fn render(&self, format: Format) -> String {
        self.render_with(format, &Options::default())
    }

    pub(super) fn render_with(&self, format: Format, options: &Options) -> String {
        let report = Report { findings: &self.findings, sources: &self.sources, summary: self.summary() };
        let mut out = Vec::new();
        render(&report, format, options, &mut out).expect("a Vec takes everything");
        String::from_utf8(out).expect("text")
    }
}

/// Two files, three findings of three severities, with all that a finding can hold.
pub(super) fn full() -> Case {
    let web = "apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata:\n  name: web\nspec:\n  \
               gateways:\n    - mesh\n    # ours\n    - publik\n  hosts: [\"*\"]\n";
    let mut case = Case::new("k8s/shop/web.yaml", web);
    case.file("k8s/über uns.yaml", "kind: Gateway\nmetadata:\n  name: public\n");
    let (other, place) = (case.span(1, "public", 0), case.span(0, "publik", 0));
    let finding = case.error_at("publik", "gateway `publik` does not exist");
    finding.resource = Some(ResourceRef {
        api_version: "networking.istio.io/v1".into(),
        kind: "VirtualService".into(),
        namespace: Some("shop".into()),
        name: "web".into(),
        cluster: None,
    });
    finding.primary.text = "no Gateway of this name in `shop`".into();
    finding.related.push(Label { span: other, text: "there is this one".into() });
    finding.help = vec!["there is `public` in `shop`".into(), "weft analyze --fix writes `public`".into()];
    finding.fix = Some(Fix {
        title: "write `public`".into(),
        edits: vec![Edit { span: place, replacement: "public".into() }],
    });
    case.error_at("name: web", "names are short").severity = Severity::Warning;
    case.error_at("hosts", "hosts are \"on\"").severity = Severity::Info;
    case
}
