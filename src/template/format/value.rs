//! Values of all kinds.

use std::rc::Rc;

use super::{MAX_DEPTH, Printer};
use crate::template::value::{Kind, List, Map, Object, Value};

/// What stands for addresses, which differ from run to run.
const ADDRESS: u64 = 0xc0_0000_0000;

impl Printer {
    /// A value as an argument.
    pub(super) fn arg(&mut self, value: &Value, verb: char) {
        match (value, verb) {
            (Value::Nil | Value::Missing, 'T' | 'v') => self.pad(b"<nil>"),
            (Value::Nil | Value::Missing, _) => self.bad_verb(value, verb),
            (Value::Bytes(_), 'w') => self.value(value, verb, 0),
            // `%w` is for errors alone.
            (_, 'w') => self.bad_verb(value, verb),
            (_, 'T') => self.string(value.type_name().as_bytes()),
            (_, 'p') => match value.kind() {
                Kind::Map | Kind::Slice | Kind::Func | Kind::Ptr => self.address(),
                _ => self.bad_verb(value, verb),
            },
            _ => self.value(value, verb, 0),
        }
    }

    fn address(&mut self) {
        let sharp = self.flags.sharp;
        self.flags.sharp = !sharp;
        self.integer(false, ADDRESS, 'x');
        self.flags.sharp = sharp;
    }

    /// A value, which may lie in another.
    fn value(&mut self, value: &Value, verb: char, depth: usize) {
        self.too_deep |= depth > MAX_DEPTH;
        if self.too_deep || !self.has_room(0) {
            return;
        }
        let fits = match value {
            Value::Missing | Value::Nil => {
                let nil = if self.flags.sharp_v { "interface {}(nil)" } else { "<nil>" };
                self.out.extend_from_slice(nil.as_bytes());
                true
            }
            Value::Bool(truth) if matches!(verb, 't' | 'v') => {
                self.pad(if *truth { b"true" } else { b"false" });
                true
            }
            Value::Int(number, _) => self.integer(*number < 0, number.unsigned_abs(), verb),
            Value::Uint(number, _) if verb == 'v' && self.flags.sharp_v => {
                self.hex_number(*number);
                true
            }
            Value::Uint(number, _) => self.integer(false, *number, verb),
            Value::Float(number) => self.float(*number, verb),
            Value::Str(text) => self.text(text.as_bytes(), verb),
            Value::Bytes(bytes) => self.bytes(bytes, verb, depth),
            Value::List(list) => {
                self.list(list, verb, depth);
                true
            }
            Value::Map(map) => {
                self.map(map, verb, depth);
                true
            }
            Value::Object(object) => {
                self.object(object, verb, depth);
                true
            }
            Value::Function(_) if verb == 'v' => {
                self.address();
                true
            }
            Value::Bool(_) | Value::Function(_) => false,
        };
        if !fits {
            self.bad_verb(value, verb);
        }
    }

    /// `%!d(string=x)`
    fn bad_verb(&mut self, value: &Value, verb: char) {
        self.out.extend_from_slice(format!("%!{verb}(").as_bytes());
        if value.is_nil() {
            self.out.extend_from_slice(b"<nil>");
        } else {
            self.out.extend_from_slice(value.type_name().as_bytes());
            self.out.push(b'=');
            let complains = std::mem::replace(&mut self.complains, true);
            self.value(value, 'v', 0);
            self.complains = complains;
        }
        self.out.push(b')');
    }

    fn text(&mut self, bytes: &[u8], verb: char) -> bool {
        match verb {
            'v' if self.flags.sharp_v => self.quoted(bytes),
            'v' | 's' => self.string(bytes),
            'x' | 'X' => self.hex(bytes, verb == 'X'),
            'q' => self.quoted(bytes),
            _ => return false,
        }
        true
    }

    fn bytes(&mut self, bytes: &[u8], verb: char, depth: usize) -> bool {
        if matches!(verb, 's' | 'x' | 'X' | 'q') {
            return self.text(bytes, verb);
        }
        let name = if depth == 0 && verb != 'w' { "[]byte" } else { "[]uint8" };
        self.sequence(name, bytes.iter(), |printer, &byte| match verb {
            'v' if printer.flags.sharp_v => printer.hex_number(u64::from(byte)),
            _ if printer.integer(false, u64::from(byte), verb) => {}
            _ => {
                printer.bad_verb(&Value::Uint(u64::from(byte), crate::template::value::UintKind::Uint8), verb)
            }
        });
        true
    }

    /// Items between brackets: `[a b]`, or `[]string{a, b}` in Go's syntax.
    fn sequence<T>(
        &mut self,
        name: &str,
        items: impl Iterator<Item = T>,
        mut print: impl FnMut(&mut Self, T),
    ) {
        let (open, between, close) = match (self.flags.sharp_v, name.starts_with("map")) {
            (true, _) => (format!("{name}{{"), ", ", b'}'),
            (false, true) => ("map[".to_string(), " ", b']'),
            (false, false) => ("[".to_string(), " ", b']'),
        };
        self.out.extend_from_slice(open.as_bytes());
        for (i, item) in items.enumerate() {
            if i > 0 {
                self.out.extend_from_slice(between.as_bytes());
            }
            print(self, item);
        }
        self.out.push(close);
    }

    fn list(&mut self, list: &List, verb: char, depth: usize) {
        self.sequence(list.of_type().name, list.iter(), |printer, item| printer.value(item, verb, depth + 1));
    }

    fn map(&mut self, map: &Map, verb: char, depth: usize) {
        let of = map.of_type();
        // A named map type prints its name in Go's syntax, and as any other map elsewhere.
        let name = if self.flags.sharp_v { of.name } else { "map" };
        self.sequence(name, map.entries().into_iter(), |printer, (key, value)| {
            if !printer.text(key.as_bytes(), verb) {
                printer.bad_verb(&Value::from(key), verb);
            }
            printer.out.push(b':');
            printer.value(&value, verb, depth + 1);
        });
    }

    fn object(&mut self, object: &Rc<dyn Object>, verb: char, depth: usize) {
        let stringable =
            matches!(verb, 'v' | 's' | 'x' | 'X' | 'q') && !self.flags.sharp_v && !self.complains;
        if let Some(text) = object.text().filter(|_| stringable) {
            self.text(text.as_bytes(), verb);
        } else if let Some(plain) = object.plain() {
            self.value(&plain, verb, depth);
        } else if object.kind() == Kind::Ptr && depth > 0 {
            self.address();
        } else {
            self.fields(object, verb, depth);
        }
    }

    fn fields(&mut self, object: &Rc<dyn Object>, verb: char, depth: usize) {
        if object.kind() == Kind::Ptr {
            self.out.push(b'&');
        }
        if self.flags.sharp_v {
            self.out.extend_from_slice(object.type_name().trim_start_matches('*').as_bytes());
        }
        self.out.push(b'{');
        for (i, (name, value)) in object.fields().into_iter().enumerate() {
            if i > 0 {
                self.out.extend_from_slice(if self.flags.sharp_v { b", " } else { b" " });
            }
            if self.flags.sharp_v || self.flags.plus_v {
                self.out.extend_from_slice(format!("{name}:").as_bytes());
            }
            self.value(&value, verb, depth + 1);
        }
        self.out.push(b'}');
    }
}
