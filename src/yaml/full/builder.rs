//! Makes nodes of events, with spans of our own where those of the events are vague.

use granit_parser::{Event, Marker, ScalarStyle, Span as Marks, StructureStyle};
use rustc_hash::FxHashMap;

use super::tags;
use crate::yaml::draft::Draft;
use crate::yaml::problem::Failure;
use crate::yaml::tree::{RawNode, Style, Tag};

/// More levels than any reader of the tree needs to stand.
pub(super) const MAX_DEPTH: usize = 255;

pub(super) struct Builder<'d, 't> {
    pub(super) draft: &'d mut Draft<'t>,
    /// What the offsets of the events count from.
    base: usize,
    /// Behind the last token that is known: what an empty value, a dash and a block header are looked for from.
    pub(super) cursor: usize,
    pub(super) stack: Vec<Frame>,
    /// Where the nodes with an anchor lie; those that are still open have no entry.
    pub(super) anchors: FxHashMap<usize, u32>,
    root: Option<u32>,
    merges: bool,
}

/// A list or mapping that is not yet closed.
pub(super) struct Frame {
    at: u32,
    style: Style,
    /// Behind its last child.
    end: usize,
    awaits_key: bool,
    empty: bool,
    /// Whether it ends with a bracket of its own.
    bracketed: bool,
    /// Its only key took the colon as its own: it is a text, see `mend_colon`.
    mended: bool,
    anchor: usize,
}

impl<'d, 't> Builder<'d, 't> {
    pub(super) fn new(draft: &'d mut Draft<'t>, base: usize) -> Self {
        let (stack, anchors) = (vec![], FxHashMap::default());
        Self { draft, base, cursor: base, stack, anchors, root: None, merges: false }
    }

