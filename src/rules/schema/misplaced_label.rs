use crate::finding::{RuleMeta, Severity};
use crate::mesh::istio::{Name, labels};
use crate::model::membership::{INJECT, NAMESPACE_INJECTION};
use crate::model::{Kind, Lookup};
use crate::rules::istio_names::{Found, INPUTS, Names, places};
use crate::rules::{Check, Context, Rule};
use crate::yaml::Node;

pub(crate) static RULE: Rule = Rule {
    meta: RuleMeta {
        name: "misplaced-label",
        codes: &[],
        analyzers: &[],
        summary: "a label of Istio's on a kind of object where it has no effect",
        severity: Severity::Warning,
        inputs: INPUTS,
        page: include_str!("misplaced_label.md"),
    },
    check: Check::Name(Names::Labels, check),
};

fn check(cx: &mut Context<'_, '_>, found: Found<'_>) {
    let holder = found.holder;
    let Some(label) = labels::find(found.name) else { return };
    if found.is_in_place(label) || holder.is_made_for_gateway() || takes_effect(cx, found, label) {
        return;
    }
    let message = format!("the label `{}` has no effect on {}", found.name, holder.says());
    let finding = cx.report(holder.resource, found.key, message);
    finding.label(format!("Istio reads it on {}", places(label)));
    if found.name == INJECT && holder.kind == Kind::Namespace {
        finding.help(format!("for all pods of the namespace, write `{NAMESPACE_INJECTION}: enabled`"));
    } else if label.kinds.contains(&Kind::Pod) && holder.is_above_template() {
        finding.help("move it to the `metadata.labels` of the pods' template");
    }
}

/// Whether the label stands where it works too: tools put labels of a whole application on everything of it.
fn takes_effect(cx: &mut Context<'_, '_>, found: Found<'_>, label: &Name) -> bool {
    let has = |labels: Option<Node<'_>>| labels.is_some_and(|labels| labels.get(found.name).is_some());
    let namespace = found.holder.resource.namespace;
    if label.kinds.contains(&Kind::Pod) {
        let mut workloads = cx.workloads_in(namespace);
        if has(found.holder.template) || workloads.any(|workload| has(workload.labels())) {
            return true;
        }
    }
    if !label.kinds.contains(&Kind::Namespace) {
        return false;
    }
    match cx.find_kind(Kind::Namespace, "", namespace) {
        Lookup::Found(namespace) => has(namespace.labels()),
        _ => false,
    }
}
