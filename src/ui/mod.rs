//! Everything that reaches a terminal: the answer on stdout, words about it on stderr, and files that are written.

pub mod file;
mod out;
mod progress;
mod style;
mod table;
mod terminal;
mod text;

pub use crate::error::did_you_mean;
pub use out::Out;
pub use progress::Progress;
pub use style::{Painted, Palette, Signs, paint};
pub use table::Table;
pub use terminal::{ColorChoice, Environment};
pub use text::{count, width};

use std::fmt::Display;
use std::io::{self, Write};
use std::time::{Duration, Instant};

use anstyle::Style;
use indicatif::WeakProgressBar;
use jiff::Timestamp;

use crate::error::{Error, Result};

/// No line of prose is longer, however wide the terminal is.
const WIDTH: usize = 100;

/// What the global flags ask for.
#[derive(Clone, Copy, Debug, Default)]
pub struct Settings {
    /// `--color`.
    pub color: ColorChoice,
    /// `-q`: the answer, warnings and errors only.
    pub quiet: bool,
    /// How often `-v` was given.
    pub verbose: u8,
}

/// The one way out. Built once, in main, and passed to every command.
pub struct Ui {
    out: Out,
    err: Box<dyn Write + Send>,
    bar: Option<WeakProgressBar>,
    settings: Settings,
    environment: Environment,
    started: Instant,
}

impl Ui {
    /// On the process's own streams.
    pub fn new(settings: Settings, environment: Environment) -> Self {
        Self::on(Box::new(io::stdout()), Box::new(io::stderr()), settings, environment)
    }

    /// On streams of the caller's.
    pub fn on(
        out: Box<dyn Write + Send>,
        err: Box<dyn Write + Send>,
        settings: Settings,
        environment: Environment,
    ) -> Self {
        Self { out: Out::new(out), err, bar: None, settings, environment, started: Instant::now() }
    }

    /// stdout: the answer and nothing else.
    pub fn out(&mut self) -> &mut Out {
        &mut self.out
    }

    /// What is going on or was done; silent with `-q`.
    pub fn status(&mut self, message: impl Display) {
        if !self.settings.quiet {
            self.say(message);
        }
    }

    /// What only `-v` shows.
    pub fn detail(&mut self, message: impl Display) {
        if self.settings.verbose > 0 {
            self.say(message);
        }
    }

    /// What does not stop the work but deserves a look; shown with `-q` too.
    pub fn warn(&mut self, message: impl Display) {
        let style = self.err_palette().warning;
        self.say(labelled(style, "warning", &message.to_string()));
    }

    /// What to do next; silent with `-q`.
    pub fn hint(&mut self, message: impl Display) {
        let style = self.err_palette().dim;
        self.status(paint(style, format!("  {message}")));
    }

    /// A failure with its reasons and hints. For one that ends the run, return it instead.
    pub fn error(&mut self, error: &Error) {
        let mut text = labelled(self.err_palette().error, "error", &error.to_string());
        let separator = format!(" {} ", self.signs().dot);
        for line in text::lay_out(&error.hints, &separator, WIDTH - 2) {
            text += &format!("\n  {line}");
        }
        self.say(text);
    }

    /// A bar or a spinner on stderr, if the work takes longer than half a second and stderr is a terminal. Drop it
    /// before anything is written to [`Ui::out`].
    pub fn progress(&mut self, message: &str, total: Option<u64>) -> Progress {
        let environment = &self.environment;
        if self.settings.quiet || !environment.stderr_terminal || environment.dumb {
            return Progress::hidden();
        }
        let progress =
            Progress::delayed(message, total, if environment.utf8 { "⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏ " } else { "|/-\\ " });
        self.bar = Some(progress.bar.downgrade());
        progress
    }

    /// Whether stdout gets colour.
    pub fn color(&self) -> bool {
        self.environment.color(self.settings.color, self.environment.stdout_terminal)
    }

    /// The colours of stdout.
    pub fn palette(&self) -> Palette {
        Palette::new(self.color())
    }

    /// The colours of stderr.
    pub fn err_palette(&self) -> Palette {
        Palette::new(self.environment.color(self.settings.color, self.environment.stderr_terminal))
    }

    /// Whether signs beyond ASCII may be written.
    pub fn unicode(&self) -> bool {
        self.environment.utf8
    }

    /// The signs that the locale can show.
    pub fn signs(&self) -> Signs {
        if self.unicode() { Signs::UNICODE } else { Signs::ASCII }
    }

