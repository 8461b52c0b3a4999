//! `weft demo`: a tour on embedded samples.

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use clap::ValueHint;

use crate::cli;
use crate::demo::{Change, SHOP, STEPS, Step};
use crate::error::{Error, ErrorKind, ExitStatus, Result};
use crate::ui::file::{self, Content};
use crate::ui::{ColorChoice, Environment, Settings, Ui, paint};

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

/// The samples: in which folder their `shop` lies, and what is in them by now.
struct Samples {
    folder: PathBuf,
    texts: Vec<(&'static str, String)>,
}

/// Walks through the samples. Findings are what it is there to show, so it ends with success.
pub fn run(args: Args, ui: &mut Ui) -> Result<ExitStatus> {
    let temporary = if args.to.is_none() { Some(file::temporary_folder()?) } else { None };
    let folder =
        args.to.or_else(|| temporary.as_ref().map(|made| made.path().to_path_buf())).unwrap_or_default();
    let mut samples = Samples::write(folder)?;
    for (at, step) in STEPS.iter().enumerate() {
        if let Some(change) = &step.change {
            samples.change(change)?;
        }
        show(at + 1, step, &samples.folder, ui)?;
    }
    ui.status(match temporary {
        Some(_) => {
            "\nThat was the tour. weft demo --to DIR keeps its files; weft --help names the rest.".to_owned()
        }
        None => {
            let folder = samples.folder.display();
            format!("\nThat was the tour. Its files stay: cd {folder} to type its commands, and more.")
        }
    });
    Ok(ExitStatus::Success)
}

impl Samples {
    /// Files of somebody else's are not written over.
    fn write(folder: PathBuf) -> Result<Self> {
        let shop = folder.join("shop");
        let texts: Vec<_> = SHOP.iter().map(|(name, text)| (*name, (*text).to_owned())).collect();
        if let Some(taken) = texts.iter().map(|(name, _)| shop.join(name)).find(|path| path.exists()) {
            let error = Error::usage(format!("`{}` is there already", taken.display()));
            return Err(error.hint("choose another folder: --to DIR"));
        }
        file::make_folder(&shop)?;
        for (name, text) in &texts {
            file::write_atomic(&shop.join(name), text.as_bytes(), Content::Public)?;
        }
        Ok(Self { folder, texts })
    }

    fn change(&mut self, change: &Change) -> Result<()> {
        let Some((name, text)) = self.texts.iter_mut().find(|(name, _)| *name == change.file) else {
            return Err(Error::bug(format!("the tour changes a sample `{}`, which it lacks", change.file)));
        };
        *text = text.replace(change.from, change.to);
        file::write_atomic(&self.folder.join("shop").join(name), text.as_bytes(), Content::Public)
    }
}

/// Says what comes, runs it, and shows what it printed on both streams: here that is the answer.
fn show(number: usize, step: &Step, folder: &Path, ui: &mut Ui) -> Result<()> {
    let typed: Vec<String> = step.runs.iter().map(|word| quoted(word)).collect();
    let head = step.head.map_or(String::new(), |lines| format!(" | head -n {lines}"));

    let strong = ui.palette().strong;
    let gap = if number == 1 { "" } else { "\n" };
    let (first, more) = step.says.split_once('\n').unwrap_or((step.says, ""));
    writeln!(ui.out(), "{gap}{}", paint(strong, format!("{number}/{}  {first}", STEPS.len())))?;
    for line in more.lines() {
        writeln!(ui.out(), "     {line}")?;
    }
    writeln!(ui.out(), "\n$ weft {}{head}\n", typed.join(" "))?;

    let (output, status) = captured(folder, step.runs, ui)?;
    match step.head {
        Some(lines) => output.lines().take(lines).try_for_each(|line| writeln!(ui.out(), "{line}")),
        None => {
            ui.out().text(&output)?;
            let gap = if output.is_empty() { "" } else { "\n" };
            writeln!(ui.out(), "{gap}(exit code {})", status.code())
        }
    }
}

/// As it has to be typed in a shell.
fn quoted(word: &str) -> String {
    if word.contains(['*', ' ', '\'']) { format!("'{}'", word.replace('\'', r"'\''")) } else { word.into() }
}

/// What a command prints on both streams, and how it ends. Only what the tour cannot go on from is an error.
fn captured(folder: &Path, words: &[&str], outer: &Ui) -> Result<(String, ExitStatus)> {
    let both = Captured::default();
    let color = if outer.color() { ColorChoice::Always } else { ColorChoice::Never };
    let settings = Settings { color, quiet: words.contains(&"--quiet"), verbose: 0 };
    // Of stdout only the width is asked for, and one that is no terminal has none.
    let environment = Environment { stdout_terminal: true, utf8: outer.unicode(), ..Environment::default() };
    let mut ui = Ui::on(Box::new(both.clone()), Box::new(both.clone()), settings, environment);
    let status = match cli::run_inside(folder, words, &mut ui) {
        Err(error) if matches!(error.kind, ErrorKind::Bug | ErrorKind::Output | ErrorKind::Closed) => {
            return Err(error);
        }
        // Any other is what the command has to say.
        Err(error) => {
            ui.error(&error);
            error.status()
        }
        Ok(status) => status,
    };
    ui.finish()?;
    Ok((both.text(), status))
}

/// A stream into memory.
#[derive(Clone, Default)]
struct Captured(Arc<Mutex<Vec<u8>>>);

impl Captured {
    fn text(&self) -> String {
        String::from_utf8_lossy(&self.0.lock().unwrap_or_else(PoisonError::into_inner)).into_owned()
    }
}

impl Write for Captured {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::tests::Seen;

    fn tour() -> String {
        let seen = Seen::default();
        let environment = Environment { utf8: true, ..Environment::default() };
        let mut ui = Ui::on(Box::new(seen.clone()), Box::new(seen.clone()), Settings::default(), environment);
        assert_eq!(run(Args { to: None }, &mut ui).unwrap(), ExitStatus::Success);
        ui.finish().unwrap();
        seen.text()
    }

    #[test]
    fn it_finds_what_is_wrong_with_each_service_and_stays_short() {
        let tour = tour();
        let first = tour.split("\n2/").next().unwrap();
        for (rule, file) in [
            ("wrong-api-group", "cart.yaml"),
            ("wrong-type", "catalog.yaml"),
            ("virtual-service-route-weights", "catalog.yaml"),
            ("virtual-service-unreachable-route", "orders.yaml"),
            ("authorization-policy-unknown-principal", "payments.yaml"),
            ("virtual-service-unknown-gateway", "web.yaml"),
        ] {
            let (_, found) =
                first.split_once(&format!("[{rule}]")).unwrap_or_else(|| panic!("{rule}\n{tour}"));
            assert!(found.lines().nth(1).unwrap().contains(file), "{rule}\n{tour}");
        }
        assert!(first.contains("6 findings"), "{tour}");
        assert_eq!(tour.matches("\nno findings").count(), 3, "{tour}");
        assert!(tour.lines().count() <= 200, "{} lines", tour.lines().count());
    }

    #[test]
    fn what_it_runs_parses_and_what_it_says_fits() {
        for step in STEPS {
            let words = std::iter::once("weft").chain(step.runs.iter().copied());
            assert!(cli::command().try_get_matches_from(words).is_ok(), "{:?}", step.runs);
            assert!(step.says.lines().all(|line| line.chars().count() <= 95), "{}", step.says);
        }
    }
}
