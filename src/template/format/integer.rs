//! Integers and characters.

use super::Printer;
use crate::template::quote::quote;
use crate::template::unicode::is_print;

impl Printer {
    /// An integer by sign and magnitude. False: there is no such verb.
    pub(super) fn integer(&mut self, negative: bool, magnitude: u64, verb: char) -> bool {
        // Where Go takes a number for a character, a negative one is what its bits are.
        let bits = if negative { magnitude.wrapping_neg() } else { magnitude };
        match verb {
            'v' | 'd' => self.digits(negative, magnitude, 10, verb),
            'b' => self.digits(negative, magnitude, 2, verb),
            'o' | 'O' => self.digits(negative, magnitude, 8, verb),
            'x' | 'X' => self.digits(negative, magnitude, 16, verb),
            'c' => self.pad(char_of(bits).encode_utf8(&mut [0; 4]).as_bytes()),
            'q' => {
                let mut quoted = Vec::new();
                quote(&mut quoted, char_of(bits).encode_utf8(&mut [0; 4]).as_bytes(), '\'', self.flags.plus);
                self.pad(&quoted);
            }
            'U' => self.code_point(bits),
            _ => return false,
        }
        true
    }

    /// `0x1f`, whatever the flags say of prefixes.
    pub(super) fn hex_number(&mut self, number: u64) {
        let sharp = std::mem::replace(&mut self.flags.sharp, true);
        self.digits(false, number, 16, 'v');
        self.flags.sharp = sharp;
    }

    fn digits(&mut self, negative: bool, magnitude: u64, radix: u32, verb: char) {
        let flags = self.flags;
        let signed = negative || flags.plus || flags.space;
        let least = match (flags.precision, flags.width) {
            (Some(0), _) if magnitude == 0 => return self.pad_with_spaces(b""),
            (Some(precision), _) => precision,
            (None, Some(width)) if flags.zero && !flags.minus => width.saturating_sub(usize::from(signed)),
            _ => 0,
        };
        let digits = match radix {
            2 => format!("{magnitude:b}"),
            8 => format!("{magnitude:o}"),
            16 if verb == 'X' => format!("{magnitude:X}"),
            16 => format!("{magnitude:x}"),
            _ => magnitude.to_string(),
        };
        let digits = at_least(digits, least);
        let prefix = match (radix, verb) {
            (_, 'O') => "0o",
            (2, _) if flags.sharp => "0b",
            (8, _) if flags.sharp && !digits.starts_with('0') => "0",
            (16, 'X') if flags.sharp => "0X",
            (16, _) if flags.sharp => "0x",
            _ => "",
        };
        // `%#O` has both prefixes.
        let inner = if verb == 'O' && flags.sharp && !digits.starts_with('0') { "0" } else { "" };
        let sign = match (negative, flags.plus, flags.space) {
            (true, ..) => "-",
            (_, true, _) => "+",
            (_, _, true) => " ",
            _ => "",
        };
        self.pad_with_spaces(format!("{sign}{prefix}{inner}{digits}").as_bytes());
    }

    fn code_point(&mut self, bits: u64) {
        let least = self.flags.precision.unwrap_or(4).max(4);
        let mut text = format!("U+{}", at_least(format!("{bits:X}"), least));
        let shown = u32::try_from(bits).ok().and_then(char::from_u32).filter(|&char| is_print(char));
        if let Some(char) = shown.filter(|_| self.flags.sharp) {
            text.push_str(&format!(" '{char}'"));
        }
        self.pad_with_spaces(text.as_bytes());
    }
}

/// Digits with zeros before them. Rust's own widths end at 65535.
fn at_least(digits: String, least: usize) -> String {
    match least.checked_sub(digits.len()) {
        None | Some(0) => digits,
        Some(missing) => "0".repeat(missing) + &digits,
    }
}

fn char_of(bits: u64) -> char {
    u32::try_from(bits).ok().and_then(char::from_u32).unwrap_or(char::REPLACEMENT_CHARACTER)
}
