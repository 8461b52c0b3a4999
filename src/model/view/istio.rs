//! Views over Istio's kinds.

use super::view;
use crate::model::{Host, Resource, Selector};
use crate::yaml::Node;

view!(
    /// A VirtualService.
    VirtualService,
    VirtualService
);
view!(
    /// A DestinationRule.
    DestinationRule,
    DestinationRule
);
view!(
    /// Istio's Gateway.
    Gateway,
    Gateway
);
view!(
    /// A ServiceEntry.
    ServiceEntry,
    ServiceEntry
);
view!(
    /// Istio's AuthorizationPolicy.
    AuthorizationPolicy,
    AuthorizationPolicy
);

/// Which list of a VirtualService a route stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Protocol {
    /// `http`
    Http,
    /// `tls`
    Tls,
    /// `tcp`
    Tcp,
}

/// One entry of `http`, `tls` or `tcp`.
#[derive(Clone, Copy)]
pub struct Route<'m> {
    /// The whole entry.
    pub node: Node<'m>,
    /// The list it stands in.
    pub protocol: Protocol,
    /// Its place in that list, from 0.
    pub index: usize,
}

/// Where a route sends traffic to.
#[derive(Clone, Copy)]
pub struct Destination<'m> {
    /// The whole destination.
    pub node: Node<'m>,
    /// `host` as written.
    pub host: &'m str,
    /// The place of `host`.
    pub host_node: Node<'m>,
    /// The place of `subset`, where there is one.
    pub subset: Option<Node<'m>>,
    /// The place of `port.number`, where there is one.
    pub port: Option<Node<'m>>,
}

/// A named subset of a DestinationRule.
#[derive(Clone, Copy)]
pub struct Subset<'m> {
    /// The whole entry.
    pub node: Node<'m>,
    /// Its name.
    pub name: &'m str,
    /// The labels of its pods.
    pub labels: Option<Node<'m>>,
}

fn strings<'m>(list: Option<Node<'m>>) -> impl Iterator<Item = (&'m str, Node<'m>)> {
    list.into_iter().flat_map(Node::items).filter_map(|node| Some((node.as_str()?, node)))
}

/// The routes of a VirtualService in the order of the file, `http` before `tls` before `tcp`.
pub fn routes_of<'a>(service: &Resource<'a>) -> impl Iterator<Item = Route<'a>> + use<'a> {
    let lists = [("http", Protocol::Http), ("tls", Protocol::Tls), ("tcp", Protocol::Tcp)];
    let spec = service.spec();
    lists.into_iter().flat_map(move |(key, protocol)| {
        let list = spec.and_then(|spec| spec.get(key)).into_iter().flat_map(Node::items);
        list.enumerate().map(move |(index, node)| Route { node, protocol, index })
    })
}

impl<'m> VirtualService<'m> {
    /// The hosts it claims, as written.
    pub fn hosts(self) -> impl Iterator<Item = (&'m str, Node<'m>)> {
        strings(self.0.spec_at("hosts"))
    }

    /// The gateways that `spec.gateways` names; none means every sidecar (`mesh`).
    pub fn gateways(self) -> impl Iterator<Item = (&'m str, Node<'m>)> {
        strings(self.0.spec_at("gateways"))
    }

    /// Whether it applies to sidecars.
    pub fn in_mesh(self) -> bool {
        let mut gateways = self.gateways().peekable();
        gateways.peek().is_none() || gateways.any(|(name, _)| name == "mesh")
    }

    /// Its routes in the order of the file, `http` before `tls` before `tcp`.
    pub fn routes(self) -> impl Iterator<Item = Route<'m>> {
        routes_of(self.0)
    }

    /// Whether another VirtualService delegates to it: it then has no hosts of its own.
    pub fn is_delegate(self) -> bool {
        self.hosts().next().is_none()
    }
}

impl<'m> Route<'m> {
    /// The entries of `route`.
    pub fn targets(self) -> impl Iterator<Item = Node<'m>> {
        self.node.get("route").into_iter().flat_map(Node::items)
    }

    /// Every destination: of `route`, `mirror` and `mirrors`.
    pub fn destinations(self) -> impl Iterator<Item = Destination<'m>> {
        let routed = self.targets().filter_map(|target| target.get("destination"));
        let mirrored = self.node.get("mirror").into_iter();
        let mirrors = self.node.get("mirrors").into_iter().flat_map(Node::items);
        routed
            .chain(mirrored)
            .chain(mirrors.filter_map(|mirror| mirror.get("destination")))
            .filter_map(Destination::of)
    }

    /// The entries of `match`; none means every request.
    pub fn matches(self) -> impl Iterator<Item = Node<'m>> {
        self.node.get("match").into_iter().flat_map(Node::items)
    }
}

impl<'m> Destination<'m> {
    /// Reads a `destination`; none without a host.
    pub fn of(node: Node<'m>) -> Option<Self> {
        let host_node = node.get("host")?;
        Some(Self {
            node,
            host: host_node.as_str()?,
            host_node,
            subset: node.get("subset"),
            port: node.at(&["port", "number"]),
        })
    }
}

impl<'m> DestinationRule<'m> {
    /// `host` as written, and its place.
    pub fn host(self) -> Option<(&'m str, Node<'m>)> {
        let node = self.0.spec_at("host")?;
        Some((node.as_str()?, node))
    }

    /// `host`, normalised.
    pub fn fqdn(self, cluster_domain: &str) -> Option<Host<'m>> {
        Some(Host::new(self.host()?.0, self.0.namespace, cluster_domain))
    }

    /// Its subsets; what has no name is left out.
    pub fn subsets(self) -> impl Iterator<Item = Subset<'m>> {
        let subsets = self.0.spec_at("subsets").into_iter().flat_map(Node::items);
        subsets
            .filter_map(|node| Some(Subset { node, name: node.str_at("name")?, labels: node.get("labels") }))
    }
}

impl<'m> Gateway<'m> {
    /// What selects the pods that serve it, in any namespace; an empty one selects all (Istio 1.30,
    /// `PILOT_SCOPE_GATEWAY_TO_NAMESPACE`, off unless somebody sets it).
    pub fn selector(self) -> Selector<'m> {
        Selector::of_map(self.0.spec_at("selector"))
    }

    /// Its servers.
    pub fn servers(self) -> impl Iterator<Item = Node<'m>> {
        self.0.spec_at("servers").into_iter().flat_map(Node::items)
    }
}

impl<'m> ServiceEntry<'m> {
    /// The numbers of its ports.
    pub fn ports(self) -> impl Iterator<Item = i64> {
        let ports = self.0.spec_at("ports").into_iter().flat_map(Node::items);
        ports.filter_map(|port| port.get("number")?.as_int())
    }
}

impl<'m> AuthorizationPolicy<'m> {
    /// The places of the principals that its rules name, `principals` and `notPrincipals`.
    pub fn principals(self) -> impl Iterator<Item = Node<'m>> {
        let rules = self.0.spec_at("rules").into_iter().flat_map(Node::items);
        let froms = rules.filter_map(|rule| rule.get("from")).flat_map(Node::items);
        let sources = froms.filter_map(|from| from.get("source"));
        sources
            .flat_map(|source| {
                ["principals", "notPrincipals"].into_iter().filter_map(move |key| source.get(key))
            })
            .flat_map(Node::items)
    }
}
