//! Widths, precisions, and what they do to strings.

use super::Printer;
use crate::template::quote::{can_backquote, quote};

impl Printer {
    pub(super) fn padding(&mut self, count: usize) {
        let zero = self.flags.zero && !self.flags.minus;
        if !self.has_room(count) {
            return;
        }
        self.out.resize(self.out.len() + count, if zero { b'0' } else { b' ' });
    }

    /// Writes bytes, filled up to the width.
    pub(super) fn pad(&mut self, bytes: &[u8]) {
        let missing = self.flags.width.unwrap_or(0).saturating_sub(runes(bytes));
        if self.flags.minus {
            self.out.extend_from_slice(bytes);
            self.padding(missing);
        } else {
            self.padding(missing);
            self.out.extend_from_slice(bytes);
        }
    }

    /// Writes bytes, filled up with spaces whatever the flags say.
    pub(super) fn pad_with_spaces(&mut self, bytes: &[u8]) {
        let zero = std::mem::take(&mut self.flags.zero);
        self.pad(bytes);
        self.flags.zero = zero;
    }

    /// The first characters, as many as the precision allows.
    fn cut<'b>(&self, bytes: &'b [u8]) -> &'b [u8] {
        let Some(mut left) = self.flags.precision else { return bytes };
        let mut at = 0;
        while at < bytes.len() {
            if left == 0 {
                return &bytes[..at];
            }
            left -= 1;
            at += rune_len(&bytes[at..]);
        }
        bytes
    }

    pub(super) fn string(&mut self, bytes: &[u8]) {
        self.pad(self.cut(bytes));
    }

    pub(super) fn quoted(&mut self, bytes: &[u8]) {
        let bytes = self.cut(bytes);
        let mut quoted = Vec::with_capacity(bytes.len() + 2);
        if self.flags.sharp && can_backquote(bytes) {
            quoted.push(b'`');
            quoted.extend_from_slice(bytes);
            quoted.push(b'`');
        } else {
            quote(&mut quoted, bytes, '"', self.flags.plus);
        }
        self.pad(&quoted);
    }

    /// `%x` of a string: two digits a byte.
    pub(super) fn hex(&mut self, bytes: &[u8], upper: bool) {
        let bytes =
            &bytes[..self.flags.precision.map_or(bytes.len(), |precision| precision.min(bytes.len()))];
        if bytes.is_empty() {
            return self.padding(self.flags.width.unwrap_or(0));
        }
        let prefix = if upper { "0X" } else { "0x" };
        let mut text = String::with_capacity(2 * bytes.len());
        for (i, byte) in bytes.iter().enumerate() {
            let apart = self.flags.space && i > 0;
            if apart {
                text.push(' ');
            }
            if self.flags.sharp && (i == 0 || apart) {
                text.push_str(prefix);
            }
            text.push_str(&if upper { format!("{byte:02X}") } else { format!("{byte:02x}") });
        }
        self.pad(text.as_bytes());
    }
}

/// How many characters there are; a byte that is part of none counts as one.
fn runes(bytes: &[u8]) -> usize {
    bytes.utf8_chunks().map(|chunk| chunk.valid().chars().count() + chunk.invalid().len()).sum()
}

fn rune_len(bytes: &[u8]) -> usize {
    let width = match bytes[0] {
        0xc2..=0xdf => 2,
        0xe0..=0xef => 3,
        0xf0..=0xf4 => 4,
        _ => 1,
    };
    if bytes.get(..width).is_some_and(|bytes| std::str::from_utf8(bytes).is_ok()) { width } else { 1 }
}
