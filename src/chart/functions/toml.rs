//! TOML as BurntSushi's library writes and reads it.

use super::json_in::map;
use super::json_out::{MAX_DEPTH, shown};
use super::{float, reflect};
use crate::template::{Elem, Fault, Functions, List, Map, Param, Signature, Type, Value};

/// Adds the functions. They do not fail: what is wrong is in what they give.
pub(super) fn add(functions: &mut Functions) {
    functions.add("toToml", Signature::fixed(&[Param::Any]), |_, args| {
        let mut writer = Writer { out: String::new() };
        Ok(match writer.table_or_value(&[], args.any(0)) {
            Ok(()) => writer.out.into(),
            Err(fault) => fault.message.into(),
        })
    });
    functions.add("fromToml", Signature::fixed(&[Param::Str]), |_, args| {
        let table: Result<::toml::Table, _> = args.str(0).parse();
        Ok(map(match table {
            Ok(table) => Ok(value(&::toml::Value::Table(table))),
            Err(error) => Err(format!("the text is no TOML: {}", error.message()).into()),
        }))
    });
}

fn value(toml: &::toml::Value) -> Value {
    use ::toml::Value as Toml;
    match toml {
        Toml::String(text) => text.as_str().into(),
        Toml::Integer(number) => Value::int64(*number),
        Toml::Float(number) => (*number).into(),
        Toml::Boolean(truth) => (*truth).into(),
        Toml::Datetime(time) => time.to_string().into(),
        Toml::Array(items) => {
            let tables = !items.is_empty() && items.iter().all(Toml::is_table);
            let values = items.iter().map(value).collect();
            let of = if tables { Type::new("[]map[string]interface {}", Elem::Other) } else { Type::LIST };
            List::of(of, values).into()
        }
        Toml::Table(table) => {
            Value::Map(table.iter().map(|(key, item)| (key.as_str(), value(item))).collect::<Map>())
        }
    }
}

struct Writer {
    out: String,
}

impl Writer {
    /// A value under a path of keys: as a table of its own where it is one, otherwise on a line.
    fn table_or_value(&mut self, path: &[String], value: &Value) -> Result<(), Fault> {
        if path.len() > MAX_DEPTH {
            return Err("the value is too deep, or contains itself".into());
        }
        let value = &made_of(value);
        match value {
            Value::Missing | Value::Nil => Ok(()),
            Value::Map(map) => self.table(path, map),
            value if is_tables(value)? => self.tables(path, value),
            value if path.is_empty() => self.element(value, 0),
            value => {
                self.key(path);
                self.element(value, path.len())?;
                self.out.push('\n');
                Ok(())
            }
        }
    }

    fn indent(&mut self, path: &[String]) {
        self.out.extend(std::iter::repeat_n("  ", path.len().saturating_sub(1)));
    }

    fn key(&mut self, path: &[String]) {
        self.indent(path);
        self.out.push_str(&path.last().map_or(String::new(), |key| quoted_key(key)));
        self.out.push_str(" = ");
    }

    fn table(&mut self, path: &[String], map: &Map) -> Result<(), Fault> {
        if path.len() == 1 {
            self.newline();
        }
        if !path.is_empty() {
            self.header(path, "[", "]");
        }
        self.entries(path, map)
    }

    fn tables(&mut self, path: &[String], value: &Value) -> Result<(), Fault> {
        if path.is_empty() {
            return Err("a list of tables needs a key".into());
        }
        for item in reflect::items(value).unwrap_or_default().iter() {
            if let Value::Map(map) = made_of(item) {
                self.newline();
                self.header(path, "[[", "]]");
                self.entries(path, &map)?;
            }
        }
        Ok(())
    }

    fn newline(&mut self) {
        if !self.out.is_empty() {
            self.out.push('\n');
        }
    }

    fn header(&mut self, path: &[String], open: &str, close: &str) {
        self.indent(path);
        let keys: Vec<String> = path.iter().map(|key| quoted_key(key)).collect();
        self.out.push_str(&format!("{open}{}{close}\n", keys.join(".")));
    }

