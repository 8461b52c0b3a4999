//! Nodes as a tree keeps them: 12 bytes each, since a large input has millions and memory is what reading them costs.

use super::tree::{RawNode, Style, Tag};

/// The nodes of a file.
#[derive(Debug, Default)]
pub(super) struct Arena {
    nodes: Vec<Packed>,
    /// Lists and mappings of more descendants than a packed node can count, with the index behind their last one.
    large: Vec<(u32, u32)>,
}

/// A [`RawNode`], its flags and the distance to its next sibling in one number: flags below, distance above.
#[derive(Clone, Copy, Debug)]
struct Packed {
    start: u32,
    end: u32,
    rest: u32,
}

const STYLE: u32 = 0xf;
const TAG_SHIFT: u32 = 4;
const TAG: u32 = 0x7;
const SPECIAL: u32 = 1 << 7;
const ALIAS: u32 = 1 << 8;
const DISTANCE_SHIFT: u32 = 9;
/// No node is at this distance: its own is in [`Arena::large`].
const FAR: u32 = 0;
const LARGEST_DISTANCE: u32 = u32::MAX >> DISTANCE_SHIFT;

const STYLES: [Style; 10] = [
    Style::Empty,
    Style::Plain,
    Style::SingleQuoted,
    Style::DoubleQuoted,
    Style::Literal,
    Style::Folded,
    Style::BlockSeq,
    Style::FlowSeq,
    Style::BlockMap,
    Style::FlowMap,
];
const TAGS: [Tag; 8] =
    [Tag::None, Tag::Str, Tag::Int, Tag::Float, Tag::Bool, Tag::Null, Tag::Binary, Tag::Other];

impl Arena {
    /// Packs nodes, in exactly the memory that they need.
    pub(super) fn new(nodes: &[RawNode]) -> Self {
        let mut large = vec![];
        let pack = |(at, node): (usize, &RawNode)| {
            let mut distance = node.next - at as u32;
            if distance > LARGEST_DISTANCE {
                large.push((at as u32, node.next));
                distance = FAR;
            }
            Packed::new(node, distance)
        };
        let nodes = nodes.iter().enumerate().map(pack).collect();
        Self { nodes, large }
    }

    pub(super) fn len(&self) -> usize {
        self.nodes.len()
    }

    /// The node at an index.
    #[inline]
    pub(super) fn get(&self, at: u32) -> RawNode {
        let packed = self.nodes[at as usize];
        RawNode {
            start: packed.start,
            end: packed.end,
            next: self.next(at),
            style: packed.style(),
            tag: TAGS[(packed.rest >> TAG_SHIFT & TAG) as usize],
            special: packed.rest & SPECIAL != 0,
            alias: packed.rest & ALIAS != 0,
        }
    }

    /// The index behind a node's last descendant.
    #[inline]
    pub(super) fn next(&self, at: u32) -> u32 {
        match self.nodes[at as usize].rest >> DISTANCE_SHIFT {
            FAR => self.far(at),
            distance => at + distance,
        }
    }

    /// The next key from `at` on, before `end`, that may be `key`, and whether it is one for certain: keys that are not
    /// written plain and whole are left to the caller. Nearly all keys are, and rules ask for millions: their length
    /// and their first byte tell most of them apart, and a call to compare the rest costs more than a look.
    #[inline]
    pub(super) fn find_key(&self, mut at: u32, end: u32, text: &[u8], key: &[u8]) -> Option<(u32, bool)> {
        while at < end {
            let packed = self.nodes[at as usize];
            if packed.rest & (STYLE | SPECIAL) != Style::Plain as u32 {
                return Some((at, false));
            }
            if (packed.end - packed.start) as usize == key.len() {
                let written = &text[packed.start as usize..packed.end as usize];
                if written.first() == key.first() && written == key {
                    return Some((at, true));
                }
            }
            // A plain scalar has nothing below it.
            at = self.next(at + 1);
        }
        None
    }

    #[cold]
    fn far(&self, at: u32) -> u32 {
        let found = self.large.binary_search_by_key(&at, |(node, _)| *node);
        found.map_or(at + 1, |found| self.large[found].1)
    }
}

impl Packed {
    fn new(node: &RawNode, distance: u32) -> Self {
        let flags = u32::from(node.special) * SPECIAL + u32::from(node.alias) * ALIAS;
        let rest = node.style as u32 | (node.tag as u32) << TAG_SHIFT | flags | distance << DISTANCE_SHIFT;
        Self { start: node.start, end: node.end, rest }
    }

    #[inline]
    fn style(self) -> Style {
        STYLES[((self.rest & STYLE) as usize).min(STYLES.len() - 1)]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_node_comes_back_as_it_was() {
        let mut nodes = vec![];
        for (at, (style, tag)) in STYLES.iter().flat_map(|style| TAGS.map(|tag| (*style, tag))).enumerate() {
            let at = at as u32;
            let (special, alias) = (at & 1 == 0, at & 2 == 0);
            nodes.push(RawNode { start: at, end: at * 7, next: at + 1 + at % 5, style, tag, special, alias });
        }
        nodes[3].next = LARGEST_DISTANCE + 3;
        nodes[5].next = LARGEST_DISTANCE + 6;
        nodes[8].next = u32::MAX;
        let arena = Arena::new(&nodes);
        for (at, node) in nodes.iter().enumerate() {
            assert_eq!(arena.get(at as u32), *node);
            assert_eq!(arena.next(at as u32), node.next);
        }
        assert_eq!(arena.large.len(), 2, "those that do not fit");
    }
}
