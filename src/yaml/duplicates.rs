//! Finds keys that a mapping holds twice, compared as the text they have in JSON.

use std::borrow::Cow;
use std::collections::hash_map::Entry;

use rustc_hash::FxHashMap;

use super::draft::Draft;
use super::problem::{Problem, ProblemKind};
use super::scalar::{self, Scalar};
use super::tree::{Style, Tag};

/// More of them in one file say nothing new, and would need more memory than the text.
const MAX_FINDINGS: usize = 1000;

/// How many characters of a key a message shows.
const LONGEST_KEY: usize = 80;

/// Comparing each with each is quicker than hashing up to here.
const FEW: usize = 16;

/// Says of most mappings, while their keys come by, that none is there twice.
#[derive(Debug, Default)]
pub(super) struct KeySketch {
    seen: u128,
    /// Two keys fell together, or one is no string.
    doubtful: bool,
}

impl KeySketch {
    /// Notes a key by its characters.
    #[inline]
    pub(super) fn add(&mut self, key: &str) {
        let bytes = key.as_bytes();
        let (Some(&first), Some(&last)) = (bytes.first(), bytes.last()) else {
            self.doubtful = true;
            return;
        };
        let middle = bytes[bytes.len() / 2];
        let mixed = u32::from_le_bytes([first, last, middle, bytes.len() as u8]);
        let bit = 1u128 << (mixed.wrapping_mul(0x9E37_79B1) >> 25);
        self.doubtful |= self.seen & bit != 0 || may_be_typed(first, key);
        self.seen |= bit;
    }

    pub(super) fn is_doubtful(&self) -> bool {
        self.doubtful
    }
}

/// Whether a key may be a number or a boolean, which are the same in several spellings.
#[inline]
fn may_be_typed(first: u8, key: &str) -> bool {
    match first | 0x20 {
        b'y' | b'n' | b't' | b'f' | b'o' => key.len() <= 5 && !matches!(scalar::resolve(key), Scalar::Str(_)),
        b'a'..=b'z' => false,
        _ => true,
    }
}

/// Looks at every mapping from a node on.
pub(super) fn check_all(draft: &mut Draft<'_>, root: u32) {
    let mut copied_until = 0;
    for at in root..draft.nodes.len() as u32 {
        let node = draft.nodes[at as usize];
        if node.alias {
            copied_until = copied_until.max(node.next);
        }
        if node.style.is_map() {
            check(draft, at, at >= copied_until);
        }
    }
}

/// Looks at one mapping; the keys of a copy are findings where they were written.
pub(super) fn check(draft: &mut Draft<'_>, map: u32, report: bool) {
    let pairs = find(draft, map);
    if pairs.is_empty() {
        return;
    }
    draft.nodes[map as usize].special = true;
    for (first, second) in pairs.into_iter().filter(|_| report) {
        let known = draft.problems.len();
        if known < MAX_FINDINGS {
            draft.problems.push(problem(draft, first, second));
        }
    }
}

fn problem(draft: &Draft<'_>, first: u32, second: u32) -> Problem {
    let span = |at: u32| {
        let node = &draft.nodes[at as usize];
        draft.span(node.start, node.end)
    };
    let kind = ProblemKind::DuplicateKey { first: span(first) };
    let in_line = |c: char| if c.is_control() { ' ' } else { c };
    let key: String = draft.text_of(second).chars().take(LONGEST_KEY).map(in_line).collect();
    let message = format!("the key `{key}` is there twice; the last one counts");
    Problem { kind, span: span(second), message }
}

/// The keys that an earlier one equals, each with the first of its kind.
fn find(draft: &Draft<'_>, map: u32) -> Vec<(u32, u32)> {
    if keys(draft, map).nth(FEW).is_none() { find_among_few(draft, map) } else { find_among_many(draft, map) }
}

fn find_among_few(draft: &Draft<'_>, map: u32) -> Vec<(u32, u32)> {
    let mut pairs = vec![];
    for second in keys(draft, map) {
        let text = key_text(draft, second);
        let before = keys(draft, map).take_while(|&first| first < second);
        if let Some(first) = before.into_iter().find(|&first| key_text(draft, first) == text) {
            pairs.push((first, second));
        }
    }
    pairs
}

fn find_among_many(draft: &Draft<'_>, map: u32) -> Vec<(u32, u32)> {
    let mut firsts = FxHashMap::default();
    let mut pairs = vec![];
    for key in keys(draft, map) {
        match firsts.entry(key_text(draft, key)) {
            Entry::Occupied(first) => pairs.push((*first.get(), key)),
            Entry::Vacant(place) => {
                place.insert(key);
            }
        }
    }
    pairs
}

/// The written keys of a mapping: what a merge brought in is never there twice.
fn keys<'d>(draft: &'d Draft<'_>, map: u32) -> impl Iterator<Item = u32> + 'd {
    let end = draft.nodes[map as usize].next;
    let mut at = map + 1;
    std::iter::from_fn(move || {
        let key = (at < end).then_some(at)?;
        let value = draft.nodes[key as usize].next;
        at = draft.nodes[value as usize].next;
        Some(key)
    })
}

/// A key as JSON has it: `yes` is `true`, `0x10` is `16`.
pub(super) fn key_text<'d>(draft: &'d Draft<'_>, key: u32) -> Cow<'d, str> {
    let node = &draft.nodes[key as usize];
    let text = draft.text_of(key);
    let typed = match node.tag {
        Tag::None => node.style == Style::Plain,
        Tag::Int | Tag::Float | Tag::Bool => true,
        Tag::Str | Tag::Null | Tag::Binary | Tag::Other => false,
    };
    if !typed {
        return Cow::Borrowed(text);
    }
    match scalar::resolve(text) {
        Scalar::Str(_) | Scalar::Null => Cow::Borrowed(text),
        Scalar::Bool(value) => Cow::Borrowed(if value { "true" } else { "false" }),
        Scalar::Int(value) => Cow::Owned(value.to_string()),
        Scalar::Uint(value) => Cow::Owned(value.to_string()),
        Scalar::Float(value) => Cow::Owned(value.to_string()),
    }
}