    pub(super) fn text(&self) -> &'t str {
        self.draft.text
    }

    pub(super) fn cursor(&self) -> usize {
        self.cursor
    }

    pub(super) fn has_merges(&self) -> bool {
        self.merges
    }

    /// The offset of a mark in the whole text.
    pub(super) fn offset(&self, mark: Marker) -> usize {
        self.base + mark.byte_offset().unwrap_or(0)
    }

    /// Starts a document whose content stands behind `at`.
    pub(super) fn begin(&mut self, at: usize) {
        self.cursor = at;
        self.stack.clear();
        self.anchors.clear();
        self.root = None;
        self.merges = false;
    }

    pub(super) fn take_root(&mut self) -> Option<u32> {
        let root = self.root.take()?;
        let node = &self.draft.nodes[root as usize];
        // A document of nothing has no root.
        if node.style == Style::Empty && node.tag == Tag::None {
            self.draft.nodes.truncate(root as usize);
            return None;
        }
        Some(root)
    }

    pub(super) fn event(&mut self, event: Event<'_>, marks: Marks) -> Result<(), Failure> {
        match event {
            Event::Scalar(value, style, anchor, tag) => {
                let tag = tag.map_or(Tag::None, |tag| tags::of(&tag));
                self.scalar(&value, style, tag, anchor, marks)
            }
            Event::SequenceStart(style, anchor, _) => self.open_seq(style, anchor, marks),
            Event::MappingStart(style, anchor, _) => self.open_map(style, anchor, marks),
            Event::SequenceEnd | Event::MappingEnd => {
                self.close(marks);
                Ok(())
            }
            Event::Alias(anchor) => self.alias(anchor, marks),
            _ => Ok(()),
        }
    }

    fn scalar(
        &mut self,
        value: &str,
        style: ScalarStyle,
        tag: Tag,
        anchor: usize,
        marks: Marks,
    ) -> Result<(), Failure> {
        self.arrive()?;
        let (style, start, end) = self.scalar_place(style, marks);
        let at = self.draft.push(style, start, end);
        self.draft.nodes[at as usize].tag = tag;
        let decoded;
        let value = match (tag, style) {
            (Tag::Binary, _) => {
                decoded = tags::decode(value, start)?;
                &decoded
            }
            // The parser writes `~` where nothing stands.
            (_, Style::Empty) => "",
            // It adds a line break at the end of the file, which neither the file nor go-yaml has.
            (_, Style::Literal | Style::Folded) if self.ends_unbroken(start, marks) => {
                value.strip_suffix('\n').unwrap_or(value)
            }
            _ => value,
        };
        if value != self.draft.text_of(at) {
            self.draft.set_value(at, value);
        }
        tags::check(tag, value, start)?;
        self.check_key(at)?;
        if anchor != 0 {
            self.anchors.insert(anchor, at);
        }
        if style == Style::Empty && self.awaits_value() {
            self.mend_colon(at);
        }
        self.depart(at, start, end);
        Ok(())
    }

    /// To go-yaml a colon ends a scalar only when a blank follows: `[001:db8::]` holds a text, `{a:}` the key `a:`.
    fn mend_colon(&mut self, value: u32) {
        let place = self.draft.nodes[value as usize].start;
        let next = self.text().as_bytes().get(place as usize);
        let key = &mut self.draft.nodes[value as usize - 1];
        let adjacent = key.style == Style::Plain && key.end + 1 == place && !key.special && !key.alias;
        if adjacent
            && matches!(next, Some(b',' | b']' | b'}'))
            && let Some(frame) = self.stack.last_mut()
        {
            key.end = place;
            frame.mended = true;
        }
    }

    /// Makes a mapping in a list what its only key is.
    fn collapse(&mut self, at: u32) {
        let key = self.draft.nodes[at as usize + 1];
        self.draft.nodes.truncate(at as usize);
        self.draft.nodes.push(RawNode { next: at + 1, ..key });
        for anchored in self.anchors.values_mut() {
            *anchored = (*anchored).min(at);
        }
    }

    fn open_seq(&mut self, style: StructureStyle, anchor: usize, marks: Marks) -> Result<(), Failure> {
        self.arrive()?;
        let place = self.offset(marks.start);
        self.refuse_as_key(place)?;
        let block = style == StructureStyle::Block;
        let start = if block { self.find_dash().unwrap_or(place) } else { place };
        if block {
            self.refuse_tabs(start)?;
        }
        let style = if block { Style::BlockSeq } else { Style::FlowSeq };
        self.open(style, start, !block, anchor)
    }

    fn open_map(&mut self, style: StructureStyle, anchor: usize, marks: Marks) -> Result<(), Failure> {
        self.arrive()?;
        let start = self.offset(marks.start);
        self.refuse_as_key(start)?;
        let block = style == StructureStyle::Block;
        if block {
            self.refuse_tabs(start)?;
        }
        // `[a: b]` holds a mapping without braces.
        let braced = !block && !marks.is_empty();
        let style = if block { Style::BlockMap } else { Style::FlowMap };
        self.open(style, start, braced, anchor)
    }

    fn open(&mut self, style: Style, start: usize, bracketed: bool, anchor: usize) -> Result<(), Failure> {
        if self.stack.len() >= MAX_DEPTH {
            return Err(Failure::limit(start, format!("this is nested more than {MAX_DEPTH} levels deep")));
        }
        let at = self.draft.push(style, start, start);
        if bracketed {
            self.cursor = start + 1;
        }
        let awaits_key = style.is_map();
        self.stack.push(Frame {
            at,
            style,
            end: start,
            awaits_key,
            empty: true,
            bracketed,
            mended: false,
            anchor,
        });
        Ok(())
    }

    fn close(&mut self, marks: Marks) {
        let Some(frame) = self.stack.pop() else { return };
        let end = if frame.bracketed { self.offset(marks.start) + 1 } else { frame.end };
        let end = end.max(self.draft.nodes[frame.at as usize].start as usize);
        if frame.mended && !frame.bracketed {
            self.collapse(frame.at);
        } else {
            self.draft.close(frame.at, end);
        }
        if frame.anchor != 0 {
            self.anchors.insert(frame.anchor, frame.at);
        }
        let start = self.draft.nodes[frame.at as usize].start as usize;
        self.depart(frame.at, start, end);
    }

    /// Makes ready for the next child of what is open.
    pub(super) fn arrive(&mut self) -> Result<(), Failure> {
        if self.in_block_seq()
            && let Some(dash) = self.find_dash()
        {
            self.cursor = dash + 1;
        }
        Ok(())
    }

    /// Puts a finished node into what is open.
    pub(super) fn depart(&mut self, at: u32, start: usize, end: usize) {
        self.cursor = end;
        let Some(frame) = self.stack.last_mut() else {
            self.root = Some(at);
            return;
        };
        // A mapping without brackets begins with its first key.
        if frame.empty && frame.style.is_map() && !frame.bracketed {
            self.draft.nodes[frame.at as usize].start = start as u32;
        }
        frame.empty = false;
        frame.end = end;
        if frame.style.is_map() {
            frame.awaits_key = !frame.awaits_key;
        }
    }

    /// Whether the next node is an item of a list of `- ` lines.
    pub(super) fn in_block_seq(&self) -> bool {
        self.stack.last().is_some_and(|frame| frame.style == Style::BlockSeq)
    }

    /// Whether the next node is a key.
    pub(super) fn awaits_key(&self) -> bool {
        self.stack.last().is_some_and(|frame| frame.awaits_key)
    }

    /// Whether the next node is a value in a mapping.
    pub(super) fn awaits_value(&self) -> bool {
        self.stack.last().is_some_and(|frame| frame.style.is_map() && !frame.awaits_key)
    }

    /// Refuses a key that Kubernetes cannot read, and notes one that merges.
    pub(super) fn check_key(&mut self, at: u32) -> Result<(), Failure> {
        if !self.awaits_key() {
            return Ok(());
        }
        let node = self.draft.nodes[at as usize];
        let text = self.draft.text_of(at);
        self.merges |= super::merge::is_merge(node, text);
        if tags::is_null(node, text) {
            let message = "a key is missing here, or it is null: Kubernetes takes strings only";
            return Err(Failure::syntax(node.start as usize, message));
        }
        Ok(())
    }

    fn refuse_as_key(&self, place: usize) -> Result<(), Failure> {
        if !self.awaits_key() {
            return Ok(());
        }
        let bytes = self.text().as_bytes();
        if place > 0 && bytes[place - 1] == b'{' && bytes.get(place) == Some(&b'{') {
            return Err(Failure::template(place - 1));
        }
        Err(Failure::syntax(place, "a key is a list or a mapping: Kubernetes takes strings only"))
    }
}
