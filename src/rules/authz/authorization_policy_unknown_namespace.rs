use crate::finding::{RuleMeta, Severity};
use crate::model::view::AuthorizationPolicy;
use crate::model::{Kind, Lookup, View};
use crate::rules::nearest::nearest;
use crate::rules::{Check, Context, Rule};
use crate::yaml::Node;

pub(crate) static RULE: Rule = Rule {
    meta: RuleMeta {
        name: "authorization-policy-unknown-namespace",
        codes: &["IST0101"],
        analyzers: &["auth.AuthorizationPoliciesAnalyzer"],
        summary: "an AuthorizationPolicy names a namespace that does not exist",
        severity: Severity::Warning,
        inputs: &[Kind::AuthorizationPolicy, Kind::Namespace],
        page: include_str!("authorization_policy_unknown_namespace.md"),
    },
    check: Check::Each(check),
};

fn check(cx: &mut Context<'_, '_>) {
    for policy in cx.each::<AuthorizationPolicy>() {
        let rules = policy.0.spec_at("rules").into_iter().flat_map(Node::items);
        let froms = rules.filter_map(|rule| rule.get("from")).flat_map(Node::items);
        let sources = froms.filter_map(|from| from.get("source"));
        let lists = sources.flat_map(|source| {
            ["namespaces", "notNamespaces"].into_iter().filter_map(move |key| Some((key, source.get(key)?)))
        });
        for (key, node) in lists.flat_map(|(key, list)| list.items().map(move |node| (key, node))) {
            let Some(written) = node.as_str() else { continue };
            if let Lookup::Missing = find(cx, written) {
                report(cx, policy, node, written, key == "namespaces");
            }
        }
    }
}

/// A namespace that is written by name, or by its beginning or end and a `*`.
fn find(cx: &mut Context<'_, '_>, written: &str) -> Lookup<()> {
    let found = match (written.strip_prefix('*'), written.strip_suffix('*')) {
        (None, None) => return named(cx, written),
        (Some(""), _) => true,
        (Some(end), _) => namespaces(cx).any(|name| name.ends_with(end)),
        (_, Some(start)) => namespaces(cx).any(|name| name.starts_with(start)),
    };
    cx.lookup(found.then_some(()))
}

/// Kubernetes makes some namespaces without a manifest.
fn named(cx: &mut Context<'_, '_>, name: &str) -> Lookup<()> {
    if ["default", "kube-system", "kube-public", "kube-node-lease"].contains(&name) {
        return Lookup::Found(());
    }
    match cx.find_kind(Kind::Namespace, "", name) {
        Lookup::Found(_) => Lookup::Found(()),
        Lookup::Missing => Lookup::Missing,
        Lookup::Unknown => Lookup::Unknown,
    }
}

fn namespaces<'m>(cx: &Context<'m, '_>) -> impl Iterator<Item = &'m str> {
    cx.of_kind(Kind::Namespace).map(|namespace| namespace.name)
}

fn report<'m>(
    cx: &mut Context<'m, '_>,
    policy: AuthorizationPolicy<'m>,
    node: Node<'m>,
    written: &'m str,
    is_positive: bool,
) {
    let meant = nearest(written, namespaces(cx));
    let message = match written.contains('*') {
        true => format!("no namespace is called `{written}`"),
        false => format!("namespace `{written}` does not exist"),
    };
    let finding = cx.report(policy.resource(), node, message);
    finding.label(match is_positive {
        true => "no caller comes from there",
        false => "it excludes nobody",
    });
    match meant {
        Some(meant) => finding.help(format!("did you mean `{meant}`?")),
        None => finding.help("create the namespace, or correct the name"),
    };
}
