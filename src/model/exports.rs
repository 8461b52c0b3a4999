//! Which namespaces an object of Istio's is visible in: `exportTo`.

use super::resource::Resource;
use crate::yaml::Node;

/// The annotation by which a Kubernetes Service says what `exportTo` says elsewhere.
const ANNOTATION: &str = "networking.istio.io/exportTo";

/// The namespaces that see an object: all where nothing is written.
#[derive(Clone, Copy)]
pub struct Exports<'a> {
    /// The object's own namespace, which `.` stands for.
    own: &'a str,
    list: Option<Node<'a>>,
    annotation: Option<&'a str>,
}

impl<'a> Exports<'a> {
    /// What a VirtualService, a DestinationRule, a ServiceEntry or a Service says.
    pub fn of(resource: &Resource<'a>) -> Self {
        Self {
            own: resource.namespace,
            list: resource.spec_at("exportTo"),
            annotation: resource.annotation(ANNOTATION).and_then(Node::as_str),
        }
    }

    /// Whether every namespace sees it.
    pub fn to_all(self) -> bool {
        let mut names = self.names().peekable();
        names.peek().is_none() || names.any(|name| name == "*")
    }

    /// Whether a namespace sees it.
    pub fn to(self, namespace: &str) -> bool {
        self.to_all() || self.names().any(|name| name == namespace)
    }

    /// Whether some namespace sees both.
    pub fn meets(self, other: Exports<'_>) -> bool {
        match (self.to_all(), other.to_all()) {
            (true, true) => true,
            // `~` stands for no namespace at all.
            (true, false) => other.names().any(|name| name != "~"),
            (false, true) => self.names().any(|name| name != "~"),
            (false, false) => {
                self.names().any(|name| name != "~" && other.names().any(|other| other == name))
            }
        }
    }

    /// The names that are written, `.` replaced by the own namespace.
    fn names(self) -> impl Iterator<Item = &'a str> {
        let listed = self.list.into_iter().flat_map(Node::items).filter_map(Node::text);
        let annotated = self.annotation.into_iter().flat_map(|text| text.split(',')).map(str::trim);
        let written = listed.chain(annotated).filter(|name| !name.is_empty());
        written.map(move |name| if name == "." { self.own } else { name })
    }
}
