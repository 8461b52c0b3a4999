use crate::finding::{RuleMeta, Severity};
use crate::model::membership::{DATAPLANE_MODE, NAMESPACE_INJECTION, REVISION};
use crate::model::{Kind, Resource};
use crate::rules::{Check, Context, Rule};
use crate::yaml::Node;

pub(crate) static RULE: Rule = Rule {
    meta: RuleMeta {
        name: "conflicting-injection-labels",
        codes: &["IST0123"],
        analyzers: &["injection.Analyzer"],
        summary: "a namespace with two labels that bring it into the mesh",
        severity: Severity::Warning,
        inputs: &[Kind::Namespace],
        page: include_str!("conflicting_injection_labels.md"),
    },
    check: Check::Each(check),
};

fn check(cx: &mut Context<'_, '_>) {
    for namespace in cx.each_of_kind(Kind::Namespace) {
        if namespace.name != cx.world().mesh_namespace {
            check_namespace(cx, namespace);
        }
    }
}

fn check_namespace(cx: &mut Context<'_, '_>, namespace: &Resource<'_>) {
    let Some(labels) = namespace.labels() else { return };
    let injection = labels.entry(NAMESPACE_INJECTION);
    // A refusal is one whatever else there is.
    if injection.is_some_and(|(_, value)| value.text() != Some("enabled")) {
        return;
    }
    // `none` keeps ambient mode away, and goes with every other label.
    let mode = labels.entry(DATAPLANE_MODE).filter(|(_, value)| value.text() != Some("none"));
    // In the order of what wins.
    let mut found = [injection, labels.entry(REVISION), mode].into_iter().flatten();
    if let (Some((winner, _)), Some((loser, _))) = (found.next(), found.next_back()) {
        report(cx, namespace, winner, loser);
    }
}

/// The webhooks of revisions leave out namespaces with the older label, and pods with a sidecar are left out of ambient
/// mode (Istio 1.30, the charts `istiod` and `istio-cni`).
fn report(cx: &mut Context<'_, '_>, namespace: &Resource<'_>, winner: Node<'_>, loser: Node<'_>) {
    let [first, last] = [winner, loser].map(|key| key.text().unwrap_or(""));
    let message = format!("namespace `{}` has both the label `{first}` and `{last}`", namespace.name);
    let finding = cx.report(namespace, loser, message).label("has no effect");
    let effect = match first {
        NAMESPACE_INJECTION => "this one wins: the pods get sidecars of the default revision",
        _ => "this one wins: the pods get sidecars of this revision",
    };
    finding.also(winner.span(), effect).help("keep the one that is meant");
}
