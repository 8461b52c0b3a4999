//! The JSON document that scripts rely on: its shape is `schemas/findings.json`, fields are added and never changed.

use std::io::{self, Write};

use serde::Serialize;

use super::Report;
use super::lazy::Lazy;
use crate::finding::{Finding, Fix, Label, Place, Places, ResourceRef, Summary};

/// Writes the document, indented, with a final line break.
pub(super) fn write(report: &Report<'_>, out: &mut impl Write) -> io::Result<()> {
    let places = Places::new(report.sources);
    let findings = Lazy(|| report.findings.iter().map(|each| FindingDto::new(each, &places)));
    serde_json::to_writer_pretty(&mut *out, &document(findings, &report.summary))?;
    writeln!(out)
}

/// The document around a list of [`FindingDto`].
pub(super) fn document<'a, F: Serialize>(findings: F, summary: &'a Summary) -> DocumentDto<'a, F> {
    DocumentDto { version: 1, kind: "Findings", findings, summary }
}

#[derive(Serialize)]
pub(super) struct DocumentDto<'a, F> {
    version: u32,
    kind: &'static str,
    findings: F,
    summary: &'a Summary,
}

#[derive(Serialize)]
pub(super) struct FindingDto<'a> {
    rule: &'static str,
    aliases: &'static [&'static str],
    severity: &'static str,
    message: &'a str,
    resource: Option<ResourceDto<'a>>,
    location: LocationDto<'a>,
    related: Vec<RelatedDto<'a>>,
    help: Option<String>,
    fix: Option<FixDto<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ResourceDto<'a> {
    api_version: &'a str,
    kind: &'a str,
    namespace: Option<&'a str>,
    name: &'a str,
    cluster: Option<&'a str>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct LocationDto<'a> {
    file: &'a str,
    /// Known for the finding itself only.
    #[serde(skip_serializing_if = "Option::is_none")]
    document: Option<u32>,
    start_line: u32,
    start_column: u32,
    end_line: u32,
    end_column: u32,
}

#[derive(Serialize)]
struct RelatedDto<'a> {
    message: &'a str,
    location: LocationDto<'a>,
}

#[derive(Serialize)]
struct FixDto<'a> {
    title: &'a str,
    edits: Vec<EditDto<'a>>,
}

#[derive(Serialize)]
struct EditDto<'a> {
    location: LocationDto<'a>,
    replacement: &'a str,
}

impl<'a> FindingDto<'a> {
    pub(super) fn new(finding: &'a Finding, places: &Places<'a>) -> Self {
        let place = places.shown(finding.primary.span);
        Self {
            rule: finding.rule.name,
            aliases: finding.codes,
            severity: finding.severity.as_str(),
            message: &finding.message,
            resource: finding.resource.as_ref().map(ResourceDto::new),
            location: LocationDto::new(place, Some(finding.document), places),
            related: finding.related.iter().map(|label| RelatedDto::new(label, places)).collect(),
            help: Some(finding.help.join("\n")).filter(|help| !help.is_empty()),
            fix: finding.fix.as_ref().map(|fix| FixDto::new(fix, places)),
        }
    }
}

impl<'a> ResourceDto<'a> {
    fn new(resource: &'a ResourceRef) -> Self {
        Self {
            api_version: &resource.api_version,
            kind: &resource.kind,
            namespace: resource.namespace.as_deref(),
            name: &resource.name,
            cluster: resource.cluster.as_deref(),
        }
    }
}

impl<'a> LocationDto<'a> {
    fn new(place: Place, document: Option<u32>, places: &Places<'a>) -> Self {
        Self {
            file: &places.file(place.span).name,
            document,
            start_line: place.start.line,
            start_column: place.start.column,
            end_line: place.end.line,
            end_column: place.end.column,
        }
    }
}

impl<'a> RelatedDto<'a> {
    fn new(label: &'a Label, places: &Places<'a>) -> Self {
        Self { message: &label.text, location: LocationDto::new(places.shown(label.span), None, places) }
    }
}

impl<'a> FixDto<'a> {
    fn new(fix: &'a Fix, places: &Places<'a>) -> Self {
        let edit = |edit: &'a crate::source::Edit| EditDto {
            location: LocationDto::new(places.exact(edit.span), None, places),
            replacement: &edit.replacement,
        };
        Self { title: &fix.title, edits: fix.edits.iter().map(edit).collect() }
    }
}
