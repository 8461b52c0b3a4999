//! What users have decided to live with: comments, annotations, flags and `weft.toml`.
//!
//! A suppression that matches nothing is itself a finding, since it hides the next mistake; but only where the rules it
//! names ran and could judge everything.

use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

use globset::GlobMatcher;
use memchr::memmem;
use rayon::prelude::*;

use super::select::{Ignore, ObjectPattern, Pattern, UnknownRule};
use super::{Outcome, Registered, find};
use crate::finding::Finding;
use crate::model::{Resource, ResourceSet};
use crate::source::{FileId, SourceFile, Sources, Span};
use crate::yaml::Node;

/// The annotation that silences rules for its object: names, separated by commas.
pub const ANNOTATION: &str = "weft.dev/allow";
/// Istio's own annotation for the same purpose: codes, separated by commas, or `*`.
pub const ISTIO_ANNOTATION: &str = "galley.istio.io/analyze-suppress";
const COMMENT: &str = "weft: allow(";

/// One decision to live with something.
pub struct Suppression {
    rules: Vec<Pattern>,
    scope: Scope,
    /// Where it is written, if in an input.
    place: Option<Span>,
    /// As it is written, for the report that it matches nothing; none where that is nobody's business.
    text: Option<String>,
    unknown: Vec<UnknownRule>,
    used: AtomicBool,
}

enum Scope {
    /// Findings that begin on a line: its bytes.
    Line(Span),
    /// Findings about an object: its bytes.
    Object(Span),
    /// Findings by object and by file, each where given.
    Global { object: Option<ObjectPattern>, path: Option<GlobMatcher> },
}

/// What is left after suppressions.
pub struct Applied {
    /// The findings that count, those about suppressions among them.
    pub findings: Vec<Finding>,
    /// How many were silenced.
    pub silenced: usize,
    /// Flags and lines of `weft.toml` that match nothing, as written.
    pub unused: Vec<String>,
}

impl Suppression {
    fn new(names: &[&str], scope: Scope, place: Option<Span>, text: Option<String>) -> Self {
        let (mut rules, mut unknown) = (vec![], vec![]);
        for name in names {
            match Pattern::new(name) {
                Ok(pattern) => rules.push(pattern),
                Err(error) => unknown.push(error),
            }
        }
        Self { rules, scope, place, text, unknown, used: AtomicBool::new(false) }
    }

    /// A flag `--ignore RULE[=Kind/namespace/name]`.
    pub fn of_flag(ignore: Ignore) -> Self {
        let scope = Scope::Global { object: ignore.object, path: None };
        let mut made = Self::new(&[], scope, None, Some(format!("--ignore {}", ignore.text)));
        made.rules.push(ignore.rules);
        made
    }

    /// An entry of `weft.toml`.
    pub fn of_config(
        rules: Pattern,
        object: Option<ObjectPattern>,
        path: Option<GlobMatcher>,
        text: String,
    ) -> Self {
        let mut made = Self::new(&[], Scope::Global { object, path }, None, Some(text));
        made.rules.push(rules);
        made
    }

    fn covers(&self, finding: &Finding, sources: &Sources) -> bool {
        let place = finding.primary.span;
        let inside = |span: &Span| span.file == place.file && (span.start..=span.end).contains(&place.start);
        let here = match &self.scope {
            Scope::Line(span) => inside(span),
            Scope::Object(span) => inside(span) && finding.resource.is_some(),
            Scope::Global { object, path } => {
                object.as_ref().is_none_or(|object| object.covers(finding))
                    && path
                        .as_ref()
                        .is_none_or(|path| path.is_match(Path::new(&sources.get(place.file).name)))
            }
        };
        here && self.rules.iter().any(|rules| rules.selects_meta(finding.rule))
    }

    /// Whether every rule that it names ran and could judge all it saw.
    fn was_judged(&self, ran: &[Registered], outcome: &Outcome) -> bool {
        let undecided = |entry: &Registered| {
            outcome.unresolved.iter().any(|(meta, _)| meta.name == entry.meta().name)
                || outcome.panicked.iter().any(|panicked| panicked.rule.name == entry.meta().name)
        };
        let named = super::ALL.iter().filter(|entry| self.rules.iter().any(|rules| rules.selects(**entry)));
        let mut named = named.peekable();
        named.peek().is_some()
            && named
                .all(|entry| ran.iter().any(|run| run.meta().name == entry.meta().name) && !undecided(entry))
    }
}

/// The suppressions that the inputs themselves hold: comments and annotations. The texts are searched for the words
/// first, since hardly any file has one and a large input has tens of thousands of objects.
pub fn written_in(set: &ResourceSet<'_>) -> Vec<Suppression> {
    let texts: Vec<_> = set.sources.iter().collect();
    let of_file = |(file, source): &(FileId, &SourceFile)| {
        let mut found = vec![];
        comments(*file, &source.text, &mut found);
        let annotated = [ANNOTATION, ISTIO_ANNOTATION].iter().any(|word| has(&source.text, word));
        (found, annotated)
    };
    let parts: Vec<_> = texts.par_iter().with_min_len(64).map(of_file).collect();
    let annotated: Vec<bool> = parts.iter().map(|(_, annotated)| *annotated).collect();
    let mut found: Vec<Suppression> = parts.into_iter().flat_map(|(found, _)| found).collect();
    if annotated.contains(&true) {
        let here = |resource: &&Resource<'_>| annotated[resource.root.span().file.index()];
        set.resources().iter().filter(here).for_each(|resource| annotations(resource, &mut found));
    }
    found
}

