use crate::finding::{RuleMeta, Severity};
use crate::model::{Kind, Resource};
use crate::rules::webhook::envoy::check_value;
use crate::rules::webhook::envoy_match::check_match;
use crate::rules::webhook::labels::check_workload_selector;
use crate::rules::webhook::metadata::check_annotations;
use crate::rules::webhook::refuse;
use crate::rules::{Check, Context, Rule, webhook};
use crate::yaml::Node;

pub(crate) static RULE: Rule = Rule {
    meta: RuleMeta {
        name: "invalid-envoy-filter",
        codes: webhook::CODES,
        analyzers: &["schema.ValidationAnalyzer.EnvoyFilter"],
        summary: "an EnvoyFilter that Istio refuses or warns of",
        severity: Severity::Error,
        inputs: &[Kind::EnvoyFilter],
        page: include_str!("invalid_envoy_filter.md"),
    },
    check: Check::Each(check),
};

/// Istio 1.30, `ValidateEnvoyFilter`, but for its warning of every EnvoyFilter that there is.
fn check(cx: &mut Context<'_, '_>) {
    for resource in cx.each_of_kind(Kind::EnvoyFilter) {
        check_annotations(cx, resource);
        check_workload_selector(cx, resource);
        let patches = resource.spec_at("configPatches").into_iter().flat_map(Node::items);
        for patch in patches.filter(|patch| patch.is_map()) {
            check_patch(cx, resource, patch);
        }
    }
}

fn check_patch(cx: &mut Context<'_, '_>, resource: &Resource<'_>, config: Node<'_>) {
    // Istio looks at no patch for waypoints.
    if config.at(&["match", "context"]).and_then(Node::as_str) == Some("WAYPOINT") {
        return;
    }
    let Some(apply_to) = named(cx, resource, config, "applyTo", "the patch does not say what it applies to") else {
        return;
    };
    let Some(patch) = config.get("patch") else {
        let place = config.get("applyTo").unwrap_or(config);
        refuse(cx, resource, place, format!("nothing is patched: {apply_to} has no `patch`"));
        return;
    };
    let Some(operation) = named(cx, resource, patch, "operation", "the patch does not say what it does") else {
        return;
    };
    let value = patch.entry("value").filter(|(_, value)| !value.is_null());
    if value.is_none() && operation != "REMOVE" {
        let place = patch.get("operation").unwrap_or(patch);
        let finding = refuse(cx, resource, place, format!("{operation} has no `value`"));
        finding.label("all operations but REMOVE have one");
        return;
    }
    if check_match(cx, resource, apply_to, config)
        && let Some(value) = value
    {
        check_value(cx, resource, apply_to, value);
    }
}

/// What stands under a key that has to be there and not `INVALID`. Other names that there are not are the CRD's.
fn named<'e>(
    cx: &mut Context<'_, '_>,
    resource: &Resource<'_>,
    node: Node<'e>,
    key: &str,
    message: &str,
) -> Option<&'e str> {
    let found = node.get(key);
    match found.map(Node::as_str) {
        Some(text) if text != Some("INVALID") => text,
        _ if !node.is_map() => None,
        _ => {
            refuse(cx, resource, found.unwrap_or(node), message).label(format!("no `{key}`"));
            None
        }
    }
}
