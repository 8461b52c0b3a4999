use crate::finding::{RuleMeta, Severity};
use crate::model::Kind;
use crate::rules::webhook::export_to::{Export, check_export_to};
use crate::rules::webhook::labels::check_workload_selector;
use crate::rules::webhook::metadata::check_annotations;
use crate::rules::webhook::service_entry::{Entry, Port, Resolution, check_resolution};
use crate::rules::webhook::{doubt, refuse};
use crate::rules::{Check, Context, Rule, webhook};
use crate::schema::value::{address_or_prefix, istio_label, wildcard_domain};

pub(crate) static RULE: Rule = Rule {
    meta: RuleMeta {
        name: "invalid-service-entry",
        codes: webhook::CODES,
        analyzers: &["schema.ValidationAnalyzer.ServiceEntry"],
        summary: "a ServiceEntry that Istio refuses or warns of",
        severity: Severity::Error,
        inputs: &[Kind::ServiceEntry],
        page: include_str!("invalid_service_entry.md"),
    },
    check: Check::Each(check),
};

/// Istio 1.30, `ValidateServiceEntry`, but for what the CRD refuses itself.
fn check(cx: &mut Context<'_, '_>) {
    for resource in cx.each_of_kind(Kind::ServiceEntry) {
        check_annotations(cx, resource);
        let Some(entry) = Entry::of(resource) else { continue };
        check_workload_selector(cx, resource);
        check_hosts(cx, entry);
        check_addresses(cx, entry);
        check_ports(cx, entry);
        check_resolution(cx, entry);
        check_export_to(cx, resource, Export::AnyOrNone);
    }
}

/// `*` alone is the CRD's.
fn check_hosts(cx: &mut Context<'_, '_>, entry: Entry<'_>) {
    for (node, host) in entry.hosts().filter(|(_, host)| *host != "*") {
        if let Err(fault) = wildcard_domain(host) {
            refuse(cx, entry.resource, node, format!("the host `{host}` {fault}"));
        } else if host.contains('*') && !host.starts_with("*.") && entry.resolution != Some(Resolution::Dynamic) {
            let finding = doubt(cx, entry.resource, node, format!("`{host}` is a wildcard for part of a label"));
            finding.label("wildcards of Istio stand for whole labels");
            finding.help("write `*.` and the rest of the host's labels");
        }
    }
}

fn check_addresses(cx: &mut Context<'_, '_>, entry: Entry<'_>) {
    for node in entry.items("addresses") {
        let fault = node.as_str().and_then(|text| Some((text, address_or_prefix(text).err()?)));
        if let Some((text, fault)) = fault {
            refuse(cx, entry.resource, node, format!("the address `{text}` {fault}"));
        }
    }
}

/// Names that stand twice are the CRD's.
fn check_ports(cx: &mut Context<'_, '_>, entry: Entry<'_>) {
    for port in entry.ports() {
        let fault = |name: &str| istio_label(name).err();
        let name = port.name.and_then(|name| Some((name, fault(name)?, port.node.get("name")?)));
        if let Some((name, fault, node)) = name {
            refuse(cx, entry.resource, node, format!("the port's name `{name}` {fault}"));
        }
        check_protocol(cx, entry, port);
    }
}

fn check_protocol(cx: &mut Context<'_, '_>, entry: Entry<'_>, port: Port<'_>) {
    if port.is_unknown() {
        let finding =
            refuse(cx, entry.resource, port.place(), format!("`{}` is no protocol of Istio's", port.written));
        finding.help(
            "write one of `HTTP`, `HTTPS`, `HTTP2`, `GRPC`, `GRPC-Web`, `TLS`, `TCP`, `UDP`, `Mongo`, `Redis`, `MySQL`",
        );
    }
    // To the letter: Istio asks for addresses under `TCP`, not under `tcp`.
    let tcp = matches!(port.written, "" | "TCP") && port.node.get("protocol").is_none_or(|node| node.as_str().is_some());
    let bare = entry.spec.get("addresses").is_none_or(|list| list.is_seq() && list.items().next().is_none());
    if tcp && bare && !allocates(entry) {
        let finding = doubt(cx, entry.resource, port.place(), "a port of TCP, and the ServiceEntry has no addresses");
        finding.label("it takes every connection to this port number, whatever its host");
        finding.help("add `addresses`, or a protocol that names its host (HTTP, TLS)");
    }
}

/// Whether Istio itself gives the hosts addresses (`ShouldV2AutoAllocateIPFromConfig`; on unless istiod is told
/// otherwise).
fn allocates(entry: Entry<'_>) -> bool {
    let label = entry.resource.labels().and_then(|labels| labels.str_at("networking.istio.io/enable-autoallocate-ip"));
    entry.resolution != Some(Resolution::None) && !label.is_some_and(|value| value.eq_ignore_ascii_case("false"))
}
