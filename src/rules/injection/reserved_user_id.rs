use crate::finding::{RuleMeta, Severity};
use crate::model::membership::{INJECT, Membership, is_host_network};
use crate::model::selector::label;
use crate::model::{Kind, Lookup, Workload};
use crate::rules::injector::is_of_istio;
use crate::rules::{Check, Context, Rule};
use crate::yaml::Node;

pub(crate) static RULE: Rule = Rule {
    meta: RuleMeta {
        name: "reserved-user-id",
        codes: &["IST0144"],
        analyzers: &["applicationUID.Analyzer"],
        summary: "an application that runs as the user of the proxy, 1337",
        severity: Severity::Warning,
        inputs: &[Kind::Pod, Kind::Namespace],
        page: include_str!("reserved_user_id.md"),
    },
    check: Check::Each(check),
};

/// The user that the proxy runs as (Istio 1.30, `global.proxy` and `istio-iptables`: traffic of this user is not
/// redirected).
const PROXY_USER: i64 = 1337;
/// Containers that are to run as this user: the proxy, and the operator that once was.
const OWN: &[&str] = &["istio-proxy", "istio-operator"];

fn check(cx: &mut Context<'_, '_>) {
    for workload in cx.each_workload() {
        let Some(spec) = workload.spec() else { continue };
        let of_pod = user(spec);
        // Init containers run before there is a proxy; as this user they get past the CNI plugin's redirection.
        let containers = spec.get("containers").into_iter().flat_map(Node::items);
        let own = |container: &Node<'_>| container.str_at("name").is_some_and(|name| OWN.contains(&name));
        let user_of = |container| Some((container, user(container).or(of_pod)?));
        let mut found = containers.filter(|container| !own(container)).filter_map(user_of);
        let Some((container, user)) = found.find(|(_, user)| user.as_int() == Some(PROXY_USER)) else {
            continue;
        };
        if !is_of_istio(&workload.resource) && may_have_sidecar(cx, workload) {
            report(cx, workload, container, user);
        }
    }
}

fn user(holder: Node<'_>) -> Option<Node<'_>> {
    holder.at(&["securityContext", "runAsUser"])
}

/// Not only where it is known to: somebody else may label a namespace that is not in the input, `default` above all.
fn may_have_sidecar<'a>(cx: &Context<'_, 'a>, workload: &Workload<'a>) -> bool {
    match cx.membership(workload) {
        Membership::Sidecar | Membership::Unknown => true,
        Membership::Ambient => false,
        Membership::Outside => {
            let known = matches!(cx.namespace(workload.resource.namespace), Lookup::Found(_));
            !known && !refuses(workload)
        }
    }
}

fn refuses(workload: &Workload<'_>) -> bool {
    let annotation = workload.annotation(INJECT).and_then(Node::text);
    label(workload.labels(), INJECT).or(annotation) == Some("false")
        || is_host_network(workload)
}

fn report(cx: &mut Context<'_, '_>, workload: &Workload<'_>, container: Node<'_>, user: Node<'_>) {
    let name = container.str_at("name").unwrap_or("");
    let message = format!("container `{name}` runs as the user of the proxy, `{PROXY_USER}`");
    let finding = cx.report(&workload.resource, user, message);
    finding.label("what this user sends or gets is not redirected to the sidecar");
    finding.help("run it as another user: without the sidecar there is no mTLS, no routing and no policy");
}
