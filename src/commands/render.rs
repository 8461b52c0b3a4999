//! `weft render`: what would `install` apply? So far the CustomResourceDefinitions.

use serde_json::Value;

use crate::error::{Error, ExitStatus, Result};
use crate::schema::{self, crd};
use crate::ui::Ui;

const EXAMPLES: &str = "\
Examples:
  weft render --crds-only | kubectl apply --server-side -f -
  weft render --crds-only --mesh linkerd
  weft render --crds-only --gateway-api          with the Gateway API's standard channel";

/// Print what an installation applies: so far its CustomResourceDefinitions
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// The CustomResourceDefinitions only
    #[arg(long)]
    pub crds_only: bool,
    /// Whose
    #[arg(long, value_enum, value_name = "MESH", default_value = "istio")]
    pub mesh: Mesh,
    /// The Gateway API's definitions too
    #[arg(long)]
    pub gateway_api: bool,
}

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
pub fn run(args: Args, ui: &mut Ui) -> Result<ExitStatus> {
    if !args.crds_only {
        return Err(Error::not_built("render").hint("weft render --crds-only works today"));
    }
    let is_asked =
        |group: &str| group.ends_with(args.mesh.groups()) || (args.gateway_api && group == GATEWAY_API);
    let asked = schema::kinds().filter(|(_, group)| is_asked(group));
    let known = asked.filter_map(|(kind, group)| schema::kind(group, kind));
    // What no version stores is a file's format, not an object's: IstioOperator.
    let stored = known.filter(|(_, of)| of.versions.iter().any(|version| version.storage));
    let mut definitions: Vec<Value> = stored.map(|(schema, of)| crd::definition(schema, of)).collect();
    definitions.sort_by(|a, b| a["metadata"]["name"].as_str().cmp(&b["metadata"]["name"].as_str()));
    definitions.iter().try_for_each(|definition| ui.out().document(definition))?;
    Ok(ExitStatus::Success)
}
