//! Scalar values that differ from what is written: escapes, folding and block scalars undone.

/// Values by node, all in one buffer: a node costs no allocation of its own.
#[derive(Debug, Default)]
pub(super) struct Values {
    /// In order of node.
    table: Vec<Entry>,
    buffer: String,
}

#[derive(Clone, Copy, Debug)]
struct Entry {
    node: u32,
    start: u32,
    end: u32,
}

/// How much there was at some time, to go back to.
#[derive(Clone, Copy, Debug)]
pub(super) struct Mark {
    table: usize,
    buffer: usize,
}

impl Values {
    /// The value of a node that has one here.
    pub(super) fn get(&self, node: u32) -> Option<&str> {
        let found = self.table.binary_search_by_key(&node, |entry| entry.node).ok()?;
        let Entry { start, end, .. } = self.table[found];
        self.buffer.get(start as usize..end as usize)
    }

    /// The buffer to write the next value into, for [`Values::finish`].
    pub(super) fn begin(&mut self) -> (usize, &mut String) {
        (self.buffer.len(), &mut self.buffer)
    }

    /// Gives a node what was written behind `start`.
    pub(super) fn finish(&mut self, node: u32, start: usize) {
        // A text is at most 2 GiB (`MAX_TEXT`), and no value is twice as long as what is written for it.
        let entry = Entry { node, start: start as u32, end: self.buffer.len() as u32 };
        self.table.push(entry);
    }

    /// Gives a node, behind all that have one, a value.
    pub(super) fn push(&mut self, node: u32, value: &str) {
        let (start, buffer) = self.begin();
        buffer.push_str(value);
        self.finish(node, start);
    }

    /// Gives a node, behind all that have one, the value of another.
    pub(super) fn share(&mut self, node: u32, from: u32) {
        if let Ok(found) = self.table.binary_search_by_key(&from, |entry| entry.node) {
            self.table.push(Entry { node, ..self.table[found] });
        }
    }

    pub(super) fn mark(&self) -> Mark {
        Mark { table: self.table.len(), buffer: self.buffer.len() }
    }

    pub(super) fn reset(&mut self, mark: Mark) {
        self.table.truncate(mark.table);
        self.buffer.truncate(mark.buffer);
    }

    /// Forgets the nodes from `start` to `end` and moves those behind into their place.
    pub(super) fn close_gap(&mut self, start: u32, end: u32) {
        self.table.retain(|entry| !(start..end).contains(&entry.node));
        let moved = self.table.partition_point(|entry| entry.node < end);
        for entry in &mut self.table[moved..] {
            entry.node -= end - start;
        }
    }

    pub(super) fn shrink(&mut self) {
        self.table.shrink_to_fit();
        self.buffer.shrink_to_fit();
    }
}
