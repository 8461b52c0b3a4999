//! `weft completion`: scripts that let a shell complete weft's commands and flags.

use clap_complete::Shell;

use crate::error::{ExitStatus, Result};
use crate::ui::Ui;

const EXAMPLES: &str = "\
Examples:
  source <(weft completion bash)
  weft completion bash > ~/.local/share/bash-completion/completions/weft
  weft completion zsh > \"${fpath[1]}/_weft\"
  weft completion fish > ~/.config/fish/completions/weft.fish";

/// Print a shell's completion script
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// The shell
    pub shell: Shell,
}

/// Prints the script.
pub fn run(args: Args, ui: &mut Ui) -> Result<ExitStatus> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut crate::cli::command(), "weft", &mut script);
    ui.out().text(&String::from_utf8_lossy(&script))?;
    Ok(ExitStatus::Success)
}
