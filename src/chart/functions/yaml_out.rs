//! YAML as go-yaml writes it, byte for byte: charts nest and hash what `toYaml` gives.

mod scalar;

use data_encoding::BASE64;

use super::float;
use super::json_out::{MAX_DEPTH, shown};
use super::yaml_scalar::is_string;
use super::yaml_sort::sort;
use crate::template::{Map, Value};

use scalar::{Shape, Style};

/// Which go-yaml: what one of them writes, the other does a little otherwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Dialect {
    /// Version 2 behind JSON, as sigs.k8s.io/yaml has it: `toYaml`. Lists in maps are not indented, long lines are folded.
    V2,
    /// Version 3: `toYamlPretty`. Lists in maps are indented, lines are as long as they are.
    V3,
}

/// A value as YAML, without the newline at its end. `None`: the library fails.
pub(super) fn write(value: &Value, dialect: Dialect) -> Option<String> {
    let mut writer = Writer::new(dialect);
    writer.node(value, Place::ROOT)?;
    writer.indent_line();
    if writer.out.ends_with('\n') {
        writer.out.pop();
    }
    Some(writer.out)
}

/// Where a node stands.
#[derive(Clone, Copy)]
struct Place {
    /// Under or as the key of a map.
    in_map: bool,
    /// As a key on one line with its value.
    simple_key: bool,
}

impl Place {
    const ROOT: Place = Place { in_map: false, simple_key: false };
    const ITEM: Place = Place { in_map: false, simple_key: false };
    const VALUE: Place = Place { in_map: true, simple_key: false };
}

struct Writer {
    out: String,
    dialect: Dialect,
    /// How many characters the line has.
    column: usize,
    /// How far the innermost list or map is indented; `None` outside of all.
    indent: Option<usize>,
    /// Whether the last thing written was a space or an indent.
    whitespace: bool,
    /// Whether the line consists of nothing but indent and `-`, `?`, `:`.
    indention: bool,
    depth: usize,
    /// Whether the innermost list or map is a list.
    in_list: bool,
}

impl Writer {
    fn new(dialect: Dialect) -> Self {
        Self {
            out: String::new(),
            dialect,
            column: 0,
            indent: None,
            whitespace: true,
            indention: true,
            depth: 0,
            in_list: false,
        }
    }

    fn put(&mut self, char: char) {
        self.out.push(char);
        self.column += 1;
    }

    fn line_break(&mut self) {
        self.out.push('\n');
        self.column = 0;
        if self.dialect == Dialect::V3 {
            self.indention = true;
        }
    }

    /// A new line where one is needed, and its indent.
    fn indent_line(&mut self) {
        let indent = self.indent.unwrap_or(0);
        if !self.indention || self.column > indent || (self.column == indent && !self.whitespace) {
            self.line_break();
        }
        while self.column < indent {
            self.put(' ');
        }
        self.whitespace = true;
        self.indention = true;
    }

    /// `-`, `?`, `:` and brackets. `keeps`: the line still consists of nothing but indent.
    fn indicator(&mut self, text: &str, needs_space: bool, keeps: bool) {
        if needs_space && !self.whitespace {
            self.put(' ');
        }
        text.chars().for_each(|char| self.put(char));
        self.whitespace = false;
        self.indention = self.indention && keeps;
    }

    /// One level deeper. The first level of all is not indented, unless it is that of a scalar.
    fn deeper(&self, scalar: bool) -> usize {
        match self.indent {
            None if scalar => 2,
            None => 0,
            Some(indent) if self.dialect == Dialect::V2 || self.in_list => indent + 2,
            Some(indent) => 2 * ((indent + 2) / 2),
        }
    }

    fn node(&mut self, value: &Value, place: Place) -> Option<()> {
        if self.depth > MAX_DEPTH {
            return None;
        }
        let null = "null";
        match value {
            Value::Missing | Value::Nil => self.plain(null),
            Value::Bool(truth) => self.plain(if *truth { "true" } else { "false" }),
            Value::Int(number, _) => self.plain(&number.to_string()),
            Value::Uint(number, _) => self.plain(&number.to_string()),
            Value::Float(number) => self.number(*number)?,
            Value::Str(text) => self.text(&text.to_str(), place)?,
            Value::Bytes(bytes) if self.dialect == Dialect::V2 => self.text(&BASE64.encode(bytes), place)?,
            Value::Bytes(bytes) => {
                let numbers: Vec<Value> = bytes.iter().map(|&byte| Value::int(i64::from(byte))).collect();
                self.list(&numbers, place)?;
            }
            Value::List(list) if list.is_null() && self.dialect == Dialect::V2 => self.plain(null),
            Value::List(list) => self.list(list, place)?,
            Value::Map(map) if map.is_null() && self.dialect == Dialect::V2 => self.plain(null),
            Value::Map(map) => self.map(map)?,
            Value::Object(object) => {
                self.depth += 1;
                self.node(&shown(&**object), place)?;
                self.depth -= 1;
            }
            Value::Function(_) => return None,
        }
        Some(())
    }

