//! Command lines that do not parse, said in weft's own words with the nearest names.

use std::ffi::OsString;

use clap::Command;
use clap::error::{ContextKind, ContextValue, ErrorKind};

use super::help;
use crate::commands::unbuilt;
use crate::error::{Error, ExitStatus, Result};
use crate::ui::{ColorChoice, Settings, Ui, did_you_mean};

/// The answer to what clap stopped at: help and version are answers, all else is a usage error.
pub(super) fn answer(error: &clap::Error, args: &[OsString], ui: &mut Ui) -> Result<ExitStatus> {
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => help::show(&error.render(), ui),
        _ => Err(translate(error, args)),
    }
}

/// The global flags of a command line that does not parse.
pub(super) fn guess(args: &[OsString]) -> Settings {
    let mut settings = Settings::default();
    let mut words = args.iter().filter_map(|word| word.to_str()).take_while(|word| *word != "--");
    while let Some(word) = words.next() {
        let color = if word == "--color" { words.next() } else { word.strip_prefix("--color=") };
        match color {
            Some("always") => settings.color = ColorChoice::Always,
            Some("never") => settings.color = ColorChoice::Never,
            _ => {}
        }
    }
    settings
}

/// `word` stands where a command should.
pub(super) fn no_command(word: &str) -> Error {
    let error = Error::usage(format!("no command `{word}`"));
    if word == "-" || word.contains('/') || word.ends_with(".yaml") || word.ends_with(".yml") {
        return error.hint(format!("weft analyze {word}"));
    }
    let command = super::command();
    let built = command.get_subcommands().filter(|command| !command.is_hide_set());
    let mut names: Vec<&str> = built.flat_map(Command::get_name_and_visible_aliases).collect();
    unbuilt::names().for_each(|name| names.push(name));
    error.nearest(&did_you_mean(word, names)).hint("weft --help")
}

fn translate(error: &clap::Error, args: &[OsString]) -> Error {
    let mut root = super::command();
    root.build();
    let command = addressed(&root, args);
    let help = format!("{} --help", command.get_bin_name().unwrap_or("weft"));
    let argument = text(error, ContextKind::InvalidArg);
    let value = text(error, ContextKind::InvalidValue);
    match error.kind() {
        ErrorKind::UnknownArgument if argument.starts_with('-') => {
            let flag = argument.split('=').next().unwrap_or_default();
            unbuilt::flag(command.get_name(), flag).unwrap_or_else(|| no_flag(flag, command)).hint(help)
        }
        ErrorKind::UnknownArgument => {
            Error::usage(format!("`{argument}` is one argument too many")).hint(help)
        }
        ErrorKind::TooManyValues => Error::usage(format!("`{}` takes no value", name(&argument))).hint(help),
        ErrorKind::InvalidValue if value.is_empty() => {
            Error::usage(format!("`{}` needs a value", name(&argument))).hint(possible(error)).hint(help)
        }
        ErrorKind::InvalidValue => {
            let possible = strings(error, ContextKind::ValidValue);
            let error = Error::usage(format!("no value `{value}` for `{}`", name(&argument)));
            let near = did_you_mean(&value, possible.iter().map(String::as_str));
            let error = error.nearest(&near);
            if near.is_empty() { error.hint(format!("one of: {}", possible.join(", "))) } else { error }
                .hint(help)
        }
        ErrorKind::ValueValidation => {
            let reason = std::error::Error::source(error).map(ToString::to_string).unwrap_or_default();
            Error::usage(format!("no value `{value}` for `{}`: {reason}", name(&argument))).hint(help)
        }
        ErrorKind::MissingRequiredArgument => {
            let missing = strings(error, ContextKind::InvalidArg);
            let missing: Vec<String> =
                missing.iter().map(|argument| format!("`{}`", name(argument))).collect();
            Error::usage(format!("{} is missing", missing.join(" and "))).hint(help)
        }
        ErrorKind::ArgumentConflict => {
            let others = strings(error, ContextKind::PriorArg);
            let (one, other) =
                (name(&argument).to_owned(), others.first().map_or("", |other| name(other)).to_owned());
            let message = if other.is_empty() || one == other {
                format!("`{one}` is given twice")
            } else {
                format!("`{one}` and `{other}` exclude each other")
            };
            Error::usage(message).hint(help)
        }
        ErrorKind::InvalidUtf8 => Error::usage("an argument is not UTF-8").hint(help),
        // Kinds that today's definitions cannot give; clap's first line will do.
        _ => {
            let text = error.render().to_string();
            let line = text.lines().next().unwrap_or_default();
            Error::usage(line.trim_start_matches("error: ")).hint(help)
        }
    }
}

fn no_flag(flag: &str, command: &Command) -> Error {
    let shown = command.get_arguments().filter(|argument| !argument.is_hide_set());
    let known: Vec<String> =
        shown.filter_map(|argument| Some(format!("--{}", argument.get_long()?))).collect();
    let error = Error::usage(format!("no flag `{flag}`"));
    // One letter is near to everything.
    if !flag.starts_with("--") {
        return error;
    }
    error.nearest(&did_you_mean(flag, known.iter().map(String::as_str)))
}

/// The command that the words address: the first that names one.
fn addressed<'a>(root: &'a Command, args: &[OsString]) -> &'a Command {
    let words = args.iter().skip(1).filter_map(|word| word.to_str());
    words.take_while(|word| *word != "--").find_map(|word| root.find_subcommand(word)).unwrap_or(root)
}

/// `--output` of clap's `--output <FORMAT>`, `SHELL` of its `<SHELL>`, `--verbose` of its `--verbose...`.
fn name(argument: &str) -> &str {
    let argument = argument.split([' ', '=']).next().unwrap_or(argument);
    argument.trim_end_matches("...").trim_matches(['<', '>', '[', ']'])
}

fn possible(error: &clap::Error) -> String {
    match strings(error, ContextKind::ValidValue) {
        values if values.is_empty() => "flags end at `--`".to_owned(),
        values => format!("one of: {}", values.join(", ")),
    }
}

fn text(error: &clap::Error, kind: ContextKind) -> String {
    strings(error, kind).into_iter().next().unwrap_or_default()
}

fn strings(error: &clap::Error, kind: ContextKind) -> Vec<String> {
    match error.get(kind) {
        Some(ContextValue::String(text)) => vec![text.clone()],
        Some(ContextValue::Strings(texts)) => texts.clone(),
        _ => Vec::new(),
    }
}
