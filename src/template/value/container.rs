//! Lists and maps: shared, and maps also mutable, since charts call `set` and `unset` for their effect.

use std::cell::{Ref, RefCell};
use std::collections::BTreeMap;
use std::ops::Deref;
use std::rc::Rc;

use super::Value;

/// The type of a list or of a map: its name in Go, and what it may hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Type {
    /// As `%T` and `typeOf` print it.
    pub name: &'static str,
    /// What it may hold.
    pub elem: Elem,
}

/// What a list or a map may hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Elem {
    /// Anything, nil too.
    Any,
    /// Strings.
    Str,
    /// Numbers of Go's type `int`.
    Int,
    /// Bytes, as `.Files` holds.
    Bytes,
    /// Values of some other type: maps, pointers.
    Other,
}

impl Type {
    /// `[]interface {}`: what YAML and `list` give.
    pub const LIST: Type = Type::new("[]interface {}", Elem::Any);
    /// `[]string`: what `splitList` and `keys` give.
    pub const STRINGS: Type = Type::new("[]string", Elem::Str);
    /// `[]int`: what `until` gives.
    pub const INTS: Type = Type::new("[]int", Elem::Int);
    /// `map[string]interface {}`: what YAML and `dict` give.
    pub const MAP: Type = Type::new("map[string]interface {}", Elem::Any);
    /// `map[string]string`: what `split` gives, and annotations are.
    pub const STRING_MAP: Type = Type::new("map[string]string", Elem::Str);

    /// A type of one's own: `chartutil.Values`.
    pub const fn new(name: &'static str, elem: Elem) -> Self {
        Self { name, elem }
    }

    /// What stands for an element that is not there.
    pub fn zero(self) -> Value {
        match self.elem {
            Elem::Any | Elem::Other => Value::Nil,
            Elem::Str => Value::from(""),
            Elem::Int => Value::int(0),
            Elem::Bytes => Value::Bytes(Rc::new([])),
        }
    }
}

/// A list. Immutable: every function of Go's and Sprig's makes a new one.
#[derive(Clone)]
pub struct List(Rc<ListBody>);

struct ListBody {
    of: Type,
    items: Vec<Value>,
    /// Whether it is Go's nil slice: empty, but null where it is written as JSON or YAML.
    null: bool,
}

impl List {
    /// A list that may hold anything.
    pub fn new(items: Vec<Value>) -> Self {
        Self::of(Type::LIST, items)
    }

    /// A list of this type.
    pub fn of(of: Type, items: Vec<Value>) -> Self {
        Self(Rc::new(ListBody { of, items, null: false }))
    }

    /// Go's nil slice: an empty list, but null where it is written as JSON or YAML.
    pub fn null(of: Type) -> Self {
        Self(Rc::new(ListBody { of, items: Vec::new(), null: true }))
    }

    /// Whether it is Go's nil slice.
    pub fn is_null(&self) -> bool {
        self.0.null
    }

    /// A list of strings.
    pub fn of_strings<S: Into<super::Str>>(items: impl IntoIterator<Item = S>) -> Self {
        Self::of(Type::STRINGS, items.into_iter().map(|item| Value::Str(item.into())).collect())
    }

    /// Its type.
    pub fn of_type(&self) -> Type {
        self.0.of
    }

    /// Whether both are the very same list.
    pub fn is(&self, other: &List) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl Deref for List {
    type Target = [Value];

    fn deref(&self) -> &[Value] {
        &self.0.items
    }
}

/// A map from strings, in the order of its keys' bytes, as Go ranges over and prints it.
///
/// A clone is the same map: what one changes, the other sees.
#[derive(Clone)]
pub struct Map(Rc<MapBody>);

struct MapBody {
    of: Type,
    /// Whether it is Go's nil map: empty, null where it is written as JSON or YAML, and closed to new entries.
    null: bool,
    entries: RefCell<BTreeMap<Rc<str>, Value>>,
}

impl Default for Map {
    fn default() -> Self {
        Self::new()
    }
}

impl Map {
    /// An empty map that may hold anything.
    pub fn new() -> Self {
        Self::of(Type::MAP)
    }

    /// An empty map of this type.
    pub fn of(of: Type) -> Self {
        Self(Rc::new(MapBody { of, null: false, entries: RefCell::default() }))
    }

    /// Go's nil map: an empty map, but null where it is written as JSON or YAML. Go fails where one is to take an entry.
    pub fn null(of: Type) -> Self {
        Self(Rc::new(MapBody { of, null: true, entries: RefCell::default() }))
    }

    /// Whether it is Go's nil map.
    pub fn is_null(&self) -> bool {
        self.0.null
    }

    /// Its type.
    pub fn of_type(&self) -> Type {
        self.0.of
    }

    /// What lies under a key.
    pub fn get(&self, key: &str) -> Option<Value> {
        self.0.entries.borrow().get(key).cloned()
    }

    /// Whether there is such a key, whatever lies under it.
    pub fn has(&self, key: &str) -> bool {
        self.0.entries.borrow().contains_key(key)
    }

    /// Lays a value under a key; gives what lay there.
    pub fn set(&self, key: impl Into<Rc<str>>, value: impl Into<Value>) -> Option<Value> {
        let (key, value) = (key.into(), value.into());
        self.0.entries.borrow_mut().insert(key, value)
    }

    /// Takes a key out.
    pub fn unset(&self, key: &str) -> Option<Value> {
        self.0.entries.borrow_mut().remove(key)
    }

    /// How many keys it has.
    pub fn len(&self) -> usize {
        self.0.entries.borrow().len()
    }

    /// Whether it has no keys.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Keys and values as they are now: whoever walks over them may change the map meanwhile.
    pub fn entries(&self) -> Vec<(Rc<str>, Value)> {
        self.0.entries.borrow().iter().map(|(key, value)| (key.clone(), value.clone())).collect()
    }

    /// Its keys, in order.
    pub fn keys(&self) -> Vec<Rc<str>> {
        self.0.entries.borrow().keys().cloned().collect()
    }

    /// A view without copies. No one may change the map while it lasts.
    pub fn borrow(&self) -> Ref<'_, BTreeMap<Rc<str>, Value>> {
        self.0.entries.borrow()
    }

    /// Whether both are the very same map.
    pub fn is(&self, other: &Map) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl<K: Into<Rc<str>>, V: Into<Value>> FromIterator<(K, V)> for Map {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(entries: I) -> Self {
        let entries = entries.into_iter().map(|(key, value)| (key.into(), value.into())).collect();
        Self(Rc::new(MapBody { of: Type::MAP, null: false, entries: RefCell::new(entries) }))
    }
}

// A template may nest values as deep as its budget allows; to drop them one in the other would overflow the stack.
impl Drop for ListBody {
    fn drop(&mut self) {
        dismantle(std::mem::take(&mut self.items));
    }
}

impl Drop for MapBody {
    fn drop(&mut self) {
        dismantle(std::mem::take(self.entries.get_mut()).into_values().collect());
    }
}

fn dismantle(mut values: Vec<Value>) {
    values.retain(|value| matches!(value, Value::List(_) | Value::Map(_)));
    while let Some(value) = values.pop() {
        match value {
            Value::List(mut list) => {
                if let Some(body) = Rc::get_mut(&mut list.0) {
                    values.append(&mut body.items);
                }
            }
            Value::Map(mut map) => {
                if let Some(body) = Rc::get_mut(&mut map.0) {
                    values.extend(std::mem::take(body.entries.get_mut()).into_values());
                }
            }
            _ => {}
        }
    }
}
