//! `weft explain`: what a finding or a field means.

use super::Format;
use crate::error::{Error, ExitStatus, Result};
use crate::ui::Ui;

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
    #[arg(short, long, value_name = "FORMAT", default_value = "text", value_parser = Format::among(Format::PLAIN))]
    pub output: Format,
}

/// Prints the page of a rule.
pub fn run(_args: Args, _ui: &mut Ui) -> Result<ExitStatus> {
    Err(Error::not_built("explain"))
}
