//! The piece of a file that is shown around labels: a few lines, or a few hundred characters of a long one.
//!
//! annotate-snippets reads all it is given for every finding, so it is given no more than it shows.

use std::ops::Range;

use crate::finding::place::floor;
use crate::finding::{Label, Places};
use crate::source::{FileId, SourceFile};

/// Labels with at most this many lines between them share a window.
const NEAR: u32 = 8;
/// A line of more bytes than this is cut around its label.
const LONG_LINE: usize = 1024;
/// Bytes that are kept before and behind a label on such a line.
const AROUND: usize = 400;

/// A label as it is drawn: on one line.
pub(super) struct Mark<'a> {
    pub(super) file: FileId,
    pub(super) line: u32,
    /// The column in characters, from 1, as the file has it.
    pub(super) column: u32,
    /// Bytes in the file.
    pub(super) range: Range<usize>,
    pub(super) text: &'a str,
    pub(super) primary: bool,
}

impl<'a> Mark<'a> {
    /// A label cut to its first line, and there to a width.
    pub(super) fn new(label: &'a Label, primary: bool, places: &Places<'_>, width: usize) -> Self {
        let place = places.shown(label.span);
        let file = places.file(place.span);
        let Range { start, end } = place.span.range();
        let end = end.min(file.line_range(place.start.line).end).max(start);
        let marked = &file.text[start..end];
        let cut = marked.char_indices().nth(width.max(1)).map_or(marked.len(), |(at, _)| at);
        // Blanks before a line break are not worth a mark; blanks that are all there is are the finding.
        let kept = Some(marked[..cut].trim_end().len()).filter(|&kept| kept > 0).unwrap_or(cut);
        Self {
            file: label.span.file,
            line: place.start.line,
            column: place.start.column,
            range: start..start + kept,
            text: &label.text,
            primary,
        }
    }
}

/// Lines of one file and the marks on them.
pub(super) struct Window<'a> {
    pub(super) file: &'a SourceFile,
    pub(super) first_line: u32,
    /// Bytes in the file.
    pub(super) range: Range<usize>,
    pub(super) marks: Vec<Mark<'a>>,
    /// A line that says where the marks are: the key that a list item belongs to.
    pub(super) context: Option<Range<usize>>,
}

/// The windows of a finding's marks: that of the primary one first, then the rest of its file, then other files.
pub(super) fn windows<'a>(mut marks: Vec<Mark<'a>>, places: &Places<'a>) -> Vec<Window<'a>> {
    let home = marks.iter().find(|mark| mark.primary).map(|mark| mark.file);
    marks.sort_by_key(|mark| (Some(mark.file) != home, mark.file, mark.line, mark.range.start));
    let mut groups: Vec<Vec<Mark<'a>>> = Vec::new();
    for mark in marks {
        match groups.last_mut() {
            Some(group) if group.last().is_some_and(|last| near(last, &mark, places)) => group.push(mark),
            _ => groups.push(vec![mark]),
        }
    }
    // A stable sort: everything else stays in order.
    groups.sort_by_key(|group| !group.iter().any(|mark| mark.primary));
    groups.into_iter().filter_map(|group| window(group, places)).collect()
}

fn near(last: &Mark<'_>, next: &Mark<'_>, places: &Places<'_>) -> bool {
    last.file == next.file
        && next.line - last.line <= NEAR
        && (last.line..=next.line).all(|line| !is_long(places.source(last.file), line))
}

fn is_long(file: &SourceFile, line: u32) -> bool {
    file.line_range(line).len() > LONG_LINE
}

fn window<'a>(marks: Vec<Mark<'a>>, places: &Places<'a>) -> Option<Window<'a>> {
    let (first, last) = (marks.first()?, marks.last()?);
    let file = places.source(first.file);
    let owner = marks.iter().find(|mark| mark.primary).and_then(|mark| owner(file, mark.line));
    let first_line = owner.unwrap_or(first.line).min(first.line);
    let mut range = file.line_range(first_line).start..file.line_range(last.line).end;
    if is_long(file, first.line) {
        range.start = floor(&file.text, first.range.start.saturating_sub(AROUND)).max(range.start);
        range.end = floor(&file.text, first.range.end + AROUND).min(range.end);
    }
    if file.line_range(last.line).is_empty() {
        // An empty line exists only with its line break.
        range.end = file.line_range(last.line + 1).start;
    }
    if file.text[range.clone()].starts_with('\u{feff}') {
        range.start += '\u{feff}'.len_utf8();
    }
    let context = owner.map(|line| file.line_range(line)).map(|line| line.start.max(range.start)..line.end);
    Some(Window { file, first_line, range, marks, context })
}

/// The line of the key whose list an item stands in, where it is near: `- publik` alone says little.
fn owner(file: &SourceFile, line: u32) -> Option<u32> {
    let text = |line: u32| &file.text[file.line_range(line)];
    let indent = |text: &str| text.len() - text.trim_start_matches(' ').len();
    let item = text(line);
    if item.len() > LONG_LINE {
        return None;
    }
    item.trim_start().starts_with("- ").then_some(())?;
    let above = (line.saturating_sub(NEAR).max(1)..line).rev();
    for line in above {
        let candidate = text(line);
        let content = candidate.trim_start();
        if content.is_empty() || content.starts_with('#') {
            continue;
        }
        if content.starts_with("---") || candidate.len() > LONG_LINE {
            return None;
        }
        let is_item = content.starts_with("- ");
        if indent(candidate) < indent(item) || (indent(candidate) == indent(item) && !is_item) {
            return Some(line);
        }
    }
    None
}
