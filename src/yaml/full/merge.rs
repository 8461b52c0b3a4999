//! Merge keys (`<<`): the document is written anew with what they bring in.
//!
//! go-yaml v2, with which Kubernetes reads, goes through a mapping in order: a key overrides what a merge before it
//! brought in, and a merge overrides the keys before it. Of a list of mappings the earlier win.

use rustc_hash::FxHashMap;

use crate::yaml::draft::Draft;
use crate::yaml::duplicates::key_text;
use crate::yaml::problem::Failure;
use crate::yaml::tree::{RawNode, Style, Tag};

/// Whether a key asks for a merge: `<<`, unquoted.
pub(super) fn is_merge(key: RawNode, text: &str) -> bool {
    key.style == Style::Plain && key.tag == Tag::None && text == "<<"
}

/// Replaces a document by one without merge keys.
pub(super) fn resolve(draft: &mut Draft<'_>, root: u32) -> Result<(), Failure> {
    let end = draft.nodes.len() as u32;
    write(draft, root, false)?;
    draft.nodes.drain(root as usize..end as usize);
    for node in &mut draft.nodes[root as usize..] {
        node.next -= end - root;
    }
    draft.values.close_gap(root, end);
    Ok(())
}

/// An entry of a mapping by its old place.
#[derive(Clone, Copy)]
struct Entry {
    key: u32,
    value: u32,
    merged: bool,
    /// A merge brought it in from under an anchor.
    copied: bool,
}

/// Writes a node and all below it behind the old ones.
fn write(draft: &mut Draft<'_>, from: u32, copied: bool) -> Result<(), Failure> {
    let mut node = draft.nodes[from as usize];
    node.alias |= copied;
    let at = draft.nodes.len() as u32;
    node.next = at + 1;
    draft.nodes.push(node);
    if node.style.is_map() {
        for entry in entries(draft, from)? {
            write(draft, entry.key, entry.copied)?;
            write(draft, entry.value, entry.copied)?;
        }
    } else if node.style.is_seq() {
        for item in children(draft, from) {
            write(draft, item, false)?;
        }
    } else if node.special {
        draft.values.share(at, from);
    }
    draft.nodes[at as usize].next = draft.nodes.len() as u32;
    Ok(())
}

fn children(draft: &Draft<'_>, parent: u32) -> Vec<u32> {
    let end = draft.nodes[parent as usize].next;
    let mut at = parent + 1;
    let mut found = vec![];
    while at < end {
        found.push(at);
        at = draft.nodes[at as usize].next;
    }
    found
}

/// The entries of a mapping, merges carried out.
fn entries(draft: &Draft<'_>, map: u32) -> Result<Vec<Entry>, Failure> {
    let children = children(draft, map);
    let pairs = children.chunks_exact(2).map(|pair| (pair[0], pair[1]));
    let merges = |key: u32| is_merge(draft.nodes[key as usize], draft.text_of(key));
    if !pairs.clone().any(|(key, _)| merges(key)) {
        return Ok(pairs.map(|(key, value)| Entry { key, value, merged: false, copied: false }).collect());
    }
    let mut list = List::default();
    for (key, value) in pairs {
        if merges(key) {
            for entry in sources(draft, value)? {
                list.put(draft, entry);
            }
        } else {
            list.put(draft, Entry { key, value, merged: false, copied: false });
        }
    }
    Ok(list.entries)
}

/// What a merge brings in, in the order in which the later overrides the earlier.
fn sources(draft: &Draft<'_>, value: u32) -> Result<Vec<Entry>, Failure> {
    let node = draft.nodes[value as usize];
    let maps = if node.style.is_seq() { children(draft, value) } else { vec![value] };
    let mut found = vec![];
    for map in maps.into_iter().rev() {
        let source = draft.nodes[map as usize];
        if !source.style.is_map() {
            let message = "a merge key takes a mapping or a list of mappings";
            return Err(Failure::syntax(source.start as usize, message));
        }
        let copied = node.alias || source.alias;
        let merged = |entry: Entry| Entry { merged: true, copied: copied || entry.copied, ..entry };
        found.extend(entries(draft, map)?.into_iter().map(merged));
    }
    Ok(found)
}

/// Entries of which a merged one is there once only.
#[derive(Default)]
struct List {
    entries: Vec<Entry>,
    places: FxHashMap<String, usize>,
}

impl List {
    fn put(&mut self, draft: &Draft<'_>, entry: Entry) {
        let key = key_text(draft, entry.key);
        match self.places.get(key.as_ref()) {
            // A key that is written twice stays: that is a finding.
            Some(&at) if entry.merged || self.entries[at].merged => self.entries[at] = entry,
            _ => {
                self.places.insert(key.into_owned(), self.entries.len());
                self.entries.push(entry);
            }
        }
    }
}
