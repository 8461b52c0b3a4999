//! `weft rules`: what is looked for.

use serde::Serialize;

use super::args::{Format, PLAIN, formats};
use crate::error::{ExitStatus, Result};
use crate::rules::select::Pattern;
use crate::rules::{ALL, Registered};
use crate::ui::{Table, Ui, count};

const EXAMPLES: &str = "\
Examples:
  weft rules                        all of them
  weft rules 'virtual-service-*'    those whose name, code or group matches
  weft rules -o json                for another program";

/// List the rules that analyze checks
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// Names, codes such as IST0101, istioctl's analysers, groups; globs [default: all]
    #[arg(value_name = "RULE")]
    pub rules: Vec<String>,
    /// How to write it
    #[arg(short, long, value_name = "FORMAT", default_value = "text", value_parser = formats(PLAIN))]
    pub output: Format,
}

/// The answer of `-o json`.
#[derive(Serialize)]
struct List {
    rules: Vec<Line>,
}

/// What is told of a rule; `explain` adds its page.
#[derive(Serialize)]
pub(super) struct Line {
    name: &'static str,
    group: &'static str,
    aliases: &'static [&'static str],
    analyzers: &'static [&'static str],
    severity: &'static str,
    summary: &'static str,
}

impl Line {
    pub(super) fn of(entry: &Registered) -> Self {
        let meta = entry.meta();
        Self {
            name: meta.name,
            group: entry.group,
            aliases: meta.codes,
            analyzers: meta.analyzers,
            severity: meta.severity.as_str(),
            summary: meta.summary,
        }
    }
}

/// Prints one line a rule.
pub fn run(args: Args, ui: &mut Ui) -> Result<ExitStatus> {
    let rules = chosen(&args.rules)?;
    let body = || List { rules: rules.iter().map(Line::of).collect() };
    match args.output {
        Format::Json => ui.out().json("Rules", &body())?,
        Format::Yaml => ui.out().yaml("Rules", &body())?,
        _ => table(&rules, ui)?,
    }
    Ok(ExitStatus::Success)
}

fn chosen(names: &[String]) -> Result<Vec<Registered>> {
    let patterns = names.iter().map(|name| Pattern::new(name)).collect::<Result<Vec<_>, _>>()?;
    let wanted =
        |entry: &&Registered| patterns.is_empty() || patterns.iter().any(|pattern| pattern.selects(**entry));
    Ok(ALL.iter().filter(wanted).copied().collect())
}

fn table(rules: &[Registered], ui: &mut Ui) -> Result<()> {
    let mut table = Table::new();
    for entry in rules {
        let meta = entry.meta();
        let code = meta.codes.first().map_or(String::new(), |code| format!(" ({code})"));
        table.row([meta.name, meta.severity.as_str(), &format!("{}{code}", meta.summary)]);
    }
    for line in table.lines() {
        writeln!(ui.out(), "{line}")?;
    }
    ui.status(format!("{} · weft explain RULE", count(rules.len(), "rule")));
    Ok(())
}
