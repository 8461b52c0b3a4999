use crate::finding::{RuleMeta, Severity};
use crate::model::selector::label;
use crate::model::view::AuthorizationPolicy;
use crate::model::{Kind, Lookup, View, Workload};
use crate::rules::nearest::nearest;
use crate::rules::{Context, Rule};
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
    check,
};

fn check(cx: &mut Context<'_, '_>) {
    for policy in cx.all::<AuthorizationPolicy>() {
        for node in principals(policy) {
            let Some((namespace, account)) = node.as_str().and_then(parse) else { continue };
            if runs(cx, namespace, account) {
                continue;
            }
            let Lookup::Missing = cx.lookup(None::<()>) else { continue };
            if is_beyond(cx, namespace, account) {
                continue;
            }
            let namesake = namesake(cx, namespace, account);
            // Its pods may be made by a controller that weft does not know: then only a namesake is evidence.
            let declared = cx.find_kind(Kind::ServiceAccount, namespace, account);
            if namesake.is_none() && matches!(declared, Lookup::Found(_)) {
                continue;
            }
            report(cx, policy, node, (namespace, account), namesake);
        }
    }
}

fn principals<'m>(policy: AuthorizationPolicy<'m>) -> impl Iterator<Item = Node<'m>> {
    let rules = policy.0.spec_at("rules").into_iter().flat_map(Node::items);
    let froms = rules.filter_map(|rule| rule.get("from")).flat_map(Node::items);
    froms.filter_map(|from| from.at(&["source", "principals"])).flat_map(Node::items)
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
    (namespace, account): (&'m str, &'m str),
    namesake: Option<&Workload<'_>>,
) {
    let accounts = cx.workloads_in(namespace).map(|workload| workload.service_account());
    let meant = nearest(account, accounts);
    let message = format!("no workload in `{namespace}` runs as service account `{account}`");
    let finding = cx.report(policy.resource(), node, message);
    finding.label("no caller has this identity");
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
            finding.help(format!("there are pods in `{namespace}` that run as `{meant}`"));
        }
        (None, None) => {
            finding.help("pods run as the `serviceAccountName` of their template, as `default` without one");
        }
    }
}
