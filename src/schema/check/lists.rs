//! Lists: how many items, and that no two are the same where the list is a map or a set.

use std::collections::HashMap;
use std::fmt::Write;

use super::constraint::count;
use super::problem::{Class, Problem};
use super::walk::Walk;
use super::{describe, json};
use crate::schema::types::{Dialect, Shape, TypeRef};
use crate::yaml::Node;

pub(super) fn check<'a>(walk: &mut Walk<'a>, of: TypeRef, place: Node<'a>, list: Node<'a>) {
    let Some(limits) = &of.get().limits else { return };
    if limits.min_items.is_some() || limits.max_items.is_some() {
        let given = list.items().count() as u64;
        count(walk, place, list, given, (limits.min_items, limits.max_items), "item");
    }
    if walk.dialect != Dialect::Custom {
        return;
    }
    match limits.list {
        Some("map") => map(walk, of, &limits.keys, list),
        Some("set") => set(walk, list),
        _ => {}
    }
}

/// Items are told apart by the fields that are the list's keys, defaults counted.
fn map<'a>(walk: &mut Walk<'a>, of: TypeRef, keys: &[&str], list: Node<'a>) {
    if list.items().nth(1).is_none() {
        return;
    }
    let Shape::List(item) = &of.get().shape else { return };
    let item = of.of(*item);
    let mut first: HashMap<String, Node<'a>> = HashMap::new();
    let mut known = vec![];
    for node in list.items() {
        let mut key = String::new();
        for name in keys {
            let _ = match node.get(name) {
                Some(value) => write!(key, "{}\u{0}", json::plain(value)),
                None => write!(key, "{}\u{0}", default_of(item, name).unwrap_or_default()),
            };
        }
        match first.get(&key) {
            Some(other) => known.push((node, *other)),
            None => drop(first.insert(key, node)),
        }
    }
    for (node, other) in known {
        let place = keys.iter().find_map(|name| node.get(name)).unwrap_or(node);
        let what: Vec<String> = keys.iter().filter_map(|name| Some(said(name, node.get(name)?))).collect();
        let what = if what.is_empty() { "none of its keys".to_owned() } else { what.join(", ") };
        let message = format!("two items of {} have {what}", walk.place(list));
        let mut problem = Problem::new(Class::DuplicateEntry, place, message).label("the second");
        let first = keys.iter().find_map(|name| other.get(name)).unwrap_or(other);
        problem.also.push((first.span(), "the first"));
        let names = describe::names(keys.iter().copied(), "and");
        walk.report(
            problem.help(format!("{names} {} items apart", if keys.len() == 1 { "tells" } else { "tell" })),
        );
    }
}

fn said(name: &str, value: Node<'_>) -> String {
    format!("`{name}: {}`", value.text().unwrap_or_default())
}

/// The default of a field, as JSON.
fn default_of(of: TypeRef, name: &str) -> Option<&'static str> {
    let Shape::Object(fields) = &of.get().shape else { return None };
    of.of(fields.find(name)?.1.of).get().default
}

fn set<'a>(walk: &mut Walk<'a>, list: Node<'a>) {
    let mut first: HashMap<String, Node<'a>> = HashMap::new();
    let mut twice = vec![];
    for node in list.items() {
        match first.get(&json::plain(node).to_string()) {
            Some(other) => twice.push((node, *other)),
            None => drop(first.insert(json::plain(node).to_string(), node)),
        }
    }
    for (node, other) in twice {
        let message = format!("{} has {} twice", walk.place(list), describe::value(node));
        let mut problem = Problem::new(Class::DuplicateEntry, node, message).label("the second");
        problem.also.push((other.span(), "the first"));
        walk.report(problem);
    }
}
