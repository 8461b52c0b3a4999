use rustc_hash::FxHashSet;

use crate::finding::{RuleMeta, Severity};
use crate::model::{Kind, Lookup, Selector, Workload};
use crate::rules::{Check, Context, Rule};

pub(crate) static RULE: Rule = Rule {
    meta: RuleMeta {
        name: "workload-selector-overlap",
        codes: &[],
        analyzers: &[],
        summary: "a workload whose selector selects another workload's pods too",
        severity: Severity::Warning,
        inputs: &[Kind::Pod, Kind::Deployment, Kind::StatefulSet, Kind::DaemonSet, Kind::ReplicaSet],
        page: include_str!("workload_selector_overlap.md"),
    },
    check: Check::Each(check),
};

fn check(cx: &mut Context<'_, '_>) {
    for workload in cx.each_workload().iter().filter(|workload| selects_for_good(workload)) {
        let selector = selector(workload);
        // An empty selector is refused by the API server: nothing to compare.
        if selector.is_empty() {
            continue;
        }
        let mut others: Vec<_> = cx
            .selected(workload.resource.namespace, selector)
            .filter(|other| selects_for_good(other) && !is_same_object(workload, other))
            .filter(|other| !comes_first(other, workload))
            .collect();
        if !others.is_empty() && is_first(cx, workload) {
            let mut seen = FxHashSet::default();
            others.retain(|other| seen.insert((other.resource.kind, other.resource.name)));
            report(cx, workload, others[0], others.len() - 1);
        }
    }
}

/// Whether no copy of the object was read before: alternatives in one folder are told once.
fn is_first(cx: &mut Context<'_, '_>, workload: &Workload<'_>) -> bool {
    let resource = &workload.resource;
    let first = cx.find_kind(resource.kind, resource.namespace, resource.name);
    matches!(first, Lookup::Found(first) if first.is(resource))
}

/// Whether its selector stands for as long as the workload does: Jobs get one of their own, and Pods have none.
fn selects_for_good(workload: &Workload<'_>) -> bool {
    matches!(
        workload.resource.kind,
        Kind::Deployment | Kind::StatefulSet | Kind::DaemonSet | Kind::ReplicaSet
    )
}

fn selector<'a>(workload: &Workload<'a>) -> Selector<'a> {
    Selector::of_object(workload.resource.spec_at("selector"))
}

/// The same object twice is another rule's.
fn is_same_object(one: &Workload<'_>, other: &Workload<'_>) -> bool {
    one.resource.kind == other.resource.kind && one.resource.name == other.resource.name
}

/// Two that select each other's pods are reported once, at the first.
fn comes_first(other: &Workload<'_>, workload: &Workload<'_>) -> bool {
    other.resource.root.span() < workload.resource.root.span()
        && selector(other).matches(workload.labels())
        && !selector(other).is_empty()
}

fn report(cx: &mut Context<'_, '_>, workload: &Workload<'_>, other: &Workload<'_>, more: usize) {
    let resource = &workload.resource;
    let Some(place) = resource.spec_at("selector") else { return };
    let (kind, name) = (other.resource.kind_name(), other.resource.name);
    let others = match more {
        0 => String::new(),
        more => format!(" and those of {more} more"),
    };
    let message = format!(
        "{} `{}` selects the pods of {kind} `{name}` too{others}",
        resource.kind_name(),
        resource.name
    );
    let labels = other.labels().map_or(other.template.span(), |labels| labels.span());
    let finding = cx.report(resource, place.get("matchLabels").unwrap_or(place), message);
    finding
        .label("this selector takes the other workload's pods as its own")
        .also(labels, format!("the pods of `{name}`"));
    finding.help("give each a label of its own, such as `version`, in selector and template");
    finding.help("a selector cannot be changed in place: the workload has to be made anew");
}
