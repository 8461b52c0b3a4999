//! `weft validate`: would the API server and the mesh's webhook take these documents?

use std::path::PathBuf;

use clap::ValueHint;

use super::args::{Format, formats};
use super::findings::{Task, answer, fail_on, fail_on_words, inputs, kube_version};
use crate::analysis::Question;
use crate::error::{ExitStatus, Result};
use crate::finding::FailOn;
use crate::load;
use crate::model::World;
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
    /// Files, directories (*.yaml, *.yml, *.json; .gitignore is honoured), or - for stdin [default: .]
    #[arg(value_name = "PATH", value_hint = ValueHint::AnyPath)]
    pub paths: Vec<PathBuf>,
    /// The same, spelled as kubectl does
    #[arg(short, long, value_name = "PATH", value_hint = ValueHint::AnyPath)]
    pub filename: Vec<PathBuf>,
    /// How to write the report
    #[arg(short, long, value_name = "FORMAT", default_value = "text", value_parser = formats(&Format::ALL))]
    pub output: Format,
    /// Leave these rules out, everywhere or for one object
    #[arg(long, value_name = "RULE[=KIND/NS/NAME]", value_delimiter = ',')]
    pub ignore: Vec<String>,
    /// The lowest severity that makes the exit code 1 [default: error]
    #[arg(long, value_name = "SEVERITY", value_parser = fail_on_words())]
    pub fail_on: Option<FailOn>,
    /// The namespace of manifests that name none [default: default]
    #[arg(short, long, value_name = "NS")]
    pub namespace: Option<String>,
    /// Where the mesh is installed [default: istio-system]
    #[arg(long, value_name = "NS")]
    pub mesh_namespace: Option<String>,
    /// The Kubernetes that the manifests are for; a field that it does not have is unknown [default: any of 1.33 to 1.36]
    #[arg(long, value_name = "VERSION", value_parser = kube_version)]
    pub kube_version: Option<u32>,
    /// The configuration [default: weft.toml here or in a directory above]
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub config: Option<PathBuf>,
}

/// Reads, checks and reports.
pub fn run(args: Args, ui: &mut Ui) -> Result<ExitStatus> {
    let config = load::config(args.config.as_deref())?;
    let known = World::default();
    let world = World {
        namespace: args.namespace.or_else(|| config.namespace.clone()).unwrap_or(known.namespace),
        mesh_namespace: args
            .mesh_namespace
            .or_else(|| config.mesh_namespace.clone())
            .unwrap_or(known.mesh_namespace),
        kubernetes: args.kube_version,
        ..World::default()
    };
    let fail_on = fail_on(args.fail_on, &config)?;
    let question = Question::new(world, &RULES.map(str::to_owned), &args.ignore, &config.allow, ui.now())?;
    let inputs = inputs(&args.paths, &args.filename)?;
    answer(Task { command: "validate", inputs, folder: None, question, fail_on, output: args.output }, ui)
}
