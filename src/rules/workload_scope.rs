//! Objects of a namespace that select workloads, of which one pod may have one only: Sidecar and Telemetry.

use rustc_hash::{FxHashMap, FxHashSet};

use super::Context;
use super::nearest::nearest;
use crate::model::selector::label;
use crate::model::{Kind, Lookup, Resource, Selector, Workload};
use crate::yaml::Node;

/// A kind of object that selects workloads.
#[derive(Clone, Copy)]
pub(super) struct Scoped {
    /// The kind.
    pub(super) kind: Kind,
    /// Its name.
    pub(super) name: &'static str,
    /// Where the labels lie below `spec`.
    pub(super) labels: [&'static str; 2],
}

/// Istio's Sidecar.
pub(super) const SIDECAR: Scoped =
    Scoped { kind: Kind::Sidecar, name: "Sidecar", labels: ["workloadSelector", "labels"] };
/// Istio's Telemetry.
pub(super) const TELEMETRY: Scoped =
    Scoped { kind: Kind::Telemetry, name: "Telemetry", labels: ["selector", "matchLabels"] };

impl Scoped {
    /// The labels that an object selects; none for one that is for its whole namespace.
    pub(super) fn labels_of<'m>(self, object: &Resource<'m>) -> Option<Node<'m>> {
        let labels = object.spec()?.at(&self.labels)?;
        labels.entries().next().map(|_| labels)
    }

    /// Whether an object is for its whole namespace, and not attached to something.
    pub(super) fn is_default(self, object: &Resource<'_>) -> bool {
        self.labels_of(object).is_none() && !is_attached(object)
    }
}

/// Whether it is for a Gateway or a Service by reference, whatever the labels are.
pub(super) fn is_attached(object: &Resource<'_>) -> bool {
    ["targetRef", "targetRefs"].iter().any(|key| object.spec_at(key).is_some())
}

/// What Istio's CNI writes on a pod that it has taken into ambient mode.
const REDIRECTION: &str = "ambient.istio.io/redirection";

/// Whether a pod of a dump is in ambient mode already.
pub(super) fn is_in_ambient(pod: &Workload<'_>) -> bool {
    pod.annotation(REDIRECTION).and_then(Node::as_str) == Some("enabled")
}

/// Reports objects that select no pod of their namespace.
pub(super) fn check_unmatched(cx: &mut Context<'_, '_>, scoped: Scoped) {
    for object in cx.each_of_kind(scoped.kind) {
        let Some(labels) = scoped.labels_of(object).filter(|_| !is_attached(object)) else { continue };
        let selector = Selector::of_map(Some(labels));
        let namespace = object.namespace;
        if cx.selected(namespace, selector).next().is_some() {
            continue;
        }
        let Lookup::Missing = cx.lookup(None::<()>) else { continue };
        if !may_be_elsewhere(cx, object, selector) {
            report_unmatched(cx, scoped, object, labels);
        }
    }
}

/// Whether something that is no workload of weft's may have the labels: a machine, a Gateway's pods, a custom kind.
fn may_be_elsewhere(cx: &Context<'_, '_>, object: &Resource<'_>, selector: Selector<'_>) -> bool {
    let paths: [(Kind, &[&str]); 4] = [
        (Kind::WorkloadEntry, &["spec", "labels"]),
        (Kind::WorkloadEntry, &["metadata", "labels"]),
        (Kind::WorkloadGroup, &["spec", "metadata", "labels"]),
        (Kind::Unknown, &["spec", "template", "metadata", "labels"]),
    ];
    let is_made = selector.labels().any(|(key, _)| key.ends_with("/gateway-name"));
    is_made
        || cx.every_resource().iter().any(|resource| {
            let here = paths.iter().filter(|(kind, _)| *kind == resource.kind);
            resource.namespace == object.namespace
                && here.clone().any(|(_, path)| selector.matches(resource.root.at(path)))
        })
}

