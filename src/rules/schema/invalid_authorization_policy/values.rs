//! The lists of a source and an operation, and what their values may be.

use crate::model::Resource;
use crate::rules::Context;
use crate::rules::webhook::refuse;
use crate::schema::value::{self, Fault};
use crate::yaml::Node;

/// What the values of a list are.
#[derive(Clone, Copy)]
pub(super) struct Values {
    /// What each has to be, beside not empty.
    pub(super) test: fn(&str) -> Result<(), Fault>,
    /// What to write.
    pub(super) help: &'static str,
}

/// Texts, exact or with a `*` before or behind them.
pub(super) const TEXTS: Values = Values { test: |_| Ok(()), help: "" };
pub(super) const ADDRESSES: Values =
    Values { test: value::address_or_prefix, help: "write addresses, or ranges such as `10.0.0.0/8`" };
pub(super) const PORTS: Values =
    Values { test: value::port_text, help: "write numbers of ports that the workload listens on" };
pub(super) const ACCOUNTS: Values =
    Values { test: value::service_account, help: "write `NAMESPACE/ACCOUNT`, or `ACCOUNT` for the policy's own namespace" };
pub(super) const TRUST_DOMAINS: Values =
    Values { test: value::trust_domain, help: "write a trust domain such as `cluster.local` or `*.example.com`" };
const PATHS: Values = Values {
    test: value::path_template,
    help: "`{*}` stands for one segment of a path and `{**}` for any number; else write a `*` at one end only",
};

pub(super) const SOURCE: &[(&str, Values)] = &[
    ("principals", TEXTS),
    ("notPrincipals", TEXTS),
    ("requestPrincipals", TEXTS),
    ("notRequestPrincipals", TEXTS),
    ("namespaces", TEXTS),
    ("notNamespaces", TEXTS),
    ("serviceAccounts", ACCOUNTS),
    ("notServiceAccounts", ACCOUNTS),
    ("trustDomains", TRUST_DOMAINS),
    ("notTrustDomains", TRUST_DOMAINS),
    ("ipBlocks", ADDRESSES),
    ("notIpBlocks", ADDRESSES),
    ("remoteIpBlocks", ADDRESSES),
    ("notRemoteIpBlocks", ADDRESSES),
];

pub(super) const OPERATION: &[(&str, Values)] = &[
    ("hosts", TEXTS),
    ("notHosts", TEXTS),
    ("ports", PORTS),
    ("notPorts", PORTS),
    ("methods", TEXTS),
    ("notMethods", TEXTS),
    ("paths", PATHS),
    ("notPaths", PATHS),
];

/// The values of a list. Those that are no texts are the schema's business.
pub(super) fn check(cx: &mut Context<'_, '_>, policy: &Resource<'_>, name: &str, list: Node<'_>, values: Values) {
    for item in list.items() {
        let Some(text) = item.as_str() else { continue };
        if text.is_empty() {
            let finding = refuse(cx, policy, item, format!("`{name}` has an empty value"));
            finding.label("matches nothing");
            finding.help("remove it, or write what is meant");
        } else if let Err(fault) = (values.test)(text) {
            let finding = refuse(cx, policy, item, format!("`{text}` {fault}"));
            finding.label(format!("Istio refuses it in `{name}`"));
            finding.help(values.help);
        }
    }
}
