//! `weft version`: which weft this is, and which releases of the meshes it knows.

use std::collections::BTreeMap;

use serde::Serialize;

use super::args::{Format, PLAIN, formats};
use crate::error::{ExitStatus, Result};
use crate::ui::{Table, Ui};

/// The version of this build.
pub const WEFT: &str = env!("CARGO_PKG_VERSION");

const EXAMPLES: &str = "\
Examples:
  weft version            weft 0.1.0
  weft version -v         and the newest mesh releases it knows
  weft version -o json    both, for another program";

/// Print the version, and the newest mesh releases that it knows
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// How to write it
    #[arg(short, long, value_name = "FORMAT", default_value = "text", value_parser = formats(PLAIN))]
    pub output: Format,
}

/// A project and its newest release whose rules, schema and charts are built in; what holds where `--mesh-version`
/// says nothing and none is detected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Known {
    /// The key in JSON.
    pub id: &'static str,
    /// As people write it.
    pub name: &'static str,
    /// As its project tags it.
    pub version: &'static str,
}

/// Istio, <https://istio.io/latest/docs/releases/supported-releases/>.
pub const ISTIO: Known = Known { id: "istio", name: "Istio", version: "1.30.3" };
/// Gateway API, <https://github.com/kubernetes-sigs/gateway-api/releases>.
pub const GATEWAY_API: Known = Known { id: "gatewayApi", name: "Gateway API", version: "v1.5.1" };
/// Linkerd publishes edge releases only, <https://linkerd.io/releases/>.
pub const LINKERD: Known = Known { id: "linkerd", name: "Linkerd", version: "edge-26.8.3" };

/// All that is known, in the order of output.
pub const KNOWN: [Known; 3] = [ISTIO, GATEWAY_API, LINKERD];

#[derive(Serialize)]
struct Version {
    weft: &'static str,
    mesh: BTreeMap<&'static str, &'static str>,
}

/// Prints it.
pub fn run(args: Args, ui: &mut Ui) -> Result<ExitStatus> {
    let version = || Version { weft: WEFT, mesh: KNOWN.map(|known| (known.id, known.version)).into() };
    match args.output {
        Format::Json => ui.out().json("Version", &version())?,
        Format::Yaml => ui.out().yaml("Version", &version())?,
        _ => {
            writeln!(ui.out(), "weft {WEFT}")?;
            if ui.verbose() > 0 {
                let mut table = Table::new();
                KNOWN.iter().for_each(|known| table.row([known.name, known.version]));
                for line in table.lines() {
                    writeln!(ui.out(), "{line}")?;
                }
            }
        }
    }
    Ok(ExitStatus::Success)
}
