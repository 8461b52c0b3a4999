//! SARIF 2.1.0: the report as code scanning services take it.

use std::collections::BTreeMap;
use std::io::{self, Write};

use serde::Serialize;

use super::Report;
use super::lazy::Lazy;
use super::sarif_uri::uri;
use crate::finding::{Finding, Fix, Label, Place, Places, ResourceRef, RuleMeta, Severity, fingerprints};
use crate::source::FileId;

/// Writes one log with one run.
pub(super) fn write(report: &Report<'_>, out: &mut impl Write) -> io::Result<()> {
    let places = Places::new(report.sources);
    let prints = fingerprints(report.findings, report.sources);
    let rules: BTreeMap<_, _> = report.findings.iter().map(|each| (each.rule.name, each.rule)).collect();
    let index: BTreeMap<_, _> = rules.keys().enumerate().map(|(index, &name)| (name, index)).collect();
    let results = Lazy(|| {
        let findings = report.findings.iter().zip(&prints);
        findings.map(|(each, print)| Result::new(each, index[each.rule.name], print, &places))
    });
    let driver = Driver {
        name: "weft",
        version: env!("CARGO_PKG_VERSION"),
        semantic_version: env!("CARGO_PKG_VERSION"),
        rules: rules.into_values().map(Rule::new).collect(),
    };
    let run = Run { tool: Tool { driver }, column_kind: "unicodeCodePoints", results };
    let log = Log {
        schema: "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
        version: "2.1.0",
        runs: [run],
    };
    serde_json::to_writer_pretty(&mut *out, &log)?;
    writeln!(out)
}

#[derive(Serialize)]
struct Log<R> {
    #[serde(rename = "$schema")]
    schema: &'static str,
    version: &'static str,
    runs: [Run<R>; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Run<R> {
    tool: Tool,
    column_kind: &'static str,
    results: R,
}

#[derive(Serialize)]
struct Tool {
    driver: Driver,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Driver {
    name: &'static str,
    version: &'static str,
    semantic_version: &'static str,
    rules: Vec<Rule>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Rule {
    id: &'static str,
    short_description: Message<'static>,
    #[serde(skip_serializing_if = "Option::is_none")]
    help: Option<Help>,
    default_configuration: Configuration,
    properties: Properties,
}

#[derive(Serialize)]
struct Message<'a> {
    text: &'a str,
}

#[derive(Serialize)]
struct Help {
    text: &'static str,
    markdown: &'static str,
}

#[derive(Serialize)]
struct Configuration {
    level: &'static str,
}

#[derive(Serialize)]
struct Properties {
    tags: &'static [&'static str],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Result<'a> {
    rule_id: &'static str,
    rule_index: usize,
    level: &'static str,
    message: OwnedMessage,
    locations: [Location<'a>; 1],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related_locations: Vec<Location<'a>>,
    partial_fingerprints: Fingerprints<'a>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    fixes: Vec<FixDto<'a>>,
}

#[derive(Serialize)]
struct OwnedMessage {
    text: String,
}

#[derive(Serialize)]
struct Fingerprints<'a> {
    #[serde(rename = "weft/v1")]
    weft: &'a str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Location<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<usize>,
    physical_location: PhysicalLocation,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    logical_locations: Vec<LogicalLocation>,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<Message<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct PhysicalLocation {
    artifact_location: ArtifactLocation,
    region: Region,
}

#[derive(Serialize)]
struct ArtifactLocation {
    uri: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct LogicalLocation {
    fully_qualified_name: String,
    kind: &'static str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Region {
    start_line: u32,
    start_column: u32,
    end_line: u32,
    end_column: u32,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct FixDto<'a> {
    description: Message<'a>,
    artifact_changes: Vec<ArtifactChange<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ArtifactChange<'a> {
    artifact_location: ArtifactLocation,
    replacements: Vec<Replacement<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Replacement<'a> {
    deleted_region: Region,
    inserted_content: Message<'a>,
}

impl Rule {
    fn new(meta: &'static RuleMeta) -> Self {
        Self {
            id: meta.name,
            short_description: Message { text: meta.summary },
            help: Some(Help { text: meta.page, markdown: meta.page }).filter(|help| !help.text.is_empty()),
            default_configuration: Configuration { level: level(meta.severity) },
            properties: Properties { tags: meta.codes },
        }
    }
}

impl<'a> Result<'a> {
    fn new(finding: &'a Finding, rule_index: usize, print: &'a str, places: &Places<'a>) -> Self {
        let mut text = finding.message.clone();
        for help in &finding.help {
            text.push_str("\nhelp: ");
            text.push_str(help);
        }
        let primary = Location {
            logical_locations: finding.resource.iter().map(LogicalLocation::new).collect(),
            ..Location::new(&finding.primary, None, places)
        };
        // Ids tell related places apart; they count from 1 within a result.
        let related = finding.related.iter().enumerate();
        Self {
            rule_id: finding.rule.name,
            rule_index,
            level: level(finding.severity),
            message: OwnedMessage { text },
            locations: [primary],
            related_locations: related
                .map(|(at, label)| Location::new(label, Some(at + 1), places))
                .collect(),
            partial_fingerprints: Fingerprints { weft: print },
            fixes: finding.fix.iter().map(|fix| FixDto::new(fix, places)).collect(),
        }
    }
}

impl<'a> Location<'a> {
    fn new(label: &'a Label, id: Option<usize>, places: &Places<'a>) -> Self {
        let physical_location = PhysicalLocation {
            artifact_location: ArtifactLocation::new(label.span.file, places),
            region: Region::new(places.shown(label.span)),
        };
        let message = Some(Message { text: &label.text }).filter(|message| !message.text.is_empty());
        Self { id, physical_location, logical_locations: Vec::new(), message }
    }
}

impl ArtifactLocation {
    fn new(file: FileId, places: &Places<'_>) -> Self {
        Self { uri: uri(&places.source(file).name) }
    }
}

impl LogicalLocation {
    fn new(resource: &ResourceRef) -> Self {
        let parts = [resource.cluster.as_deref(), resource.namespace.as_deref(), Some(&resource.kind)];
        let mut parts: Vec<_> = parts.into_iter().flatten().collect();
        parts.push(&resource.name);
        Self { fully_qualified_name: parts.join("/"), kind: "resource" }
    }
}

impl Region {
    fn new(place: Place) -> Self {
        Self {
            start_line: place.start.line,
            start_column: place.start.column,
            end_line: place.end.line,
            end_column: place.end.column,
        }
    }
}

impl<'a> FixDto<'a> {
    fn new(fix: &'a Fix, places: &Places<'a>) -> Self {
        let mut files: BTreeMap<FileId, Vec<Replacement<'a>>> = BTreeMap::new();
        for edit in &fix.edits {
            let deleted_region = Region::new(places.exact(edit.span));
            let inserted_content = Message { text: &edit.replacement };
            files.entry(edit.span.file).or_default().push(Replacement { deleted_region, inserted_content });
        }
        let changes = files.into_iter().map(|(file, replacements)| ArtifactChange {
            artifact_location: ArtifactLocation::new(file, places),
            replacements,
        });
        Self { description: Message { text: &fix.title }, artifact_changes: changes.collect() }
    }
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "note",
    }
}