    /// What is no table first: behind a table's header everything belongs to it.
    fn entries(&mut self, path: &[String], map: &Map) -> Result<(), Fault> {
        let (mut tables, mut plain) = (Vec::new(), Vec::new());
        for (key, value) in map.entries() {
            let own = matches!(made_of(&value), Value::Map(_)) || is_tables(&value)?;
            if own { tables.push((key, value)) } else { plain.push((key, value)) }
        }
        for (key, value) in plain.into_iter().chain(tables) {
            let path: Vec<String> = path.iter().cloned().chain([key.to_string()]).collect();
            self.table_or_value(&path, &value)?;
        }
        Ok(())
    }

    fn element(&mut self, value: &Value, depth: usize) -> Result<(), Fault> {
        if depth > MAX_DEPTH {
            return Err("the value is too deep, or contains itself".into());
        }
        match &made_of(value) {
            Value::Bool(truth) => self.out.push_str(&truth.to_string()),
            Value::Int(number, _) => self.out.push_str(&number.to_string()),
            Value::Uint(number, _) => self.out.push_str(&number.to_string()),
            Value::Float(number) => self.out.push_str(&number_text(*number)),
            Value::Str(text) => self.out.push_str(&quoted(&text.to_str())),
            Value::Map(map) => self.inline_table(map, depth)?,
            value => {
                let Some(items) = reflect::items(value) else {
                    return Err(format!("TOML has nothing for a value of type {}", value.type_name()).into());
                };
                self.out.push('[');
                for (i, item) in items.iter().enumerate() {
                    if i > 0 {
                        self.out.push_str(", ");
                    }
                    self.element(item, depth + 1)?;
                }
                self.out.push(']');
            }
        }
        Ok(())
    }

    fn inline_table(&mut self, map: &Map, depth: usize) -> Result<(), Fault> {
        self.out.push('{');
        let entries = map.entries();
        let is_table = |value: &Value| matches!(made_of(value), Value::Map(_));
        let (tables, plain): (Vec<_>, Vec<_>) = entries.into_iter().partition(|(_, value)| is_table(value));
        let shown = plain.into_iter().chain(tables).filter(|(_, value)| !value.is_nil());
        for (i, (key, value)) in shown.enumerate() {
            if i > 0 {
                self.out.push_str(", ");
            }
            self.out.push_str(&format!("{} = ", quoted_key(&key)));
            self.element(&value, depth + 1)?;
        }
        self.out.push('}');
        Ok(())
    }
}

fn made_of(value: &Value) -> Value {
    match value {
        Value::Object(object) => shown(&**object),
        other => other.clone(),
    }
}

/// Whether it is a list of nothing but tables. A list with nil in it cannot be written at all.
fn is_tables(value: &Value) -> Result<bool, Fault> {
    let Some(items) = reflect::items(value) else { return Ok(false) };
    if items.iter().any(Value::is_nil) {
        return Err("a list with nil in it cannot be written as TOML".into());
    }
    Ok(!items.is_empty() && items.iter().all(|item| matches!(made_of(item), Value::Map(_))))
}

fn number_text(number: f64) -> String {
    if number.is_nan() {
        return "nan".into();
    }
    if number.is_infinite() {
        return if number > 0.0 { "inf".into() } else { "-inf".into() };
    }
    match float::general(number) {
        text if text.contains(['.', 'e']) => text,
        text => text + ".0",
    }
}

fn quoted_key(key: &str) -> String {
    let bare = !key.is_empty()
        && key.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-');
    if bare { key.to_string() } else { quoted(key) }
}

fn quoted(text: &str) -> String {
    let mut out = String::from('"');
    for char in text.chars() {
        match char {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\u{8}' => out.push_str("\\b"),
            '\t' => out.push_str("\\t"),
            '\n' => out.push_str("\\n"),
            '\u{c}' => out.push_str("\\f"),
            '\r' => out.push_str("\\r"),
            '\0'..='\u{1f}' | '\u{7f}' => out.push_str(&format!("\\u{:04x}", u32::from(char))),
            char => out.push(char),
        }
    }
    out.push('"');
    out
}
