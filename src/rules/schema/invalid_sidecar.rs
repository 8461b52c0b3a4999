use crate::finding::{RuleMeta, Severity};
use crate::model::Kind;
use crate::rules::webhook::metadata::check_annotations;
use crate::rules::webhook::connection_pool::connection_pool;
use crate::rules::webhook::destination::destination;
use crate::rules::webhook::judge::{filled, items, key_of, listed, shown};
use crate::rules::webhook::labels::check_workload_selector;
use crate::rules::webhook::listener::{PROTOCOLS, UNIX, bind, unix_path};
use crate::rules::webhook::protocol::Protocol;
use crate::rules::webhook::server_tls::{mode, server_tls};
use crate::rules::webhook::sidecar_hosts::sidecar_hosts;
use crate::rules::webhook::{CODES, Judge};
use crate::rules::{Check, Context, Rule};
use crate::schema::value;
use crate::yaml::Node;

pub(crate) static RULE: Rule = Rule {
    meta: RuleMeta {
        name: "invalid-sidecar",
        codes: CODES,
        analyzers: &["schema.ValidationAnalyzer.Sidecar"],
        summary: "a Sidecar that Istio's webhook refuses or warns of",
        severity: Severity::Error,
        inputs: &[Kind::Sidecar],
        page: include_str!("invalid_sidecar.md"),
    },
    check: Check::Each(check),
};

/// Istio 1.30, `ValidateSidecar`.
fn check(cx: &mut Context<'_, '_>) {
    for sidecar in cx.each_of_kind(Kind::Sidecar) {
        check_annotations(cx, sidecar);
        check_workload_selector(cx, sidecar);
        let mut judge = Judge::new(cx, sidecar);
        let spec = judge.spec();
        let says = listed(spec, "egress").or_else(|| listed(spec, "ingress"));
        let says = says.or_else(|| spec.get("outboundTrafficPolicy"));
        if says.or_else(|| spec.get("inboundConnectionPool")).is_none() {
            let finding = judge.refuse(spec, "the Sidecar configures nothing");
            finding.help("write `egress`, `ingress`, `outboundTrafficPolicy` or `inboundConnectionPool`");
            continue;
        }
        let mut ports = vec![];
        for listener in items(spec, "ingress") {
            ingress(&mut judge, listener, &mut ports);
        }
        connection_pool(&mut judge, spec, "inboundConnectionPool");
        egress(&mut judge, spec);
        if let Some(policy) = spec.get("outboundTrafficPolicy") {
            outbound(&mut judge, policy);
        }
    }
}

/// Judges a port: its name, protocol and, unless it is 0 for a socket, its number.
fn port(judge: &mut Judge<'_, '_, '_>, port: Node<'_>, socket: bool) {
    if let Some(target) = port.get("targetPort").filter(|target| target.as_int() > Some(0)) {
        judge.refuse(target, "`targetPort` does nothing in a Sidecar").help("remove it");
    }
    if let Some(name) = filled(port, "name") {
        judge.text(name, value::istio_label);
    }
    if let Some(protocol) = filled(port, "protocol") {
        let text = protocol.as_str().unwrap_or_default();
        if Protocol::of(text).is_none() {
            judge.refuse(protocol, format!("{} is no protocol that Istio knows", shown(text))).help(PROTOCOLS);
        }
    }
    match port.get("number") {
        Some(number) if !socket => judge.port(number),
        None if !socket && port.is_map() => {
            judge.refuse(port, "the port has no number").help("write `number`, 1 to 65535");
        }
        _ => {}
    }
}

/// Remembers a number or path that one listener only may have.
fn unique<'a>(judge: &mut Judge<'_, '_, '_>, node: Node<'a>, seen: &mut Vec<Node<'a>>, what: &str) {
    let Some(text) = node.text() else { return };
    match seen.iter().find(|other| other.text() == Some(text)) {
        None => seen.push(node),
        Some(first) => {
            let finding = judge.refuse(node, format!("two listeners have {what} `{text}`"));
            finding.also(first.span(), "the first").help("give each listener its own, or make one of the two");
        }
    }
}

fn ingress<'a>(judge: &mut Judge<'_, '_, '_>, listener: Node<'a>, ports: &mut Vec<Node<'a>>) {
    let Some(own) = listener.get("port") else { return };
    port(judge, own, false);
    if let Some(address) = listener.get("bind") {
        bind(judge, address);
    }
    if let Some(number) = own.get("number") {
        unique(judge, number, ports, "port");
    }
    if let Some(endpoint) = filled(listener, "defaultEndpoint") {
        default_endpoint(judge, endpoint);
    }
    let written = own.str_at("protocol");
    let protocol = written.and_then(Protocol::of);
    if let Some((key, tls)) = listener.entry("tls").filter(|(_, tls)| tls.is_map()) {
        ingress_tls(judge, tls);
        if !protocol.is_some_and(Protocol::is_tls) {
            let finding = judge.refuse(key, "TLS settings are for the protocols `HTTPS` and `TLS` only");
            finding.help("write one of these as `port.protocol`, or remove them");
        }
    }
    connection_pool(judge, listener, "connectionPool");
    let http = listener.at(&["connectionPool", "http"]).filter(|_| !protocol.is_some_and(Protocol::is_http));
    if let Some(place) = http.and_then(|_| key_of(listener.get("connectionPool")?, "http")) {
        let finding = judge.doubt(place, "settings of HTTP do nothing on a port that is not HTTP");
        finding.label(format!("the protocol is {}", written.map_or_else(|| "not set".to_owned(), shown)));
        finding.help("write `protocol: HTTP` for the port, or remove them");
    }
}

