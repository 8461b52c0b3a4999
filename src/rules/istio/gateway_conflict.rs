use rustc_hash::{FxHashMap, FxHashSet};

use crate::finding::{RuleMeta, Severity};
use crate::model::view::Gateway;
use crate::model::{Kind, Selector, View};
use crate::rules::{Check, Context, Rule};
use crate::yaml::Node;

pub(crate) static RULE: Rule = Rule {
    meta: RuleMeta {
        name: "gateway-conflict",
        codes: &["IST0145"],
        analyzers: &["gateway.ConflictingGatewayAnalyzer"],
        summary: "two Gateways claim one host on one port of the same pods",
        severity: Severity::Warning,
        inputs: &[Kind::Gateway, Kind::Pod],
        page: include_str!("gateway_conflict.md"),
    },
    check: Check::Whole(check),
};

/// A host on a port, and the address that it is bound to.
type Place<'m> = (i64, &'m str, &'m str);

/// A server of a Gateway with such a place.
#[derive(Clone, Copy)]
struct Claim<'m> {
    gateway: Gateway<'m>,
    server: Node<'m>,
    host: Node<'m>,
}

fn check(cx: &mut Context<'_, '_>) {
    let mut claims: FxHashMap<Place<'_>, Vec<Claim<'_>>> = FxHashMap::default();
    for claim in cx.all::<Gateway>().flat_map(claims_of) {
        claims.entry(claim.place()).or_default().push(claim);
    }
    claims.retain(|_, claims| claims.len() > 1);
    let mut told = FxHashSet::default();
    for gateway in cx.all::<Gateway>() {
        for claim in claims_of(gateway) {
            let Some(rivals) = claims.get(&claim.place()) else { continue };
            let Some(rival) = rivals.iter().find(|rival| meet(cx, claim, **rival)) else { continue };
            // A server is told once, however many hosts it shares.
            if told.insert(claim.server.span()) {
                report(cx, claim, *rival);
            }
        }
    }
}

fn claims_of<'m>(gateway: Gateway<'m>) -> impl Iterator<Item = Claim<'m>> {
    gateway.servers().flat_map(move |server| {
        let hosts = server.get("hosts").into_iter().flat_map(Node::items);
        let numbered = hosts.filter(move |_| server.at(&["port", "number"]).is_some());
        numbered.filter(|host| host.as_str().is_some()).map(move |host| Claim { gateway, server, host })
    })
}

impl<'m> Claim<'m> {
    fn place(self) -> Place<'m> {
        let number = self.server.at(&["port", "number"]).and_then(Node::as_int);
        (number.unwrap_or(0), self.server.str_at("bind").unwrap_or(""), self.host.as_str().unwrap_or(""))
    }
}

/// Whether they are of two Gateways, and pods serve both: the selectors are the same, or a pod has the labels of both.
fn meet<'m>(cx: &Context<'m, '_>, one: Claim<'m>, other: Claim<'m>) -> bool {
    let is_same = one.gateway.0.namespace == other.gateway.0.namespace
        && one.gateway.0.name == other.gateway.0.name;
    let (first, second) = (one.gateway.selector(), other.gateway.selector());
    !is_same && (are_equal(first, second) || share_a_pod(cx, first, second))
}

fn are_equal(one: Selector<'_>, other: Selector<'_>) -> bool {
    one.labels().count() == other.labels().count()
        && one.labels().all(|label| other.labels().any(|other| other == label))
}

fn share_a_pod<'m>(cx: &Context<'m, '_>, one: Selector<'m>, other: Selector<'m>) -> bool {
    // Two that differ in a label have no pod in common.
    let contradict = one.labels().any(|(key, value)| {
        other.labels().any(|(other_key, other_value)| key == other_key && value != other_value)
    });
    !contradict && cx.selected_anywhere(one).any(|pod| other.matches(pod.labels()))
}

fn report<'m>(cx: &mut Context<'m, '_>, claim: Claim<'m>, rival: Claim<'m>) {
    let (port, _, host) = claim.place();
    let other = rival.gateway.0;
    let named = match other.namespace == claim.gateway.0.namespace {
        true => other.name.to_owned(),
        false => format!("{}/{}", other.namespace, other.name),
    };
    let message = format!("host `{host}` on port {port} is claimed by Gateway `{named}` too, for the same pods");
    let both = [claim, rival];
    let uses_tls = both.iter().any(|claim| claim.server.get("tls").is_some());
    let are_http = both.iter().all(|claim| is_http(claim.server));
    let finding = cx.report(claim.gateway.resource(), claim.host, message);
    finding.also(rival.host.span(), "the other claim");
    if uses_tls {
        finding.severity(Severity::Error).label("Istio keeps one of the two servers and drops the other");
    } else if are_http {
        finding.severity(Severity::Info).label("routes of both meet here; of two for one host, one is dropped");
    } else {
        finding.label("only one of two protocols is spoken on a port");
    }
    finding.help("keep one Gateway for the host; VirtualServices of other namespaces can bind to it");
}

fn is_http(server: Node<'_>) -> bool {
    let protocol = server.get("port").and_then(|port| port.str_at("protocol")).unwrap_or("");
    ["HTTP", "HTTP2", "GRPC", "GRPC-WEB"].iter().any(|name| name.eq_ignore_ascii_case(protocol))
}
