//! The extension providers of a mesh. Istio 1.30, `validateExtensionProvider`, whose faults istiod only logs: it takes the
//! configuration, and what refers to such a provider does not work.

use super::judge::{Judge, filled, items, key_of, place, shown};
use crate::schema::value;
use crate::yaml::Node;

/// The kinds that ask a service, in one list so that the order of findings is theirs.
const OF_SERVICES: &[&str] = &[
    "envoyExtAuthzHttp",
    "envoyExtAuthzGrpc",
    "zipkin",
    "lightstep",
    "datadog",
    "opencensus",
    "skywalking",
    "envoyOtelAls",
    "opentelemetry",
    "envoyHttpAls",
    "envoyTcpAls",
];

/// The other kinds.
const OF_OTHERS: &[&str] = &["prometheus", "stackdriver", "envoyFileAccessLog", "sds"];

/// The status codes that Envoy can answer with, as ranges.
const STATUS: &[(u16, u16)] = &[
    (100, 100),
    (200, 208),
    (226, 226),
    (300, 305),
    (307, 308),
    (400, 417),
    (421, 424),
    (426, 426),
    (428, 429),
    (431, 431),
    (500, 508),
    (510, 511),
];

/// Judges the extension providers of a MeshConfig.
pub(super) fn providers(judge: &mut Judge<'_, '_, '_>, mesh: Node<'_>) {
    let mut seen: Vec<(&str, Node<'_>)> = vec![];
    for provider in items(mesh, "extensionProviders").filter(|provider| provider.is_map()) {
        match filled(provider, "name").and_then(|node| Some((node.as_str()?, node))) {
            None if provider.get("name").is_none_or(|name| name.as_str() == Some("")) => {
                let finding = judge.doubt(place(provider), "an extension provider has no name");
                finding.label("nothing can refer to it").help("give it a `name`");
            }
            None => {}
            Some((name, node)) => {
                if let Some((_, first)) = seen.iter().find(|(other, _)| *other == name) {
                    let finding = judge.doubt(node, format!("two extension providers are named `{name}`"));
                    finding
                        .label("the last one counts")
                        .also(first.span(), "the first")
                        .help("rename one of them");
                }
                seen.push((name, node));
            }
        }
        check_kind(judge, provider);
    }
}

fn check_kind(judge: &mut Judge<'_, '_, '_>, provider: Node<'_>) {
    let mut kinds = provider.entries().filter(|(key, value)| key.text() != Some("name") && !value.is_null());
    if kinds.next().is_none() {
        let finding = judge.doubt(place(provider), "an extension provider says nothing but its name");
        finding.label("does nothing").help(format!("say what it is: one of {}", all().join(", ")));
    }
    for name in OF_SERVICES {
        if let Some((key, kind)) = provider.entry(name).filter(|(_, kind)| kind.is_map()) {
            check_service(judge, key, kind);
            check_details(judge, name, key, kind);
        }
    }
}

fn all() -> Vec<&'static str> {
    OF_SERVICES.iter().chain(OF_OTHERS).copied().collect()
}

/// A service and its port.
fn check_service(judge: &mut Judge<'_, '_, '_>, key: Node<'_>, kind: Node<'_>) {
    let name = key.text().unwrap_or_default();
    let is_empty = |field: &str| match kind.get(field) {
        None => true,
        Some(node) => node.as_str() == Some("") || (field == "port" && node.as_int() == Some(0)),
    };
    for field in ["service", "port"] {
        if is_empty(field) {
            let finding = judge.doubt(kind.get(field).unwrap_or(key), format!("`{name}` has no `{field}`"));
            finding.label("this provider does not work").help(format!("write `{field}`"));
        }
    }
    if let Some((node, Err(fault))) =
        kind.get("port").and_then(|node| Some((node, value::port(node.as_int()?))))
        && node.as_int() != Some(0)
    {
        let text = node.text().unwrap_or_default();
        judge.doubt(node, format!("`{text}` {fault}")).label("this provider does not work");
    }
    let Some((node, service)) = filled(kind, "service").and_then(|node| Some((node, node.as_str()?))) else {
        return;
    };
    if service.contains('/') {
        check_qualified(judge, node, service);
    } else if let Err(fault) = value::fqdn(service)
        && value::ip(service).is_err()
    {
        let finding = judge.doubt(node, format!("{} {fault}", shown(service)));
        finding.label("this provider does not work").help("write a host, or `NAMESPACE/HOST`");
    }
}

/// `NAMESPACE/HOST`: the host needs its domain.
fn check_qualified(judge: &mut Judge<'_, '_, '_>, node: Node<'_>, service: &str) {
    let (namespace, host) = service.split_once('/').unwrap_or_default();
    let is_namespace = matches!(namespace, "*" | "." | "~") || value::istio_label(namespace).is_ok();
    let is_host = host == "*"
        || (host.contains('.') && (value::wildcard_domain(host).is_ok() || value::ip(host).is_ok()));
    if !is_namespace || !is_host {
        let finding = judge.doubt(node, format!("{} is no `NAMESPACE/HOST`", shown(service)));
        finding.label("this provider does not work");
        finding.help("write the whole host, such as `shop/authz.shop.svc.cluster.local`");
    }
}

fn check_details(judge: &mut Judge<'_, '_, '_>, name: &str, key: Node<'_>, kind: Node<'_>) {
    if let Some(status) = filled(kind, "statusOnError").filter(|_| name.starts_with("envoyExtAuthz")) {
        let text = status.text().unwrap_or_default();
        let known = text
            .parse()
            .is_ok_and(|code: u16| STATUS.iter().any(|(low, high)| (*low..=*high).contains(&code)));
        if !known {
            let finding =
                judge.doubt(status, format!("{} is no status that Envoy can answer with", shown(text)));
            finding.label("this provider does not work").help("write a code such as \"403\" or \"503\"");
        }
    }
    if let Some(prefix) = filled(kind, "pathPrefix").filter(|_| name == "envoyExtAuthzHttp") {
        let text = prefix.text().unwrap_or_default();
        if !text.starts_with('/') {
            let finding = judge.doubt(prefix, format!("{} does not begin with `/`", shown(text)));
            finding.label("this provider does not work").help(format!("write `/{text}`"));
        }
    }
    if name == "lightstep" && kind.get("accessToken").is_none_or(|node| node.as_str() == Some("")) {
        let finding = judge.doubt(kind.get("accessToken").unwrap_or(key), "`lightstep` has no `accessToken`");
        finding.label("this provider does not work").help("write the token");
    }
    let (grpc, http) = (kind.get("grpc"), kind.get("http"));
    if let (Some(_), Some(_), Some(first), Some(second)) =
        (grpc, http, key_of(kind, "grpc"), key_of(kind, "http"))
        && name == "opentelemetry"
    {
        let finding = judge.doubt(second, "`opentelemetry` has both `grpc` and `http`");
        finding
            .label("this provider does not work")
            .also(first.span(), "the other")
            .help("keep one of the two");
    }
}
