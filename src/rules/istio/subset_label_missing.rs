use rustc_hash::{FxHashMap, FxHashSet};

use crate::finding::{RuleMeta, Severity};
use crate::model::selector::{label, pairs};
use crate::model::view::Service;
use crate::model::{Host, HostTarget, Kind, Lookup, Selector, Workload};
use crate::rules::{Check, Context, Rule};
use crate::yaml::Node;

pub(crate) static RULE: Rule = Rule {
    meta: RuleMeta {
        name: "subset-label-missing",
        codes: &[],
        analyzers: &[],
        summary: "a workload lacks the label of a subset that is routed to",
        severity: Severity::Warning,
        inputs: &[
            Kind::VirtualService,
            Kind::DestinationRule,
            Kind::Service,
            Kind::ServiceEntry,
            Kind::Pod,
            Kind::WorkloadEntry,
        ],
        page: include_str!("subset_label_missing.md"),
    },
    check: Check::Whole(check),
};

fn check(cx: &mut Context<'_, '_>) {
    // A subset is judged once, however many routes name it.
    let mut judged = FxHashSet::default();
    let mut told = FxHashSet::default();
    let mut names = None;
    for routed in cx.routed() {
        let Some(subset) = routed.destination.subset else { continue };
        let Some(name) = subset.as_str().filter(|name| !name.is_empty()) else { continue };
        if !judged.insert((routed.host, name)) {
            continue;
        }
        let Lookup::Found(HostTarget::Service(service)) = cx.host(routed.host) else { continue };
        let Some(selector) = service.selector() else { continue };
        let named = Named { host: routed.host, service, selector, subset, name };
        if !is_populated(cx, named) {
            let names = names.get_or_insert_with(|| named_subsets(cx));
            check_empty(cx, named, &names[&routed.host], &mut told);
        }
    }
}

/// The subsets that routes name, by host.
fn named_subsets<'m>(cx: &Context<'m, '_>) -> FxHashMap<Host<'m>, Vec<&'m str>> {
    let mut names: FxHashMap<Host<'m>, Vec<&'m str>> = FxHashMap::default();
    for routed in cx.routed() {
        if let Some(subset) = routed.destination.subset.and_then(Node::as_str) {
            names.entry(routed.host).or_default().push(subset);
        }
    }
    names
}

/// A subset that a route names.
#[derive(Clone, Copy)]
struct Named<'m> {
    host: Host<'m>,
    service: Service<'m>,
    selector: Selector<'m>,
    subset: Node<'m>,
    name: &'m str,
}

/// The labels by which DestinationRules define a subset of a host.
fn definitions<'m>(
    cx: &Context<'m, '_>,
    host: Host<'m>,
    name: &'m str,
) -> impl Iterator<Item = Option<Node<'m>>> {
    let rules = cx.destination_rules_for(host);
    rules.flat_map(|rule| rule.subsets()).filter(move |subset| subset.name == name).map(|subset| subset.labels)
}

/// Whether some pod is in the subset, or that cannot be told.
fn is_populated<'m>(cx: &Context<'m, '_>, named: Named<'m>) -> bool {
    let Named { host, service, selector, name, .. } = named;
    let behind = || cx.selected(service.0.namespace, selector);
    definitions(cx, host, name).any(|labels| {
        let wanted = Selector::of_map(labels);
        behind().any(|workload| wanted.matches(workload.labels()))
            // Some labels come from nodes or controllers and stand in no template.
            || pairs(labels).any(|(key, _)| is_generated(key))
    })
}

fn is_generated(key: &str) -> bool {
    key.contains("istio.io/")
        || key.contains("kubernetes.io/")
        || key.contains("k8s.io/")
        || key.ends_with("-template-hash")
        || key.ends_with("revision-hash")
}

fn check_empty<'m>(
    cx: &mut Context<'m, '_>,
    named: Named<'m>,
    names: &[&'m str],
    told: &mut FxHashSet<(u32, u32, &'m str)>,
) {
    let Named { host, service, selector, name, .. } = named;
    let namespace = service.0.namespace;
    // Machines outside the cluster have labels of their own, and so have pods of kinds that weft does not know.
    let machines = cx.of_kind(Kind::WorkloadEntry).any(|entry| entry.namespace == namespace);
    let mut unknown = cx.every_resource().iter().filter(|resource| resource.kind == Kind::Unknown);
    let strange = unknown.any(|resource| {
        let labels = resource.root.at(&["spec", "template", "metadata", "labels"]);
        resource.namespace == namespace && labels.is_some_and(|labels| selector.matches(Some(labels)))
    });
    if machines || strange {
        return;
    }
    let behind: Vec<_> = cx.selected(namespace, selector).collect();
    let defined: Vec<_> = definitions(cx, host, name).collect();
    let keys: Vec<(&str, &str, Option<Node<'m>>)> = match defined.first() {
        Some(labels) => pairs(*labels).map(|(key, value)| (key, value, None)).collect(),
        None => inferred(names, &behind).into_iter().map(|(key, of)| (key, name, Some(of))).collect(),
    };
    if defined.is_empty() && keys.iter().any(|(key, value, _)| has(&behind, key, value)) {
        return;
    }
    let lacking = |workload: &Workload<'m>| {
        keys.iter().copied().find(|(key, ..)| label(workload.labels(), key).is_none())
    };
    let Lookup::Missing = cx.lookup(None::<()>) else { return };
    for workload in &behind {
        let Some((key, value, sibling)) = lacking(workload) else { continue };
        let Some(labels) = workload.labels() else { continue };
        let span = labels.span();
        if !told.insert((span.file.index() as u32, span.start, key)) {
            continue;
        }
        let message =
            format!("no pod of `{}` is in subset `{name}`: requests to it fail with 503", service.0.name);
        let place = labels.entries().next().map_or(labels, |(first, _)| first);
        let finding = cx.report(&workload.resource, place, message);
        finding.label(format!("no `{key}` among these labels"));
        finding.also(named.subset.span(), format!("requests are sent to subset `{name}` here"));
        if let Some(sibling) = sibling {
            finding.also(sibling.span(), format!("`{key}` tells the subsets apart"));
        }
        finding.help(format!("add `{key}: {value}` to the labels of the pods' template, if these are the pods of `{name}`"));
    }
}

fn has(behind: &[&Workload<'_>], key: &str, value: &str) -> bool {
    behind.iter().any(|workload| label(workload.labels(), key) == Some(value))
}

/// Where nothing defines the subset: the label of a sibling that is named as another subset that is routed to, such as
/// `version: v2` beside routes to `v1` and `v2`; none where that could be several labels.
fn inferred<'m>(names: &[&str], behind: &[&Workload<'m>]) -> Option<(&'m str, Node<'m>)> {
    let mut found: Option<(&str, Node<'m>)> = None;
    for (key, value) in behind.iter().filter_map(|workload| workload.labels()).flat_map(Node::entries) {
        let (Some(key), Some(text)) = (key.text(), value.text()) else { continue };
        if names.contains(&text) && !is_generated(key) {
            match found {
                Some((other, _)) if other != key => return None,
                _ => found = found.or(Some((key, value))),
            }
        }
    }
    found
}
