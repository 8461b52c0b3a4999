//! Views over the Gateway API's kinds.

use super::view;
use crate::model::kinds::{Kind, group_of};
use crate::yaml::Node;

view!(
    /// An HTTPRoute.
    HttpRoute,
    HttpRoute
);

/// What a route attaches to.
#[derive(Clone, Copy)]
pub struct ParentRef<'m> {
    /// The whole reference.
    pub node: Node<'m>,
    /// The kind it names, a Gateway where it names none; `None` for a kind that weft does not know.
    pub kind: Option<Kind>,
    /// Its namespace: the route's own where none is given.
    pub namespace: &'m str,
    /// Its name.
    pub name: &'m str,
}

/// Where a route sends traffic to.
#[derive(Clone, Copy)]
pub struct BackendRef<'m> {
    /// The whole reference.
    pub node: Node<'m>,
    /// The kind it names, a Service where it names none; `None` for a kind that weft does not know.
    pub kind: Option<Kind>,
    /// Its namespace: the route's own where none is given.
    pub namespace: &'m str,
    /// Its name.
    pub name: &'m str,
}

impl<'m> HttpRoute<'m> {
    /// Its parents; what has no name is left out.
    pub fn parents(self) -> impl Iterator<Item = ParentRef<'m>> {
        let parents = self.0.spec_at("parentRefs").into_iter().flat_map(Node::items);
        parents.filter_map(move |node| {
            let kind = referenced(node, "gateway.networking.k8s.io", "Gateway");
            let namespace = node.str_at("namespace").unwrap_or(self.0.namespace);
            Some(ParentRef { node, kind, namespace, name: node.str_at("name")? })
        })
    }

    /// Its rules.
    pub fn rules(self) -> impl Iterator<Item = Node<'m>> {
        self.0.spec_at("rules").into_iter().flat_map(Node::items)
    }

    /// The backends of all its rules, mirrors among them.
    pub fn backends(self) -> impl Iterator<Item = BackendRef<'m>> {
        self.rules().flat_map(move |rule| {
            let routed = rule.get("backendRefs").into_iter().flat_map(Node::items);
            let filters = rule.get("filters").into_iter().flat_map(Node::items);
            let mirrored = filters.filter_map(|filter| filter.at(&["requestMirror", "backendRef"]));
            routed.chain(mirrored).filter_map(move |node| {
                let kind = referenced(node, "", "Service");
                let namespace = node.str_at("namespace").unwrap_or(self.0.namespace);
                Some(BackendRef { node, kind, namespace, name: node.str_at("name")? })
            })
        })
    }
}

/// The kind that a reference names by `group` and `kind`.
fn referenced(node: Node<'_>, group: &str, kind: &str) -> Option<Kind> {
    let group = node.str_at("group").unwrap_or(group);
    let kind = node.str_at("kind").unwrap_or(kind);
    let known = crate::model::kinds::named(kind).find(|info| info.group == group)?;
    debug_assert_eq!(group_of(&known.api_version()), group);
    Some(known.kind)
}
