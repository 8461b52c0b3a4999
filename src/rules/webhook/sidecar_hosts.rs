//! The hosts that a Sidecar's workloads reach.

use super::judge::{Judge, items, key_of, listed, place, shown};
use super::listener::{Listens, listener_host};
use crate::yaml::Node;

/// Judges the hosts of an egress listener.
pub(in crate::rules) fn sidecar_hosts(judge: &mut Judge<'_, '_, '_>, listener: Node<'_>) {
    if let Some(key) = key_of(listener, "hosts").filter(|_| listed(listener, "hosts").is_none()) {
        judge
            .refuse(key, "the listener has no host")
            .help("list hosts, such as `\"./*\"` for the own namespace");
    }
    let home = judge.resource.namespace;
    let mut seen: Vec<(&str, &str, Node<'_>)> = vec![];
    for node in items(listener, "hosts") {
        listener_host(judge, node, Listens::Sidecar);
        let Some((namespace, host)) = node.as_str().and_then(|text| text.split_once('/')) else { continue };
        let namespace = if namespace == "." { home } else { namespace };
        let covering = |(other, name, _): &&(&str, &str, Node<'_>)| {
            *other == namespace && (*name == host || *name == "*" || host == "*")
        };
        if let Some((_, _, first)) = seen.iter().find(covering) {
            let text = node.text().unwrap_or_default();
            let finding = judge.doubt(node, format!("{} overlaps with a host before it", shown(text)));
            finding.also(first.span(), "the other").help("keep one of the two");
        }
        seen.push((namespace, host, node));
    }
    let everything = seen.iter().find(|(namespace, host, _)| (*namespace, *host) == ("*", "*"));
    let other = seen.iter().find(|(namespace, _, _)| *namespace != "*");
    if let (Some((_, _, all)), Some((_, _, other))) = (everything, other) {
        let finding = judge.doubt(*other, "`*/*` stands beside other hosts").label("named by `*/*` already");
        finding.also(place(*all).span(), "every host of every namespace").help("keep one of the two");
    }
}
