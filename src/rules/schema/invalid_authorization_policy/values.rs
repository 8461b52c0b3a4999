//! The lists of a source and an operation, and what their values may be.

use crate::model::Resource;
use crate::rules::Context;
use crate::rules::webhook::refuse;
use crate::schema::value::{self, Fault};
use crate::yaml::Node;

/// What a value has to be, beside not empty.
pub(super) type Test = fn(&str) -> Result<(), Fault>;

pub(super) const SOURCE: &[(&str, Test)] = &[
    ("principals", any),
    ("notPrincipals", any),
    ("requestPrincipals", any),
    ("notRequestPrincipals", any),
    ("namespaces", any),
    ("notNamespaces", any),
    ("serviceAccounts", value::service_account),
    ("notServiceAccounts", value::service_account),
    ("trustDomains", value::trust_domain),
    ("notTrustDomains", value::trust_domain),
    ("ipBlocks", value::address_or_prefix),
    ("notIpBlocks", value::address_or_prefix),
    ("remoteIpBlocks", value::address_or_prefix),
    ("notRemoteIpBlocks", value::address_or_prefix),
];

pub(super) const OPERATION: &[(&str, Test)] = &[
    ("hosts", any),
    ("notHosts", any),
    ("ports", value::port_text),
    ("notPorts", value::port_text),
    ("methods", any),
    ("notMethods", any),
    ("paths", value::path_template),
    ("notPaths", value::path_template),
];

/// Any text: exact, or with a `*` before or behind it.
pub(super) fn any(_: &str) -> Result<(), Fault> {
    Ok(())
}

/// The values of a list. Those that are no texts are the schema's business.
pub(super) fn check(cx: &mut Context<'_, '_>, policy: &Resource<'_>, name: &str, list: Node<'_>, test: Test) {
    for item in list.items() {
        let Some(text) = item.as_str() else { continue };
        if text.is_empty() {
            let finding = refuse(cx, policy, item, format!("`{name}` has an empty value"));
            finding.label("matches nothing, and Istio refuses it");
            finding.help("remove it, or write `\"*\"` for anything that is not empty");
        } else if let Err(fault) = test(text) {
            let finding = refuse(cx, policy, item, format!("`{text}` in `{name}` {fault}"));
            finding.label("Istio refuses the whole policy for it");
        }
    }
}
