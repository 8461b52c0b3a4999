use crate::finding::{RuleMeta, Severity};
use crate::model::Kind;
use crate::rules::webhook::metadata::check_annotations;
use crate::rules::webhook::judge::{filled, items, key_of, listed, shown};
use crate::rules::webhook::listener::{Listens, PROTOCOLS, UNIX, bind, listener_host, unix_path};
use crate::rules::webhook::protocol::Protocol;
use crate::rules::webhook::server_tls::{mode, server_tls};
use crate::rules::webhook::{CODES, Judge};
use crate::rules::{Check, Context, Rule};
use crate::schema::value;
use crate::yaml::Node;

pub(crate) static RULE: Rule = Rule {
    meta: RuleMeta {
        name: "invalid-gateway",
        codes: CODES,
        analyzers: &["schema.ValidationAnalyzer.Gateway"],
        summary: "a Gateway that Istio's webhook refuses or warns of",
        severity: Severity::Error,
        inputs: &[Kind::Gateway],
        page: include_str!("invalid_gateway.md"),
    },
    check: Check::Each(check),
};

/// Istio 1.30, `ValidateGateway`.
fn check(cx: &mut Context<'_, '_>) {
    for gateway in cx.each_of_kind(Kind::Gateway) {
        check_annotations(cx, gateway);
        let mut judge = Judge::new(cx, gateway);
        name(&mut judge);
        let spec = judge.spec();
        if listed(spec, "servers").is_none() {
            let place = key_of(spec, "servers").unwrap_or(spec);
            judge.refuse(place, "the Gateway has no server").help("list `servers` with a `port` and `hosts` each");
        }
        for server in items(spec, "servers") {
            check_server(&mut judge, server);
        }
        unique_names(&mut judge, spec);
    }
}

fn name(judge: &mut Judge<'_, '_, '_>) {
    let name = judge.resource.name;
    if !name.is_empty() && value::istio_label(name).is_err() {
        let node = judge.resource.name_node();
        let finding = judge.refuse(node, format!("{} is no name of a Gateway", shown(name)));
        finding.help("use at most 63 letters, digits and `-`: Istio takes no dots here");
    }
}

fn check_server(judge: &mut Judge<'_, '_, '_>, server: Node<'_>) {
    match listed(server, "hosts") {
        Some(hosts) => hosts.items().for_each(|host| listener_host(judge, host, Listens::Gateway)),
        None => {
            if let Some(key) = key_of(server, "hosts") {
                judge.refuse(key, "the server has no host").help("list hosts, or `\"*\"` for every host");
            }
        }
    }
    let before = server.get("port").and_then(|port| check_port(judge, server, port));
    check_bind(judge, server);
    if let Some(tls) = server.get("tls") {
        server_tls(judge, tls);
    }
    if let Some(protocol) = before {
        protocol_and_tls(judge, server, protocol);
    }
}

/// Judges a port; its protocol, if nothing is wrong with it.
fn check_port(judge: &mut Judge<'_, '_, '_>, server: Node<'_>, port: Node<'_>) -> Option<Protocol> {
    let mut fine = true;
    let socket = server.str_at("bind").is_some_and(|bind| bind.starts_with(UNIX));
    if let Some(number) = port.get("number").filter(|number| !socket || number.as_int() != Some(0)) {
        judge.port(number);
        fine &= number.as_int().is_some_and(|number| value::port(number).is_ok());
    }
    if let Some(target) = port.get("targetPort").filter(|target| target.as_int() > Some(0)) {
        judge.refuse(target, "`targetPort` does nothing in a Gateway").help("remove it");
        fine = false;
    }
    if let Some(name) = port.get("name").filter(|name| name.as_str() == Some("")) {
        judge.refuse(name, "the port has no name").help("write a name, each once in the Gateway");
        fine = false;
    }
    let written = port.get("protocol")?;
    let text = written.as_str()?;
    let protocol = Protocol::of(text);
    if protocol.is_none() {
        judge.refuse(written, format!("{} is no protocol that Istio knows", shown(text))).help(PROTOCOLS);
    }
    protocol.filter(|_| fine)
}

fn check_bind(judge: &mut Judge<'_, '_, '_>, server: Node<'_>) {
    let Some(node) = server.get("bind") else { return };
    match node.as_str().and_then(|text| text.strip_prefix(UNIX)) {
        None => bind(judge, node),
        Some(path) => {
            unix_path(judge, node, path);
            if let Some(number) = server.at(&["port", "number"]).filter(|number| number.as_int() > Some(0)) {
                let finding = judge.refuse(number, "a Unix socket has no port");
                finding.also(node.span(), "the socket").help("write `number: 0`, or an address to bind to");
            }
        }
    }
}

fn protocol_and_tls(judge: &mut Judge<'_, '_, '_>, server: Node<'_>, protocol: Protocol) {
    let Some(written) = server.at(&["port", "protocol"]) else { return };
    let name = written.text().unwrap_or_default();
    let Some((key, tls)) = server.entry("tls").filter(|(_, tls)| tls.is_map()) else {
        if protocol.is_tls() && server.get("tls").is_none() {
            let finding = judge.refuse(written, format!("a server with protocol `{name}` needs `tls`"));
            finding.help("say where the certificate is (`tls.mode`, `tls.credentialName`), or write `protocol: HTTP`");
        }
        return;
    };
    let certificates = ["caCertificates", "privateKey", "serverCertificate"];
    // On a port without TLS, only the redirect to HTTPS may be asked for.
    let redirects = mode(tls).ends_with("PASSTHROUGH") && certificates.iter().all(|name| filled(tls, name).is_none());
    if !(protocol.is_tls() || protocol.is_http() && redirects) {
        let finding = judge.refuse(key, format!("a server with protocol `{name}` cannot have TLS settings"));
        finding.also(written.span(), "no TLS");
        let redirect = if protocol.is_http() { "; `httpsRedirect: true` alone may stay" } else { "" };
        finding.help(format!("write `protocol: HTTPS` or `TLS`, or remove them{redirect}"));
    }
}

fn unique_names(judge: &mut Judge<'_, '_, '_>, spec: Node<'_>) {
    let mut seen: Vec<(&str, Node<'_>)> = vec![];
    for server in items(spec, "servers") {
        let Some(port) = server.get("port") else { continue };
        if let Some((name, node)) = filled(port, "name").and_then(|node| Some((node.as_str()?, node))) {
            match seen.iter().find(|(other, _)| *other == name) {
                None => seen.push((name, node)),
                Some((_, first)) => {
                    let finding = judge.refuse(node, format!("two ports have the name `{name}`"));
                    finding.also(first.span(), "the first").help("give each port of the Gateway its own name");
                }
            }
        }
        let Some(redirect) = server.at(&["tls", "httpsRedirect"]) else { continue };
        let http = port.str_at("protocol").and_then(Protocol::of).is_some_and(Protocol::is_http);
        if redirect.as_bool() == Some(true) && !http {
            let finding = judge.doubt(redirect, "`httpsRedirect` is for servers whose protocol is HTTP");
            finding.label("does nothing").help("put it on the server of the port with `protocol: HTTP`");
        }
    }
}
