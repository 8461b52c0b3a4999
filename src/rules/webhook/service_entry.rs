//! A ServiceEntry, and what its resolution asks of its other fields (Istio 1.30, `ValidateServiceEntry`).

use super::endpoint::{Address, check_endpoint, is_socket};
use super::protocol::Protocol;
use super::{doubt, refuse};
use crate::model::Resource;
use crate::rules::Context;
use crate::schema::value::{fqdn, istio_label, wildcard_domain};
use crate::yaml::Node;

/// How the addresses behind the hosts are found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::rules) enum Resolution {
    /// Where the client meant to go.
    None,
    /// The endpoints' addresses.
    Static,
    /// The DNS, with or without endpoints.
    Dns,
    /// The DNS, at every request.
    Dynamic,
}

/// A ServiceEntry.
#[derive(Clone, Copy)]
pub(in crate::rules) struct Entry<'e> {
    /// The object.
    pub(in crate::rules) resource: &'e Resource<'e>,
    /// Its `spec`.
    pub(in crate::rules) spec: Node<'e>,
    /// None for one that there is not.
    pub(in crate::rules) resolution: Option<Resolution>,
}

/// A port, and its protocol as far as it has one.
#[derive(Clone, Copy)]
pub(in crate::rules) struct Port<'e> {
    /// The port.
    pub(in crate::rules) node: Node<'e>,
    /// Its name.
    pub(in crate::rules) name: Option<&'e str>,
    /// The protocol as written; empty where there is none.
    pub(in crate::rules) written: &'e str,
    /// The protocol, if Istio knows it.
    pub(in crate::rules) protocol: Option<Protocol>,
}

impl<'e> Port<'e> {
    fn of(node: Node<'e>) -> Self {
        let written = node.str_at("protocol").unwrap_or("");
        Self { node, name: node.str_at("name"), written, protocol: Protocol::of(written) }
    }

    /// Where its protocol is written, or would be.
    pub(in crate::rules) fn place(self) -> Node<'e> {
        let get = |key| self.node.get(key);
        get("protocol").or_else(|| get("name")).or_else(|| get("number")).unwrap_or(self.node)
    }

    /// Whether what its protocol is was said, and is unknown to Istio.
    pub(in crate::rules) fn is_unknown(self) -> bool {
        self.protocol.is_none() && !self.written.is_empty()
    }

    fn what(self) -> String {
        match self.written {
            "" => "a port without protocol".to_owned(),
            written => format!("a port of {}", written.to_ascii_uppercase()),
        }
    }
}

impl<'e> Entry<'e> {
    /// The ServiceEntry of an object, if it has a `spec`.
    pub(in crate::rules) fn of(resource: &'e Resource<'e>) -> Option<Self> {
        let spec = resource.spec().filter(|spec| spec.is_map())?;
        let resolution = match spec.get("resolution").map(Node::as_str) {
            None | Some(Some("NONE")) => Some(Resolution::None),
            Some(Some("STATIC")) => Some(Resolution::Static),
            Some(Some("DNS" | "DNS_ROUND_ROBIN")) => Some(Resolution::Dns),
            Some(Some("DYNAMIC_DNS")) => Some(Resolution::Dynamic),
            Some(_) => None,
        };
        Some(Self { resource, spec, resolution })
    }

    /// The items of a list.
    pub(in crate::rules) fn items(self, key: &str) -> impl Iterator<Item = Node<'e>> + use<'e> {
        self.spec.get(key).into_iter().flat_map(Node::items)
    }

    /// The hosts.
    pub(in crate::rules) fn hosts(self) -> impl Iterator<Item = (Node<'e>, &'e str)> + use<'e> {
        self.items("hosts").filter_map(|node| Some((node, node.as_str()?)))
    }

    /// The ports.
    pub(in crate::rules) fn ports(self) -> impl Iterator<Item = Port<'e>> + use<'e> {
        self.items("ports").filter(|node| node.is_map()).map(Port::of)
    }

    /// The key of a field that is there and not empty.
    fn filled(self, key: &str) -> Option<Node<'e>> {
        self.items(key).next()?;
        self.spec.entry(key).map(|(key, _)| key)
    }

    fn resolution_text(self) -> &'e str {
        self.spec.str_at("resolution").unwrap_or("NONE")
    }
}

/// What the resolution asks.
pub(in crate::rules) fn check_resolution(cx: &mut Context<'_, '_>, entry: Entry<'_>) {
    match entry.resolution {
        Some(Resolution::None) => check_none(cx, entry),
        Some(Resolution::Static) => check_endpoints(cx, entry, Address::Static),
        Some(Resolution::Dns) => {
            check_dns_hosts(cx, entry);
            check_endpoints(cx, entry, Address::Dns);
            check_shared_addresses(cx, entry);
        }
        Some(Resolution::Dynamic) => check_dynamic(cx, entry),
        None => return,
    }
    if entry.resolution != Some(Resolution::None) {
        check_hosts_without_names(cx, entry);
    }
}

/// Endpoints under NONE are left to the CRD.
fn check_none(cx: &mut Context<'_, '_>, entry: Entry<'_>) {
    let Some((key, _)) = entry.spec.entry("workloadSelector").filter(|(_, value)| !value.is_null()) else {
        return;
    };
    let place = entry.spec.get("resolution").unwrap_or(key);
    let finding = doubt(cx, entry.resource, place, "workloads are selected, and the resolution is NONE");
    finding.label("traffic goes where the client meant it to, not to the workloads");
    finding.help("write `resolution: STATIC`");
}

