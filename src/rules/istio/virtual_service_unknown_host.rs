use crate::finding::{Fix, RuleMeta, Severity};
use crate::model::routing::Routed;
use crate::model::view::{Service, ServiceEntry};
use crate::model::{Exports, Host, HostTarget, Kind, Lookup};
use crate::rules::nearest::nearest;
use crate::rules::{Check, Context, Rule};
use crate::schema::value;
use crate::source::Edit;

pub(crate) static RULE: Rule = Rule {
    meta: RuleMeta {
        name: "virtual-service-unknown-host",
        codes: &["IST0101"],
        analyzers: &["virtualservice.DestinationHostAnalyzer"],
        summary: "a VirtualService routes to a host that nothing answers to",
        severity: Severity::Error,
        inputs: &[Kind::VirtualService, Kind::Service, Kind::ServiceEntry],
        page: include_str!("virtual_service_unknown_host.md"),
    },
    check: Check::Each(check),
};

fn check(cx: &mut Context<'_, '_>) {
    for routed in cx.each_routed() {
        check_host(cx, routed);
    }
}

fn check_host<'m>(cx: &mut Context<'m, '_>, routed: &'m Routed<'m>) {
    let Routed { service, destination, host, .. } = *routed;
    let (written, namespace) = (destination.host, service.namespace);
    // A host of the cluster set may live in another cluster of it (Multi-Cluster Services API).
    // Another rule tells of what cannot be a host.
    if value::fqdn(written).is_err() || host.is_wildcard() || written.trim_end_matches('.').ends_with(".clusterset.local") {
        return;
    }
    match cx.host(host) {
        Lookup::Found(target) => return check_sight(cx, routed, target),
        Lookup::Unknown => return,
        Lookup::Missing => {}
    }
    let advice = advice(cx, host, namespace);
    let finding =
        cx.report(&service, destination.host_node, format!("host `{written}` does not exist"));
    match host {
        Host::Service { name, namespace } => {
            finding.label(format!("no Service `{name}` in `{namespace}`, and no ServiceEntry has the host"))
        }
        Host::Name(_) => finding.label("no ServiceEntry has it"),
    };
    match advice {
        Advice::Full(full) => {
            finding.label("a name with a dot is taken as it stands, and nothing has this one");
            finding.help(format!("write the full name, `{full}`"));
            let edit = Edit { span: destination.host_node.span(), replacement: full.clone() };
            finding.fix = Some(Fix { title: format!("write `{full}`"), edits: vec![edit] });
        }
        Advice::Near(name) => _ = finding.help(format!("did you mean `{name}`?")),
        Advice::Elsewhere(full) => _ = finding.help(format!("did you mean `{full}`?")),
        Advice::None => _ = finding.help("create the Service or a ServiceEntry, or correct the name"),
    }
}

/// A ServiceEntry may be there and yet be invisible to the route's clients.
fn check_sight<'m>(cx: &mut Context<'m, '_>, routed: &'m Routed<'m>, target: HostTarget<'m>) {
    let Routed { service, destination, host, by_gateway } = *routed;
    let namespace = service.namespace;
    let HostTarget::Entry(entry) = target else { return };
    if by_gateway || cx.entries_for(host).any(|entry| Exports::of(entry.0).to(namespace)) {
        return;
    }
    let Lookup::Missing = cx.lookup(None::<()>) else { return };
    let message = format!("host `{}` is not exported to namespace `{namespace}`", destination.host);
    let finding = cx.report(&service, destination.host_node, message);
    finding.severity(Severity::Warning);
    finding.label("no client in this namespace sees its ServiceEntry");
    let place = entry.0.spec_at("exportTo").unwrap_or_else(|| entry.0.name_node());
    finding.also(place.span(), format!("ServiceEntry `{}` in `{}`", entry.0.name, entry.0.namespace));
    finding.help(format!("add `{namespace}` to its `exportTo`"));
}

enum Advice<'m> {
    /// A short name with a dot: the full name of the Service that was meant.
    Full(String),
    /// A Service or a ServiceEntry's host nearby.
    Near(&'m str),
    /// A Service of the same name in another namespace.
    Elsewhere(String),
    None,
}

fn advice<'m>(cx: &mut Context<'m, '_>, host: Host<'m>, namespace: &'m str) -> Advice<'m> {
    let domain = &cx.world().cluster_domain;
    let full = |name: &str, namespace: &str| format!("{name}.{namespace}.svc.{domain}");
    let entries = cx.all::<ServiceEntry>().filter_map(|entry| entry.0.spec_at("hosts"));
    let entry_hosts = entries.flat_map(|hosts| hosts.items()).filter_map(|host| host.as_str());
    match host {
        Host::Name(written) => {
            let short = written.strip_suffix(".svc").unwrap_or(written);
            if let Some((name, of)) = short.split_once('.')
                && let Lookup::Found(_) = cx.find::<Service>(of, name)
            {
                return Advice::Full(full(name, of));
            }
            nearest(written, entry_hosts).map_or(Advice::None, Advice::Near)
        }
        Host::Service { name, namespace: of } => {
            let services = || cx.all::<Service>().map(|service| service.0);
            let beside = services().filter(|service| service.namespace == of).map(|service| service.name);
            if let Some(near) = nearest(name, beside) {
                return match of == namespace {
                    true => Advice::Near(near),
                    false => Advice::Elsewhere(full(near, of)),
                };
            }
            let elsewhere = services().find(|service| service.name == name);
            elsewhere.map_or(Advice::None, |service| Advice::Elsewhere(full(name, service.namespace)))
        }
    }
}
