//! The command line: global flags, the commands, and the way from arguments to an exit status.

mod help;
mod usage;

use std::ffi::OsString;
use std::path::Path;

use clap::{Args, CommandFactory, FromArgMatches, Parser, Subcommand};

use crate::commands::{analyze, completion, demo, explain, render, rules, unbuilt, validate, version};
use crate::error::{Error, ErrorKind, ExitStatus, Result, catch};
use crate::ui::{ColorChoice, Environment, Settings, Ui};

/// Everything that can be typed.
#[derive(Debug, Parser)]
#[command(
    name = "weft",
    bin_name = "weft",
    version,
    about = "One tool for people who run a service mesh on Kubernetes",
    styles = help::STYLES,
    max_term_width = 100,
    disable_help_subcommand = true
)]
struct Cli {
    #[command(flatten)]
    global: Global,
    #[command(subcommand)]
    command: Option<Command>,
}

/// The flags that every command takes.
#[derive(Args, Clone, Copy, Debug, Default)]
struct Global {
    /// When to use colour
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto", help_heading = help::GLOBAL)]
    color: ColorChoice,
    /// Print the answer, warnings and errors only
    #[arg(short, long, global = true, help_heading = help::GLOBAL, conflicts_with = "verbose")]
    quiet: bool,
    /// Say more about what is done
    #[arg(short, long, global = true, help_heading = help::GLOBAL, action = clap::ArgAction::Count)]
    verbose: u8,
}

impl Global {
    fn settings(self) -> Settings {
        Settings { color: self.color, quiet: self.quiet, verbose: self.verbose }
    }
}

/// The commands.
#[derive(Debug, Subcommand)]
enum Command {
    #[command(visible_alias = "lint")]
    Analyze(Box<analyze::Args>),
    Validate(validate::Args),
    Render(render::Args),
    Explain(explain::Args),
    Rules(rules::Args),
    Demo(demo::Args),
    Completion(completion::Args),
    Version(version::Args),
    // Ours rather than clap's, so that `weft help inject` can say that it is not built.
    /// Print help
    #[command(hide = true, disable_help_flag = true)]
    Help {
        /// The command to explain
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        command: Vec<OsString>,
    },
    /// Commands that are not built yet, and words that are no command.
    #[command(external_subcommand)]
    Other(Vec<OsString>),
}

impl Command {
    fn run(self, ui: &mut Ui) -> Result<ExitStatus> {
        match self {
            Command::Analyze(args) => analyze::run(*args, ui),
            Command::Validate(args) => validate::run(args, ui),
            Command::Render(args) => render::run(args, ui),
            Command::Explain(args) => explain::run(args, ui),
            Command::Rules(args) => rules::run(args, ui),
            Command::Demo(args) => demo::run(args, ui),
            Command::Completion(args) => completion::run(args, ui),
            Command::Version(args) => version::run(args, ui),
            Command::Help { command } => help::run(&command, ui),
            Command::Other(words) => Err(unknown(&words)),
        }
    }
}

/// The whole command line as clap knows it, for help, completion and tests.
pub fn command() -> clap::Command {
    help::complete(Cli::command())
}

/// Runs a command line, its first word the program's name, and says how it ended. Never panics, and prints through
/// [`Ui`] only.
pub fn run(args: Vec<OsString>, environment: Environment) -> ExitStatus {
    let (settings, cli) = parse(&args);
    let mut ui = Ui::new(settings, environment);
    let result = catch(|| match cli {
        Ok(Cli { command: Some(command), .. }) => command.run(&mut ui),
        // As kubectl, helm and istioctl do: who types only the name wants to look around, and has done nothing wrong.
        Ok(Cli { command: None, .. }) => help::overview(&mut ui),
        Err(error) => usage::answer(&error, &args, &mut ui),
    });
    conclude(result.flatten(), &mut ui)
}

