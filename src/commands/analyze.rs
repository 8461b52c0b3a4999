//! `weft analyze`: what is wrong with this mesh and gateway configuration?

use std::path::{Path, PathBuf};

use clap::ValueHint;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::args::{Format, formats};
use crate::analysis::{self, Analysis, Question};
use crate::config::Config;
use crate::error::{Error, ExitStatus, Result};
use crate::finding::render::{self, Options, Report};
use crate::finding::{FailOn, Summary};
use crate::load::{self, Input, Loaded};
use crate::model::World;
use crate::ui::{Ui, count};

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
    /// The configuration [default: weft.toml here or in a directory above]
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub config: Option<PathBuf>,
    /// The time that counts as now, for tests
    #[arg(long, value_name = "TIME", hide = true, value_parser = parse_time)]
    pub now: Option<Timestamp>,
}

fn fail_on_words() -> impl TypedValueParser<Value = FailOn> {
    PossibleValuesParser::new(FailOn::ALL.map(FailOn::as_str)).try_map(|word| word.parse::<FailOn>())
}

/// RFC 3339, or a date, which is its midnight in UTC.
fn parse_time(text: &str) -> Result<Timestamp, String> {
    let date =
        |text: &str| text.parse::<Date>().ok()?.to_zoned(TimeZone::UTC).ok().map(|time| time.timestamp());
    let time = text.parse::<Timestamp>().ok().or_else(|| date(text));
    time.ok_or_else(|| "neither a date nor a time such as 2026-11-21T08:00:00Z".to_owned())
}

impl Args {
    /// What to read, in the order of the command line: positions, then `-f`; this directory where there is neither.
    fn inputs(&self) -> Result<Vec<Input>> {
        let given = self.paths.iter().chain(&self.filename);
        let input =
            |path: &PathBuf| if path.as_os_str() == "-" { Input::Stdin } else { Input::Path(path.clone()) };
        let inputs: Vec<Input> = given.map(input).collect();
        match inputs.iter().filter(|input| **input == Input::Stdin).count() {
            0 | 1 if inputs.is_empty() => Ok(vec![Input::Path(PathBuf::from("."))]),
            0 | 1 => Ok(inputs),
            _ => Err(Error::usage("`-` is given twice; stdin can be read once")),
        }
    }

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
        }
    }

    fn fail_on(&self, config: &Config) -> Result<FailOn> {
        let of_config = || match &config.fail_on {
            Some(word) => word.parse().map_err(|error| Error::usage(format!("weft.toml: fail-on: {error}"))),
            None => Ok(FailOn::default()),
        };
        self.fail_on.map_or_else(of_config, Ok)
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
    let begun = ui.elapsed();
    let config = match folder {
        Some(_) => Config::default(),
        None => load::config(args.config.as_deref())?,
    };
    let fail_on = args.fail_on(&config)?;
    let now = args.now.unwrap_or_else(|| ui.now());
    let question = Question::new(args.world(&config), &args.only, &args.ignore, &config.allow, now)?;
    let inputs = args.inputs()?;
    let loaded = {
        let progress = ui.progress("reading", None);
        match folder {
            Some(folder) => load::load_in(folder, &inputs, &|| progress.advance()),
            None => load::load(&inputs, &|| progress.advance()),
        }
    };
    let analysis = analysis::analyze(&loaded, question);
    // Decided before anything is formatted: the format never changes it.
    let status = status(&loaded, &analysis, fail_on);
    let options = Options {
        color: ui.color(),
        unicode: ui.unicode(),
        width: ui.width(),
        quiet: ui.quiet(),
        elapsed: Some(ui.elapsed().saturating_sub(begun)),
        fail_on,
        exit: why_not_by_findings(&loaded, &analysis),
        command: "analyze",
    };
    report(args.output, &loaded, &analysis, &options, ui)?;
    remarks(&analysis, ui);
    Ok(status)
}

fn status(loaded: &Loaded, analysis: &Analysis, fail_on: FailOn) -> ExitStatus {
    let facts = [
        (fail_on.reached(&analysis.findings), ExitStatus::Findings),
        (!loaded.failures.is_empty() || analysis.unread > 0, ExitStatus::Unreadable),
        (!analysis.panicked.is_empty(), ExitStatus::Bug),
    ];
    let holding = facts.into_iter().filter(|(holds, _)| *holds).map(|(_, status)| status);
    holding.fold(ExitStatus::Success, ExitStatus::combine)
}

fn report(
    format: Format,
    loaded: &Loaded,
    analysis: &Analysis,
    options: &Options,
    ui: &mut Ui,
) -> Result<()> {
    let summary = Summary {
        files: loaded.read,
        documents: loaded.documents(),
        resources: analysis.resources,
        skipped_rules: analysis.undecided(),
        unknown_kinds: analysis.unknown_kinds.len(),
        others: analysis.others.len(),
        suppressed: analysis.silenced,
        unresolved: analysis.unresolved.iter().map(|(_, count)| count).sum(),
        ..Summary::of(&analysis.findings)
    };
    let report = Report { findings: &analysis.findings, sources: &loaded.sources, summary };
    render::render(&report, format, options, ui.out()).map_err(Error::output)?;
    // On a terminal both streams are one text.
    if format == Format::Text && !report.findings.is_empty() {
        ui.status("");
    }
    for failure in &loaded.failures {
        ui.error(&failure.clone().into_error());
    }
    for line in render::summary_lines(&report, options) {
        ui.status(line);
    }
    Ok(())
}

/// The reason of the exit code where findings are not it.
fn why_not_by_findings(loaded: &Loaded, analysis: &Analysis) -> Option<String> {
    let unread = (loaded.failures.len(), analysis.unread);
    match (analysis.panicked.len(), unread) {
        (0, (0, 0)) => None,
        (0, (0, documents)) => Some(format!("exit 3: {} could not be read", count(documents, "document"))),
        (0, (inputs, _)) => Some(format!("exit 3: {} could not be read", count(inputs, "input"))),
        (rules, _) => Some(format!("exit 70: {} ended in a bug of weft's", count(rules, "rule"))),
    }
}

/// What stands beside the answer: decisions that are stale, bugs, and with `-v` what weft does not know.
fn remarks(analysis: &Analysis, ui: &mut Ui) {
    for stale in &analysis.stale {
        ui.warn(stale);
    }
    for panicked in &analysis.panicked {
        ui.error(&Error::bug(format!("rule `{}`: {}", panicked.rule.name, panicked.message)));
    }
    for (kind, count) in &analysis.unknown_kinds {
        ui.detail(format!("unknown to weft: {kind} ({count})"));
    }
    for place in &analysis.others {
        ui.detail(format!("no Kubernetes object: {place}"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::FromArgMatches;

    fn parse(line: &str) -> Args {
        let mut matches = crate::cli::command().try_get_matches_from(line.split(' ')).unwrap();
        Args::from_arg_matches(&matches.remove_subcommand().unwrap().1).unwrap()
    }

    #[test]
    fn inputs_are_positions_then_filenames_then_this_directory() {
        let path = |name: &str| Input::Path(PathBuf::from(name));
        let given = parse("weft analyze -f b a -f c -").inputs().unwrap();
        assert_eq!(given, [path("a"), Input::Stdin, path("b"), path("c")]);
        assert_eq!(parse("weft lint").inputs().unwrap(), [path(".")]);
        assert!(parse("weft analyze - -").inputs().is_err());
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
