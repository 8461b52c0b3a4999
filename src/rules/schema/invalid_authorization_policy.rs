mod action;
mod condition;
mod values;

use crate::finding::{RuleMeta, Severity};
use crate::model::{Kind, Resource};
use crate::rules::webhook::metadata::check_internal;
use crate::rules::webhook::{CODES, doubt, has_only, refuse, target};
use crate::rules::{Check, Context, Rule};
use crate::yaml::Node;

pub(crate) static RULE: Rule = Rule {
    meta: RuleMeta {
        name: "invalid-authorization-policy",
        codes: CODES,
        analyzers: &["schema.ValidationAnalyzer.AuthorizationPolicy"],
        summary: "an AuthorizationPolicy that Istio refuses or warns of",
        severity: Severity::Error,
        inputs: &[Kind::AuthorizationPolicy],
        page: include_str!("invalid_authorization_policy.md"),
    },
    check: Check::Each(check),
};

/// Istio 1.30, `ValidateAuthorizationPolicy`. Which fields of a source exclude each other is the schema's business.
fn check(cx: &mut Context<'_, '_>) {
    for policy in cx.each_of_kind(Kind::AuthorizationPolicy) {
        check_internal(cx, policy);
        target::check_target(cx, policy);
        let action = action::of(policy);
        action::check(cx, policy, action);
        for rule in policy.spec_at("rules").into_iter().flat_map(Node::items).filter(|rule| rule.is_map()) {
            check_rule(cx, policy, rule);
            if action == Some("DENY") {
                check_tcp(cx, policy, rule);
            }
        }
    }
}

fn check_rule(cx: &mut Context<'_, '_>, policy: &Resource<'_>, rule: Node<'_>) {
    for (list, field, fields) in [("from", "source", values::SOURCE), ("to", "operation", values::OPERATION)] {
        let Some((key, entries)) = rule.entry(list) else { continue };
        if entries.is_seq() && entries.items().next().is_none() {
            let finding = doubt(cx, policy, key, format!("`{list}` is empty"));
            finding.label("it restricts nothing, as no list does");
            finding.help(format!("write the {field}s that the rule is for, or remove `{list}`"));
        }
        for entry in entries.items().filter(|entry| entry.is_map()) {
            check_entry(cx, policy, entry, field, fields);
        }
    }
    for condition in rule.get("when").into_iter().flat_map(Node::items) {
        condition::check(cx, policy, condition);
    }
}

fn check_entry(
    cx: &mut Context<'_, '_>,
    policy: &Resource<'_>,
    entry: Node<'_>,
    field: &str,
    fields: &[(&str, values::Values)],
) {
    let Some(value) = entry.get(field) else {
        if !has_only(entry, &[field]) {
            return;
        }
        let finding = refuse(cx, policy, entry, format!("the entry has no `{field}`"));
        finding.label("Istio refuses a rule that says nothing");
        finding.help(format!("write a `{field}`, or remove the whole list to match everything"));
        return;
    };
    if value.is_map() && !fields.iter().any(|(name, _)| has_items(value, name)) && !has_odd(value, fields) {
        let finding = refuse(cx, policy, value, format!("`{field}` is empty"));
        finding.label("Istio refuses a rule that says nothing");
        finding.help(format!("write what the {field} is, or remove the whole list to match everything"));
    }
    for (name, kind) in fields {
        if let Some(list) = value.get(name) {
            values::check(cx, policy, name, list, *kind);
        }
    }
}

fn has_items(value: Node<'_>, name: &str) -> bool {
    value.get(name).is_some_and(|list| list.items().next().is_some())
}

/// Whether something is written that the schema refuses: then it is not for being empty.
fn has_odd(value: Node<'_>, fields: &[(&str, values::Values)]) -> bool {
    let is_odd = |name: &str, list: Node<'_>| {
        !fields.iter().any(|(known, _)| *known == name) || !(list.is_seq() || list.is_null())
    };
    value.entries().any(|(key, list)| key.text().is_some_and(|name| is_odd(name, list)))
}

/// What a source may say that connections have too, without HTTP.
const TCP_SOURCE: [&str; 12] = [
    "principals",
    "notPrincipals",
    "namespaces",
    "notNamespaces",
    "serviceAccounts",
    "notServiceAccounts",
    "trustDomains",
    "notTrustDomains",
    "ipBlocks",
    "notIpBlocks",
    "remoteIpBlocks",
    "notRemoteIpBlocks",
];

/// A rule of HTTP only. On ports of TCP its attributes are left out, and what is left denies everything.
fn check_tcp(cx: &mut Context<'_, '_>, policy: &Resource<'_>, rule: Node<'_>) {
    let parts = |list: &str, field: &'static str| {
        let entries = rule.get(list).into_iter().flat_map(Node::items);
        entries.filter_map(move |entry| entry.get(field)).collect::<Vec<_>>()
    };
    let (sources, operations) = (parts("from", "source"), parts("to", "operation"));
    let has = |parts: &[Node<'_>], names: &[&str]| {
        parts.iter().any(|part| names.iter().any(|name| has_items(*part, name)))
    };
    let is_http_only = match (sources.is_empty(), operations.is_empty()) {
        (_, false) => !has(&operations, &["ports", "notPorts"]),
        (false, true) => !has(&sources, &TCP_SOURCE),
        (true, true) => false,
    };
    // Istio looks at `from` and `to` only, but a condition names ports as well.
    let names_port = |condition: Node<'_>| condition.str_at("key") == Some("destination.port");
    if !is_http_only || rule.get("when").into_iter().flat_map(Node::items).any(names_port) {
        return;
    }
    let list = if operations.is_empty() { "from" } else { "to" };
    let Some((key, _)) = rule.entry(list) else { return };
    let whose = if has(&sources, &TCP_SOURCE) { " from its sources" } else { "" };
    let finding = doubt(cx, policy, key, format!("on ports of TCP the rule denies everything{whose}"));
    finding.label("only attributes of HTTP, and no ports");
    finding.help("write the ports that speak HTTP in `ports` of the operations");
}
