//! What an action asks of the policy.

use crate::model::Resource;
use crate::rules::Context;
use crate::rules::webhook::metadata::DRY_RUN;
use crate::rules::webhook::{has_only, refuse};
use crate::yaml::Node;

/// The action; `None` where it is none that there is.
pub(super) fn of<'m>(policy: &Resource<'m>) -> Option<&'m str> {
    let action = policy.spec_at("action").map_or(Some("ALLOW"), Node::as_str)?;
    ["ALLOW", "DENY", "AUDIT", "CUSTOM"].contains(&action).then_some(action)
}

/// What a policy is made of.
const FIELDS: [&str; 6] = ["selector", "targetRef", "targetRefs", "rules", "action", "provider"];

pub(super) fn check(cx: &mut Context<'_, '_>, policy: &Resource<'_>, action: Option<&str>) {
    let Some(action) = action else { return };
    check_dry_run(cx, policy, action);
    let rules = || policy.spec_at("rules").into_iter().flat_map(Node::items);
    // An empty list counts as none. Of a list that is no list the schema tells.
    let has_rules = policy.spec_at("rules").is_some_and(|rules| !rules.is_seq() || rules.items().next().is_some());
    match action {
        "CUSTOM" if has_rules => check_provider(cx, policy),
        "CUSTOM" => {}
        _ => check_no_provider(cx, policy, action),
    }
    let is_whole = policy.spec().is_some_and(|spec| has_only(spec, &FIELDS));
    if matches!(action, "DENY" | "CUSTOM") && !has_rules && is_whole {
        let place = policy.spec_at("action").unwrap_or(policy.name_node());
        let finding = refuse(cx, policy, place, format!("a {action} policy without rules never takes effect"));
        finding.label("Istio refuses it");
        finding.help("write `rules: [{}]` to match every request");
    }
    if action == "CUSTOM" {
        for rule in rules() {
            check_custom(cx, policy, rule);
        }
    }
}

fn check_dry_run(cx: &mut Context<'_, '_>, policy: &Resource<'_>, action: &str) {
    let Some(node) = policy.annotation(DRY_RUN) else { return };
    if !matches!(action, "ALLOW" | "DENY") {
        let finding = refuse(cx, policy, node, format!("a policy of action {action} cannot be tried with `{DRY_RUN}`"));
        finding.label("for ALLOW and DENY only");
        finding.help("remove the annotation");
        return;
    }
    // What Go's `strconv.ParseBool` takes. That it is no text is another finding.
    const BOOLEANS: [&str; 12] =
        ["1", "t", "T", "true", "True", "TRUE", "0", "f", "F", "false", "False", "FALSE"];
    if let Some(text) = node.as_str().filter(|text| !BOOLEANS.contains(text)) {
        let finding = refuse(cx, policy, node, format!("`{DRY_RUN}` is neither true nor false: `{text}`"));
        finding.label("no boolean");
        finding.help("write `\"true\"` to log what the policy would do, or remove the annotation");
    }
}

fn check_no_provider(cx: &mut Context<'_, '_>, policy: &Resource<'_>, action: &str) {
    let entry = policy.spec().and_then(|spec| spec.entry("provider"));
    let Some((key, _)) = entry.filter(|(_, provider)| provider.is_map()) else { return };
    let finding = refuse(cx, policy, key, format!("a policy of action {action} cannot have a provider"));
    finding.label("for CUSTOM only");
    finding.help("write `action: CUSTOM` to ask the provider, or remove `provider`");
}

fn check_provider(cx: &mut Context<'_, '_>, policy: &Resource<'_>) {
    let provider = policy.spec_at("provider");
    let name = provider.and_then(|provider| provider.get("name"));
    let is_odd = provider.is_some_and(|provider| !has_only(provider, &["name"]));
    if is_odd || name.is_some_and(|name| name.as_str() != Some("")) {
        return;
    }
    let place = name.or(provider).or(policy.spec_at("action")).unwrap_or(policy.name_node());
    let finding = refuse(cx, policy, place, "a CUSTOM policy names no provider");
    finding.label("nobody to ask");
    finding.help("name an entry of the mesh config's `extensionProviders` in `provider.name`");
}

/// What a provider is asked before the filters that would know it.
const IDENTITIES: [&str; 10] = [
    "principals",
    "notPrincipals",
    "requestPrincipals",
    "notRequestPrincipals",
    "namespaces",
    "notNamespaces",
    "serviceAccounts",
    "notServiceAccounts",
    "trustDomains",
    "notTrustDomains",
];

fn check_custom(cx: &mut Context<'_, '_>, policy: &Resource<'_>, rule: Node<'_>) {
    for source in rule.get("from").into_iter().flat_map(Node::items).filter_map(|from| from.get("source")) {
        for name in IDENTITIES.into_iter().filter(|name| super::has_items(source, name)) {
            if let Some((key, _)) = source.entry(name) {
                unsupported(cx, policy, key, name);
            }
        }
    }
    for key in rule.get("when").into_iter().flat_map(Node::items).filter_map(|when| when.get("key")) {
        let Some(name) = key.as_str() else { continue };
        let identity =
            ["source.namespace", "source.serviceAccount", "source.trustDomain", "source.principal"];
        if identity.contains(&name) || name.starts_with("request.auth.") {
            unsupported(cx, policy, key, name);
        }
    }
}

fn unsupported(cx: &mut Context<'_, '_>, policy: &Resource<'_>, place: Node<'_>, name: &str) {
    let finding = refuse(cx, policy, place, format!("a CUSTOM policy cannot match `{name}`"));
    finding.label("identities are not supported with CUSTOM");
    finding.help("match addresses and operations here, and let the provider or a DENY policy judge who calls");
}
