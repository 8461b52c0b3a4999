//! Values of charts: tables that are shared as Helm shares them, every value with its origin.

mod coalesce;
mod json;
mod layers;
mod read;
mod set;

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use rustc_hash::FxHashMap;

use crate::source::Text;
use crate::template::{Map, Str, Type, Value};

pub(super) use coalesce::{coalesce, merge, merge_tables};
pub use layers::{Assignment, Layer, layered, read_layer};

pub(super) use read::{first_document, place, read, single};

/// The key whose table every chart of a tree sees.
pub(super) const GLOBAL: &str = "global";

/// Where values come from: a file and its text, or a flag as it was typed.
#[derive(Debug)]
pub struct Provider {
    /// The file's name, or the flag's: `values.yaml of istiod`, `--set`.
    pub name: String,
    /// What was written.
    pub text: Text,
}

/// Where one value comes from.
#[derive(Clone, Debug)]
pub struct Origin {
    /// The file or flag.
    pub provider: Rc<Provider>,
    /// The offset in its text.
    pub at: u32,
}

/// A value and its origin.
#[derive(Clone, Debug)]
pub struct Setting {
    /// The value.
    pub data: Data,
    /// Where it comes from; `None` for tables that coalescing makes.
    pub origin: Option<Origin>,
}

/// A value.
#[derive(Clone, Debug)]
pub enum Data {
    /// Null.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A whole number that `--set` gave.
    Int(i64),
    /// A number out of a file.
    Float(f64),
    /// A string.
    Text(Str),
    /// A list.
    List(Rc<[Setting]>),
    /// A table.
    Table(Table),
}

/// A table. A clone is the same table: Helm's coalescing shares tables between parent and subchart, and what it adds for
/// the one, the other sees.
#[derive(Clone, Debug, Default)]
pub struct Table(Rc<RefCell<BTreeMap<Rc<str>, Setting>>>);

impl Data {
    /// The table, if it is one.
    pub fn as_table(&self) -> Option<&Table> {
        match self {
            Data::Table(table) => Some(table),
            _ => None,
        }
    }

    /// Whether it is null.
    pub fn is_null(&self) -> bool {
        matches!(self, Data::Null)
    }

    /// What it is, in YAML's words.
    pub fn kind(&self) -> &'static str {
        match self {
            Data::Null => "null",
            Data::Bool(_) => "a boolean",
            Data::Int(_) | Data::Float(_) => "a number",
            Data::Text(_) => "a string",
            Data::List(_) => "a list",
            Data::Table(_) => "a table",
        }
    }
}

impl From<Data> for Setting {
    fn from(data: Data) -> Self {
        Self { data, origin: None }
    }
}

impl Setting {
    fn deep_copy(&self) -> Self {
        let data = match &self.data {
            Data::List(items) => Data::List(items.iter().map(Setting::deep_copy).collect()),
            Data::Table(table) => Data::Table(table.deep_copy()),
            other => other.clone(),
        };
        Self { data, origin: self.origin.clone() }
    }
}

impl Table {
    /// An empty table.
    pub fn new() -> Self {
        Self::default()
    }

    /// What lies under a key.
    pub fn get(&self, key: &str) -> Option<Setting> {
        self.0.borrow().get(key).cloned()
    }

    /// The table under a key.
    pub fn table(&self, key: &str) -> Option<Table> {
        self.0.borrow().get(key).and_then(|setting| setting.data.as_table().cloned())
    }

    /// Lays a value under a key.
    pub fn set(&self, key: impl Into<Rc<str>>, setting: impl Into<Setting>) {
        self.0.borrow_mut().insert(key.into(), setting.into());
    }

    /// Takes a key out.
    pub fn unset(&self, key: &str) {
        self.0.borrow_mut().remove(key);
    }

    /// Whether there is nothing in it.
    pub fn is_empty(&self) -> bool {
        self.0.borrow().is_empty()
    }

    /// Keys and values as they are now.
    pub fn entries(&self) -> Vec<(Rc<str>, Setting)> {
        self.0.borrow().iter().map(|(key, setting)| (key.clone(), setting.clone())).collect()
    }

    /// A table of its own that shares the tables in it.
    fn shallow_copy(&self) -> Self {
        Self(Rc::new(RefCell::new(self.0.borrow().clone())))
    }

    /// A table that shares nothing.
    pub fn deep_copy(&self) -> Self {
        let copy = self.0.borrow().iter().map(|(key, setting)| (key.clone(), setting.deep_copy())).collect();
        Self(Rc::new(RefCell::new(copy)))
    }

    /// The table at a path of keys that are joined by dots.
    pub fn table_at(&self, path: &str) -> Option<Table> {
        path.split('.').try_fold(self.clone(), |table, key| table.table(key))
    }

    /// The value at a path of keys that are joined by dots; tables are none.
    pub fn leaf_at(&self, path: &str) -> Option<Setting> {
        let (above, key) = match path.rsplit_once('.') {
            Some((above, key)) => (self.table_at(above)?, key),
            None => (self.clone(), path),
        };
        above.get(key).filter(|setting| setting.data.as_table().is_none())
    }
}

/// The type that `.Values` has.
pub(super) const VALUES: Type = Type::new("chartutil.Values", crate::template::Elem::Any);

/// The values as templates see them. Tables that are shared stay so: charts call `set` on them.
pub(super) fn to_template(table: &Table) -> Map {
    let map = Map::of(VALUES);
    fill(&map, table, &mut FxHashMap::default());
    map
}

type Seen = FxHashMap<*const RefCell<BTreeMap<Rc<str>, Setting>>, Map>;

fn fill(map: &Map, table: &Table, seen: &mut Seen) {
    for (key, setting) in table.0.borrow().iter() {
        map.set(key.clone(), value(&setting.data, seen));
    }
}

fn value(data: &Data, seen: &mut Seen) -> Value {
    match data {
        Data::Null => Value::Nil,
        Data::Bool(truth) => Value::Bool(*truth),
        Data::Int(number) => Value::int64(*number),
        Data::Float(number) => Value::Float(*number),
        Data::Text(text) => Value::Str(text.clone()),
        Data::List(items) => items.iter().map(|item| value(&item.data, seen)).collect::<Vec<_>>().into(),
        Data::Table(table) => {
            if let Some(map) = seen.get(&Rc::as_ptr(&table.0)) {
                return Value::Map(map.clone());
            }
            let map = Map::new();
            seen.insert(Rc::as_ptr(&table.0), map.clone());
            fill(&map, table, seen);
            Value::Map(map)
        }
    }
}
