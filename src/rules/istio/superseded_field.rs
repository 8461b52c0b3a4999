use crate::finding::{RuleMeta, Severity};
use crate::model::view::{DestinationRule, Protocol, VirtualService};
use crate::model::{Kind, Resource, View};
use crate::rules::{Check, Context, Rule};
use crate::yaml::Node;

pub(crate) static RULE: Rule = Rule {
    meta: RuleMeta {
        name: "superseded-field",
        codes: &[],
        analyzers: &[],
        summary: "a field of Istio's that another one has replaced",
        severity: Severity::Warning,
        inputs: &[Kind::VirtualService, Kind::DestinationRule],
        page: include_str!("superseded_field.md"),
    },
    check: Check::Each(check),
};

/// What there is to say about a field that works for now.
const STILL_READ: (&str, &str) = ("is deprecated", "still read");

fn check(cx: &mut Context<'_, '_>) {
    for service in cx.each::<VirtualService>() {
        for route in service.routes().filter(|route| route.protocol == Protocol::Http) {
            for name in ["mirrorPercent", "mirror_percent"] {
                let help = "write `mirrorPercentage`, with `value` below it";
                report(cx, service.resource(), Some(route.node), name, STILL_READ, help);
            }
            let help = "write `allowOrigins`, a list of `exact`, `prefix` or `regex`";
            report(cx, service.resource(), route.node.get("corsPolicy"), "allowOrigin", STILL_READ, help);
        }
    }
    for rule in cx.each::<DestinationRule>() {
        let policy = rule.0.spec_at("trafficPolicy");
        let of_subsets = rule.subsets().filter_map(|subset| subset.node.get("trafficPolicy"));
        for policy in policy.into_iter().chain(of_subsets) {
            let ports = policy.get("portLevelSettings").into_iter().flat_map(Node::items);
            for holder in ports.chain([policy]) {
                let outliers = holder.get("outlierDetection");
                // Istio's `applyOutlierDetection` reads the two newer fields only.
                let words = ("is not read any more", "ignored: the default of 5 errors in a row applies");
                let help =
                    "write `consecutive5xxErrors`, or `consecutiveGatewayErrors` for 502, 503 and 504 alone";
                report(cx, rule.resource(), outliers, "consecutiveErrors", words, help);
            }
        }
    }
}

fn report(
    cx: &mut Context<'_, '_>,
    resource: &Resource<'_>,
    holder: Option<Node<'_>>,
    name: &str,
    (what, label): (&str, &str),
    help: &str,
) {
    let entry = holder.and_then(|holder| holder.entry(name)).filter(|(_, value)| !value.is_null());
    if let Some((key, _)) = entry {
        cx.report(resource, key, format!("`{name}` {what}")).label(label).help(help);
    }
}
