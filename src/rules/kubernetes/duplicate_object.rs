use std::hash::BuildHasher;

use rustc_hash::FxBuildHasher;

use crate::finding::{RuleMeta, Severity};
use crate::model::kinds::group_of;
use crate::model::{Kind, Resource};
use crate::rules::{Check, Context, Rule};
use crate::yaml::Node;

pub(crate) static RULE: Rule = Rule {
    meta: RuleMeta {
        name: "duplicate-object",
        codes: &[],
        analyzers: &[],
        summary: "one object written twice",
        severity: Severity::Warning,
        inputs: &[],
        page: include_str!("duplicate_object.md"),
    },
    check: Check::Whole(check),
};

/// What makes an object the same one; the version does not. Known kinds say their group and name by themselves.
type Key<'a> = (Kind, &'a str, &'a str, &'a str, &'a str);

fn check(cx: &mut Context<'_, '_>) {
    let all = cx.every_resource();
    // Sorted by a hash of the key, equal objects are neighbours in the order of reading: an input without any, which is
    // the rule, costs no table of keys.
    let hash = |at: usize| (FxBuildHasher.hash_one(key(&all[at])), at);
    // `generateName` makes a new object each time.
    let mut order: Vec<_> = (0..all.len()).filter(|&at| !all[at].name.is_empty()).map(hash).collect();
    order.sort_unstable();
    let mut firsts: Vec<usize> = vec![];
    for (at, &(hash, here)) in order.iter().enumerate() {
        if at == 0 || order[at - 1].0 != hash {
            firsts.clear();
        }
        match firsts.iter().find(|&&first| key(&all[first]) == key(&all[here])) {
            // An anchor's copy in a list is one text, not two.
            Some(&first) if !all[here].is(&all[first]) => report(cx, &all[here], &all[first]),
            Some(_) => {}
            None => firsts.push(here),
        }
    }
}

fn key<'a>(resource: &Resource<'a>) -> Key<'a> {
    let (group, kind) = match resource.kind {
        Kind::Unknown => (group_of(resource.api_version()), resource.kind_name()),
        _ => ("", ""),
    };
    (resource.kind, group, kind, resource.namespace, resource.name)
}

fn report(cx: &mut Context<'_, '_>, resource: &Resource<'_>, first: &Resource<'_>) {
    let node = resource.name_node();
    let in_one_file = node.span().file == first.root.span().file;
    let same = is_same(resource.root, first.root);
    let (kind, name) = (resource.kind_name(), resource.name);
    let where_ = match resource.namespace {
        "" => String::new(),
        namespace => format!(" in `{namespace}`"),
    };
    let message = match same {
        true => format!("{kind} `{name}`{where_} stands here a second time"),
        false => format!("{kind} `{name}`{where_} is written twice, and the two differ"),
    };
    let finding = cx.report(resource, node, message);
    finding.also(first.name_node().span(), "the first one");
    match (in_one_file, same) {
        (true, false) => {
            finding.severity(Severity::Error).label("the last one applied wins: this one");
            finding.help("give one of them another name, or take it out");
        }
        (true, true) => {
            finding.label("the same once more").help("take one of them out");
        }
        (false, _) => {
            finding.label("the last one applied wins");
            finding.help("alternatives and overlays are read apart: give weft one of the folders, or what `kubectl kustomize` prints");
        }
    }
}

/// Whether two trees say the same: the order of keys, comments, quotes and keys without a value do not count.
fn is_same(one: Node<'_>, other: Node<'_>) -> bool {
    let mut todo = vec![(one, other)];
    while let Some((one, other)) = todo.pop() {
        if one.is_map() && other.is_map() {
            let count = |map: Node<'_>| map.entries().filter(|(_, value)| !value.is_null()).count();
            if count(one) != count(other) {
                return false;
            }
            for (key, value) in one.entries().filter(|(_, value)| !value.is_null()) {
                match key.text().and_then(|key| other.get(key)) {
                    Some(found) => todo.push((value, found)),
                    None => return false,
                }
            }
        } else if one.is_seq() && other.is_seq() {
            if one.items().count() != other.items().count() {
                return false;
            }
            todo.extend(one.items().zip(other.items()));
        } else if one.scalar() != other.scalar()
            || one.is_map() != other.is_map()
            || one.is_seq() != other.is_seq()
        {
            return false;
        }
    }
    true
}
