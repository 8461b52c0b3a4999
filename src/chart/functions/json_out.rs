//! JSON as Go's library writes it.

use data_encoding::BASE64;

use super::float;
use crate::template::{Fault, Kind, Map, Object, Value};

/// How to write.
#[derive(Clone, Copy)]
pub(super) struct Style {
    /// On many lines, indented by two spaces.
    pub(super) pretty: bool,
    /// With `<`, `>` and `&` as escapes, safe inside HTML: Go's default.
    pub(super) html: bool,
}

/// How deep lists and maps may lie in one another: a map can contain itself.
pub(super) const MAX_DEPTH: usize = 400;

/// A value as JSON.
pub(super) fn write(value: &Value, style: Style) -> Result<String, Fault> {
    let mut writer = Writer { out: String::new(), style, depth: 0 };
    writer.value(value)?;
    Ok(writer.out)
}

/// What JSON shows of a thing with fields: what it says itself, what it is made of, or its fields.
pub(super) fn shown(object: &dyn Object) -> Value {
    if let Some(value) = object.json().or_else(|| object.plain()) {
        return value;
    }
    if object.kind() == Kind::Func {
        return Value::Nil;
    }
    Value::Map(object.fields().into_iter().collect::<Map>())
}

struct Writer {
    out: String,
    style: Style,
    depth: usize,
}

impl Writer {
    fn value(&mut self, value: &Value) -> Result<(), Fault> {
        if self.depth > MAX_DEPTH {
            return Err(format!("the value is more than {MAX_DEPTH} levels deep, or contains itself").into());
        }
        match value {
            Value::Missing | Value::Nil => self.out.push_str("null"),
            Value::Bool(truth) => self.out.push_str(if *truth { "true" } else { "false" }),
            Value::Int(number, _) => self.out.push_str(&number.to_string()),
            Value::Uint(number, _) => self.out.push_str(&number.to_string()),
            Value::Float(number) => match float::json(*number) {
                Some(text) => self.out.push_str(&text),
                None => return Err(format!("JSON has no number {}", float::general(*number)).into()),
            },
            Value::Str(text) => self.string(&text.to_str()),
            Value::Bytes(bytes) => self.string(&BASE64.encode(bytes)),
            Value::List(list) if list.is_null() => self.out.push_str("null"),
            Value::List(list) => self.list(list)?,
            Value::Map(map) if map.is_null() => self.out.push_str("null"),
            Value::Map(map) => self.map(map)?,
            Value::Object(object) => self.nested(|writer| writer.value(&shown(&**object)))?,
            Value::Function(_) => return Err("a function cannot be written as JSON".into()),
        }
        Ok(())
    }

    fn nested(&mut self, write: impl FnOnce(&mut Self) -> Result<(), Fault>) -> Result<(), Fault> {
        self.depth += 1;
        let done = write(self);
        self.depth -= 1;
        done
    }

    fn list(&mut self, items: &[Value]) -> Result<(), Fault> {
        self.out.push('[');
        self.nested(|writer| {
            for (i, item) in items.iter().enumerate() {
                writer.next(i);
                writer.value(item)?;
            }
            Ok(())
        })?;
        self.close(']', items.is_empty());
        Ok(())
    }

    fn map(&mut self, map: &Map) -> Result<(), Fault> {
        let entries = map.borrow();
        self.out.push('{');
        self.nested(|writer| {
            for (i, (key, value)) in entries.iter().enumerate() {
                writer.next(i);
                writer.string(key);
                writer.out.push_str(if writer.style.pretty { ": " } else { ":" });
                writer.value(value)?;
            }
            Ok(())
        })?;
        self.close('}', entries.is_empty());
        Ok(())
    }

    fn next(&mut self, i: usize) {
        if i > 0 {
            self.out.push(',');
        }
        self.line();
    }

    fn close(&mut self, bracket: char, empty: bool) {
        if !empty {
            self.line();
        }
        self.out.push(bracket);
    }

    fn line(&mut self) {
        if self.style.pretty {
            self.out.push('\n');
            self.out.extend(std::iter::repeat_n("  ", self.depth));
        }
    }

    fn string(&mut self, text: &str) {
        self.out.push('"');
        for char in text.chars() {
            match char {
                '"' => self.out.push_str("\\\""),
                '\\' => self.out.push_str("\\\\"),
                '\n' => self.out.push_str("\\n"),
                '\r' => self.out.push_str("\\r"),
                '\t' => self.out.push_str("\\t"),
                '\u{8}' => self.out.push_str("\\b"),
                '\u{c}' => self.out.push_str("\\f"),
                '<' | '>' | '&' if self.style.html => self.escape(char),
                '\0'..='\u{1f}' | '\u{2028}' | '\u{2029}' => self.escape(char),
                _ => self.out.push(char),
            }
        }
        self.out.push('"');
    }

    fn escape(&mut self, char: char) {
        self.out.push_str(&format!("\\u{:04x}", u32::from(char)));
    }
}