fn report_unmatched<'m>(
    cx: &mut Context<'m, '_>,
    scoped: Scoped,
    object: &'m Resource<'m>,
    labels: Node<'m>,
) {
    let pods: Vec<&Workload<'_>> = cx.workloads_in(object.namespace).collect();
    let selector = Selector::of_map(Some(labels));
    let meant = selector.labels().find_map(|(key, value)| {
        let values = pods.iter().filter_map(|pod| label(pod.labels(), key)).filter(|other| *other != value);
        Some((key, nearest(value, values)?))
    });
    let elsewhere = cx.selected_anywhere(selector).next().map(|pod| pod.resource.namespace);
    let message = format!("{} `{}` selects no pod of `{}`", scoped.name, object.name, object.namespace);
    let place = labels.entries().next().map_or(labels, |(_, value)| value);
    let finding = cx.report(object, place, message);
    finding.label("it has no effect");
    match (meant, elsewhere) {
        (Some((key, meant)), _) => finding.help(format!("did you mean `{key}: {meant}`?")),
        (None, Some(namespace)) => {
            finding.help(format!("such pods run in `{namespace}`, and it selects in its own namespace only"))
        }
        (None, None) => finding.help("select labels of the pods' template, or remove it"),
    };
}

/// Reports objects that select a pod which another one selects too.
pub(super) fn check_overlaps<'m>(cx: &mut Context<'m, '_>, scoped: Scoped, effect: &str) {
    let mut owners: FxHashMap<(Kind, &str, &str), (&Workload<'_>, Vec<&'m Resource<'_>>)> =
        FxHashMap::default();
    for object in cx.of_kind(scoped.kind) {
        let Some(labels) = scoped.labels_of(object).filter(|_| !is_attached(object)) else { continue };
        for pod in cx.selected(object.namespace, Selector::of_map(Some(labels))) {
            let key = (pod.resource.kind, object.namespace, pod.resource.name);
            owners.entry(key).or_insert((pod, vec![])).1.push(object);
        }
    }
    let mut shared: Vec<_> = owners.into_values().filter(|(_, objects)| objects.len() > 1).collect();
    shared.sort_by_key(|(pod, _)| pod.resource.root.span());
    // An object is told once, however many pods it shares.
    let mut told = FxHashSet::default();
    for (pod, objects) in shared {
        for object in objects.iter().filter(|object| told.insert(object.root.span())) {
            let Some(rival) = objects.iter().find(|other| !other.is(object)) else { continue };
            let (kind, name) = (pod.resource.kind_name(), pod.resource.name);
            let message = format!("{} `{}` selects {kind} `{name}` too", scoped.name, rival.name);
            let place = scoped.labels_of(object).unwrap_or(object.root);
            let finding = cx.report(object, place, message);
            finding.label(effect).also(rival.name_node().span(), "the other one");
            finding.help("make the labels exclude each other, or put both into one");
        }
    }
}

/// Reports objects that are for a whole namespace beside another such.
pub(super) fn check_defaults<'m>(cx: &mut Context<'m, '_>, scoped: Scoped, effect: &str) {
    let mut defaults: FxHashMap<&str, Vec<&'m Resource<'_>>> = FxHashMap::default();
    for object in cx.of_kind(scoped.kind).filter(|object| scoped.is_default(object)) {
        defaults.entry(object.namespace).or_default().push(object);
    }
    defaults.retain(|_, objects| objects.iter().any(|object| object.name != objects[0].name));
    for object in cx.of_kind(scoped.kind).filter(|object| scoped.is_default(object)) {
        let Some(objects) = defaults.get(object.namespace) else { continue };
        let Some(rival) = objects.iter().find(|other| other.name != object.name) else { continue };
        let (name, namespace) = (scoped.name, object.namespace);
        let message = format!("{name} `{}` is for the whole of `{namespace}` too", rival.name);
        let finding = cx.report(object, object.name_node(), message);
        finding.label(effect).also(rival.name_node().span(), "the other one");
        finding.help("put both into one, or select workloads in one of them");
    }
}
