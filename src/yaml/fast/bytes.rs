//! Classes of bytes, and which texts are usual enough to be read fast.

use memchr::memchr_iter;

/// Where a scan of an unquoted scalar in a block must look closer.
pub(super) static STOPS_BLOCK: [bool; 256] = table(b":#\n\r\t");

/// Where a scan of an unquoted scalar in brackets must look closer.
pub(super) static STOPS_FLOW: [bool; 256] = table(b":#\n\r\t,[]{}");

/// What begins neither an unquoted scalar nor anything else that is usual.
pub(super) static INDICATORS: [bool; 256] = table(b"&*!|>%@`\"'[]{},#\t");

const fn table(bytes: &[u8]) -> [bool; 256] {
    let mut table = [false; 256];
    let mut at = 0;
    while at < bytes.len() {
        table[bytes[at] as usize] = true;
        at += 1;
    }
    table
}

/// Whether a text holds only characters that YAML allows, no byte order mark, and no CR but before an LF.
pub(super) fn are_usual(text: &str) -> bool {
    let bytes = text.as_bytes();
    let found = bytes.chunks(64).fold(Found::default(), |found, chunk| found.and(chunk));
    !found.forbidden
        && (!found.returns || returns_are_usual(bytes))
        && (!found.wide || text.chars().all(is_usual))
}

/// What a text holds; gathered without branches, so that the compiler takes many bytes at once.
#[derive(Clone, Copy, Default)]
struct Found {
    forbidden: bool,
    returns: bool,
    wide: bool,
}

impl Found {
    #[inline]
    fn and(self, chunk: &[u8]) -> Self {
        let (mut forbidden, mut returns, mut wide) = (0u8, 0u8, 0u8);
        for &byte in chunk {
            let blank = u8::from(byte == b'\n') | u8::from(byte == b'\t') | u8::from(byte == b'\r');
            forbidden |= (u8::from(byte < b' ') & !blank) | u8::from(byte == 0x7f);
            returns |= u8::from(byte == b'\r');
            wide |= byte & 0x80;
        }
        Self {
            forbidden: self.forbidden | (forbidden & 1 != 0),
            returns: self.returns | (returns != 0),
            wide: self.wide | (wide != 0),
        }
    }
}

fn returns_are_usual(bytes: &[u8]) -> bool {
    memchr_iter(b'\r', bytes).all(|at| bytes.get(at + 1) == Some(&b'\n'))
}

fn is_usual(c: char) -> bool {
    !matches!(c, '\u{7f}'..='\u{9f}' | '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}')
}

#[cfg(test)]
mod tests {
    use super::are_usual;

    #[test]
    fn tells_usual_texts() {
        for text in ["", "a\tb\r\nc\n", "é ü 漢 😀", &"x".repeat(1000)] {
            assert!(are_usual(text), "{text:?}");
        }
        for text in ["a\0", "\u{1b}", "a\rb", "\r", "\u{7f}", "\u{85}", "\u{feff}", "\u{ffff}"] {
            assert!(!are_usual(text), "{text:?}");
            assert!(!are_usual(&format!("{}{text}", "x".repeat(100))), "{text:?}");
        }
    }
}
