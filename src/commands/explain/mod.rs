//! `weft explain`: what a finding or a field means.

mod field;
mod name;

use serde::Serialize;

use super::args::{Format, PLAIN, formats};
use super::rules::Line;
use crate::error::{Error, ExitStatus, Result, did_you_mean};
use crate::rules::select::Pattern;
use crate::rules::{ALL, Registered};
use crate::schema::explain::{self, Explained as Field};
use crate::ui::{Ui, paint};

const EXAMPLES: &str = "\
Examples:
  weft explain virtual-service-unknown-gateway   a rule, by the name that a finding shows
  weft explain IST0101                           by istioctl's code
  weft explain virtualservice.spec.http.retries  a field of a kind, and the fields below it
  weft explain meshconfig.accessLogFile          a setting of the mesh; values.pilot.resources: of a chart
  weft explain sidecar.istio.io/inject           an annotation or a label of Istio's
  weft explain IST0101 -o json                   for another program";

/// Say what a finding means, with a wrong and a right example
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// A rule's name or code, or a field such as VirtualService.spec.gateways
    #[arg(value_name = "RULE|KIND.FIELD")]
    pub topic: String,
    /// How to write it
    #[arg(short, long, value_name = "FORMAT", default_value = "text", value_parser = formats(PLAIN))]
    pub output: Format,
}

/// The answer of `-o json`.
#[derive(Serialize)]
struct Explanation {
    rules: Vec<Explained>,
    fields: Vec<field::FieldDto>,
    names: Vec<name::NameDto>,
}

#[derive(Serialize)]
struct Explained {
    #[serde(flatten)]
    rule: Line,
    page: &'static str,
}

/// What a word names.
enum Topic {
    Rules(Vec<Registered>),
    Fields(Vec<Field>),
    Names(Vec<name::Named>),
}

/// Prints the page of a rule, or a field; of several where the word names several.
pub fn run(args: Args, ui: &mut Ui) -> Result<ExitStatus> {
    let topic = named(&args.topic)?;
    match args.output {
        Format::Json => ui.out().json("Explanation", &body(&topic))?,
        Format::Yaml => ui.out().yaml("Explanation", &body(&topic))?,
        _ => show(&topic, ui)?,
    }
    Ok(ExitStatus::Success)
}

fn body(topic: &Topic) -> Explanation {
    let explained = |entry: &Registered| Explained { rule: Line::of(entry), page: entry.meta().page };
    let mut body = Explanation { rules: vec![], fields: vec![], names: vec![] };
    match topic {
        Topic::Rules(rules) => body.rules = rules.iter().map(explained).collect(),
        Topic::Fields(fields) => body.fields = fields.iter().map(field::dto).collect(),
        Topic::Names(names) => body.names = names.iter().map(name::dto).collect(),
    }
    body
}

fn show(topic: &Topic, ui: &mut Ui) -> Result<()> {
    match topic {
        Topic::Rules(rules) => each(rules, ui, |entry, ui| page(*entry, ui)),
        Topic::Fields(fields) => each(fields, ui, field::show),
        Topic::Names(names) => each(names, ui, name::show),
    }
}

/// One after the other, with a blank line between.
fn each<T>(topics: &[T], ui: &mut Ui, mut show: impl FnMut(&T, &mut Ui) -> Result<()>) -> Result<()> {
    for (at, topic) in topics.iter().enumerate() {
        if at > 0 {
            writeln!(ui.out())?;
        }
        show(topic, ui)?;
    }
    Ok(())
}

/// Rules come first: their names have dashes, and no kind has.
fn named(topic: &str) -> Result<Topic> {
    let unknown = match Pattern::new(topic) {
        Ok(pattern) => {
            let rules = ALL.iter().copied().filter(|entry| pattern.selects(*entry));
            return Ok(Topic::Rules(rules.collect()));
        }
        Err(unknown) => unknown,
    };
    if let Some(found) = name::find(topic) {
        return found.map(Topic::Names);
    }
    if let Some(found) = field::find(topic) {
        return found.map(Topic::Fields);
    }
    let kind = topic.split('.').next().unwrap_or(topic);
    let near = did_you_mean(kind, explain::names());
    if !near.is_empty() && unknown.nearest.is_empty() {
        return Err(Error::usage(format!("no kind `{kind}`")).nearest(&near));
    }
    Err(unknown.into())
}

/// The page as it stands, headed by what the rule answers to.
fn page(entry: Registered, ui: &mut Ui) -> Result<()> {
    let meta = entry.meta();
    let (title, rest) = meta.page.split_once('\n').unwrap_or((meta.page, ""));
    let strong = ui.palette().strong;
    let also = meta.codes.iter().chain(meta.analyzers).copied().collect::<Vec<_>>().join(", ");
    let also = if also.is_empty() { String::new() } else { format!(", also {also}") };
    writeln!(ui.out(), "{}", paint(strong, title))?;
    writeln!(ui.out(), "{} of the group {}{also}", meta.severity.as_str(), entry.group)?;
    ui.out().text(rest)
}