fn check_endpoints(cx: &mut Context<'_, '_>, entry: Entry<'_>, address: Address) {
    let declared: Vec<&str> = entry.ports().filter_map(|port| port.name).collect();
    let mut names = declared.clone();
    names.sort_unstable();
    names.dedup();
    for endpoint in entry.items("endpoints").filter(|endpoint| endpoint.is_map()) {
        check_endpoint(cx, entry.resource, endpoint, address);
        for (key, _) in endpoint.get("ports").into_iter().flat_map(Node::entries) {
            // Names that are none at all are the CRD's.
            let Some(name) = key.text().filter(|name| istio_label(name).is_ok() && !declared.contains(name))
            else {
                continue;
            };
            let finding = refuse(cx, entry.resource, key, format!("the ServiceEntry has no port `{name}`"));
            if !declared.is_empty() {
                finding.label(format!("its ports are `{}`", declared.join("`, `")));
            }
        }
        let socket = endpoint.get("address").filter(|node| node.as_str().is_some_and(is_socket));
        if let Some(node) = socket.filter(|_| address == Address::Static && names.len() != 1) {
            let message = format!("a socket serves one port, and the ServiceEntry has {}", names.len());
            refuse(cx, entry.resource, node, message);
        }
    }
}

/// Without endpoints it is the hosts that the DNS is asked for.
fn check_dns_hosts(cx: &mut Context<'_, '_>, entry: Entry<'_>) {
    if entry.filled("endpoints").is_some() {
        return;
    }
    // Of what is no host at all something was said already.
    let mut hosts = entry.hosts().filter(|(_, host)| *host != "*" && wildcard_domain(host).is_ok());
    if let Some((node, host)) = hosts.find(|(_, host)| fqdn(host).is_err()) {
        let message = format!("the DNS cannot be asked for `{host}`");
        let finding = refuse(cx, entry.resource, node, message);
        finding.label(format!("the resolution is {}, and there are no endpoints", entry.resolution_text()));
        finding.help("add endpoints with names to ask for, or write `resolution: DYNAMIC_DNS` or `NONE`");
    }
}

/// Connections to one address cannot be told apart by host.
fn check_shared_addresses(cx: &mut Context<'_, '_>, entry: Entry<'_>) {
    let Some(addresses) = entry.filled("addresses") else { return };
    let Some(port) = entry.ports().find(|port| port.protocol.is_some_and(Protocol::is_tcp)) else { return };
    if entry.items("hosts").nth(1).is_none() {
        return;
    }
    let finding = doubt(cx, entry.resource, addresses, "several hosts share addresses");
    finding.label("connections to an address do not say which host is meant");
    finding.also(port.place().span(), port.what());
    finding.help("write a ServiceEntry for each host");
}

fn check_hosts_without_names(cx: &mut Context<'_, '_>, entry: Entry<'_>) {
    let unnamed = |port: &Port<'_>| !port.protocol.is_some_and(Protocol::names_host);
    let Some(port) = entry.ports().find(unnamed) else { return };
    // Of a protocol that does not exist, and of one that does not go with DYNAMIC_DNS, enough was said.
    let said = port.is_unknown() || entry.resolution == Some(Resolution::Dynamic);
    let Some((second, _)) = entry.hosts().nth(1).filter(|_| !said) else { return };
    let message = format!("several hosts do not go with {}", port.what());
    let finding = refuse(cx, entry.resource, port.place(), message);
    finding.label("its connections do not say which host is meant");
    finding.also(second.span(), "the second host");
    finding.help("write a ServiceEntry for each host, or a protocol of HTTP or TLS");
}

fn check_dynamic(cx: &mut Context<'_, '_>, entry: Entry<'_>) {
    let resource = entry.resource;
    for (node, host) in
        entry.hosts().filter(|(_, host)| !host.starts_with('*') && wildcard_domain(host).is_ok())
    {
        let finding = refuse(
            cx,
            resource,
            node,
            format!("DYNAMIC_DNS does not go with `{host}`, which is no wildcard"),
        );
        finding.help("write `resolution: DNS` for hosts with whole names");
    }
    // Ranges of addresses are refused by the CRD.
    let range = |node: Node<'_>| node.as_str().is_some_and(|text| text.contains('/'));
    let addresses = entry.filled("addresses").filter(|_| !entry.items("addresses").any(range));
    for key in addresses.into_iter().chain(entry.filled("endpoints")) {
        let message = format!("DYNAMIC_DNS does not go with `{}`", key.text().unwrap_or("addresses"));
        refuse(cx, resource, key, message).label("the address is looked up for the host of each request");
    }
    for port in entry.ports().filter(|port| !port.is_unknown()) {
        if !matches!(port.protocol, Some(Protocol::Http | Protocol::Tls)) {
            let message = format!("DYNAMIC_DNS does not go with {}", port.what());
            let finding = refuse(cx, resource, port.place(), message);
            finding.help("write `HTTP`, `HTTP2`, `GRPC` or `TLS`");
        }
    }
    check_waypoint(cx, entry);
}

fn check_waypoint(cx: &mut Context<'_, '_>, entry: Entry<'_>) {
    let Some(location) = entry.spec.get("location").filter(|node| node.as_str() == Some("MESH_INTERNAL"))
    else {
        return;
    };
    let label = entry.resource.labels().and_then(|labels| labels.get("istio.io/use-waypoint"));
    let uses = |node: &Node<'_>| {
        node.as_str().is_some_and(|name| !name.is_empty() && !name.eq_ignore_ascii_case("none"))
    };
    if let Some(label) = label.filter(uses) {
        let message = "DYNAMIC_DNS inside the mesh does not go through waypoints";
        let finding = refuse(cx, entry.resource, location, message);
        finding.also(label.span(), "its traffic goes through this waypoint");
        finding.help("write `location: MESH_EXTERNAL`, or the label's value `none`");
    }
}
