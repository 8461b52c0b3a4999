use crate::finding::{RuleMeta, Severity};
use crate::model::{Kind, Resource};
use crate::rules::{Check, Context, Rule};
use crate::yaml::Node;

const CODES: &[&str] = &["IST0151", "IST0155"];

pub(crate) static RULE: Rule = Rule {
    meta: RuleMeta {
        name: "envoy-filter-relative-operation",
        codes: CODES,
        analyzers: &["envoyfilter.EnvoyPatchAnalyzer"],
        summary: "a patch whose effect depends on other EnvoyFilters in no set order",
        severity: Severity::Warning,
        inputs: &[Kind::EnvoyFilter],
        page: include_str!("envoy_filter_relative_operation.md"),
    },
    check: Check::Whole(check),
};

/// What a patch is about, as istioctl compares it: names of the value and names of the match are never the same.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Subject<'m> {
    Value(&'m str),
    Matched(&'m str),
    Nothing,
}

impl<'m> Subject<'m> {
    fn of(config: Node<'m>) -> Self {
        let Some(value) = config.at(&["patch", "value"]).filter(|value| value.is_map()) else {
            return Self::Nothing;
        };
        if let Some(name) = value.get("name").and_then(Node::text) {
            return Self::Value(name);
        }
        let name = config.at(&["match", "listener", "filterChain", "filter", "name"]).and_then(Node::as_str);
        name.filter(|name| !name.is_empty()).map_or(Self::Nothing, Self::Matched)
    }
}

/// As istioctl does (Istio 1.30, `EnvoyPatchAnalyzer`): the second patch of a subject is worse than the first, if the
/// first was for some version of the proxy.
fn check(cx: &mut Context<'_, '_>) {
    let mut versioned: Vec<Subject<'_>> = vec![];
    for resource in cx.of_kind(Kind::EnvoyFilter) {
        let set = resource.spec_at("priority").and_then(Node::as_int).is_some_and(|priority| priority != 0);
        for config in resource.spec_at("configPatches").into_iter().flat_map(Node::items) {
            let Some(patch) = config.get("patch") else { break };
            let subject = Subject::of(config);
            if let Some(operation) = patch.get("operation").filter(|_| !set) {
                check_patch(cx, resource, config, operation, versioned.contains(&subject));
            }
            let version = config.at(&["match", "proxy", "proxyVersion"]).and_then(Node::as_str);
            if version.is_some_and(|version| !version.is_empty()) {
                versioned.push(subject);
            }
        }
    }
}

fn check_patch(
    cx: &mut Context<'_, '_>,
    resource: &Resource<'_>,
    config: Node<'_>,
    node: Node<'_>,
    again: bool,
) {
    let Some(operation) = node.as_str() else { return };
    let apply_to = config.str_at("applyTo").unwrap_or_default();
    let relative = match operation {
        "INSERT_BEFORE" | "INSERT_AFTER" => true,
        "REMOVE" => !matches!(apply_to, "ROUTE_CONFIGURATION" | "HTTP_ROUTE"),
        "REPLACE" => matches!(apply_to, "NETWORK_FILTER" | "HTTP_FILTER" | "VIRTUAL_HOST"),
        _ => false,
    };
    if !relative {
        return;
    }
    let finding = cx.report(resource, node, format!("{operation} without a `priority`"));
    finding.label("it sees what older EnvoyFilters left, and not what newer ones add");
    finding.help("set `spec.priority`: patches are applied from the lowest to the highest");
    if again {
        finding.codes(&CODES[1..]);
        finding.help("another patch of the same name is for some versions of the proxy only");
    } else {
        finding.codes(&CODES[..1]).severity(Severity::Info);
    }
}
