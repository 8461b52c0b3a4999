//! Formats: text with verbs in it.

use super::{Flags, Printer};
use crate::template::function::Fault;
use crate::template::value::Value;

/// No width and no precision goes beyond this.
const MAX: usize = 1_000_000;

/// Where the format and its arguments are being read.
struct Reader<'a> {
    format: &'a [u8],
    at: usize,
    values: &'a [Value],
    next: usize,
    /// Whether an index chose an argument, so that those left over are not counted.
    reordered: bool,
    good_index: bool,
}

impl Printer {
    pub(super) fn printf(&mut self, format: &[u8], values: &[Value]) -> Result<(), Fault> {
        let mut reader = Reader { format, at: 0, values, next: 0, reordered: false, good_index: true };
        while let Some(percent) = memchr::memchr(b'%', &format[reader.at..]) {
            self.out.extend_from_slice(&format[reader.at..reader.at + percent]);
            reader.at += percent + 1;
            if !self.verb(&mut reader) {
                self.out.extend_from_slice(b"%!(NOVERB)");
                reader.at = format.len();
            }
        }
        self.out.extend_from_slice(&format[reader.at..]);
        if !reader.reordered {
            self.extra(values.get(reader.next..).unwrap_or_default());
        }
        Ok(())
    }

    /// One verb with its flags. False: the format ends before it.
    fn verb(&mut self, reader: &mut Reader<'_>) -> bool {
        reader.good_index = true;
        self.flags = Flags::default();
        self.simple_flags(reader);
        let mut after_index = reader.index();
        if reader.eat(b'*') {
            self.width_argument(reader);
            after_index = false;
        } else {
            self.flags.width = reader.number();
            if after_index && self.flags.width.is_some() {
                reader.good_index = false;
            }
        }
        if reader.at + 1 < reader.format.len() && reader.eat(b'.') {
            if after_index {
                reader.good_index = false;
            }
            after_index = reader.index();
            if reader.eat(b'*') {
                self.precision_argument(reader);
                after_index = false;
            } else {
                self.flags.precision = Some(reader.number().unwrap_or(0));
            }
        }
        if !after_index {
            reader.index();
        }
        let Some(verb) = reader.char() else { return false };
        self.apply(reader, verb);
        true
    }

    fn simple_flags(&mut self, reader: &mut Reader<'_>) {
        while let Some(&byte) = reader.format.get(reader.at) {
            match byte {
                b'#' => self.flags.sharp = true,
                b'0' => self.flags.zero = true,
                b'+' => self.flags.plus = true,
                b'-' => self.flags.minus = true,
                b' ' => self.flags.space = true,
                _ => return,
            }
            reader.at += 1;
        }
    }

    fn width_argument(&mut self, reader: &mut Reader<'_>) {
        match reader.int_argument() {
            Some(width) => {
                self.flags.width = Some(width.unsigned_abs() as usize);
                if width < 0 {
                    self.flags.minus = true;
                    self.flags.zero = false;
                }
            }
            None => self.out.extend_from_slice(b"%!(BADWIDTH)"),
        }
    }

    fn precision_argument(&mut self, reader: &mut Reader<'_>) {
        self.flags.precision = reader.int_argument().and_then(|precision| usize::try_from(precision).ok());
        if self.flags.precision.is_none() {
            self.out.extend_from_slice(b"%!(BADPREC)");
        }
    }

    fn apply(&mut self, reader: &mut Reader<'_>, verb: char) {
        if verb == '%' {
            return self.out.push(b'%');
        }
        if !reader.good_index {
            return self.out.extend_from_slice(format!("%!{verb}(BADINDEX)").as_bytes());
        }
        let Some(value) = reader.values.get(reader.next) else {
            return self.out.extend_from_slice(format!("%!{verb}(MISSING)").as_bytes());
        };
        if matches!(verb, 'v' | 'w') {
            self.flags.sharp_v = std::mem::take(&mut self.flags.sharp);
            self.flags.plus_v = std::mem::take(&mut self.flags.plus);
        }
        self.arg(value, verb);
        reader.next += 1;
    }

    /// Arguments that no verb asked for.
    fn extra(&mut self, values: &[Value]) {
        if values.is_empty() {
            return;
        }
        self.flags = Flags::default();
        self.out.extend_from_slice(b"%!(EXTRA ");
        for (i, value) in values.iter().enumerate() {
            if i > 0 {
                self.out.extend_from_slice(b", ");
            }
            if !value.is_nil() {
                self.out.extend_from_slice(value.type_name().as_bytes());
                self.out.push(b'=');
            }
            self.arg(value, 'v');
        }
        self.out.push(b')');
    }
}

impl Reader<'_> {
    fn eat(&mut self, byte: u8) -> bool {
        let eaten = self.format.get(self.at) == Some(&byte);
        self.at += usize::from(eaten);
        eaten
    }

    fn char(&mut self) -> Option<char> {
        let rest = self.format.get(self.at..).filter(|rest| !rest.is_empty())?;
        let window = &rest[..rest.len().min(4)];
        let chunk = window.utf8_chunks().next()?;
        let char = chunk.valid().chars().next();
        self.at += char.map_or(1, char::len_utf8);
        Some(char.unwrap_or(char::REPLACEMENT_CHARACTER))
    }

    /// Digits. Those of a number that is too large swallow the rest of the format, as in Go.
    fn number(&mut self) -> Option<usize> {
        let start = self.at;
        let mut number = 0;
        while let Some(digit) = self.format.get(self.at).filter(|byte| byte.is_ascii_digit()) {
            if number > MAX {
                self.at = self.format.len();
                return None;
            }
            number = number * 10 + usize::from(digit - b'0');
            self.at += 1;
        }
        (self.at > start).then_some(number)
    }

    /// `[3]`, which chooses an argument. Whether one was there.
    fn index(&mut self) -> bool {
        if self.format.get(self.at) != Some(&b'[') {
            return false;
        }
        self.reordered = true;
        let rest = &self.format[self.at..];
        let Some(close) = rest.iter().position(|&byte| byte == b']').filter(|_| rest.len() >= 3) else {
            self.at += 1;
            self.good_index = false;
            return false;
        };
        self.at += close + 1;
        let index = parse_index(&rest[1..close]);
        match index.filter(|&index| (1..=self.values.len()).contains(&index)) {
            Some(index) => self.next = index - 1,
            None => self.good_index = false,
        }
        index.is_some()
    }

    /// The next argument as a width or precision.
    fn int_argument(&mut self) -> Option<i64> {
        let value = self.values.get(self.next)?;
        self.next += 1;
        let number = match value.plain().as_ref() {
            Value::Int(number, _) => *number,
            Value::Uint(number, _) => i64::try_from(*number).ok()?,
            _ => return None,
        };
        (number.unsigned_abs() <= MAX as u64).then_some(number)
    }
}

fn parse_index(digits: &[u8]) -> Option<usize> {
    let text =
        std::str::from_utf8(digits).ok().filter(|text| text.bytes().all(|byte| byte.is_ascii_digit()))?;
    text.parse().ok().filter(|&index| index <= 10 * MAX)
}
