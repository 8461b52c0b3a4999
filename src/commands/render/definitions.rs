//! `weft render --crds-only`: the CustomResourceDefinitions of a mesh.

use serde_json::Value;

use crate::error::{ExitStatus, Result};
use crate::schema::{self, crd};
use crate::ui::Ui;

/// A mesh whose definitions weft has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Mesh {
    /// Istio.
    Istio,
    /// Linkerd.
    Linkerd,
}

impl Mesh {
    /// The groups of its kinds end so.
    fn groups(self) -> &'static str {
        match self {
            Mesh::Istio => ".istio.io",
            Mesh::Linkerd => "linkerd.io",
        }
    }
}

const GATEWAY_API: &str = "gateway.networking.k8s.io";

/// Prints the definitions.
pub(super) fn run(mesh: Mesh, gateway_api: bool, ui: &mut Ui) -> Result<ExitStatus> {
    let is_asked = |group: &str| group.ends_with(mesh.groups()) || (gateway_api && group == GATEWAY_API);
    let asked = schema::kinds().filter(|(_, group)| is_asked(group));
    let known = asked.filter_map(|(kind, group)| schema::kind(group, kind));
    // What no version stores is a file's format, not an object's: IstioOperator.
    let stored = known.filter(|(_, of)| of.versions.iter().any(|version| version.storage));
    let mut definitions: Vec<Value> = stored.map(|(schema, of)| crd::definition(schema, of)).collect();
    definitions.sort_by(|a, b| a["metadata"]["name"].as_str().cmp(&b["metadata"]["name"].as_str()));
    definitions.iter().try_for_each(|definition| ui.out().document(definition))?;
    Ok(ExitStatus::Success)
}
