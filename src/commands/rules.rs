//! `weft rules`: what is looked for.

use super::Format;
use crate::error::{Error, ExitStatus, Result};
use crate::ui::Ui;

const EXAMPLES: &str = "\
Examples:
  weft rules                  all of them
  weft rules 'gateway-*'      those whose name, code or group matches
  weft rules -o json          for another program";

/// List the rules that analyze checks
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// Names, codes such as IST0101, istioctl's analysers, groups; globs [default: all]
    #[arg(value_name = "RULE")]
    pub rules: Vec<String>,
    /// How to write it
    #[arg(short, long, value_name = "FORMAT", default_value = "text", value_parser = Format::among(Format::PLAIN))]
    pub output: Format,
}

/// Prints one line a rule.
pub fn run(_args: Args, _ui: &mut Ui) -> Result<ExitStatus> {
    Err(Error::not_built("rules"))
}
