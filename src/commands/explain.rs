//! `weft explain`: what a finding or a field means.

use serde::Serialize;

use super::args::{Format, PLAIN, formats};
use super::rules::Line;
use crate::error::{Error, ExitStatus, Result};
use crate::model::kinds::KINDS;
use crate::rules::select::Pattern;
use crate::rules::{ALL, Registered};
use crate::ui::{Ui, paint};

const EXAMPLES: &str = "\
Examples:
  weft explain virtual-service-unknown-gateway   a rule, by the name that a finding shows
  weft explain IST0101                           by istioctl's code
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
}

#[derive(Serialize)]
struct Explained {
    #[serde(flatten)]
    rule: Line,
    page: &'static str,
}

/// Prints the page of a rule; of several where a code or a glob names several.
pub fn run(args: Args, ui: &mut Ui) -> Result<ExitStatus> {
    let rules = named(&args.topic)?;
    let explained = |entry: &Registered| Explained { rule: Line::of(entry), page: entry.meta().page };
    let body = || Explanation { rules: rules.iter().map(explained).collect() };
    match args.output {
        Format::Json => ui.out().json("Explanation", &body())?,
        Format::Yaml => ui.out().yaml("Explanation", &body())?,
        _ => {
            for (at, entry) in rules.iter().enumerate() {
                if at > 0 {
                    writeln!(ui.out())?;
                }
                page(*entry, ui)?;
            }
        }
    }
    Ok(ExitStatus::Success)
}

/// The rules that a word names. A field of a kind is part of the contract, and not built.
fn named(topic: &str) -> Result<Vec<Registered>> {
    let unknown = match Pattern::new(topic) {
        Ok(pattern) => return Ok(ALL.iter().copied().filter(|entry| pattern.selects(*entry)).collect()),
        Err(unknown) => unknown,
    };
    let kind = topic.split('.').next().unwrap_or(topic);
    if KINDS.iter().any(|info| info.name.eq_ignore_ascii_case(kind)) {
        let what = format!("explain {topic}");
        return Err(Error::not_built(&what).hint("rules are explained today; weft rules lists them"));
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
