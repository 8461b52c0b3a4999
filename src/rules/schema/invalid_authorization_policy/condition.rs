//! The conditions below `when`: what attributes there are, and their values (Istio 1.30, `security.ValidateAttribute`).

use super::values::{self, ACCOUNTS, ADDRESSES, PORTS, TEXTS, TRUST_DOMAINS, Values};
use crate::model::Resource;
use crate::rules::Context;
use crate::rules::nearest::nearest;
use crate::rules::webhook::{has_only, refuse};
use crate::schema::value::{self, Fault};
use crate::yaml::Node;

/// Attributes and what their values have to be.
const ATTRIBUTES: [(&str, Values); 12] = [
    ("source.ip", ADDRESSES),
    ("remote.ip", ADDRESSES),
    ("source.namespace", TEXTS),
    ("source.serviceAccount", Values { test: account, ..ACCOUNTS }),
    ("source.principal", TEXTS),
    ("source.trustDomain", Values { test: value::wildcard, ..TRUST_DOMAINS }),
    ("request.auth.principal", TEXTS),
    ("request.auth.audiences", TEXTS),
    ("request.auth.presenter", TEXTS),
    ("destination.ip", ADDRESSES),
    ("destination.port", PORTS),
    ("connection.sni", TEXTS),
];

/// Attributes with a name in brackets, and an example of one.
const NAMED: [(&str, &str); 3] = [
    ("request.headers", "request.headers[User-Agent]"),
    ("request.auth.claims", "request.auth.claims[iss]"),
    ("experimental.envoy.filters.", "experimental.envoy.filters.network.mysql_proxy[db.table]"),
];

/// Attributes that are no more, and what to write today.
const REPLACED: [(&str, &str); 3] = [
    ("destination.namespace", "a policy holds for its own namespace: set `metadata.namespace`"),
    ("destination.name", "name the labels of the workloads in `selector`"),
    ("destination.user", "name the labels of the workloads in `selector`"),
];

/// The schema limits the service accounts of a source, but not those of a condition.
const LONGEST_ACCOUNT: usize = 320;
const MOST_ACCOUNTS: usize = 16;

fn account(text: &str) -> Result<(), Fault> {
    match text.len() <= LONGEST_ACCOUNT {
        true => value::service_account(text),
        false => Err(format!("is longer than {LONGEST_ACCOUNT} characters")),
    }
}

/// A key that is missing is the schema's business.
pub(super) fn check(cx: &mut Context<'_, '_>, policy: &Resource<'_>, condition: Node<'_>) {
    let Some((node, key)) = condition.get("key").and_then(|node| Some((node, node.as_str()?))) else { return };
    if key.is_empty() {
        let finding = refuse(cx, policy, node, "a condition names no attribute");
        finding.label("an empty key");
        finding.help("write an attribute, such as `source.ip` or `request.headers[User-Agent]`");
        return;
    }
    let has = |list: &str| condition.get(list).is_some_and(|list| !list.is_seq() || list.items().next().is_some());
    if !has("values") && !has("notValues") {
        if !has_only(condition, &["key", "values", "notValues"]) {
            return;
        }
        let finding = refuse(cx, policy, node, format!("the condition on `{key}` has no values"));
        finding.label("nothing to compare with");
        finding.help("write `values` or `notValues`; `values: [\"*\"]` asks that there is any");
        return;
    }
    let Some(kind) = values_of(cx, policy, node, key) else { return };
    for list in ["values", "notValues"] {
        let Some(values) = condition.get(list) else { continue };
        values::check(cx, policy, list, values, kind);
        if let Some(surplus) = values.items().nth(MOST_ACCOUNTS).filter(|_| key == "source.serviceAccount") {
            let message = format!("`{list}` names more than {MOST_ACCOUNTS} service accounts");
            let finding = refuse(cx, policy, surplus, message);
            finding.label("one too many");
            finding.help("spread them over several conditions, each in a rule of its own");
        }
    }
}

/// What the values of an attribute are; an attribute that there is not is reported.
fn values_of(cx: &mut Context<'_, '_>, policy: &Resource<'_>, node: Node<'_>, key: &str) -> Option<Values> {
    if let Some((_, values)) = ATTRIBUTES.iter().find(|(name, _)| *name == key) {
        return Some(*values);
    }
    if let Some((_, example)) = NAMED.iter().find(|(name, _)| key.starts_with(name)) {
        if has_name(key) {
            return Some(TEXTS);
        }
        let finding = refuse(cx, policy, node, format!("the attribute `{key}` has no name in brackets"));
        finding.label("which one is not said");
        finding.help(format!("write it as in `{example}`"));
        return None;
    }
    let labels = key.starts_with("destination.labels").then_some(REPLACED[1].1);
    let replaced = REPLACED.iter().find(|(name, _)| *name == key).map(|(_, instead)| *instead);
    if let Some(instead) = replaced.or(labels) {
        let finding = refuse(cx, policy, node, format!("the attribute `{key}` is no more"));
        finding.label("Istio has dropped it");
        finding.help(instead);
        return None;
    }
    let finding = refuse(cx, policy, node, format!("there is no attribute `{key}`"));
    finding.label("Istio does not know it");
    let bare = key.split('[').next().unwrap_or(key);
    let names = ATTRIBUTES.iter().map(|(name, _)| *name).chain(NAMED.iter().map(|(name, _)| *name));
    match nearest(bare, names) {
        Some(meant) => finding.help(format!("did you mean `{meant}`?")),
        None => finding.help("attributes begin with `source.`, `remote.`, `request.`, `destination.` or `connection.`"),
    };
    None
}

/// Whether the key ends in brackets around something.
fn has_name(key: &str) -> bool {
    key.ends_with(']') && key.find('[').is_some_and(|open| open > 0 && open + 2 < key.len())
}
