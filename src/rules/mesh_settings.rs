//! The settings of the mesh that rules depend on, wherever they are written.

use super::Context;
use super::embedded::{self, What};
use crate::model::{Kind, Lookup};
use crate::yaml::{Node, Tree};

/// The MeshConfigs of the input: one a revision, or none. Declare [`Kind::ConfigMap`] and [`Kind::IstioOperator`].
pub(super) struct MeshSettings<'m> {
    written: Vec<Node<'m>>,
    embedded: Vec<Tree>,
}

impl<'m> MeshSettings<'m> {
    /// What `--mesh-config` gives, else the ConfigMaps of the mesh and the IstioOperators. Nothing is Istio's defaults
    /// where the input is all there is, and unknown where it is a part.
    pub(super) fn of(cx: &mut Context<'m, '_>) -> Lookup<Self> {
        if let Some(root) = cx.mesh_config_file() {
            return Lookup::Found(Self { written: vec![root], embedded: vec![] });
        }
        let world = cx.world();
        let texts = cx.of_kind(Kind::ConfigMap).flat_map(|map| embedded::texts(map, world));
        let texts = texts.filter(|text| text.what == What::MeshConfig);
        let embedded: Vec<Tree> = texts.filter_map(|text| text.read()).collect();
        let operators = cx.of_kind(Kind::IstioOperator);
        let written: Vec<_> = operators.filter_map(|operator| operator.spec_at("meshConfig")).collect();
        let found = !embedded.is_empty() || !written.is_empty();
        match cx.lookup(found.then_some(())) {
            Lookup::Unknown => Lookup::Unknown,
            _ => Lookup::Found(Self { written, embedded }),
        }
    }

    /// Each of them.
    pub(super) fn each(&self) -> impl Iterator<Item = Node<'_>> {
        self.written.iter().copied().chain(self.embedded.iter().filter_map(embedded::root))
    }
}
