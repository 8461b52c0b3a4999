use crate::finding::{RuleMeta, Severity};
use crate::model::{Kind, Resource};
use crate::rules::{Check, Context, Rule};
use crate::yaml::Node;

pub(crate) static RULE: Rule = Rule {
    meta: RuleMeta {
        name: "negative-status",
        codes: &["IST0171"],
        analyzers: &["conditions.ConditionAnalyzer"],
        summary: "an object whose status says that it has no effect",
        severity: Severity::Warning,
        inputs: &[
            Kind::Service,
            Kind::ServiceEntry,
            Kind::WorkloadEntry,
            Kind::AuthorizationPolicy,
            Kind::KubernetesGateway,
            Kind::HttpRoute,
            Kind::GrpcRoute,
        ],
        page: include_str!("negative_status.md"),
    },
    check: Check::Each(check),
};

const WAYPOINT: &[&str] = &["istio.io/WaypointBound"];
const ACCEPTED: &[&str] = &["ZtunnelAccepted", "WaypointAccepted"];
const ATTACHED: &[&str] = &["Accepted", "Programmed", "ResolvedRefs"];

/// The conditions of a kind that are `True` where all is well.
fn conditions_of(kind: Kind) -> &'static [&'static str] {
    match kind {
        Kind::Service | Kind::ServiceEntry | Kind::WorkloadEntry => WAYPOINT,
        Kind::AuthorizationPolicy => ACCEPTED,
        _ => ATTACHED,
    }
}

fn check(cx: &mut Context<'_, '_>) {
    for kind in RULE.meta.inputs {
        for resource in cx.each_of_kind(*kind) {
            // Of ten thousand manifests few have a status.
            if let Some(status) = resource.root.get("status") {
                check_status(cx, resource, status);
            }
        }
    }
}

fn check_status(cx: &mut Context<'_, '_>, resource: &Resource<'_>, status: Node<'_>) {
    // Routes have a status for each Gateway that they name.
    let parents = status.get("parents").into_iter().flat_map(Node::items);
    let lists = status.get("conditions").into_iter().chain(parents.filter_map(|it| it.get("conditions")));
    for condition in lists.flat_map(Node::items) {
        let kind = condition.str_at("type").unwrap_or("");
        let value = condition.get("status").and_then(Node::text);
        let is_known = conditions_of(resource.kind).contains(&kind);
        if is_known && value.is_some_and(|value| value.eq_ignore_ascii_case("false")) {
            report(cx, resource, condition, format!("`{kind}` is `False`"));
        } else if kind == "WaypointAccepted" && is_known && is_partly_invalid(condition) {
            report(cx, resource, condition, "its waypoint takes a part of it only".to_owned());
        }
    }
}

/// What a waypoint cannot do it leaves out, and says that it has accepted the rest.
fn is_partly_invalid(condition: Node<'_>) -> bool {
    condition.str_at("reason") == Some("PartiallyInvalid")
}

fn report(cx: &mut Context<'_, '_>, resource: &Resource<'_>, condition: Node<'_>, what: String) {
    let message = format!("the status of {} `{}`: {what}", resource.kind_name(), resource.name);
    let place = condition.get("type").unwrap_or(condition);
    let finding = cx.report(resource, place, message);
    finding.label(condition.str_at("reason").unwrap_or("no reason given").to_owned());
    if let Some(words) = condition.str_at("message").filter(|words| !words.is_empty()) {
        finding.help(format!("the controller says: {}", words.split_whitespace().collect::<Vec<_>>().join(" ")));
    }
}
