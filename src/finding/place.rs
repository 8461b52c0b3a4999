//! Where a span lies for a reader: lines and columns of every label, cheap on any file.
//!
//! Spans come from parsers and may end behind a line break, lie inside one, or at the very end of the file. Here they
//! are moved to what one can point at, the same for all formats.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use crate::source::{FileId, Position, SourceFile, Sources, Span};

/// Lines longer than this get checkpoints: counting characters from the start each time is quadratic on minified JSON.
const LONG_LINE: usize = 1 << 16;
/// Bytes between two checkpoints.
const STEP: usize = 1 << 12;

/// A span with its two positions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// The bytes.
    pub span: Span,
    /// Where it begins.
    pub start: Position,
    /// Behind its last character.
    pub end: Position,
}

/// The number of characters before every [`STEP`]th byte of a line.
type Checkpoints = HashMap<(FileId, u32), Arc<[u32]>>;

/// Finds places in the inputs of one report.
pub struct Places<'a> {
    sources: &'a Sources,
    /// Of the long lines that were asked for.
    checkpoints: Mutex<Checkpoints>,
}

impl<'a> Places<'a> {
    /// Nothing is counted until somebody asks.
    pub fn new(sources: &'a Sources) -> Self {
        Self { sources, checkpoints: Mutex::default() }
    }

    /// The file of a span.
    pub fn file(&self, span: Span) -> &'a SourceFile {
        self.sources.get(span.file)
    }

    /// A file by its id.
    pub fn source(&self, file: FileId) -> &'a SourceFile {
        self.sources.get(file)
    }

    /// The place to point at: never behind the last line, never inside a line break, without trailing line breaks.
    pub fn shown(&self, span: Span) -> Place {
        let file = self.file(span);
        let text = &*file.text;
        let mut start = floor(text, span.start as usize);
        let mut end = floor(text, span.end as usize).max(start);
        let body = text[start..end].trim_end().len();
        if let Some(line_break) = text[start + body..end].find('\n') {
            // Blanks are kept only where they are all there is: a finding can be about them.
            end = start + if body > 0 { body } else { line_break };
        }
        start = self.onto_line(file, start);
        end = self.onto_line(file, end).max(start);
        self.exact(Span { file: span.file, start: start as u32, end: end as u32 })
    }

    /// The place of a span as it is: for edits.
    pub fn exact(&self, span: Span) -> Place {
        Place { span, start: self.position(span.file, span.start), end: self.position(span.file, span.end) }
    }

    /// Moves an offset off a line break and off the line behind the last one, which no editor shows.
    fn onto_line(&self, file: &SourceFile, offset: usize) -> usize {
        let line = file.line_range(line_at(file, offset).min(file.line_count().max(1)));
        offset.min(line.end)
    }

    fn position(&self, id: FileId, offset: u32) -> Position {
        let file = self.sources.get(id);
        let offset = floor(&file.text, offset as usize);
        let line = line_at(file, offset);
        let start = file.line_range(line).start;
        if offset - start < LONG_LINE {
            return Position { line, column: file_column(file, start, offset) };
        }
        let head = &file.text.as_bytes()[start..offset];
        let checkpoints = self.checkpoints(id, file, line);
        let step = (head.len() / STEP).min(checkpoints.len() - 1);
        let before = checkpoints[step] as usize + characters(&head[step * STEP..]);
        Position { line, column: before as u32 + 1 }
    }

    fn checkpoints(&self, id: FileId, file: &SourceFile, line: u32) -> Arc<[u32]> {
        // A panic elsewhere cannot leave the map half-written: entries are inserted whole.
        let mut known = self.checkpoints.lock().unwrap_or_else(PoisonError::into_inner);
        let count = || {
            let range = file.line_range(line);
            let mut before = 0;
            // The byte order mark takes no column. It is a character, so the count starts one below.
            let mark = u32::from(file.text[range.clone()].starts_with('\u{feff}'));
            let steps = file.text.as_bytes()[range].chunks(STEP).map(|chunk| {
                let here = before;
                before += characters(chunk) as u32;
                here.saturating_sub(mark)
            });
            steps.collect()
        };
        Arc::clone(known.entry((id, line)).or_insert_with(count))
    }
}

