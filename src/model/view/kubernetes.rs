//! Views over Kubernetes' own kinds.

use super::view;
use crate::model::Selector;
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

    /// `type`, `ClusterIP` where none is given.
    pub fn service_type(self) -> &'m str {
        self.0.spec().and_then(|spec| spec.str_at("type")).unwrap_or("ClusterIP")
    }
}