    /// Columns of stdout: the terminal's, 100 where it is none.
    pub fn width(&self) -> usize {
        let size =
            self.environment.stdout_terminal.then(|| terminal_size::terminal_size_of(io::stdout())).flatten();
        size.map_or(WIDTH, |(width, _)| usize::from(width.0))
    }

    /// Whether `-q` was given.
    pub fn quiet(&self) -> bool {
        self.settings.quiet
    }

    /// How often `-v` was given.
    pub fn verbose(&self) -> u8 {
        self.settings.verbose
    }

    /// Since the start of the run.
    pub fn elapsed(&self) -> Duration {
        self.started.elapsed()
    }

    /// The clock on the wall, for commands that hand it on as an input.
    #[expect(
        clippy::disallowed_methods,
        reason = "the world is read here; everything behind takes the time as an input"
    )]
    pub fn now(&self) -> Timestamp {
        Timestamp::now()
    }

    /// Hands on what is left of stdout, and gives the first failure to write to it.
    pub fn finish(&mut self) -> Result<()> {
        self.out.finish()
    }

    fn say(&mut self, message: impl Display) {
        let text = format!("{message}\n");
        let (out, err) = (&mut self.out, &mut self.err);
        let mut write = || {
            // So that a terminal, or a file that both streams go to, shows the lines in the order they were made. A
            // failure is remembered and comes up at the end.
            let _ = out.flush();
            // Where stderr is gone there is nobody left to tell.
            let _ = err.write_all(text.as_bytes());
        };
        match self.bar.as_ref().and_then(WeakProgressBar::upgrade) {
            Some(bar) => bar.suspend(write),
            None => write(),
        }
    }
}

/// `warning: …`, with further lines of the message indented.
fn labelled(style: Style, label: &str, message: &str) -> String {
    format!("{}: {}", paint(style, label), message.replace('\n', "\n  "))
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use std::sync::{Arc, Mutex};

    /// A stream that a test can look at.
    #[derive(Clone, Default)]
    pub(crate) struct Seen(Arc<Mutex<Vec<u8>>>);

    impl Seen {
        pub(crate) fn text(&self) -> String {
            String::from_utf8(self.0.lock().unwrap().clone()).unwrap()
        }
    }

    impl Write for Seen {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.lock().unwrap().write(bytes)
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    /// Both streams in one, as on a terminal.
    fn shown(settings: Settings, work: impl FnOnce(&mut Ui)) -> String {
        let seen = Seen::default();
        let mut ui = Ui::on(Box::new(seen.clone()), Box::new(seen.clone()), settings, Environment::default());
        work(&mut ui);
        ui.finish().unwrap();
        seen.text()
    }

    fn talk(ui: &mut Ui) {
        writeln!(ui.out(), "answer").unwrap();
        ui.status("status");
        ui.detail("detail");
        ui.warn("warning");
        ui.hint("hint");
        writeln!(ui.out(), "end").unwrap();
    }

    #[test]
    fn lines_come_in_the_order_they_were_made() {
        assert_eq!(shown(Settings::default(), talk), "answer\nstatus\nwarning: warning\n  hint\nend\n");
    }

    #[test]
    fn quiet_and_verbose_decide_what_is_said() {
        let quiet = Settings { quiet: true, ..Settings::default() };
        assert_eq!(shown(quiet, talk), "answer\nwarning: warning\nend\n");
        let verbose = Settings { verbose: 1, ..Settings::default() };
        assert!(shown(verbose, talk).contains("detail\n"));
    }

    #[test]
    fn hints_share_a_line_and_stand_below_the_error() {
        let error = Error::usage("no profile `dmeo`").nearest(&["demo", "default"]).hint("weft profile list");
        let error = shown(Settings::default(), |ui| ui.error(&error));
        assert_eq!(error, "error: no profile `dmeo`\n  the nearest: demo, default | weft profile list\n");
    }

    #[test]
    fn color_surrounds_the_word_only() {
        let color = Settings { color: ColorChoice::Always, ..Settings::default() };
        assert_eq!(shown(color, |ui| ui.warn("x")), "\u{1b}[1m\u{1b}[33mwarning\u{1b}[0m: x\n");
    }

    #[test]
    fn short_work_shows_no_progress() {
        let environment = Environment { stderr_terminal: true, ..Environment::default() };
        let seen = Seen::default();
        let mut ui = Ui::on(Box::new(io::sink()), Box::new(seen.clone()), Settings::default(), environment);
        let progress = ui.progress("reading", Some(2));
        progress.advance();
        ui.status("between");
        let dropping = Instant::now();
        drop(progress);
        assert!(dropping.elapsed() < Duration::from_millis(400), "nobody waits for the bar");
        assert_eq!(seen.text(), "between\n");
    }
}
