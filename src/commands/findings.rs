//! What `analyze` and `validate` have in common: read, ask, report.

use std::path::{Path, PathBuf};

use clap::builder::{PossibleValuesParser, TypedValueParser};

use super::args::Format;
use crate::analysis::{self, Analysis, Question};
use crate::config::Config;
use crate::error::{Error, ExitStatus, Result};
use crate::finding::render::{self, Options, Report};
use crate::finding::{FailOn, Summary};
use crate::load::{self, Input, Loaded};
use crate::ui::{Ui, count};

/// What is asked of which input, and how it is answered.
pub(super) struct Task<'a> {
    /// The command's name.
    pub command: &'static str,
    /// What is read.
    pub inputs: Vec<Input>,
    /// What is read beside it.
    pub settings: Settings,
    /// Where it is read from, if not from the working directory.
    pub folder: Option<&'a Path>,
    /// What is asked.
    pub question: Question,
    /// The lowest severity that makes the exit code 1.
    pub fail_on: FailOn,
    /// How it is written.
    pub output: Format,
}

/// Files that are settings of the mesh and no manifests.
#[derive(Default)]
pub(super) struct Settings {
    /// A MeshConfig.
    pub mesh_config: Option<PathBuf>,
    /// The MeshNetworks.
    pub mesh_networks: Option<PathBuf>,
}

/// What to read, in the order of the command line: positions, then `-f`; this directory where there is neither.
pub(super) fn inputs(paths: &[PathBuf], filename: &[PathBuf]) -> Result<Vec<Input>> {
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

pub(super) fn fail_on_words() -> impl TypedValueParser<Value = FailOn> {
    PossibleValuesParser::new(FailOn::ALL.map(FailOn::as_str)).try_map(|word| word.parse::<FailOn>())
}

/// The severity that decides: the flag's, else the configuration's.
pub(super) fn fail_on(flag: Option<FailOn>, config: &Config) -> Result<FailOn> {
    let of_config = || match &config.fail_on {
        Some(word) => word.parse().map_err(|error| Error::usage(format!("weft.toml: fail-on: {error}"))),
        None => Ok(FailOn::default()),
    };
    flag.map_or_else(of_config, Ok)
}

/// A minor release of Kubernetes: 36 for `1.36`, `v1.36.3`.
pub(super) fn kube_version(text: &str) -> Result<u32, String> {
    let mut parts = text.trim_start_matches('v').split('.');
    let minor = parts.next().filter(|major| *major == "1").and_then(|_| parts.next()?.parse().ok());
    minor.ok_or_else(|| "not a release such as 1.36".to_owned())
}

/// Reads, checks and reports.
pub(super) fn answer(mut task: Task<'_>, ui: &mut Ui) -> Result<ExitStatus> {
    let begun = ui.elapsed();
    let mut loaded = {
        let progress = ui.progress("reading", None);
        match task.folder {
            Some(folder) => load::load_in(folder, &task.inputs, &|| progress.advance()),
            None => load::load(&task.inputs, &|| progress.advance()),
        }
    };
    let folder = task.folder.unwrap_or(Path::new(""));
    let mut setting = |path: &Option<PathBuf>| loaded.add_setting(folder, path.as_deref()?);
    task.question.world.mesh_config = setting(&task.settings.mesh_config);
    task.question.world.mesh_networks = setting(&task.settings.mesh_networks);
    let analysis = analysis::analyze(&loaded, task.question);
    // Decided before anything is formatted: the format never changes it.
    let status = status(&loaded, &analysis, task.fail_on);
    let options = Options {
        color: ui.color(),
        unicode: ui.unicode(),
        width: ui.width(),
        quiet: ui.quiet(),
        elapsed: Some(ui.elapsed().saturating_sub(begun)),
        fail_on: task.fail_on,
        exit: why_not_by_findings(&loaded, &analysis),
        command: task.command,
    };
    report(task.output, &loaded, &analysis, &options, ui)?;
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
