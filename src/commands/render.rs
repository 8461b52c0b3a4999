//! `weft render`: what would `install` apply? So far the CustomResourceDefinitions, and any Helm chart.

mod chart;
mod definitions;

use crate::error::{Error, ExitStatus, Result};
use crate::ui::Ui;

pub use definitions::Mesh;

const EXAMPLES: &str = "\
Examples:
  weft render --crds-only | kubectl apply --server-side -f -
  weft render --crds-only --mesh linkerd
  weft render --crds-only --gateway-api          with the Gateway API's standard channel
  weft render --chart ./shop --release shop -n prod -f prod.yaml --set image.tag=v2";

/// What makes no sense beside the definitions alone.
const OF_CHARTS: [&str; 5] = ["chart", "values", "set", "set_string", "output_dir"];

/// Print what an installation applies: so far its definitions, and any Helm chart
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// The CustomResourceDefinitions only
    #[arg(long, conflicts_with_all = OF_CHARTS)]
    pub crds_only: bool,
    /// Whose
    #[arg(long, value_enum, value_name = "MESH", default_value = "istio")]
    pub mesh: Mesh,
    /// The Gateway API's definitions too
    #[arg(long)]
    pub gateway_api: bool,
    #[command(flatten)]
    chart: chart::Args,
}

/// Prints the definitions, or a chart.
pub fn run(args: Args, ui: &mut Ui) -> Result<ExitStatus> {
    if args.chart.chart.is_some() {
        return chart::run(&args.chart, ui);
    }
    if !args.crds_only {
        return Err(
            Error::not_built("render").hint("weft render --crds-only and weft render --chart work today")
        );
    }
    definitions::run(args.mesh, args.gateway_api, ui)
}
