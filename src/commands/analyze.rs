//! `weft analyze`: what is wrong with this mesh and gateway configuration?

use std::path::{Path, PathBuf};

use clap::ValueHint;

use super::findings::{Common, Settings, Task, answer, first};
use crate::analysis::Question;
use crate::config::Config;
use crate::error::{ExitStatus, Result};
use crate::load;
use crate::model::World;
use crate::ui::Ui;

const EXAMPLES: &str = "\
Examples:
  weft analyze                                      the files below this directory
  weft analyze k8s/ -o sarif > weft.sarif           for code scanning
  helm template shop | weft analyze - --complete    all there is: what it names has to be in it
  weft analyze k8s/ --only 'IST0101,virtual-service-*' --fail-on warning
  weft analyze k8s/ --ignore virtual-service-unknown-gateway=VirtualService/shop/web";

/// Find what is wrong with mesh and gateway configuration
///
/// Reads manifests, without a cluster, and reports what will be refused, ignored, or has another effect than it seems
/// to have. Exits 1 when there are findings at or above --fail-on.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// What it shares with `validate`.
    #[command(flatten)]
    pub common: Common,
    /// Run these rules only: names, codes such as IST0101, istioctl's analysers, groups; globs
    #[arg(long, value_name = "RULE", value_delimiter = ',')]
    pub only: Vec<String>,
    /// What is not in the input does not exist
    #[arg(long)]
    pub complete: bool,
    /// The cluster's DNS domain [default: cluster.local]
    #[arg(long, value_name = "DOMAIN")]
    pub cluster_domain: Option<String>,
    /// The mesh's configuration, instead of the one in its ConfigMap
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub mesh_config: Option<PathBuf>,
    /// The mesh's networks, instead of those in its ConfigMap
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub mesh_networks: Option<PathBuf>,
}

impl Args {
    fn world(&self, config: &Config) -> World {
        let known = self.common.world(config);
        World {
            complete: self.complete || config.complete == Some(true),
            cluster_domain: first(&self.cluster_domain, &config.cluster_domain, known.cluster_domain.clone()),
            ..known
        }
    }
}

/// Reads, checks and reports.
pub fn run(args: Args, ui: &mut Ui) -> Result<ExitStatus> {
    analyze(args, None, ui)
}

/// The same as if a folder were the working directory, and no `weft.toml` around it.
pub fn run_in(folder: &Path, args: Args, ui: &mut Ui) -> Result<ExitStatus> {
    analyze(args, Some(folder), ui)
}

fn analyze(args: Args, folder: Option<&Path>, ui: &mut Ui) -> Result<ExitStatus> {
    let told = &args.common;
    let config = match folder {
        Some(_) => Config::default(),
        None => load::config(told.config.as_deref())?,
    };
    let now = told.now.unwrap_or_else(|| ui.now());
    let question = || Question::new(args.world(&config), &args.only, &told.ignore, &config.allow, now);
    let settings =
        Settings { mesh_config: args.mesh_config.as_deref(), mesh_networks: args.mesh_networks.as_deref() };
    answer(Task { command: "analyze", told, config: &config, settings, folder, question: &question }, ui)
}