    /// A number; through JSON, those without a fraction become integers.
    fn number(&mut self, number: f64) -> Option<()> {
        if self.dialect == Dialect::V2 {
            let json = float::json(number)?;
            // All digits of it, where they fit 64 bits.
            let whole = json.parse::<i64>().map(|whole| whole.to_string());
            let whole = whole.or_else(|_| json.parse::<u64>().map(|whole| whole.to_string()));
            if let Ok(whole) = whole {
                self.plain(&whole);
                return Some(());
            }
        }
        let text = float::general(number);
        self.plain(match &*text {
            "+Inf" => ".inf",
            "-Inf" => "-.inf",
            "NaN" => ".nan",
            text => text,
        });
        Some(())
    }

    fn list(&mut self, items: &[Value], place: Place) -> Option<()> {
        if items.is_empty() {
            self.indicator("[]", true, false);
            return Some(());
        }
        let outer = (self.indent, self.in_list, self.depth);
        let stays = self.dialect == Dialect::V2 && place.in_map && !self.indention && self.indent.is_some();
        if !stays {
            self.indent = Some(self.deeper(false));
        }
        (self.in_list, self.depth) = (true, self.depth + 1);
        for item in items {
            self.indent_line();
            self.indicator("-", true, true);
            self.node(item, Place::ITEM)?;
        }
        (self.indent, self.in_list, self.depth) = outer;
        Some(())
    }

    fn map(&mut self, map: &Map) -> Option<()> {
        if map.is_empty() {
            self.indicator("{}", true, false);
            return Some(());
        }
        let outer = (self.indent, self.in_list, self.depth);
        self.indent = Some(self.deeper(false));
        (self.in_list, self.depth) = (false, self.depth + 1);
        for (key, value) in sort(map.entries(), self.dialect) {
            self.indent_line();
            let key = self.readable(&key, true)?;
            let simple_key = key.len() <= 128 && !Shape::of(&key, self.dialect).many_lines;
            if !simple_key {
                self.indicator("?", true, true);
            }
            self.scalar(&key, self.style(&key), Place { in_map: true, simple_key });
            match simple_key {
                true => self.indicator(":", false, false),
                false => {
                    self.indent_line();
                    self.indicator(":", true, true);
                }
            }
            self.node(&value, Place::VALUE)?;
        }
        (self.indent, self.in_list, self.depth) = outer;
        Some(())
    }

    fn plain(&mut self, text: &str) {
        self.scalar(text, Style::Plain, Place::VALUE);
    }

    fn text(&mut self, text: &str, place: Place) -> Option<()> {
        let text = self.readable(text, false)?;
        self.scalar(&text, self.style(&text), place);
        Some(())
    }

    /// What a string asks for; what stands in it may ask for more.
    fn style(&self, text: &str) -> Style {
        match text {
            _ if text.contains('\n') => Style::Literal,
            _ if is_string(text) => Style::Plain,
            _ => Style::Double,
        }
    }

    /// The string as it comes out of JSON that version 2 has read as YAML. `None`: it cannot be read.
    fn readable(&self, text: &str, key: bool) -> Option<String> {
        if self.dialect == Dialect::V3 {
            return Some(text.to_string());
        }
        let unreadable =
            |char| matches!(char, '\u{7f}'..='\u{84}' | '\u{86}'..='\u{9f}' | '\u{fffe}' | '\u{ffff}');
        if text.contains(unreadable) || (key && text.len() > 150 && is_too_long(text)) {
            return None;
        }
        Some(if text.contains('\u{85}') { scalar::fold(text) } else { text.to_string() })
    }
}

/// Whether a key of JSON is too long to be one of YAML's: more than 1024 characters, with quotes and escapes.
fn is_too_long(key: &str) -> bool {
    use super::json_out::{Style, write};
    let json = write(&key.into(), Style { pretty: false, html: true });
    json.is_ok_and(|json| json.chars().count() > 1024)
}
