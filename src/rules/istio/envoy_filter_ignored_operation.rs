use crate::finding::{RuleMeta, Severity};
use crate::model::{Kind, Resource};
use crate::rules::{Check, Context, Rule};
use crate::yaml::Node;

const CODES: &[&str] = &["IST0152", "IST0153", "IST0154"];

pub(crate) static RULE: Rule = Rule {
    meta: RuleMeta {
        name: "envoy-filter-ignored-operation",
        codes: CODES,
        analyzers: &["envoyfilter.EnvoyPatchAnalyzer"],
        summary: "a patch of an EnvoyFilter that Istio ignores",
        severity: Severity::Error,
        inputs: &[Kind::EnvoyFilter],
        page: include_str!("envoy_filter_ignored_operation.md"),
    },
    check: Check::Each(check),
};

fn check(cx: &mut Context<'_, '_>) {
    for resource in cx.each_of_kind(Kind::EnvoyFilter) {
        for config in resource.spec_at("configPatches").into_iter().flat_map(Node::items) {
            check_patch(cx, resource, config);
        }
    }
}

/// What istioctl takes for ignored; of that some is not (Istio 1.30, `pilot/pkg/networking/core/envoyfilter`).
fn check_patch(cx: &mut Context<'_, '_>, resource: &Resource<'_>, config: Node<'_>) {
    let (Some(apply_to), Some(node)) = (config.str_at("applyTo"), config.at(&["patch", "operation"])) else {
        return;
    };
    let operation = node.as_str().unwrap_or_default();
    let (code, works) = match (operation, apply_to) {
        ("REPLACE", "NETWORK_FILTER" | "HTTP_FILTER" | "VIRTUAL_HOST" | "INVALID") => return,
        ("REPLACE", _) => (&CODES[..1], apply_to == "LISTENER_FILTER"),
        ("ADD", "ROUTE_CONFIGURATION" | "HTTP_ROUTE") => (&CODES[1..2], apply_to == "HTTP_ROUTE"),
        ("REMOVE", "ROUTE_CONFIGURATION" | "HTTP_ROUTE") => (&CODES[2..], apply_to == "HTTP_ROUTE"),
        _ => return,
    };
    let message = match works {
        true => format!("{operation} of {apply_to} is said to be ignored"),
        false => format!("{operation} of {apply_to} is ignored"),
    };
    let finding = cx.report(resource, node, message).codes(code);
    if works {
        finding.severity(Severity::Info);
        finding.label("Istio's reference and istioctl say so; Istio does it all the same");
    } else {
        finding.label("Istio patches nothing");
        finding.help(match operation {
            "REPLACE" => "MERGE what differs",
            _ => "MERGE into the RouteConfiguration, or patch a VIRTUAL_HOST of it",
        });
    }
}
