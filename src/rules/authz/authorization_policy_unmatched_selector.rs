use crate::finding::{RuleMeta, Severity};
use crate::model::membership::Membership;
use crate::model::selector::label;
use crate::model::view::AuthorizationPolicy;
use crate::model::{Kind, Lookup, Resource, Selector, View, Workload};
use crate::rules::nearest::nearest;
use crate::rules::workload_scope::{is_attached, is_in_ambient};
use crate::rules::{Check, Context, Rule};

pub(crate) static RULE: Rule = Rule {
    meta: RuleMeta {
        name: "authorization-policy-unmatched-selector",
        codes: &["IST0127"],
        analyzers: &["auth.AuthorizationPoliciesAnalyzer"],
        summary: "an AuthorizationPolicy that is for no pod of the mesh",
        severity: Severity::Warning,
        inputs: &[Kind::AuthorizationPolicy, Kind::Pod, Kind::Namespace, Kind::WorkloadEntry, Kind::WorkloadGroup, Kind::KubernetesGateway],
        page: include_str!("authorization_policy_unmatched_selector.md"),
    },
    check: Check::Each(check),
};

fn check(cx: &mut Context<'_, '_>) {
    for policy in cx.each::<AuthorizationPolicy>() {
        let object = policy.resource();
        // A reference to a Gateway or a Service decides, not labels.
        if is_attached(object) || finds_pods(cx, object) {
            continue;
        }
        let Lookup::Missing = cx.lookup(None::<()>) else { continue };
        if !may_have_others(cx, object) {
            report(cx, object);
        }
    }
}

fn selector<'m>(policy: &Resource<'m>) -> Selector<'m> {
    Selector::of_object(policy.spec_at("selector"))
}

fn is_for_mesh(cx: &Context<'_, '_>, policy: &Resource<'_>) -> bool {
    policy.namespace == cx.world().mesh_namespace
}

/// Whether a pod that has a part in the mesh, or may have, is selected. What is in the mesh's namespace without a
/// selector is for all, those to come among them.
fn finds_pods<'m, 'a>(cx: &Context<'m, 'a>, policy: &'m Resource<'m>) -> bool {
    let selector = selector(policy);
    let takes_part =
        |pod: &Workload<'a>| is_in_ambient(pod) || cx.membership(pod) != Membership::Outside;
    match is_for_mesh(cx, policy) {
        true if policy.spec_at("selector").is_none() => true,
        true => cx.selected_anywhere(selector).any(takes_part),
        false => cx.selected(policy.namespace, selector).any(takes_part),
    }
}

/// Whether something that is no workload of weft's may be meant: a machine, the pods of a Gateway that Istio makes.
fn may_have_others(cx: &Context<'_, '_>, policy: &Resource<'_>) -> bool {
    let selector = selector(policy);
    let is_here = |other: &&Resource<'_>| is_for_mesh(cx, policy) || other.namespace == policy.namespace;
    let entries = cx.of_kind(Kind::WorkloadEntry).filter(is_here);
    let groups = cx.of_kind(Kind::WorkloadGroup).filter(is_here);
    let machines = entries
        .flat_map(|entry| [entry.root.at(&["spec", "labels"]), entry.labels()])
        .chain(groups.map(|group| group.root.at(&["spec", "metadata", "labels"])));
    let is_made = selector.labels().any(|(key, _)| key.ends_with("/gateway-name"))
        || (selector.is_empty() && cx.of_kind(Kind::KubernetesGateway).any(|gateway| is_here(&gateway)));
    let unknown = cx.every_resource().iter().filter(|other| other.kind == Kind::Unknown).filter(is_here);
    let mut templates = unknown.filter_map(|other| other.root.at(&["spec", "template", "metadata"]));
    is_made
        || machines.into_iter().any(|labels| selector.matches(labels))
        || templates.any(|metadata| selector.matches(metadata.get("labels")))
}

fn report<'m>(cx: &mut Context<'m, '_>, policy: &'m Resource<'m>) {
    let selector = selector(policy);
    let namespace = policy.namespace;
    let is_for_mesh = is_for_mesh(cx, policy);
    let pods: Vec<_> = match is_for_mesh {
        true => cx.workloads().iter().collect(),
        false => cx.workloads_in(namespace).collect(),
    };
    let outside = pods.iter().find(|pod| selector.matches(pod.labels())).copied();
    let meant = selector.labels().find_map(|(key, value)| {
        let values = pods.iter().filter_map(|pod| label(pod.labels(), key)).filter(|other| *other != value);
        Some((key, nearest(value, values)?))
    });
    let labels = policy.spec().and_then(|spec| spec.at(&["selector", "matchLabels"]));
    let place = labels.and_then(|labels| labels.entries().next()).map_or(policy.name_node(), |(_, value)| value);
    let name = policy.name;
    let message = match (selector.is_empty(), is_for_mesh) {
        (true, _) => format!("AuthorizationPolicy `{name}` finds no pod of the mesh in `{namespace}`"),
        (_, true) => format!("AuthorizationPolicy `{name}` selects no pod of the mesh"),
        (_, false) => format!("AuthorizationPolicy `{name}` selects no pod of the mesh in `{namespace}`"),
    };
    let finding = cx.report(policy, place, message);
    finding.label("it neither allows nor denies anything");
    if let Some(pod) = outside {
        finding.also(pod.resource.name_node().span(), "these pods have no proxy to enforce it");
        finding.help("take the pods into the mesh: `sidecar.istio.io/inject: \"true\"`");
    } else if let Some((key, meant)) = meant {
        finding.help(format!("did you mean `{key}: {meant}`?"));
    } else if !selector.is_empty() {
        finding.help("select labels of the pods' template");
    }
}