/// The line of an offset, from 1, by halving: [`SourceFile::position`] would count the column too.
fn line_at(file: &SourceFile, offset: usize) -> u32 {
    // One more than there are lines, for the empty one behind a final line break.
    let (mut low, mut high) = (1, file.line_count() + 1);
    while low < high {
        let middle = low + (high - low).div_ceil(2);
        let exists = middle <= file.line_count() || file.text.ends_with('\n');
        if exists && file.line_range(middle).start <= offset {
            low = middle;
        } else {
            high = middle - 1;
        }
    }
    low
}

fn file_column(file: &SourceFile, start: usize, offset: usize) -> u32 {
    let head = &file.text[start..offset];
    head.trim_start_matches('\u{feff}').chars().count() as u32 + 1
}

fn characters(bytes: &[u8]) -> usize {
    // Bytes that do not continue a character: one for each character in UTF-8.
    bytes.iter().filter(|&&byte| byte & 0xc0 != 0x80).count()
}

/// The last character boundary at or before an offset.
pub(super) fn floor(text: &str, offset: usize) -> usize {
    let mut offset = offset.min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    offset
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Origin;

    fn shown(text: &str, start: u32, end: u32) -> ((u32, u32), (u32, u32)) {
        let mut sources = Sources::default();
        let file = sources.add(SourceFile::new("a.yaml", text.into(), Origin::Memory));
        let place = Places::new(&sources).shown(Span { file, start, end });
        ((place.start.line, place.start.column), (place.end.line, place.end.column))
    }

    #[test]
    fn places_agree_with_the_source() {
        let text = "\u{feff}é: x\r\n\nkey: ü\n日本\n";
        let mut sources = Sources::default();
        let file = sources.add(SourceFile::new("a.yaml", text.into(), Origin::Memory));
        let places = Places::new(&sources);
        for offset in (0..=text.len()).filter(|&offset| text.is_char_boundary(offset)) {
            let offset = offset as u32;
            assert_eq!(places.position(file, offset), sources.get(file).position(offset), "{offset}");
        }
    }

    #[test]
    fn the_end_of_the_file_is_the_end_of_its_last_line() {
        assert_eq!(shown("a: b\n", 5, 5), ((1, 5), (1, 5)));
        assert_eq!(shown("a: b", 4, 9), ((1, 5), (1, 5)));
        assert_eq!(shown("", 0, 0), ((1, 1), (1, 1)));
        assert_eq!(shown("a\n\n\n", 4, 4), ((3, 1), (3, 1)));
    }

    #[test]
    fn line_breaks_are_not_pointed_at() {
        assert_eq!(shown("ab\r\ncd\r\n", 3, 4), ((1, 3), (1, 3)));
        assert_eq!(shown("ab: \r\ncd\r\n", 0, 6), ((1, 1), (1, 4)));
        assert_eq!(shown("a\nb\n\nc", 0, 5), ((1, 1), (2, 2)));
    }

    #[test]
    fn a_space_can_be_pointed_at() {
        assert_eq!(shown("a:  b", 2, 4), ((1, 3), (1, 5)));
    }

    #[test]
    fn half_a_character_is_its_start() {
        assert_eq!(shown("日本", 1, 4), ((1, 1), (1, 2)));
    }

    #[test]
    fn long_lines_have_the_columns_of_short_ones() {
        let text = format!("\u{feff}{}\nx", "aé日".repeat(40_000));
        let mut sources = Sources::default();
        let file = sources.add(SourceFile::new("a.json", text.into(), Origin::Memory));
        let (source, places) = (sources.get(file), Places::new(&sources));
        for offset in [0, 3, 65_535, 65_542, 70_001, 100_000, 239_999, 240_003, 240_004] {
            let offset = floor(&source.text, offset) as u32;
            assert_eq!(places.position(file, offset), source.position(offset), "{offset}");
        }
    }
}
