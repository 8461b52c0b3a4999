use crate::finding::{RuleMeta, Severity};
use crate::model::membership::{
    DATAPLANE_MODE, IGNORED_NAMESPACES, INJECT, NAMESPACE_INJECTION, REVISION, has_proxy, is_host_network,
};
use crate::model::selector::label;
use crate::model::{Kind, Resource, Workload};
use crate::rules::injector::{CONFIG_MAP, injectors};
use crate::rules::{Check, Context, Rule};

pub(crate) static RULE: Rule = Rule {
    meta: RuleMeta {
        name: "namespace-without-injection",
        codes: &["IST0102", "IST0148"],
        analyzers: &["injection.Analyzer"],
        summary: "a namespace that does not say whether it is in the mesh",
        severity: Severity::Info,
        inputs: &[Kind::Namespace, Kind::Pod, Kind::ConfigMap],
        page: include_str!("namespace_without_injection.md"),
    },
    check: Check::Whole(check),
};

/// What says how a namespace takes part.
const LABELS: &[&str] = &[NAMESPACE_INJECTION, REVISION, DATAPLANE_MODE];

fn check(cx: &mut Context<'_, '_>) {
    let undecided: Vec<_> = cx.of_kind(Kind::Namespace).filter(|it| is_undecided(cx, it)).collect();
    if undecided.is_empty() {
        return;
    }
    let takes_all = injectors(cx).iter().any(|it| it.resource.name == CONFIG_MAP && it.takes_all);
    // A cluster whose namespaces say nothing may have no mesh at all.
    if !takes_all && !cx.of_kind(Kind::Namespace).any(is_in_mesh) {
        return;
    }
    for namespace in undecided {
        report(cx, namespace, takes_all);
    }
}

fn is_undecided(cx: &Context<'_, '_>, namespace: &Resource<'_>) -> bool {
    let name = namespace.name;
    let says = |key: &&str| label(namespace.labels(), key).is_some_and(|value| !value.is_empty());
    let mut workloads = cx.workloads_in(name).peekable();
    let pods_decide = workloads.peek().is_some() && workloads.all(decides);
    let is_left_alone = name == cx.world().mesh_namespace || IGNORED_NAMESPACES.contains(&name);
    !is_left_alone && !LABELS.iter().any(says) && !pods_decide
}

/// Whether the pods say themselves whether they get a sidecar, as those of gateways do.
fn decides(workload: &Workload<'_>) -> bool {
    let labels = workload.labels();
    label(labels, INJECT).is_some()
        || label(labels, REVISION).is_some()
        || label(labels, DATAPLANE_MODE).is_some()
        || workload.annotation(INJECT).is_some()
        || has_proxy(workload)
        || is_host_network(workload)
}

fn is_in_mesh(namespace: &Resource<'_>) -> bool {
    let labels = namespace.labels();
    label(labels, NAMESPACE_INJECTION) == Some("enabled")
        || label(labels, REVISION).is_some()
        || label(labels, DATAPLANE_MODE) == Some("ambient")
}

fn report(cx: &mut Context<'_, '_>, namespace: &Resource<'_>, takes_all: bool) {
    let name = namespace.name;
    let message = format!("namespace `{name}` does not say whether it takes part in the mesh");
    let finding = cx.report(namespace, namespace.name_node(), message);
    if takes_all {
        finding.codes(&["IST0148"]).label("the injector takes all: its pods get sidecars");
    } else {
        finding.codes(&["IST0102"]).label("its pods get no sidecar");
    }
    finding.help("write the label `istio-injection: enabled`, or `disabled`");
}
