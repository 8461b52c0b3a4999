//! Prints values as Go's `fmt` does.

mod float;
mod integer;
mod pad;
mod printf;
mod value;

use super::function::Fault;
use super::value::{Kind, Str, Value};

/// What a verb of a format may carry: `%-08.3f`.
#[derive(Clone, Copy, Default)]
struct Flags {
    width: Option<usize>,
    precision: Option<usize>,
    minus: bool,
    plus: bool,
    sharp: bool,
    space: bool,
    zero: bool,
    /// `%+v`, which is no `+` for the numbers inside.
    plus_v: bool,
    /// `%#v`, which is no `#` for the numbers inside.
    sharp_v: bool,
}

/// Prints values one after the other.
struct Printer {
    out: Vec<u8>,
    flags: Flags,
    /// Whether a value is being shown because the verb does not fit it.
    complains: bool,
    too_deep: bool,
    too_large: bool,
}

/// How deep lists and maps may lie in one another to be printed: a map can contain itself.
const MAX_DEPTH: usize = 200;

/// How long a text may become: a few lists that each contain the next one twice print as more than fits anywhere.
const MAX_BYTES: usize = 16 << 20;

impl Printer {
    /// Whether there is room for so many bytes more.
    fn has_room(&mut self, more: usize) -> bool {
        self.too_large |= self.out.len() + more > MAX_BYTES;
        !self.too_large
    }

    fn new() -> Self {
        Self { out: Vec::new(), flags: Flags::default(), complains: false, too_deep: false, too_large: false }
    }

    fn finish(self) -> Result<Str, Fault> {
        if self.too_deep {
            return Err(Fault::new(format!(
                "the value is more than {MAX_DEPTH} levels deep, or contains itself"
            )));
        }
        if self.too_large {
            return Err(Fault::new(format!("the value prints as more than {MAX_BYTES} bytes")));
        }
        Ok(Str::from_bytes(self.out))
    }
}

/// `fmt.Sprint`: with spaces between what is no string. Of one value: `%v`.
pub fn sprint(values: &[Value]) -> Result<Str, Fault> {
    if let [Value::Str(text)] = values {
        return Ok(text.clone());
    }
    let mut printer = Printer::new();
    let mut after_string = true;
    for (i, value) in values.iter().enumerate() {
        let string = value.kind() == Kind::String;
        if i > 0 && !string && !after_string {
            printer.out.push(b' ');
        }
        printer.arg(value, 'v');
        after_string = string;
    }
    printer.finish()
}

/// `fmt.Sprintln`: with spaces between all.
pub fn sprintln(values: &[Value]) -> Result<Str, Fault> {
    let mut printer = Printer::new();
    for (i, value) in values.iter().enumerate() {
        if i > 0 {
            printer.out.push(b' ');
        }
        printer.arg(value, 'v');
    }
    printer.out.push(b'\n');
    printer.finish()
}

/// `fmt.Sprintf`.
pub fn sprintf(format: &Str, values: &[Value]) -> Result<Str, Fault> {
    let mut printer = Printer::new();
    printer.printf(format.as_bytes(), values)?;
    printer.finish()
}
