use crate::finding::{RuleMeta, Severity};
use crate::model::selector::label;
use crate::model::view::AuthorizationPolicy;
use crate::model::{Kind, Lookup, View, Workload};
use crate::rules::nearest::nearest;
use crate::rules::{Check, Context, Rule};
use crate::yaml::Node;

pub(crate) static RULE: Rule = Rule {
    meta: RuleMeta {
        name: "authorization-policy-unknown-principal",
        codes: &[],
        analyzers: &[],
        summary: "an AuthorizationPolicy names a principal that no workload runs as",
        severity: Severity::Warning,
        inputs: &[
            Kind::AuthorizationPolicy,
            Kind::Pod,
            Kind::Namespace,
            Kind::ServiceAccount,
            Kind::KubernetesGateway,
        ],
        page: include_str!("authorization_policy_unknown_principal.md"),
    },
    check: Check::Each(check),
};

fn check(cx: &mut Context<'_, '_>) {
    for policy in cx.each::<AuthorizationPolicy>() {
        for rule in rules(policy) {
            let mut unknown = vec![];
            // Whether each of its sources asks for an identity that nobody has.
            let mut is_dead = true;
            for from in rule.get("from").into_iter().flat_map(Node::items) {
                let principals = || from.at(&["source", "principals"]).into_iter().flat_map(Node::items);
                let found = principals().filter_map(|node| Some((node, unknown_principal(cx, node)?)));
                let before = unknown.len();
                unknown.extend(found);
                is_dead &= unknown.len() > before && unknown.len() - before == principals().count();
            }
            let effect = if is_dead { effect(policy) } else { None };
            for (node, principal) in unknown {
                report(cx, policy, node, principal, effect);
            }
        }
    }
}

fn rules<'m>(policy: AuthorizationPolicy<'m>) -> impl Iterator<Item = Node<'m>> {
    policy.0.spec_at("rules").into_iter().flat_map(Node::items)
}

/// What a rule that matches nobody comes to.
fn effect(policy: AuthorizationPolicy<'_>) -> Option<&'static str> {
    match policy.0.spec_at("action").and_then(Node::as_str).unwrap_or("ALLOW") {
        // Another rule may let the same callers in.
        "ALLOW" if rules(policy).count() > 1 => Some("this rule lets nobody in"),
        "ALLOW" => Some("this rule lets nobody in: callers get 403"),
        "DENY" => Some("this rule stops nobody"),
        _ => None,
    }
}

/// Namespace and service account of a principal that no workload runs as, and the workload that was probably meant.
fn unknown_principal<'m, 'a>(cx: &mut Context<'m, 'a>, node: Node<'m>) -> Option<Unknown<'m, 'a>> {
    let (namespace, account) = node.as_str().and_then(parse)?;
    if runs(cx, namespace, account) {
        return None;
    }
    let Lookup::Missing = cx.lookup(None::<()>) else { return None };
    if is_beyond(cx, namespace, account) {
        return None;
    }
    let namesake = namesake(cx, namespace, account);
    // Its pods may be made by a controller that weft does not know: then only a namesake is evidence.
    let declared = cx.find_kind(Kind::ServiceAccount, namespace, account);
    if namesake.is_none() && matches!(declared, Lookup::Found(_)) {
        return None;
    }
    Some(Unknown { namespace, account, namesake })
}

struct Unknown<'m, 'a> {
    namespace: &'m str,
    account: &'m str,
    namesake: Option<&'m Workload<'a>>,
}

/// Namespace and service account of `<trust domain>/ns/<namespace>/sa/<account>`. Only the usual trust domain is judged:
/// another one may be another mesh's. The account may end in `*`.
fn parse(principal: &str) -> Option<(&str, &str)> {
    let (domain, rest) = principal.strip_prefix("spiffe://").unwrap_or(principal).split_once("/ns/")?;
    let (namespace, account) = rest.split_once("/sa/")?;
    let plain = |text: &str| !text.is_empty() && !text.contains(['*', '/']);
    let fits = matches!(domain, "cluster.local" | "*")
        && plain(namespace)
        && plain(account.strip_suffix('*').unwrap_or(account));
    fits.then_some((namespace, account))
}

fn runs<'m>(cx: &Context<'m, '_>, namespace: &'m str, account: &'m str) -> bool {
    match account.strip_suffix('*') {
        None => cx.runs_as(namespace, account),
        Some(prefix) => {
            cx.workloads_in(namespace).any(|workload| workload.service_account().starts_with(prefix))
        }
    }
}

/// Whether the namespace or its accounts come from elsewhere even where the input is said to be complete: a namespace
/// of which nothing was read, the control plane's own, and gateways whose pods a controller makes.
fn is_beyond<'m>(cx: &mut Context<'m, '_>, namespace: &'m str, account: &str) -> bool {
    if namespace == cx.world().mesh_namespace {
        return true;
    }
    let is_here = cx.workloads_in(namespace).next().is_some()
        || matches!(cx.find_kind(Kind::Namespace, "", namespace), Lookup::Found(_));
    // `NAME-CLASS`, and for waypoints `NAME` (Istio, `deploymentcontroller.go`).
    let is_of =
        |name: &str| account.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with('-'));
    let mut gateways = cx.of_kind(Kind::KubernetesGateway).filter(|gateway| gateway.namespace == namespace);
    !is_here || gateways.any(|gateway| is_of(gateway.name))
}

/// The workload that the account was probably meant for.
fn namesake<'m, 'a>(cx: &Context<'m, 'a>, namespace: &'m str, account: &str) -> Option<&'m Workload<'a>> {
    let is_named = |workload: &&Workload<'_>| {
        let says = |key| label(workload.labels(), key) == Some(account);
        workload.resource.name == account || says("app") || says("app.kubernetes.io/name")
    };
    cx.workloads_in(namespace).find(is_named)
}

fn report<'m>(
    cx: &mut Context<'m, '_>,
    policy: AuthorizationPolicy<'m>,
    node: Node<'m>,
    unknown: Unknown<'m, '_>,
    effect: Option<&'static str>,
) {
    let Unknown { namespace, account, namesake } = unknown;
    let accounts = cx.workloads_in(namespace).map(|workload| workload.service_account());
    let meant = nearest(account, accounts);
    let message = format!("no workload in `{namespace}` runs as service account `{account}`");
    let finding = cx.report(policy.resource(), node, message);
    finding.label(effect.unwrap_or("no caller has this identity"));
    match (namesake, meant) {
        (Some(namesake), _) => {
            let (kind, name) = (namesake.resource.kind_name(), namesake.resource.name);
            let runs_as = namesake.service_account();
            let place = namesake.spec().and_then(|spec| spec.get("serviceAccountName"));
            let span = place.unwrap_or(namesake.resource.name_node()).span();
            finding.also(span, format!("the pods of {kind} `{name}` run as `{runs_as}`"));
            finding.help(format!(
                "set `serviceAccountName: {account}` in its template and create that ServiceAccount"
            ));
        }
        (None, Some(meant)) => {
            finding.help(format!("did you mean `{meant}`?"));
        }
        (None, None) => {
            finding.help("pods run as the `serviceAccountName` of their template, as `default` without one");
        }
    }
}
