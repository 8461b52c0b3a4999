//! Aliases: the anchored node is copied, within a budget, so that the tree stays one without knots.

use granit_parser::Span as Marks;

use super::builder::{Builder, MAX_DEPTH};
use crate::yaml::draft::Draft;
use crate::yaml::problem::Failure;

impl Builder<'_, '_> {
    pub(super) fn alias(&mut self, anchor: usize, marks: Marks) -> Result<(), Failure> {
        self.arrive()?;
        let (start, end) = (self.offset(marks.start), self.offset(marks.end));
        let Some(&from) = self.anchors.get(&anchor) else {
            return Err(Failure::syntax(start, "the anchor's value contains itself"));
        };
        if self.awaits_key() && !self.draft.nodes[from as usize].style.is_scalar() {
            return Err(Failure::syntax(
                start,
                "a key is a list or a mapping: Kubernetes takes strings only",
            ));
        }
        let at = copy(self.draft, from, start)?;
        self.check_depth(from, start)?;
        self.check_key(at)?;
        self.depart(at, start, end);
        Ok(())
    }

    fn check_depth(&self, from: u32, place: usize) -> Result<(), Failure> {
        if self.stack.len() + depth(self.draft, from) > MAX_DEPTH {
            let message = format!("aliases nest this more than {MAX_DEPTH} levels deep");
            return Err(Failure::limit(place, message));
        }
        Ok(())
    }
}

/// Appends a copy of a node and all below it.
fn copy(draft: &mut Draft<'_>, from: u32, place: usize) -> Result<u32, Failure> {
    let behind = draft.nodes[from as usize].next;
    let count = (behind - from) as usize;
    draft.copies_left = draft.copies_left.checked_sub(count).ok_or_else(|| too_many(place))?;
    let at = draft.nodes.len() as u32;
    for source in from..behind {
        let mut node = draft.nodes[source as usize];
        node.next = node.next - from + at;
        draft.nodes.push(node);
        if node.special && node.style.is_scalar() {
            draft.values.share(at + source - from, source);
        }
    }
    draft.nodes[at as usize].alias = true;
    Ok(at)
}

pub(super) fn too_many(place: usize) -> Failure {
    Failure::limit(place, "aliases expand to too many values")
}

/// How many levels a node has, itself one of them when it is a list or mapping.
fn depth(draft: &Draft<'_>, root: u32) -> usize {
    let mut ends: Vec<u32> = vec![];
    let mut deepest = 0;
    for at in root..draft.nodes[root as usize].next {
        let node = &draft.nodes[at as usize];
        while ends.last().is_some_and(|&end| end <= at) {
            ends.pop();
        }
        if !node.style.is_scalar() {
            ends.push(node.next);
            deepest = deepest.max(ends.len());
        }
    }
    deepest
}
