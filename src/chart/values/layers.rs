//! Files of values and flags, each laid on those before it.

use std::fs;
use std::io::{self, Read};
use std::path::Path;
use std::rc::Rc;

use super::set::{Right, set};
use super::{Data, Origin, Provider, Setting, Table, read};
use crate::error::{Error, Result};
use crate::source::Text;

/// More than this nobody pipes in by intent.
const LARGEST: u64 = 100 << 20;

/// A file of values: its name and its text.
#[derive(Clone, Debug)]
pub struct Layer {
    /// As it was given.
    pub name: String,
    /// What it holds.
    pub text: String,
}

/// What a flag sets, as it was typed.
#[derive(Clone, Debug)]
pub enum Assignment {
    /// `--set-json`
    Json(String),
    /// `--set`
    Typed(String),
    /// `--set-string`
    Text(String),
    /// `--set-file`
    File(String),
}

impl Assignment {
    /// Helm applies the flags in this order, whatever the order on the command line.
    fn rank(&self) -> (u8, &'static str, &str) {
        match self {
            Assignment::Json(text) => (0, "--set-json", text),
            Assignment::Typed(text) => (1, "--set", text),
            Assignment::Text(text) => (2, "--set-string", text),
            Assignment::File(text) => (3, "--set-file", text),
        }
    }
}

#[expect(clippy::disallowed_methods, reason = "chart is where charts and their values are read")]
/// Reads a file of values; `-` is standard input.
pub fn read_layer(path: &Path) -> Result<Layer> {
    let is_stdin = path.as_os_str() == "-";
    let name = if is_stdin { "stdin".to_owned() } else { path.display().to_string() };
    let text = if is_stdin { stdin() } else { fs::read_to_string(path) };
    let text = text.map_err(|error| Error::read(&name, error))?;
    // The mark that some editors begin with is no part of the text.
    Ok(Layer { name, text: text.strip_prefix('\u{feff}').unwrap_or(&text).to_owned() })
}

fn stdin() -> io::Result<String> {
    let mut text = String::new();
    io::stdin().lock().take(LARGEST).read_to_string(&mut text)?;
    Ok(text)
}

/// All of them in one table: files first, each over the one before, then flags.
pub fn layered(files: &[Layer], flags: &[Assignment]) -> Result<Table> {
    let mut values = Table::new();
    for file in files {
        values = over(&values, &read(&file.name, &file.text)?);
    }
    let mut flags: Vec<_> = flags.iter().map(|flag| (flag, flag.rank())).collect();
    flags.sort_by_key(|(_, rank)| rank.0);
    for (flag, (_, name, text)) in flags {
        let provider = Provider { name: name.to_owned(), text: Text::new(text.to_owned()) };
        let origin = Origin { provider: Rc::new(provider), at: 0 };
        let right = match flag {
            Assignment::Json(_) => Right::Json,
            Assignment::Typed(_) => Right::Typed,
            Assignment::Text(_) => Right::Text,
            Assignment::File(_) => Right::File(&file),
        };
        set(&values, text, right, &origin).map_err(|why| {
            Error::usage(format!("`{name} {text}`: {why}"))
                .hint("keys look like `a.b[0].c=value`; `\\,` and `\\.` are plain signs")
        })?;
    }
    Ok(values)
}

#[expect(clippy::disallowed_methods, reason = "chart is where charts and their values are read")]
fn file(name: &str) -> Result<Vec<u8>, String> {
    fs::read(name).map_err(|error| format!("`{name}`: {error}"))
}

/// Tables are joined, all else is replaced; null too stays, to take out a default.
fn over(under: &Table, over: &Table) -> Table {
    let joined = under.shallow_copy();
    for (key, setting) in over.entries() {
        let setting = match (&setting.data, joined.table(&key)) {
            (Data::Table(above), Some(below)) => {
                Setting { data: Data::Table(self::over(&below, above)), origin: setting.origin }
            }
            _ => setting,
        };
        joined.set(key, setting);
    }
    joined
}
