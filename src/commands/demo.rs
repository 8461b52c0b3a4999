//! `weft demo`: a tour on embedded samples.

use std::path::{Path, PathBuf};

use clap::ValueHint;

use crate::cli;
use crate::demo::{CORRECTION, SHOP};
use crate::error::{ExitStatus, Result};
use crate::ui::file::{self, Content};
use crate::ui::{Ui, paint};

const EXAMPLES: &str = "\
Examples:
  weft demo                   the tour
  weft demo --to tour         and keep its files, to try more on them
  weft demo --color never     in plain text";

/// Show what weft does, on samples of its own
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// Write the samples here and leave them there
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub to: Option<PathBuf>,
}

/// A step of the tour: what it shows, and the command that does it. `SHOP` stands for the samples' folder.
struct Step {
    says: &'static str,
    runs: &'static [&'static str],
}

/// Before anything is changed.
const LOOK: &[Step] = &[
    Step {
        says: "A shop of five services. What is wrong with it?",
        runs: &["analyze", "--complete", "SHOP"],
    },
    Step {
        says: "Each finding has a page: the problem, why it hurts, a wrong and a right example.",
        runs: &["explain", "virtual-service-unknown-gateway"],
    },
];

/// After one mistake is corrected.
const AGAIN: &[Step] = &[
    Step {
        says: "The gateway's name in web.yaml is corrected now. Only the errors of Istio's objects:",
        runs: &["analyze", "--complete", "--only", "istio", "-q", "SHOP"],
    },
    Step {
        says: "For a pipeline: one line a finding (also json, yaml, sarif, junit), and an exit code to trust.",
        runs: &["analyze", "--complete", "-o", "github", "--fail-on", "never", "SHOP"],
    },
    Step { says: "All that is looked for:", runs: &["rules"] },
];

/// Walks through the samples. Findings are what it is there to show, so it ends with success.
pub fn run(args: Args, ui: &mut Ui) -> Result<ExitStatus> {
    let temporary = if args.to.is_none() { Some(file::temporary_folder()?) } else { None };
    let folder =
        args.to.or_else(|| temporary.as_ref().map(|made| made.path().to_path_buf())).unwrap_or_default();
    let shop = folder.join("shop");
    file::make_folder(&shop)?;
    for (name, text) in SHOP {
        file::write_atomic(&shop.join(name), text.as_bytes(), Content::Public)?;
    }
    let steps = LOOK.len() + AGAIN.len();
    for (at, step) in LOOK.iter().enumerate() {
        show(at + 1, steps, step, &shop, ui)?;
    }
    let (name, wrong, right) = CORRECTION;
    let text = SHOP.iter().find(|(file, _)| *file == name).map_or("", |(_, text)| text);
    file::write_atomic(&shop.join(name), text.replace(wrong, right).as_bytes(), Content::Public)?;
    for (at, step) in AGAIN.iter().enumerate() {
        show(LOOK.len() + at + 1, steps, step, &shop, ui)?;
    }
    ui.status(match temporary {
        Some(_) => {
            "\nThat was the tour. weft demo --to DIR keeps its files; weft --help names the rest.".to_owned()
        }
        None => format!("\nThat was the tour. Its files are in {}.", shop.display()),
    });
    Ok(ExitStatus::Success)
}

fn show(number: usize, of: usize, step: &Step, shop: &Path, ui: &mut Ui) -> Result<()> {
    let shop = shop.to_string_lossy();
    let words: Vec<&str> = step.runs.iter().map(|word| if *word == "SHOP" { &*shop } else { word }).collect();
    let strong = ui.palette().strong;
    let gap = if number == 1 { "" } else { "\n" };
    writeln!(ui.out(), "{gap}{}", paint(strong, format!("{number}/{of}  {}", step.says)))?;
    writeln!(ui.out(), "$ weft {}\n", words.join(" "))?;
    let status = cli::run_inside(&words, ui)?;
    writeln!(ui.out(), "\n(exit code {})", status.code())
}
