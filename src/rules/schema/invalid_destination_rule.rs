use crate::finding::{RuleMeta, Severity};
use crate::model::Kind;
use crate::rules::webhook::judge::{is_blank, items, key_of};
use crate::rules::webhook::names::{annotations, export_to, labels, subset_name};
use crate::rules::webhook::traffic_policy::traffic_policy;
use crate::rules::webhook::{CODES, Judge};
use crate::rules::{Check, Context, Rule};
use crate::schema::value;
use crate::yaml::Node;

pub(crate) static RULE: Rule = Rule {
    meta: RuleMeta {
        name: "invalid-destination-rule",
        codes: CODES,
        analyzers: &["schema.ValidationAnalyzer.DestinationRule"],
        summary: "a DestinationRule that Istio's webhook refuses or warns of",
        severity: Severity::Error,
        inputs: &[Kind::DestinationRule],
        page: include_str!("invalid_destination_rule.md"),
    },
    check: Check::Each(check),
};

/// Istio 1.30, `ValidateDestinationRule`.
fn check(cx: &mut Context<'_, '_>) {
    for rule in cx.each_of_kind(Kind::DestinationRule) {
        let mut judge = Judge::new(cx, rule);
        annotations(&mut judge);
        let spec = judge.spec();
        if let Some(host) = spec.get("host") {
            judge.text(host, value::wildcard_domain);
        }
        traffic_policy(&mut judge, spec);
        let mut seen = vec![];
        for subset in items(spec, "subsets") {
            unique_name(&mut judge, subset, &mut seen);
            labels(&mut judge, subset, "labels");
            judge.unvoiced(|judge| traffic_policy(judge, subset));
        }
        let selector = spec.get("workloadSelector");
        export_to(&mut judge, selector.is_some());
        if selector.is_some_and(|selector| listless(selector)) {
            let place = key_of(spec, "workloadSelector").unwrap_or(spec);
            let finding = judge.doubt(place, "the selector has no labels");
            finding.label("it selects every workload of the namespace");
            finding.help("write `matchLabels`, or remove the selector");
        }
    }
}

fn listless(selector: Node<'_>) -> bool {
    selector.get("matchLabels").is_none_or(is_blank)
}

fn unique_name<'a>(judge: &mut Judge<'_, '_, '_>, subset: Node<'a>, seen: &mut Vec<Node<'a>>) {
    let Some(node) = subset.get("name") else { return };
    subset_name(judge, node);
    let Some(name) = node.as_str().filter(|name| !name.is_empty()) else { return };
    match seen.iter().find(|other| other.as_str() == Some(name)) {
        None => seen.push(node),
        Some(first) => {
            let finding = judge.refuse(node, format!("two subsets have the name `{name}`"));
            finding.also(first.span(), "the first").help("give each subset its own name");
        }
    }
}
