//! `weft render --chart`: any Helm chart, as `helm template` prints it.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use jiff::Timestamp;

use crate::chart::{
    self, Assignment, Capabilities, KubeVersion, Layer, Options, Rendered, Source, Warnings, functions,
};
use crate::error::{Error, ExitStatus, Result};
use crate::template::{Limits, on_deep_stack};
use crate::ui::Ui;
use crate::ui::file::{Content, make_folder, write_atomic};

const HEADING: &str = "Charts";

/// The flags that go with a chart; their names are Helm's.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = HEADING)]
#[group(skip)]
pub(super) struct Args {
    /// The Helm chart to render: a folder, or an archive
    #[arg(long, value_name = "DIR|TGZ")]
    pub(super) chart: Option<PathBuf>,
    /// The name of the release
    #[arg(long, value_name = "NAME", default_value = "release-name", requires = "chart")]
    release: String,
    /// Its namespace
    #[arg(short, long, value_name = "NS", default_value = "default", requires = "chart")]
    namespace: String,
    /// Render an upgrade instead of an installation
    #[arg(long, requires = "chart")]
    upgrade: bool,
    /// The version of Kubernetes that the chart sees
    #[arg(long, value_name = "V", requires = "chart")]
    kube_version: Option<String>,
    /// A version of an API that the cluster has besides Kubernetes' own
    #[arg(long, value_name = "V", value_delimiter = ',', requires = "chart")]
    api_versions: Vec<String>,
    /// The chart's CustomResourceDefinitions too
    #[arg(long, requires = "chart")]
    include_crds: bool,
    /// Write files below a folder instead of printing
    #[arg(long, value_name = "DIR", requires = "chart")]
    output_dir: Option<PathBuf>,
    /// A file of values, `-` is stdin; the last one wins
    #[arg(short = 'f', long, value_name = "FILE", requires = "chart")]
    values: Vec<PathBuf>,
    /// A value, over those of files: `a.b[0].c=x`
    #[arg(long, value_name = "KEY=VALUE", requires = "chart")]
    set: Vec<String>,
    /// A value that stays a string: `port="80"`
    #[arg(long, value_name = "KEY=VALUE", requires = "chart")]
    set_string: Vec<String>,
    /// A value written as JSON
    #[arg(long, value_name = "KEY=JSON", requires = "chart")]
    set_json: Vec<String>,
    /// A value that is the text of a file
    #[arg(long, value_name = "KEY=FILE", requires = "chart")]
    set_file: Vec<String>,
}

/// Prints the chart's objects, or writes them. Nothing is printed before everything has been rendered.
pub(super) fn run(args: &Args, ui: &mut Ui) -> Result<ExitStatus> {
    let now = ui.now();
    let (rendered, warnings) = on_deep_stack(|limits| {
        let mut warnings = Warnings::new();
        (render(args, now, limits, &mut warnings), warnings)
    })
    .map_err(|error| Error::bug(format!("no thread to render on: {error}")))?;
    warnings.iter().for_each(|warning| ui.warn(warning));
    let rendered = rendered?;
    match &args.output_dir {
        Some(folder) => write(&rendered, args.include_crds, folder, ui)?,
        None => ui.out().text(&rendered.stream(args.include_crds))?,
    }
    Ok(ExitStatus::Success)
}

fn render(args: &Args, now: Timestamp, limits: Limits, warnings: &mut Warnings) -> Result<Rendered> {
    let values = chart::layered(&layers(&args.values)?, &assignments(args))?;
    let kube_version = args.kube_version.as_deref().map(KubeVersion::parse).transpose()?.unwrap_or_default();
    let options = Options {
        release: args.release.clone(),
        namespace: args.namespace.clone(),
        is_upgrade: args.upgrade,
        capabilities: Capabilities { kube_version, api_versions: args.api_versions.clone() },
        limits,
        functions: functions::Options { now, ..Default::default() },
    };
    let path = args.chart.as_deref().unwrap_or(Path::new("."));
    let chart = chart::load(Source::Path(path), warnings)?;
    chart::render(chart, &values, &options, warnings)
}

fn layers(files: &[PathBuf]) -> Result<Vec<Layer>> {
    files.iter().map(|path| chart::read_layer(path)).collect()
}

fn assignments(args: &Args) -> Vec<Assignment> {
    let typed = args.set.iter().cloned().map(Assignment::Typed);
    let text = args.set_string.iter().cloned().map(Assignment::Text);
    let json = args.set_json.iter().cloned().map(Assignment::Json);
    let file = args.set_file.iter().cloned().map(Assignment::File);
    json.chain(typed).chain(text).chain(file).collect()
}

/// A file for each template.
fn write(rendered: &Rendered, include_crds: bool, folder: &Path, ui: &mut Ui) -> Result<()> {
    let crds = rendered.crds.iter().filter(|_| include_crds);
    let mut files = BTreeMap::<&str, String>::new();
    for manifest in crds.chain(&rendered.manifests).chain(&rendered.hooks) {
        *files.entry(&manifest.source).or_default() += &manifest.to_string();
    }
    for (name, text) in files {
        let path = folder.join(name);
        make_folder(path.parent().unwrap_or(folder))?;
        write_atomic(&path, text.as_bytes(), Content::Public)?;
        ui.status(format!("wrote {}", path.display()));
    }
    Ok(())
}
