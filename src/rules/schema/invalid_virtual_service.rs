use crate::finding::{RuleMeta, Severity};
use crate::model::Kind;
use crate::rules::webhook::metadata::check_annotations;
use crate::rules::webhook::destination::destinations;
use crate::rules::webhook::export_to::{Export, check_export_to};
use crate::rules::webhook::http_match::tcp_matches;
use crate::rules::webhook::http_route::http_route;
use crate::rules::webhook::judge::{entries, items, key_of, listed, shown};
use crate::rules::webhook::names::gateway_names;
use crate::rules::webhook::sni::{meet, needs_route, tls_route, wildcard_host};
use crate::rules::webhook::{CODES, Judge};
use crate::rules::{Check, Context, Rule};
use crate::schema::value;
use crate::yaml::Node;

pub(crate) static RULE: Rule = Rule {
    meta: RuleMeta {
        name: "invalid-virtual-service",
        codes: CODES,
        analyzers: &["schema.ValidationAnalyzer.VirtualService"],
        summary: "a VirtualService that Istio's webhook refuses or warns of",
        severity: Severity::Error,
        inputs: &[Kind::VirtualService],
        page: include_str!("invalid_virtual_service.md"),
    },
    check: Check::Each(check),
};

/// Istio 1.30, `ValidateVirtualService`; routes that nothing reaches are told by other rules.
fn check(cx: &mut Context<'_, '_>) {
    for service in cx.each_of_kind(Kind::VirtualService) {
        check_annotations(cx, service);
        check_export_to(cx, service, Export::Any);
        let mut judge = Judge::new(cx, service);
        let spec = judge.spec();
        let delegate = listed(spec, "hosts").is_none();
        // Without gateways it holds in the mesh alone; the gateway `mesh` is the mesh.
        let gateway = listed(spec, "gateways").is_some()
            && items(spec, "gateways").all(|name| name.as_str() != Some("mesh"));
        if delegate {
            of_delegate(&mut judge, spec);
        }
        gateway_names(&mut judge, spec);
        if !gateway {
            claims(&mut judge, spec);
        }
        hosts(&mut judge, spec, gateway);
        routes(&mut judge, spec, delegate, gateway);
    }
}

/// Without hosts, it is for another VirtualService to hand requests to.
fn of_delegate(judge: &mut Judge<'_, '_, '_>, spec: Node<'_>) {
    for name in ["gateways", "tls", "tcp"] {
        if let Some(key) = listed(spec, name).and_then(|_| key_of(spec, name)) {
            let finding = judge.refuse(key, format!("a VirtualService without hosts cannot have `{name}`"));
            finding.help("give it `hosts`; without, it can only be delegated to, by routes of HTTP");
        }
    }
}

/// Claims of tokens are headers at gateways only.
fn claims(judge: &mut Judge<'_, '_, '_>, spec: Node<'_>) {
    for matched in items(spec, "http").flat_map(|route| items(route, "match")) {
        let headers = entries(matched, "headers").chain(entries(matched, "withoutHeaders"));
        for (key, _) in headers.filter(|(key, _)| key.as_str().is_some_and(value::is_claim)) {
            let finding = judge.refuse(key, "claims of tokens can only be matched at gateways");
            finding.help("bind the VirtualService to `gateways` alone, without `mesh`");
        }
    }
}

fn hosts(judge: &mut Judge<'_, '_, '_>, spec: Node<'_>, gateway: bool) {
    let matches = || items(spec, "tls").flat_map(|route| items(route, "match"));
    let sni = gateway && matches().any(|matched| listed(matched, "sniHosts").is_some());
    let mut valid = true;
    for node in items(spec, "hosts") {
        let Some(host) = node.as_str() else { continue };
        if let Err(fault) = wildcard_host(host, sni) {
            if value::ip(host).is_err() {
                valid = false;
                judge.refuse(node, format!("{} {fault}", shown(host)));
            }
        } else if host == "*" && !gateway {
            valid = false;
            let finding = judge.refuse(node, "`*` cannot be a host in the mesh");
            finding.help("name hosts, or bind the VirtualService to `gateways` alone, without `mesh`");
        }
    }
    if valid {
        distinct_hosts(judge, spec);
    }
}

fn distinct_hosts(judge: &mut Judge<'_, '_, '_>, spec: Node<'_>) {
    let mut seen: Vec<(&str, Node<'_>)> = vec![];
    for node in items(spec, "hosts") {
        let Some(host) = node.as_str() else { continue };
        if let Some((other, first)) = seen.iter().find(|(other, _)| meet(other, host)) {
            let message = match *other == host {
                true => format!("host `{host}` is listed twice"),
                false => format!("hosts `{other}` and `{host}` overlap"),
            };
            judge.refuse(node, message).also(first.span(), "the other").help("keep one of the two");
        }
        seen.push((host, node));
    }
}

fn routes(judge: &mut Judge<'_, '_, '_>, spec: Node<'_>, delegate: bool, gateway: bool) {
    if ["http", "tls", "tcp"].iter().all(|name| listed(spec, name).is_none()) {
        let finding = judge.refuse(spec, "the VirtualService has no route");
        finding.help("write `http`, `tls` or `tcp`");
    }
    for route in items(spec, "http") {
        http_route(judge, route, delegate);
    }
    for route in items(spec, "tls") {
        // Istio looks for `mesh` alone here: without any gateways, names between clusters pass.
        let gateway = gateway || listed(spec, "gateways").is_none();
        tls_route(judge, route, gateway);
    }
    for route in items(spec, "tcp") {
        tcp_matches(judge, route);
        needs_route(judge, route);
        destinations(judge, route);
    }
}