/// Runs one more command line inside a run, for the tour: what it prints is what the command prints in that folder, where
/// nobody has configured anything.
pub fn run_inside(folder: &Path, words: &[&str], ui: &mut Ui) -> Result<ExitStatus> {
    let words = std::iter::once("weft").chain(words.iter().copied()).map(OsString::from).collect::<Vec<_>>();
    match parse(&words).1 {
        Ok(Cli { command: Some(Command::Analyze(args)), .. }) => analyze::run_in(folder, *args, ui),
        Ok(Cli { command: Some(command), .. }) => command.run(ui),
        _ => Err(Error::bug(format!("the tour runs a command line that does not parse: {words:?}"))),
    }
}

/// The settings are needed for the message about what does not parse, so then they are guessed from the words.
fn parse(args: &[OsString]) -> (Settings, Result<Cli, clap::Error>) {
    let cli = command().try_get_matches_from(args).and_then(|matches| Cli::from_arg_matches(&matches));
    let settings = cli.as_ref().map_or_else(|_| usage::guess(args), |cli| cli.global.settings());
    (settings, cli)
}

/// Says what went wrong, if anything, and whether the answer has arrived.
fn conclude(result: Result<ExitStatus>, ui: &mut Ui) -> ExitStatus {
    let status = match result {
        Ok(status) => status,
        Err(error) if error.kind == ErrorKind::Closed => return ExitStatus::Success,
        Err(error) if error.kind == ErrorKind::Output => {
            // The same failure would come up again below.
            ui.error(&error);
            return error.status();
        }
        Err(error) => {
            ui.error(&error);
            // Half an answer is on its way; that it may not arrive matters less than why it is half.
            let _ = ui.finish();
            return error.status();
        }
    };
    match ui.finish() {
        Ok(()) => status,
        Err(error) if error.kind == ErrorKind::Closed => ExitStatus::Success,
        Err(error) => {
            ui.error(&error);
            status.combine(error.status())
        }
    }
}

/// What clap does not know as a command is not built yet, or a path, or a slip.
fn unknown(words: &[OsString]) -> Error {
    let word = words.first().map(|word| word.to_string_lossy()).unwrap_or_default();
    unbuilt::command(&word).unwrap_or_else(|| usage::no_command(&word))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::tests::Seen;
    use std::io::{self, Write};

    #[test]
    fn the_definition_is_sound() {
        command().debug_assert();
    }

    #[test]
    fn a_panic_is_reported_as_a_bug() {
        let seen = Seen::default();
        let (out, err) = (Box::new(seen.clone()), Box::new(seen.clone()));
        let mut ui = Ui::on(out, err, Settings::default(), Environment::default());
        let status = conclude(catch(|| panic!("no such index")), &mut ui);
        assert_eq!(status.code(), 70);
        let text = seen.text();
        assert!(text.starts_with("error: a bug in weft: no such index"), "{text}");
        assert!(text.ends_with("make a good report\n"), "{text}");
    }

    /// Fails every write in one way.
    struct Broken(io::ErrorKind);

    impl Write for Broken {
        fn write(&mut self, _: &[u8]) -> io::Result<usize> {
            Err(self.0.into())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    fn conclude_on(kind: io::ErrorKind, result: Result<ExitStatus>) -> u8 {
        let (out, err) = (Box::new(Broken(kind)), Box::new(io::sink()));
        let mut ui = Ui::on(out, err, Settings::default(), Environment::default());
        writeln!(ui.out(), "answer").unwrap();
        conclude(result, &mut ui).code()
    }

    #[test]
    fn a_lost_reader_is_success_and_a_lost_answer_is_not() {
        assert_eq!(conclude_on(io::ErrorKind::BrokenPipe, Ok(ExitStatus::Findings)), 0);
        assert_eq!(conclude_on(io::ErrorKind::StorageFull, Ok(ExitStatus::Findings)), 3);
        assert_eq!(conclude_on(io::ErrorKind::StorageFull, Err(Error::usage("x"))), 2);
    }
}
