//! What every object has: its name, its labels, its annotations, its owners (Kubernetes' `ValidateObjectMeta`).

use super::describe;
use super::problem::{Class, Problem};
use super::walk::Walk;
use crate::schema::types::Dialect;
use crate::schema::value as texts;
use crate::yaml::Node;

/// Checks the metadata of a whole object. Of Kubernetes' own kinds each has a form of its own for names.
pub(super) fn check<'a>(walk: &mut Walk<'a>, root: Node<'a>) {
    if walk.dialect == Dialect::Proto || !root.is_map() {
        return;
    }
    let metadata = root.entry("metadata").filter(|(_, value)| !value.is_null());
    if walk.dialect == Dialect::Custom {
        match metadata {
            Some((key, value)) if value.is_map() => name(walk, key, value),
            Some(_) => {}
            None => lacks(walk, root.entries().next().map_or(root, |(key, _)| key), "metadata.name"),
        }
    }
    let Some((_, metadata)) = metadata else { return };
    for (key, value) in metadata.get("labels").into_iter().flat_map(Node::entries) {
        of_key(walk, key, key.text().map(texts::label_key), "metadata.labels");
        if let Some(Err(fault)) = value.as_str().map(texts::label_value) {
            invalid(walk, value, &fault);
        }
    }
    for (key, _) in metadata.get("annotations").into_iter().flat_map(Node::entries) {
        let judged = key.text().map(|text| match text.bytes().any(|byte| byte.is_ascii_uppercase()) {
            // The server looks at keys of annotations in lowercase.
            true => texts::label_key(&text.to_lowercase()),
            false => texts::label_key(text),
        });
        of_key(walk, key, judged, "metadata.annotations");
    }
    for owner in
        metadata.get("ownerReferences").into_iter().flat_map(Node::items).filter(|node| node.is_map())
    {
        for name in ["apiVersion", "kind", "name", "uid"] {
            if owner.get(name).is_none_or(|value| value.as_str() == Some("")) {
                let path = format!("{}.{name}", walk.path(owner));
                lacks(walk, owner.entries().next().map_or(owner, |(key, _)| key), &path);
            }
        }
    }
}

/// The name of an object of a CustomResourceDefinition, or what one is made from.
fn name<'a>(walk: &mut Walk<'a>, key: Node<'a>, metadata: Node<'a>) {
    let written = |name: &str| metadata.get(name).filter(|node| node.as_str() != Some(""));
    let (name, prefix) = (written("name"), written("generateName"));
    if name.is_none() && prefix.is_none() {
        return lacks(walk, key, "metadata.name");
    }
    // More is appended to a prefix, so it may end in `-`.
    let prefix = prefix.and_then(|node| Some((node, node.as_str()?.trim_end_matches('-'))));
    for (node, text) in name.and_then(|node| Some((node, node.as_str()?))).into_iter().chain(prefix) {
        if let Err(fault) = texts::dns_subdomain(text) {
            invalid(walk, node, &fault);
        }
    }
}

fn of_key<'a>(walk: &mut Walk<'a>, key: Node<'a>, judged: Option<Result<(), texts::Fault>>, of: &str) {
    if let Some(Err(fault)) = judged {
        let message = format!("`{of}`: the key {} {fault}", describe::written(key));
        walk.report(Problem::new(Class::InvalidValue, key, message));
    }
}

fn invalid<'a>(walk: &mut Walk<'a>, node: Node<'a>, fault: &str) {
    let message = format!("{}: {} {fault}", walk.place(node), describe::written(node));
    walk.report(Problem::new(Class::InvalidValue, node, message));
}

fn lacks<'a>(walk: &mut Walk<'a>, place: Node<'a>, path: &str) {
    let problem = Problem::new(Class::MissingField, place, format!("`{path}` is missing"));
    walk.report(problem.label("the API server needs it"));
}
