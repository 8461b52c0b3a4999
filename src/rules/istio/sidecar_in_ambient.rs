use crate::finding::{RuleMeta, Severity};
use crate::model::membership::{DATAPLANE_MODE, Membership, NAMESPACE_INJECTION, REVISION};
use crate::model::selector::label;
use crate::model::{Kind, Lookup, Resource, Selector, Workload};
use crate::rules::workload_scope::{SIDECAR, is_in_ambient};
use crate::rules::{Check, Context, Rule};
use crate::yaml::Node;

pub(crate) static RULE: Rule = Rule {
    meta: RuleMeta {
        name: "sidecar-in-ambient",
        codes: &["IST0167"],
        analyzers: &["sidecar.SelectorAnalyzer"],
        summary: "a Sidecar for pods in ambient mode, which have no sidecar",
        severity: Severity::Warning,
        inputs: &[Kind::Sidecar, Kind::Pod, Kind::Namespace],
        page: include_str!("sidecar_in_ambient.md"),
    },
    check: Check::Each(check),
};

fn check(cx: &mut Context<'_, '_>) {
    for object in cx.each_of_kind(Kind::Sidecar) {
        match SIDECAR.labels_of(object) {
            Some(labels) => check_pods(cx, object, labels),
            None => check_namespace(cx, object),
        }
    }
}

fn check_pods<'m>(cx: &mut Context<'m, '_>, object: &'m Resource<'m>, labels: Node<'m>) {
    let mut pods = cx.selected(object.namespace, Selector::of_map(Some(labels)));
    let Some(pod) = pods.find(|pod| is_ambient(cx, pod)) else { return };
    let (kind, name) = (pod.resource.kind_name(), pod.resource.name);
    let message = format!("Sidecar `{}` has no effect on the pods of {kind} `{name}`", object.name);
    let finding = cx.report(object, labels, message);
    finding.label("they are in ambient mode, without a sidecar to configure");
    finding.also(pod.resource.name_node().span(), "in ambient mode");
    finding.help("remove it; a waypoint takes policies and routes, and no Sidecar");
}

fn is_ambient<'a>(cx: &Context<'_, 'a>, pod: &Workload<'a>) -> bool {
    is_in_ambient(pod) || cx.membership(pod) == Membership::Ambient
}

/// A namespace whose pods get sidecars by default has some to configure, in ambient mode or not.
fn check_namespace<'m>(cx: &mut Context<'m, '_>, object: &'m Resource<'m>) {
    let found = cx.find_kind(Kind::Namespace, "", object.namespace);
    let Lookup::Found(namespace) = found else { return };
    let says = |key| label(namespace.labels(), key);
    let has_sidecars = says(NAMESPACE_INJECTION) == Some("enabled") || says(REVISION).is_some_and(|of| !of.is_empty());
    let Some(mode) = namespace.labels().and_then(|labels| labels.get(DATAPLANE_MODE)) else { return };
    // Pods may still ask for a sidecar each.
    let mut pods = cx.workloads_in(object.namespace);
    let some_have = pods.any(|pod| cx.membership(pod) == Membership::Sidecar);
    if has_sidecars || some_have || mode.as_str() != Some("ambient") {
        return;
    }
    let message = format!("Sidecar `{}` has no effect in `{}`", object.name, object.namespace);
    let finding = cx.report(object, object.name_node(), message);
    finding.label("the namespace is in ambient mode, without sidecars to configure");
    finding.also(mode.span(), "in ambient mode");
    finding.help("remove it; a waypoint takes policies and routes, and no Sidecar");
}
