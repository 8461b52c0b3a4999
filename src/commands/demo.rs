//! `weft demo`: a tour on embedded samples.

use crate::error::{Error, ExitStatus, Result};
use crate::ui::Ui;

const EXAMPLES: &str = "\
Examples:
  weft demo                   the tour
  weft demo --color never     in plain text";

/// Show what weft does, on samples of its own
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {}

/// Walks through the samples.
pub fn run(_args: Args, _ui: &mut Ui) -> Result<ExitStatus> {
    Err(Error::not_built("demo"))
}
