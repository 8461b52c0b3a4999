//! What `analyze` and `validate` have in common: read, ask, report.

use std::path::{Path, PathBuf};

use clap::ValueHint;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::args::{Format, formats};
use super::mend;
use crate::analysis::{self, Analysis, Question};
use crate::config::Config;
use crate::error::{Error, ExitStatus, Result};
use crate::finding::render::{self, Options, Report};
use crate::finding::{FailOn, Summary};
use crate::load::{self, Input, Loaded};
use crate::model::World;
use crate::schema::KUBERNETES;
use crate::ui::{Ui, count};

/// What both commands can be told.
#[derive(Debug, clap::Args)]
pub struct Common {
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
    /// Write the repairs that have one right answer into the files, then report what is left
    #[arg(long)]
    pub fix: bool,
    /// Show what --fix would change; exit code 1 if anything
    #[arg(long, conflicts_with_all = ["fix", "output"])]
    pub diff: bool,
    /// The configuration [default: weft.toml here or in a directory above]
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub config: Option<PathBuf>,
    /// The time that counts as now, for tests
    #[arg(long, value_name = "TIME", hide = true, value_parser = parse_time)]
    pub now: Option<Timestamp>,
}

impl Common {
    /// What is known beside the manifests: flags go before the configuration.
    pub(super) fn world(&self, config: &Config) -> World {
        let known = World::default();
        World {
            namespace: first(&self.namespace, &config.namespace, known.namespace.clone()),
            mesh_namespace: first(&self.mesh_namespace, &config.mesh_namespace, known.mesh_namespace.clone()),
            kubernetes: self.kube_version,
            ..World::default()
        }
    }
}

/// The flag, else the configuration, else what is usual.
pub(super) fn first(flag: &Option<String>, config: &Option<String>, usual: String) -> String {
    flag.clone().or_else(|| config.clone()).unwrap_or(usual)
}

/// RFC 3339, or a date, which is its midnight in UTC.
fn parse_time(text: &str) -> Result<Timestamp, String> {
    let date =
        |text: &str| text.parse::<Date>().ok()?.to_zoned(TimeZone::UTC).ok().map(|time| time.timestamp());
    let time = text.parse::<Timestamp>().ok().or_else(|| date(text));
    time.ok_or_else(|| "neither a date nor a time such as 2026-11-21T08:00:00Z".to_owned())
}

/// What is asked of which input, and how it is answered.
pub(super) struct Task<'a> {
    /// The command's name.
    pub command: &'static str,
    /// What it was told.
    pub told: &'a Common,
    /// The configuration.
    pub config: &'a Config,
    /// What is read beside the manifests.
    pub settings: Settings<'a>,
    /// Where it is read from, if not from the working directory.
    pub folder: Option<&'a Path>,
    /// What is asked, made anew for each round of fixes.
    pub question: &'a dyn Fn() -> Result<Question>,
}

/// Files that are settings of the mesh and no manifests.
#[derive(Clone, Copy, Default)]
pub(super) struct Settings<'a> {
    /// A MeshConfig.
    pub mesh_config: Option<&'a Path>,
    /// The MeshNetworks.
    pub mesh_networks: Option<&'a Path>,
}

/// What was read, and what is wrong with it.
pub(super) struct Round {
    pub loaded: Loaded,
    pub analysis: Analysis,
}

/// How often fixes may make way for others. Each round fixes something, and no fix brings another finding that has one.
const ROUNDS: usize = 5;

/// What to read, in the order of the command line: positions, then `-f`; this directory where there is neither.
fn inputs(paths: &[PathBuf], filename: &[PathBuf]) -> Result<Vec<Input>> {
    let given = paths.iter().chain(filename);
    let input =
        |path: &PathBuf| if path.as_os_str() == "-" { Input::Stdin } else { Input::Path(path.clone()) };
    let inputs: Vec<Input> = given.map(input).collect();
    match inputs.iter().filter(|input| **input == Input::Stdin).count() {
        0 | 1 if inputs.is_empty() => Ok(vec![Input::Path(PathBuf::from("."))]),
        0 | 1 => Ok(inputs),
        _ => Err(Error::usage("`-` is given twice; stdin can be read once")),
    }
}

fn fail_on_words() -> impl TypedValueParser<Value = FailOn> {
    PossibleValuesParser::new(FailOn::ALL.map(FailOn::as_str)).try_map(|word| word.parse::<FailOn>())
}

/// The severity that decides: the flag's, else the configuration's.
fn fail_on(flag: Option<FailOn>, config: &Config) -> Result<FailOn> {
    let of_config = || match &config.fail_on {
        Some(word) => word.parse().map_err(|error| Error::usage(format!("weft.toml: fail-on: {error}"))),
        None => Ok(FailOn::default()),
    };
    flag.map_or_else(of_config, Ok)
}

