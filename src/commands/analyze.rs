//! `weft analyze`: what is wrong with this mesh and gateway configuration?

use std::path::PathBuf;

use clap::{ValueEnum, ValueHint};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::{Format, Mesh};
use crate::error::{Error, ExitStatus, Result};
use crate::ui::Ui;

const EXAMPLES: &str = "\
Examples:
  weft analyze                                      the files below this directory
  weft analyze k8s/ -o sarif > weft.sarif           for code scanning
  helm template shop | weft analyze - --complete    all there is: what it names has to be in it
  weft analyze k8s/ --only IST0101,'gateway-*'      some rules
  weft analyze k8s/ --ignore unused-gateway=Gateway/shop/web --fail-on warning";

/// Find what is wrong with mesh and gateway configuration
///
/// Reads manifests, without a cluster, and reports what will be refused, ignored, or has another effect than it seems
/// to have. Exits 1 when there are findings at or above --fail-on.
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
    #[arg(short, long, value_name = "FORMAT", default_value = "text", value_parser = Format::among(FORMATS))]
    pub output: Format,
    /// Run these rules only: names, codes such as IST0101, istioctl's analysers, groups; globs
    #[arg(long, value_name = "RULE", value_delimiter = ',')]
    pub only: Vec<String>,
    /// Leave these out, everywhere or for one object
    #[arg(long, value_name = "RULE[=KIND/NS/NAME]", value_delimiter = ',')]
    pub ignore: Vec<String>,
    /// The lowest severity that makes the exit code 1
    #[arg(long, value_name = "SEVERITY", default_value = "error")]
    pub fail_on: FailOn,
    /// What is not in the input does not exist
    #[arg(long)]
    pub complete: bool,
    /// The namespace of manifests that name none [default: default]
    #[arg(short, long, value_name = "NS")]
    pub namespace: Option<String>,
    /// The cluster's DNS domain
    #[arg(long, value_name = "DOMAIN", default_value = "cluster.local")]
    pub cluster_domain: String,
    /// The mesh [default: what the input shows, else istio]
    #[arg(long)]
    pub mesh: Option<Mesh>,
    /// Where the mesh is installed [default: istio-system, linkerd, kuma-system, consul]
    #[arg(long, value_name = "NS")]
    pub mesh_namespace: Option<String>,
    /// The release whose rules hold [default: detected, else the newest known]
    #[arg(long, value_name = "VERSION")]
    pub mesh_version: Option<String>,
    /// The configuration [default: weft.toml here or in a directory above]
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub config: Option<PathBuf>,
    /// The time that counts as now, for tests
    #[arg(long, value_name = "TIME", hide = true, value_parser = parse_time)]
    pub now: Option<Timestamp>,
}

const FORMATS: [Format; 6] =
    [Format::Text, Format::Json, Format::Yaml, Format::Sarif, Format::Junit, Format::Github];

/// What `--fail-on` takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum FailOn {
    /// Errors.
    Error,
    /// Warnings and errors.
    Warning,
    /// Any finding.
    Info,
    /// No finding at all.
    Never,
}

impl Args {
    /// What to read, in the order of the command line: positions, then `-f`, and this directory where there is neither.
    pub fn inputs(&self) -> Vec<PathBuf> {
        let given: Vec<PathBuf> = self.paths.iter().chain(&self.filename).cloned().collect();
        if given.is_empty() { vec![PathBuf::from(".")] } else { given }
    }
}

/// RFC 3339, or a date, which is its midnight in UTC.
fn parse_time(text: &str) -> Result<Timestamp, String> {
    let date =
        |text: &str| text.parse::<Date>().ok()?.to_zoned(TimeZone::UTC).ok().map(|time| time.timestamp());
    let time = text.parse::<Timestamp>().ok().or_else(|| date(text));
    time.ok_or_else(|| "neither a date nor a time such as 2026-11-21T08:00:00Z".to_owned())
}

/// Reads, checks and reports.
pub fn run(_args: Args, _ui: &mut Ui) -> Result<ExitStatus> {
    Err(Error::not_built("analyze"))
}
