//! Many values under many keys, in little memory.

use std::hash::Hash;

use rustc_hash::FxHashMap;

/// Values in order under keys: one allocation for all of them, however many keys there are.
pub struct Chains<K, V> {
    heads: FxHashMap<K, (u32, u32)>,
    links: Vec<(V, u32)>,
}

impl<K, V> Default for Chains<K, V> {
    fn default() -> Self {
        Self { heads: FxHashMap::default(), links: vec![] }
    }
}

/// The end of a chain.
const END: u32 = u32::MAX;

impl<K: Hash + Eq, V> Chains<K, V> {
    pub(super) fn with_capacity(keys: usize) -> Self {
        let heads = FxHashMap::with_capacity_and_hasher(keys, rustc_hash::FxBuildHasher);
        Self { heads, links: Vec::with_capacity(keys) }
    }

    pub(super) fn push(&mut self, key: K, value: V) {
        let at = self.links.len() as u32;
        self.links.push((value, END));
        let chain = self.heads.entry(key).or_insert((at, at));
        if chain.1 != at {
            self.links[chain.1 as usize].1 = at;
            chain.1 = at;
        }
    }

    /// The values under a key.
    pub fn get(&self, key: &K) -> Chain<'_, V> {
        self.chain(self.heads.get(key).map_or(END, |head| head.0))
    }

    /// The keys that hold two values or more, in no order.
    pub fn crowded(&self) -> impl Iterator<Item = (&K, Chain<'_, V>)> {
        let crowded = self.heads.iter().filter(|(_, (first, last))| first != last);
        crowded.map(|(key, head)| (key, self.chain(head.0)))
    }

    /// Every key with its values, in no order.
    pub fn iter(&self) -> impl Iterator<Item = (&K, Chain<'_, V>)> {
        self.heads.iter().map(|(key, head)| (key, self.chain(head.0)))
    }

    fn chain(&self, at: u32) -> Chain<'_, V> {
        Chain { links: &self.links, at }
    }
}

/// The values under one key, in the order of reading.
pub struct Chain<'c, V> {
    links: &'c [(V, u32)],
    at: u32,
}

impl<V> Clone for Chain<'_, V> {
    fn clone(&self) -> Self {
        Self { links: self.links, at: self.at }
    }
}

impl<'c, V> Iterator for Chain<'c, V> {
    type Item = &'c V;

    fn next(&mut self) -> Option<&'c V> {
        let (value, next) = self.links.get(self.at as usize)?;
        self.at = *next;
        Some(value)
    }
}