/// A minor release of Kubernetes: 36 for `1.36`, `v1.36.3`.
fn kube_version(text: &str) -> Result<u32, String> {
    let mut parts = text.trim_start_matches('v').split('.');
    let minor = parts.next().filter(|major| *major == "1").and_then(|_| parts.next()?.parse().ok());
    minor.ok_or_else(|| "not a release such as 1.36".to_owned())
}

/// Reads, checks and reports.
pub(super) fn answer(task: Task<'_>, ui: &mut Ui) -> Result<ExitStatus> {
    let begun = ui.elapsed();
    if let Some(minor) = task.told.kube_version.filter(|minor| !KUBERNETES.contains(minor)) {
        let (first, last) = (KUBERNETES.start(), KUBERNETES.end());
        ui.warn(format!(
            "weft knows the fields of Kubernetes 1.{first} to 1.{last}, and judges 1.{minor} by the nearest"
        ));
    }
    let fail_on = fail_on(task.told.fail_on, task.config)?;
    let inputs = inputs(&task.told.paths, &task.told.filename)?;
    if task.told.fix && inputs.contains(&Input::Stdin) {
        return Err(mend::refuse_stdin());
    }
    let mut round = ask(&task, &inputs, ui)?;
    if task.told.diff {
        let status = if mend::show(&round, ui)? { ExitStatus::Findings } else { ExitStatus::Success };
        failures(&round.loaded, ui);
        remarks(&round.analysis, ui);
        if let Some(why) = why_not_by_findings(&round.loaded, &round.analysis) {
            ui.status(why);
        }
        return Ok(hindered(&round.loaded, &round.analysis).fold(status, ExitStatus::combine));
    }
    for _ in 0..ROUNDS {
        if !task.told.fix || mend::write(&round, ui)? == 0 {
            break;
        }
        round = ask(&task, &inputs, ui)?;
    }
    let Round { loaded, analysis } = round;
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
        command: task.command,
    };
    report(task.told.output, &loaded, &analysis, &options, ui)?;
    remarks(&analysis, ui);
    Ok(status)
}

/// Reads and judges.
fn ask(task: &Task<'_>, inputs: &[Input], ui: &mut Ui) -> Result<Round> {
    let mut question = (task.question)()?;
    let mut loaded = {
        let progress = ui.progress("reading", None);
        match task.folder {
            Some(folder) => load::load_in(folder, inputs, &|| progress.advance()),
            None => load::load(inputs, &|| progress.advance()),
        }
    };
    let folder = task.folder.unwrap_or(Path::new(""));
    let mut setting = |path: Option<&Path>| loaded.add_setting(folder, path?);
    question.world.mesh_config = setting(task.settings.mesh_config);
    question.world.mesh_networks = setting(task.settings.mesh_networks);
    let analysis = analysis::analyze(&loaded, question);
    Ok(Round { loaded, analysis })
}

/// What kept weft from judging everything.
fn hindered(loaded: &Loaded, analysis: &Analysis) -> impl Iterator<Item = ExitStatus> + use<> {
    let unread = !loaded.failures.is_empty() || analysis.unread > 0;
    let bug = !analysis.panicked.is_empty();
    [unread.then_some(ExitStatus::Unreadable), bug.then_some(ExitStatus::Bug)].into_iter().flatten()
}

fn status(loaded: &Loaded, analysis: &Analysis, fail_on: FailOn) -> ExitStatus {
    let found = fail_on.reached(&analysis.findings);
    let status = if found { ExitStatus::Findings } else { ExitStatus::Success };
    hindered(loaded, analysis).fold(status, ExitStatus::combine)
}

/// Says what could not be read.
fn failures(loaded: &Loaded, ui: &mut Ui) {
    for failure in &loaded.failures {
        ui.error(&failure.clone().into_error());
    }
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
    failures(loaded, ui);
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
    use crate::commands::analyze::Args;
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
            super::inputs(&args.common.paths, &args.common.filename)
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
        assert_eq!(args.common.ignore, ["x=Gateway/shop/web", "y"]);
        assert_eq!(args.common.output, Format::Sarif);
    }

    #[test]
    fn times_are_dates_or_rfc_3339() {
        let midnight = parse_time("2026-11-21").unwrap();
        assert_eq!(midnight, parse_time("2026-11-21T00:00:00Z").unwrap());
        assert_eq!(midnight, parse_time("2026-11-21T01:00:00+01:00").unwrap());
        assert!(parse_time("yesterday").is_err() && parse_time("2026-13-01").is_err());
    }
}
