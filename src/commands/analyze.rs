//! `weft analyze`: what is wrong with this mesh and gateway configuration?

use std::path::{Path, PathBuf};

use clap::ValueHint;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::args::{Format, formats};
use super::findings::{Settings, Task, answer, fail_on, fail_on_words, inputs, kube_version};
use crate::analysis::Question;
use crate::config::Config;
use crate::error::{ExitStatus, Result};
use crate::finding::FailOn;
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
    /// Files, directories (*.yaml, *.yml, *.json; .gitignore is honoured), or - for stdin [default: .]
    #[arg(value_name = "PATH", value_hint = ValueHint::AnyPath)]
    pub paths: Vec<PathBuf>,
    /// The same, spelled as kubectl does
    #[arg(short, long, value_name = "PATH", value_hint = ValueHint::AnyPath)]
    pub filename: Vec<PathBuf>,
    /// How to write the report
    #[arg(short, long, value_name = "FORMAT", default_value = "text", value_parser = formats(&Format::ALL))]
    pub output: Format,
    /// Run these rules only: names, codes such as IST0101, istioctl's analysers, groups; globs
    #[arg(long, value_name = "RULE", value_delimiter = ',')]
    pub only: Vec<String>,
    /// Leave these out, everywhere or for one object
    #[arg(long, value_name = "RULE[=KIND/NS/NAME]", value_delimiter = ',')]
    pub ignore: Vec<String>,
    /// The lowest severity that makes the exit code 1 [default: error]
    #[arg(long, value_name = "SEVERITY", value_parser = fail_on_words())]
    pub fail_on: Option<FailOn>,
    /// What is not in the input does not exist
    #[arg(long)]
    pub complete: bool,
    /// The namespace of manifests that name none [default: default]
    #[arg(short, long, value_name = "NS")]
    pub namespace: Option<String>,
    /// The cluster's DNS domain [default: cluster.local]
    #[arg(long, value_name = "DOMAIN")]
    pub cluster_domain: Option<String>,
    /// Where the mesh is installed [default: istio-system]
    #[arg(long, value_name = "NS")]
    pub mesh_namespace: Option<String>,
    /// The mesh's configuration, instead of the one in its ConfigMap
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub mesh_config: Option<PathBuf>,
    /// The mesh's networks, instead of those in its ConfigMap
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub mesh_networks: Option<PathBuf>,
    /// The Kubernetes that the manifests are for; a field that it does not have is unknown [default: any of 1.33 to 1.36]
    #[arg(long, value_name = "VERSION", value_parser = kube_version)]
    pub kube_version: Option<u32>,
    /// The configuration [default: weft.toml here or in a directory above]
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub config: Option<PathBuf>,
    /// The time that counts as now, for tests
    #[arg(long, value_name = "TIME", hide = true, value_parser = parse_time)]
    pub now: Option<Timestamp>,
}

/// RFC 3339, or a date, which is its midnight in UTC.
fn parse_time(text: &str) -> Result<Timestamp, String> {
    let date =
        |text: &str| text.parse::<Date>().ok()?.to_zoned(TimeZone::UTC).ok().map(|time| time.timestamp());
    let time = text.parse::<Timestamp>().ok().or_else(|| date(text));
    time.ok_or_else(|| "neither a date nor a time such as 2026-11-21T08:00:00Z".to_owned())
}

impl Args {
    fn world(&self, config: &Config) -> World {
        let known = World::default();
        let first = |flag: &Option<String>, config: &Option<String>, default| {
            flag.clone().or_else(|| config.clone()).unwrap_or(default)
        };
        World {
            complete: self.complete || config.complete == Some(true),
            namespace: first(&self.namespace, &config.namespace, known.namespace),
            cluster_domain: first(&self.cluster_domain, &config.cluster_domain, known.cluster_domain),
            mesh_namespace: first(&self.mesh_namespace, &config.mesh_namespace, known.mesh_namespace),
            kubernetes: self.kube_version,
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
    let config = match folder {
        Some(_) => Config::default(),
        None => load::config(args.config.as_deref())?,
    };
    let now = args.now.unwrap_or_else(|| ui.now());
    let question = Question::new(args.world(&config), &args.only, &args.ignore, &config.allow, now)?;
    let fail_on = fail_on(args.fail_on, &config)?;
    let inputs = inputs(&args.paths, &args.filename)?;
    let settings = Settings { mesh_config: args.mesh_config, mesh_networks: args.mesh_networks };
    let output = args.output;
    answer(Task { command: "analyze", inputs, settings, folder, question, fail_on, output }, ui)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::load::Input;
    use clap::FromArgMatches;

    fn parse(line: &str) -> Args {
        let mut matches = crate::cli::command().try_get_matches_from(line.split(' ')).unwrap();
        Args::from_arg_matches(&matches.remove_subcommand().unwrap().1).unwrap()
    }

    #[test]
    fn inputs_are_positions_then_filenames_then_this_directory() {
        let path = |name: &str| Input::Path(PathBuf::from(name));
        let inputs = |line: &str| {
            let args = parse(line);
            super::inputs(&args.paths, &args.filename)
        };
        assert_eq!(
            inputs("weft analyze -f b a -f c -").unwrap(),
            [path("a"), Input::Stdin, path("b"), path("c")]
        );
        assert_eq!(inputs("weft lint").unwrap(), [path(".")]);
        assert!(inputs("weft analyze - -").is_err());
    }

    #[test]
    fn lists_are_repeated_or_separated_by_commas() {
        let args = parse("weft analyze --only a,b --only c --ignore x=Gateway/shop/web,y -o sarif");
        assert_eq!(args.only, ["a", "b", "c"]);
        assert_eq!(args.ignore, ["x=Gateway/shop/web", "y"]);
        assert_eq!(args.output, Format::Sarif);
    }

    #[test]
    fn times_are_dates_or_rfc_3339() {
        let midnight = parse_time("2026-11-21").unwrap();
        assert_eq!(midnight, parse_time("2026-11-21T00:00:00Z").unwrap());
        assert_eq!(midnight, parse_time("2026-11-21T01:00:00+01:00").unwrap());
        assert!(parse_time("yesterday").is_err() && parse_time("2026-13-01").is_err());
    }
}
