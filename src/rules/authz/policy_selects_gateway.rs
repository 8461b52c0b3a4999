use crate::finding::{RuleMeta, Severity};
use crate::model::selector::label;
use crate::model::{Kind, Selector};
use crate::rules::workload_scope::is_attached;
use crate::rules::{Check, Context, Rule};

pub(crate) static RULE: Rule = Rule {
    meta: RuleMeta {
        name: "policy-selects-gateway",
        codes: &["IST0166"],
        analyzers: &["k8sgateway.SelectorAnalyzer"],
        summary: "a policy selects by labels the pods of a Gateway of the Gateway API",
        severity: Severity::Warning,
        inputs: &[Kind::AuthorizationPolicy, Kind::RequestAuthentication, Kind::Telemetry, Kind::WasmPlugin, Kind::Pod],
        page: include_str!("policy_selects_gateway.md"),
    },
    check: Check::Each(check),
};

const POLICIES: [Kind; 4] =
    [Kind::AuthorizationPolicy, Kind::RequestAuthentication, Kind::Telemetry, Kind::WasmPlugin];

/// The label by which Istio marks the pods that it makes for a Gateway.
const GATEWAY: &str = "gateway.networking.k8s.io/gateway-name";

fn check(cx: &mut Context<'_, '_>) {
    let policies: Vec<_> = POLICIES.into_iter().flat_map(|kind| cx.each_of_kind(kind)).collect();
    for policy in policies {
        let Some(place) = policy.spec_at("selector").filter(|_| !is_attached(policy)) else { continue };
        let selector = Selector::of_object(Some(place));
        let mut gateways = cx.selected(policy.namespace, selector).filter_map(|pod| label(pod.labels(), GATEWAY));
        let Some(gateway) = gateways.next() else { continue };
        let message = format!("{} `{}` selects the pods of Gateway `{gateway}`", policy.kind_name(), policy.name);
        let labels = place.get("matchLabels").unwrap_or(place);
        let finding = cx.report(policy, labels, message);
        finding.label("waypoints ignore selectors, and istiod can be set to ignore them for every Gateway");
        finding.help(format!("attach it: `targetRefs: [{{group: gateway.networking.k8s.io, kind: Gateway, name: {gateway}}}]`"));
    }
}