fn has(text: &str, word: &str) -> bool {
    memmem::find(text.as_bytes(), word.as_bytes()).is_some()
}

/// Takes out what is silenced, and reports what silences nothing.
pub fn apply(
    outcome: &mut Outcome,
    ran: &[Registered],
    all: &[Suppression],
    set: &ResourceSet<'_>,
) -> Applied {
    let findings = std::mem::take(&mut outcome.findings);
    let before = findings.len();
    let silenced = |finding: &Finding| {
        let mut any = false;
        for suppression in all.iter().filter(|suppression| suppression.covers(finding, set.sources)) {
            suppression.used.store(true, Ordering::Relaxed);
            any = true;
        }
        any
    };
    let mut findings: Vec<Finding> = findings.into_iter().filter(|finding| !silenced(finding)).collect();
    let silenced = before - findings.len();
    let mut unused = vec![];
    for suppression in all {
        report_idle(set, suppression, ran, outcome, &mut findings, &mut unused);
    }
    findings.sort_by_key(|finding| (finding.primary.span, finding.rule.name));
    Applied { findings, silenced, unused }
}

fn report_idle(
    set: &ResourceSet<'_>,
    idle: &Suppression,
    ran: &[Registered],
    outcome: &Outcome,
    findings: &mut Vec<Finding>,
    unused: &mut Vec<String>,
) {
    let reports = ran.iter().find(|entry| entry.meta().name == "unused-suppression");
    let mut say = |message: String, help: String| {
        let (Some(entry), Some(span)) = (reports, idle.place) else { return };
        let document = set.manifests[span.file.index()].tree.document_at(span.start);
        let mut finding = Finding::new(entry.meta(), document, span, message);
        finding.help(help);
        findings.push(finding);
    };
    for unknown in &idle.unknown {
        let help = match unknown.nearest.as_slice() {
            [] => "`weft rules` lists them all".to_owned(),
            near => format!("the nearest: {}", near.join(", ")),
        };
        say(format!("no rule `{}`", unknown.name), help);
    }
    let Some(text) = &idle.text else { return };
    if idle.used.load(Ordering::Relaxed) || !idle.was_judged(ran, outcome) {
        return;
    }
    match idle.place {
        Some(_) => {
            say(format!("`{text}` matches no finding"), "remove it: it would hide the next mistake".into())
        }
        None => unused.push(text.clone()),
    }
}

fn comments(file: FileId, text: &str, found: &mut Vec<Suppression>) {
    for at in memmem::find_iter(text.as_bytes(), COMMENT) {
        let line_start = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
        let Some(names) = text[at + COMMENT.len()..].lines().next().and_then(|rest| rest.split_once(')'))
        else {
            continue;
        };
        let before = text[line_start..at].trim_end();
        let Some(before) = before.strip_suffix('#') else { continue };
        if !(before.is_empty() || before.ends_with([' ', '\t'])) {
            continue;
        }
        let line = match before.trim().is_empty() {
            true => next_line(text, at),
            false => line_start,
        };
        let end = memchr::memchr(b'\n', &text.as_bytes()[line..]).map_or(text.len(), |length| line + length);
        let names: Vec<&str> = names.0.split(',').map(str::trim).filter(|name| !name.is_empty()).collect();
        let written = (at, at + COMMENT.len() + text[at + COMMENT.len()..].find(')').unwrap_or(0) + 1);
        let place = Span { file, start: written.0 as u32, end: written.1 as u32 };
        let scope = Scope::Line(Span { file, start: line as u32, end: end as u32 });
        found.push(Suppression::new(&names, scope, Some(place), Some(text[written.0..written.1].to_owned())));
    }
}

/// The start of the first line behind a comment line that is neither blank nor a comment.
fn next_line(text: &str, at: usize) -> usize {
    let mut start = at;
    while let Some(length) = memchr::memchr(b'\n', &text.as_bytes()[start..]) {
        start += length + 1;
        let line = text[start..].lines().next().unwrap_or("").trim_start();
        if !line.is_empty() && !line.starts_with('#') {
            return start;
        }
    }
    text.len()
}

fn annotations(resource: &Resource<'_>, found: &mut Vec<Suppression>) {
    let Some(annotations) = resource.root.at(&["metadata", "annotations"]) else { return };
    let object = resource.root.span();
    let names_of = |node: Node<'_>| -> Vec<String> {
        let text = node.text().unwrap_or("");
        text.split(',').map(|name| name.trim().to_owned()).filter(|name| !name.is_empty()).collect()
    };
    if let Some(node) = annotations.get(ANNOTATION) {
        let names = names_of(node);
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let text = format!("{ANNOTATION}: {}", names.join(","));
        found.push(Suppression::new(&names, Scope::Object(object), Some(node.span()), Some(text)));
    }
    if let Some(node) = annotations.get(ISTIO_ANNOTATION) {
        // Codes that weft has no rule for are istioctl's business.
        let names = names_of(node);
        let known = |name: &&str| *name == "*" || find(name).is_some() || Pattern::new(name).is_ok();
        let names: Vec<&str> = names.iter().map(String::as_str).filter(known).collect();
        found.push(Suppression::new(&names, Scope::Object(object), None, None));
    }
}
