//! Findings for people, in the manner of rustc: message, place, source, help.

use std::io::{self, Write};

use annotate_snippets::{AnnotationKind, Element, Level, Renderer, Snippet};
use rayon::prelude::*;

use super::clean::{clean, clean_source};
use super::window::{Mark, Window, windows};
use super::{Options, Report};
use crate::finding::{Finding, Places, Severity};

/// Findings that are rendered at once: enough for every core, and the first of many shows soon.
const BATCH: usize = 2048;
/// Places that one finding may show; annotate-snippets takes quadratic time in them, and people stop reading.
const MOST_PLACES: usize = 8;

/// Writes all findings, a blank line between them.
pub(super) fn write(report: &Report<'_>, options: &Options, out: &mut impl Write) -> io::Result<()> {
    let draw = Draw::new(Places::new(report.sources), options);
    let mut first = true;
    draw.each(report.findings, |_, text| {
        if !first {
            writeln!(out)?;
        }
        first = false;
        writeln!(out, "{text}")
    })
}

/// Draws findings one by one.
pub(super) struct Draw<'a> {
    places: Places<'a>,
    renderer: Renderer,
    /// Columns of the terminal.
    width: usize,
}

impl<'a> Draw<'a> {
    pub(super) fn new(places: Places<'a>, options: &Options) -> Self {
        let renderer = if options.color { Renderer::styled() } else { Renderer::plain() };
        // Narrower than this nothing can be read, and the marks have no room.
        let width = options.width.max(40);
        Self { places, renderer: renderer.term_width(width), width }
    }

    /// Draws all on every core and hands them on in order, each without a final line break.
    pub(super) fn each(
        &self,
        findings: &[Finding],
        mut take: impl FnMut(&Finding, String) -> io::Result<()>,
    ) -> io::Result<()> {
        for batch in findings.chunks(BATCH) {
            let texts: Vec<_> = batch.par_iter().map(|finding| self.finding(finding)).collect();
            for (finding, text) in batch.iter().zip(texts) {
                take(finding, text)?;
            }
        }
        Ok(())
    }

    fn finding(&self, finding: &Finding) -> String {
        let marks = |label, primary| Mark::new(label, primary, &self.places, self.width / 2);
        let shown = finding.related.iter().take(MOST_PLACES).map(|label| marks(label, false));
        let marks = std::iter::once(marks(&finding.primary, true)).chain(shown).collect();
        let windows = windows(marks, &self.places, self.width);
        let level = match finding.severity {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
            Severity::Info => Level::INFO,
        };
        let mut group = level
            .primary_title(clean(&finding.message))
            .id(finding.rule.name)
            .elements(windows.iter().map(snippet));
        let hidden = finding.related.len().saturating_sub(MOST_PLACES);
        if hidden > 0 {
            let places = if hidden == 1 { "place" } else { "places" };
            group = group.element(Level::NOTE.message(format!("and {hidden} more {places}")));
        }
        let help = finding.help.iter().map(|line| Element::from(Level::HELP.message(clean(line))));
        right_columns(self.renderer.render(&[group.elements(help)]), &windows)
    }
}

fn snippet<'a>(window: &'a Window<'a>) -> Snippet<'a, annotate_snippets::Annotation<'a>> {
    let offset = window.range.start;
    let marks = window.marks.iter().map(|mark| {
        let kind = if mark.primary { AnnotationKind::Primary } else { AnnotationKind::Context };
        let start = mark.range.start.max(offset) - offset;
        let text = Some(clean(mark.text)).filter(|text| !text.is_empty());
        kind.span(start..start.max(mark.range.end.max(offset) - offset)).label(text)
    });
    let context = window.context.clone().map(|range| range.start - offset..range.end - offset);
    Snippet::source(clean_source(&window.file.text[window.range.clone()]))
        .path(clean(&window.file.name))
        .line_start(window.first_line as usize)
        .annotations(marks)
        .annotations(context.map(|range| AnnotationKind::Visible.span(range)))
}

/// Puts the file's columns where annotate-snippets counted others, which it cannot be told: it takes the cut end of a
/// long line for its start, and a byte order mark for a character.
fn right_columns(mut text: String, windows: &[Window<'_>]) -> String {
    // Below the title, which may say anything; then from header to header.
    let mut below = text.find('\n').unwrap_or(0);
    for window in windows {
        // The mark that the header names.
        let mark = window.marks.iter().find(|mark| mark.primary).or(window.marks.first());
        let Some(mark) = mark else { continue };
        let head = &window.file.text[window.range.start..mark.range.start.max(window.range.start)];
        let counted = head.rsplit('\n').next().unwrap_or(head).chars().count() + 1;
        let place = format!("{}:{}:", clean(&window.file.name), mark.line);
        let (wrong, right) = (format!("{place}{counted}\n"), format!("{place}{}\n", mark.column));
        if let Some(at) = text[below..].find(&wrong).map(|at| below + at) {
            text.replace_range(at..at + wrong.len(), &right);
            below = at + right.len();
        }
    }
    text
}

#[cfg(test)]
mod tests;