fn ingress_tls(judge: &mut Judge<'_, '_, '_>, tls: Node<'_>) {
    for name in ["subjectAltNames", "credentialName", "credentialNames", "tlsCertificates"] {
        let set = filled(tls, name).or_else(|| listed(tls, name));
        if let Some(key) = set.and_then(|_| key_of(tls, name)) {
            let finding = judge.refuse(key, format!("a Sidecar takes no `{name}`"));
            finding.help("name files: `serverCertificate`, `privateKey`, `caCertificates`");
        }
    }
    if let Some(node) = tls.get("httpsRedirect").filter(|node| node.as_bool() == Some(true)) {
        judge.refuse(node, "a Sidecar takes no `httpsRedirect`").help("redirect in a Gateway or a VirtualService");
    }
    if let (mode @ ("ISTIO_MUTUAL" | "AUTO_PASSTHROUGH"), Some(node)) = (mode(tls), tls.get("mode")) {
        let finding = judge.refuse(node, format!("a Sidecar takes no mode `{mode}`"));
        finding.help("write `SIMPLE` or `MUTUAL`; mutual TLS of the mesh needs no `tls` here");
    }
    server_tls(judge, tls);
}

fn default_endpoint(judge: &mut Judge<'_, '_, '_>, node: Node<'_>) {
    let text = node.as_str().unwrap_or_default();
    if let Some(path) = text.strip_prefix(UNIX) {
        return unix_path(judge, node, path);
    }
    let local = ["", "127.0.0.1", "0.0.0.0", "::1", "::"];
    let (host, port) = match text.strip_prefix('[') {
        Some(rest) => rest.split_once("]:").unwrap_or(("?", "")),
        None => text.split_once(':').unwrap_or(("?", "")),
    };
    let number: Option<i64> = port.parse().ok();
    if !local.contains(&host) || number.is_none_or(|number| value::port(number).is_err()) {
        let finding = judge.refuse(node, format!("{} is no place of the workload itself", shown(text)));
        finding.help("write `127.0.0.1:PORT`, `0.0.0.0:PORT`, `[::1]:PORT`, `[::]:PORT`, `:PORT` or `unix:///PATH`");
    }
}

fn egress(judge: &mut Judge<'_, '_, '_>, spec: Node<'_>) {
    let (mut ports, mut sockets) = (vec![], vec![]);
    let last = items(spec, "egress").count();
    for (index, listener) in items(spec, "egress").enumerate() {
        match listener.get("port") {
            Some(own) => egress_port(judge, listener, own, &mut ports, &mut sockets),
            None if listener.is_map() && index + 1 < last => {
                let finding = judge.refuse(listener, "a listener without a port stands before others");
                finding.help("put it last, once: it takes whatever no other listener does");
            }
            None => {}
        }
        sidecar_hosts(judge, listener);
    }
}

fn egress_port<'a>(
    judge: &mut Judge<'_, '_, '_>,
    listener: Node<'a>,
    own: Node<'a>,
    ports: &mut Vec<Node<'a>>,
    sockets: &mut Vec<Node<'a>>,
) {
    let number = own.get("number");
    let socket = number.is_none_or(|number| number.as_int() == Some(0));
    port(judge, own, socket);
    let place = filled(listener, "bind");
    if !socket {
        if let Some(address) = place {
            bind(judge, address);
        }
        if let Some(number) = number {
            unique(judge, number, ports, "port");
        }
        return;
    }
    match place.and_then(|node| Some((node, node.as_str()?.strip_prefix(UNIX)?))) {
        Some((node, path)) => {
            unix_path(judge, node, path);
            unique(judge, node, sockets, "the socket");
        }
        None => {
            let finding = judge.refuse(number.unwrap_or(own), "the listener has neither a port nor a Unix socket");
            finding.help("write `port.number`, or `bind: unix:///PATH`");
        }
    }
    if let Some(capture) = listener.get("captureMode").filter(|node| node.as_str() == Some("IPTABLES")) {
        judge.refuse(capture, "a Unix socket cannot be captured by iptables").help("write `captureMode: NONE`");
    }
}

fn outbound(judge: &mut Judge<'_, '_, '_>, policy: Node<'_>) {
    let Some((key, proxy)) = policy.entry("egressProxy").filter(|(_, proxy)| proxy.is_map()) else { return };
    if policy.str_at("mode") != Some("ALLOW_ANY") {
        judge.refuse(key, "`egressProxy` needs `mode: ALLOW_ANY`").help("write the mode, or remove the proxy");
        return;
    }
    if proxy.get("port").is_none() {
        judge.refuse(key, "`egressProxy` needs a `port`").help("write `port`, with `number` below it");
    }
    match proxy.get("host").filter(|host| host.as_str().is_some_and(|text| value::fqdn(text).is_err())) {
        Some(host) => judge.text(host, value::fqdn),
        None => destination(judge, proxy),
    }
}
