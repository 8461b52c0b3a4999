//! The full parser: any YAML, on the events of `granit-parser`. It stands behind the fast one.

mod anchors;
mod builder;
mod merge;
mod places;
mod tags;
mod words;

use granit_parser::{Event, Options, Parser, Span as Marks};

use self::builder::Builder;
use super::draft::{Draft, Mark};
use super::duplicates;
use super::problem::{Failure, ProblemKind};
use super::split;
use super::template;

/// Reads the documents of a stretch of the text that begins at a `---` line or at the start of the text. A document
/// that cannot be read ends at the next marker line.
pub(super) fn read(draft: &mut Draft<'_>, start: usize, end: usize) {
    let mut at = start;
    while at < end {
        let mut stream = Stream::new(draft, at, end);
        match stream.run() {
            Ok(()) => return,
            Err(failure) => at = stream.give_up(failure),
        }
    }
}

/// The events of one stretch, until they end or fail.
struct Stream<'d, 't> {
    builder: Builder<'d, 't>,
    end: usize,
    /// The document that is being read.
    open: Option<Open>,
    /// The document before, when no marker ended it: what follows it by mistake breaks it.
    unmarked: Option<Open>,
    /// Behind the last document.
    behind: usize,
}

#[derive(Clone, Copy)]
struct Open {
    body: usize,
    mark: Mark,
}

impl<'d, 't> Stream<'d, 't> {
    fn new(draft: &'d mut Draft<'t>, start: usize, end: usize) -> Self {
        Self { builder: Builder::new(draft, start), end, open: None, unmarked: None, behind: start }
    }

    fn run(&mut self) -> Result<(), Failure> {
        let base = self.behind;
        let text = &self.builder.draft.text[base..self.end];
        let mut options = Options::default();
        options.set_emit_comments(false);
        for next in Parser::new_from_str_with_options(text, options) {
            let (event, marks) = next.map_err(|error| {
                let at = base + error.marker().byte_offset().unwrap_or(0);
                words::failure(&error, at, self.builder.text(), self.builder.cursor())
            })?;
            self.event(event, marks)?;
        }
        Ok(())
    }

    fn event(&mut self, event: Event<'_>, marks: Marks) -> Result<(), Failure> {
        match event {
            Event::StreamStart | Event::StreamEnd => Ok(()),
            Event::DocumentStart(explicit, _) => {
                self.begin(explicit, self.builder.offset(marks.start));
                Ok(())
            }
            Event::DocumentEnd => self.end(self.builder.offset(marks.start)),
            event => self.builder.event(event, marks),
        }
    }

    fn begin(&mut self, explicit: bool, at: usize) {
        // An earlier document ends where this one's marker stands.
        if let (true, Some(last)) = (explicit, self.builder.draft.documents.last_mut()) {
            last.span.end = last.span.end.min(at as u32);
        }
        let text = self.builder.text();
        let body = if explicit { split::body(text, at) } else { split::skip_end_markers(text, self.behind) };
        self.unmarked = None;
        self.open = Some(Open { body, mark: self.builder.draft.mark() });
        self.builder.begin(if explicit { at + 3 } else { body });
    }

    fn end(&mut self, at: usize) -> Result<(), Failure> {
        let marked = split::is_end_marker(self.builder.text(), at);
        let root = self.finish_root()?;
        let Some(open) = self.open.take() else { return Ok(()) };
        let end = if marked { at } else { self.end };
        self.builder.draft.document(root, open.body, end, false);
        self.unmarked = (!marked).then_some(open);
        self.behind = if marked { split::next_line(self.builder.text(), at) } else { self.end };
        Ok(())
    }

    fn finish_root(&mut self) -> Result<Option<u32>, Failure> {
        let Some(root) = self.builder.take_root() else { return Ok(None) };
        if self.builder.has_merges() {
            merge::resolve(self.builder.draft, root)?;
        }
        duplicates::check_all(self.builder.draft, root);
        Ok(Some(root))
    }

    /// Makes the open document a broken one and says where to go on.
    fn give_up(&mut self, mut failure: Failure) -> usize {
        let draft = &mut *self.builder.draft;
        if self.unmarked.is_some() {
            draft.documents.pop();
        }
        let body = match self.open.or(self.unmarked) {
            Some(open) => {
                draft.reset(open.mark);
                open.body
            }
            None => split::body(&draft.text[..self.end], self.behind),
        };
        let resume = split::next_marker(draft.text, body.max(failure.at), self.end);
        if failure.kind == ProblemKind::Syntax
            && let Some(action) = template::blame(&draft.text[..resume.end], body, failure.at)
        {
            failure = Failure::template(action);
        }
        draft.broken(failure, body, resume.end);
        resume.next
    }
}
