//! `weft validate`: would the API server and the mesh's webhook take these documents?

use super::findings::{Common, Settings, Task, answer};
use crate::analysis::Question;
use crate::error::{ExitStatus, Result};
use crate::load;
use crate::ui::Ui;

const EXAMPLES: &str = "\
Examples:
  weft validate k8s/                             each document by itself
  helm template shop | weft validate -           what a chart gives
  weft validate k8s/ --kube-version 1.34         and no field that Kubernetes 1.34 does not have
  weft validate k8s/ -o json | jq '.findings'";

/// The rules that judge a document by itself: the schema's, those of Istio's webhook with its warnings about routes, and
/// kinds that nothing serves.
const RULES: [&str; 5] =
    ["schema", "schema.ValidationAnalyzer.*", "unknown-api-version", "wrong-api-group", "removed-api"];

/// Say which documents the API server or the mesh's webhook would refuse
///
/// Judges each document by itself, without a cluster: fields, types, limits and validation rules of the kinds that weft
/// knows, and what Istio's admission webhook refuses beyond them. Exits 1 when a document would be refused.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// What it shares with `analyze`.
    #[command(flatten)]
    pub common: Common,
}

/// Reads, checks and reports.
pub fn run(args: Args, ui: &mut Ui) -> Result<ExitStatus> {
    let told = &args.common;
    let config = load::config(told.config.as_deref())?;
    let now = told.now.unwrap_or_else(|| ui.now());
    let rules = RULES.map(str::to_owned);
    let question = || Question::new(told.world(&config), &rules, &told.ignore, &config.allow, now);
    let settings = Settings::default();
    answer(
        Task { command: "validate", told, config: &config, settings, folder: None, question: &question },
        ui,
    )
}
