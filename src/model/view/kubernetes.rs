//! Views over Kubernetes' own kinds.

use super::view;
use crate::model::Selector;
use crate::model::membership::IGNORED_NAMESPACES;
use crate::model::selector::label;
use crate::yaml::Node;

view!(
    /// A Service.
    Service,
    Service
);

/// A port of a Service.
#[derive(Clone, Copy)]
pub struct ServicePort<'m> {
    /// The whole entry.
    pub node: Node<'m>,
    /// `name`, where there is one.
    pub name: Option<&'m str>,
    /// `port`: what clients name.
    pub number: i64,
}

impl ServicePort<'_> {
    /// The number that the pods listen on, where it is written as one: `port` unless `targetPort` says otherwise.
    pub fn target(self) -> Option<i64> {
        self.node.get("targetPort").map_or(Some(self.number), |target| target.as_int())
    }
}

impl<'m> Service<'m> {
    /// Its ports; what has no number is left out.
    pub fn ports(self) -> impl Iterator<Item = ServicePort<'m>> {
        let ports = self.0.spec_at("ports").into_iter().flat_map(Node::items);
        ports.filter_map(|node| {
            Some(ServicePort { node, name: node.str_at("name"), number: node.get("port")?.as_int()? })
        })
    }

    /// What selects its pods; none for a Service whose endpoints somebody else keeps.
    pub fn selector(self) -> Option<Selector<'m>> {
        let selector = Selector::of_map(self.0.spec_at("selector"));
        (!selector.is_empty()).then_some(selector)
    }

    /// Whether it belongs to the cluster's own machinery or to Istio's control plane, whose ports nobody renames
    /// (Istio's analysers: `util.IsSystemNamespace`, `util.IsIstioControlPlane`).
    pub fn is_of_a_system(self) -> bool {
        let label = |key| label(self.0.labels(), key);
        IGNORED_NAMESPACES.contains(&self.0.namespace)
            || label("istio").is_some()
            || label("release") == Some("istio")
    }

    /// `type`, `ClusterIP` where none is given.
    pub fn service_type(self) -> &'m str {
        self.0.spec().and_then(|spec| spec.str_at("type")).unwrap_or("ClusterIP")
    }
}

/// What a port's name may begin with (Istio, `protocol.Parse`).
const PROTOCOLS: &[&str] = &[
    "tcp",
    "udp",
    "grpc",
    "grpc-web",
    "http",
    "http_proxy",
    "http2",
    "https",
    "tls",
    "mongo",
    "redis",
    "mysql",
];
/// Ports that Istio takes for TCP without a name: SMTP, DNS, MySQL and MongoDB (Istio, `kube.ConvertProtocol`).
const TCP_PORTS: &[i64] = &[25, 53, 3306, 27017];

impl ServicePort<'_> {
    /// Whether Istio knows the protocol without looking at the traffic. An `appProtocol` is somebody's decision,
    /// whether Istio has a use for it or not.
    pub fn says_protocol(self) -> bool {
        let first = self.name.unwrap_or("").split('-').next().unwrap_or("");
        PROTOCOLS.iter().any(|protocol| protocol.eq_ignore_ascii_case(first))
            || self.node.str_at("protocol") == Some("UDP")
            || self.node.get("appProtocol").is_some()
            || TCP_PORTS.contains(&self.number)
    }
}
