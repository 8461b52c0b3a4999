//! Configuration of Istio's that is no object of its own but lies in one: in the ConfigMap of the mesh, in an annotation
//! of pods, in an IstioOperator.

use crate::model::{Kind, Resource, World};
use crate::schema::{self, TypeRef};
use crate::yaml::{Node, Place, Style, Tree, parse_embedded};

/// The annotation with a ProxyConfig.
const PROXY_CONFIG: &str = "proxy.istio.io/config";

/// What a piece of configuration is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum What {
    MeshConfig,
    ProxyConfig,
    MeshNetworks,
}

impl What {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::MeshConfig => "MeshConfig",
            Self::ProxyConfig => "ProxyConfig",
            Self::MeshNetworks => "MeshNetworks",
        }
    }

    pub(super) fn schema(self) -> Option<TypeRef> {
        schema::config(self.name())
    }
}

/// Configuration that is the text of a scalar.
#[derive(Clone, Copy)]
pub(super) struct Embedded<'m> {
    pub(super) what: What,
    /// The key of the scalar.
    pub(super) key: &'m str,
    /// The scalar.
    pub(super) text: Node<'m>,
    /// What becomes of a text that Istio does not take.
    pub(super) refusal: &'static str,
}

/// The texts with configuration in an object.
pub(super) fn texts<'m>(resource: &Resource<'m>, world: &World) -> Vec<Embedded<'m>> {
    if resource.kind == Kind::ConfigMap {
        return if is_mesh_map(resource, world) { of_map(resource) } else { vec![] };
    }
    let Some(template) = resource.kind.pod_template().and_then(|path| resource.root.at(path)) else {
        return vec![];
    };
    let text = template.at(&["metadata", "annotations"]).and_then(|all| all.get(PROXY_CONFIG));
    let refusal = "the injector refuses pods with it";
    let made = |text| Embedded { what: What::ProxyConfig, key: PROXY_CONFIG, text, refusal };
    text.filter(|text| text.as_str().is_some()).map(made).into_iter().collect()
}

/// `istio`, or `istio-REVISION`, in the namespace of the mesh.
fn is_mesh_map(resource: &Resource<'_>, world: &World) -> bool {
    let name = resource.name;
    resource.namespace == world.mesh_namespace
        && (name == "istio" || (name.starts_with("istio-") && resource.root.at(&["data", "mesh"]).is_some()))
}

/// Istio 1.30, `meshwatcher.NewCollection` and `NewNetworksCollection`.
fn of_map<'m>(resource: &Resource<'m>) -> Vec<Embedded<'m>> {
    let refusal = "istiod takes nothing of this text";
    let texts = [(What::MeshConfig, "mesh"), (What::MeshNetworks, "meshNetworks")].into_iter();
    let found = texts.filter_map(|(what, key)| {
        let text = resource.root.at(&["data", key]).filter(|text| text.as_str().is_some())?;
        Some(Embedded { what, key, text, refusal })
    });
    found.collect()
}

impl Embedded<'_> {
    /// The text, read. What is wrong with it as YAML is among the tree's problems.
    pub(super) fn read(&self) -> Option<Tree> {
        parse_embedded(self.text)
    }
}

/// The configuration in a text: its first document, unless that is empty.
pub(super) fn root(tree: &Tree) -> Option<Node<'_>> {
    tree.root(tree.documents.first()?).filter(|root| !root.is_null())
}

/// How near to what is written the places of a tree are.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Nearness {
    /// Every node has its place, and can be edited as the rest of the file can.
    Lines,
    /// Every node has its place, in quotes.
    Quoted,
    /// All that is known is the text as a whole.
    Whole,
}

impl Nearness {
    pub(super) fn of(text: Node<'_>, tree: &Tree) -> Self {
        match (tree.place(), text.style()) {
            (Place::Within(_), _) => Self::Whole,
            (_, Style::Literal) => Self::Lines,
            _ => Self::Quoted,
        }
    }
}
