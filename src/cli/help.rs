//! Help: a grouped overview, and how it looks.

use std::ffi::OsString;

use anstyle::{AnsiColor, Style};
use clap::Command;
use clap::builder::StyledStr;
use clap::builder::styling::Styles;

use super::unknown;
use crate::error::{ExitStatus, Result};
use crate::ui::{Ui, paint};

/// The heading of the flags that every command takes.
pub(super) const GLOBAL: &str = "Everywhere";

const HEADING: Style = Style::new().bold();
const LITERAL: Style = AnsiColor::Cyan.on_default();

/// The colours of help.
pub(super) const STYLES: Styles =
    Styles::styled().header(HEADING).usage(HEADING).literal(LITERAL).placeholder(Style::new());

/// The commands by what they are for; a test sees to it that none is missing.
const GROUPS: [(&str, &[&str]); 3] = [
    ("Installation", &["render"]),
    ("Configuration", &["analyze", "validate", "explain", "rules"]),
    ("weft itself", &["demo", "completion", "version"]),
];

const EXAMPLES: [&str; 4] = [
    "weft analyze k8s/                           what is wrong with these files?",
    "helm template shop | weft analyze -         and with this stream?",
    "weft explain virtual-service-unknown-gateway",
    "source <(weft completion bash)",
];

const CODES: [&str; 9] = [
    "  0  nothing to report",
    "  1  findings, a failed check, a difference",
    "  2  the command line is wrong",
    "  3  an input could not be read, or an output not written",
    "  4  the cluster is unreachable, or refuses",
    "  5  timed out",
    " 64  not built yet",
    " 70  a bug in weft",
    "130  interrupted",
];

const MORE: &str =
    "Where several apply, the first of 70, 2, 4, 5, 3, 1. It is 0 when the reader of stdout goes away.";

/// Adds what derive cannot say: the overview of the program's own help. `-h` stays on one screen; `--help` has all.
pub(super) fn complete(command: Command) -> Command {
    let groups: String = GROUPS
        .iter()
        .map(|(title, names)| section(title, names.iter().map(|name| line(&command, name))))
        .collect();
    let usage = paint(HEADING, "Usage:");
    let options = paint(HEADING, "Options:");
    let examples = section("Examples", EXAMPLES.map(str::to_owned));
    let codes = section("Exit codes", CODES.map(str::to_owned));
    command
        .help_template(format!(
            "{{about}}\n\n{usage} weft COMMAND [ARGUMENT]...\n\n{groups}{options}\n{{options}}{{after-help}}"
        ))
        .after_help(format!(
            "{examples}weft COMMAND --help says more; weft --help also names the exit codes."
        ))
        .after_long_help(format!("{examples}{codes}{MORE}"))
}

fn section(title: &str, lines: impl IntoIterator<Item = String>) -> String {
    let body: String = lines.into_iter().map(|line| format!("  {line}\n")).collect();
    format!("{}\n{body}\n", paint(HEADING, format!("{title}:")))
}

fn line(command: &Command, name: &str) -> String {
    let about = command.find_subcommand(name).and_then(Command::get_about).map(ToString::to_string);
    format!("{} {}", paint(LITERAL, format!("{name:<12}")), about.unwrap_or_default())
}

/// `weft` alone: the overview that `-h` gives.
pub(super) fn overview(ui: &mut Ui) -> Result<ExitStatus> {
    show(&super::command().render_help(), ui)
}

/// `weft help`, `weft help COMMAND`.
pub(super) fn run(words: &[OsString], ui: &mut Ui) -> Result<ExitStatus> {
    let mut command = super::command();
    command.build();
    let command = match words.first().and_then(|word| word.to_str()) {
        None => &mut command,
        Some(word) => command.find_subcommand_mut(word).ok_or_else(|| unknown(words))?,
    };
    show(&command.render_long_help(), ui)
}

/// Prints what clap rendered: on stdout, because help that was asked for is the answer.
pub(super) fn show(text: &StyledStr, ui: &mut Ui) -> Result<ExitStatus> {
    let text = if ui.color() { text.ansi().to_string() } else { text.to_string() };
    // Between values and default, clap leaves lines of spaces.
    for line in text.trim_end().lines() {
        writeln!(ui.out(), "{}", line.trim_end())?;
    }
    Ok(ExitStatus::Success)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_command_is_in_a_group() {
        let command = super::super::command();
        let shown = command.get_subcommands().filter(|command| !command.is_hide_set());
        let mut shown: Vec<&str> = shown.map(Command::get_name).collect();
        let mut grouped: Vec<&str> = GROUPS.iter().flat_map(|(_, names)| names.iter().copied()).collect();
        shown.sort_unstable();
        grouped.sort_unstable();
        assert_eq!(shown, grouped);
    }
}
