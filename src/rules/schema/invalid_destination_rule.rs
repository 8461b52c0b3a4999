use crate::finding::{RuleMeta, Severity};
use crate::model::Kind;
use crate::rules::webhook::metadata::check_annotations;
use crate::rules::webhook::export_to::{Export, check_export_to};
use crate::rules::webhook::judge::items;
use crate::rules::webhook::labels::check_not_empty;
use crate::rules::webhook::names::subset_name;
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
        check_annotations(cx, rule);
        let selector = rule.spec().and_then(|spec| spec.entry("workloadSelector"));
        let selector = selector.filter(|(_, value)| value.is_map());
        if let Some(entry) = selector {
            check_not_empty(cx, rule, entry, entry.1.get("matchLabels"));
        }
        check_export_to(cx, rule, if selector.is_some() { Export::Own } else { Export::Any });
        let mut judge = Judge::new(cx, rule);
        let spec = judge.spec();
        if let Some(host) = spec.get("host") {
            judge.text(host, value::wildcard_domain);
        }
        traffic_policy(&mut judge, spec);
        let mut seen = vec![];
        for subset in items(spec, "subsets") {
            unique_name(&mut judge, subset, &mut seen);
            judge.labels(subset, "labels");
            judge.unvoiced(|judge| traffic_policy(judge, subset));
        }
    }
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
