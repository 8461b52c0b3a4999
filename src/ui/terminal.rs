//! What the two streams lead to, and what may therefore be written on them.

use std::io::IsTerminal;

use clap::ValueEnum;

/// When to colour, as typed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum ColorChoice {
    /// On a terminal, unless `NO_COLOR` or `TERM=dumb` says otherwise.
    #[default]
    Auto,
    /// Even into a file or a pipe.
    Always,
    /// Never.
    Never,
}

/// The facts about the process's surroundings that decide how output looks. Gathered once, in main.
#[derive(Clone, Debug, Default)]
pub struct Environment {
    /// stdout is a terminal.
    pub stdout_terminal: bool,
    /// stderr is a terminal.
    pub stderr_terminal: bool,
    /// `NO_COLOR` is set and not empty (<https://no-color.org>).
    pub no_color: bool,
    /// `CLICOLOR_FORCE` is set, and neither empty nor `0`.
    pub force_color: bool,
    /// `TERM` is `dumb`: no colour, no moving cursor.
    pub dumb: bool,
    /// The locale's characters are UTF-8.
    pub utf8: bool,
}

impl Environment {
    /// The surroundings of this process.
    pub fn detect() -> Self {
        let set = |name| variable(name).is_some_and(|value| !value.is_empty());
        Self {
            stdout_terminal: std::io::stdout().is_terminal(),
            stderr_terminal: std::io::stderr().is_terminal(),
            no_color: set("NO_COLOR"),
            force_color: set("CLICOLOR_FORCE") && variable("CLICOLOR_FORCE").as_deref() != Some("0"),
            dumb: variable("TERM").as_deref() == Some("dumb"),
            utf8: cfg!(windows) || utf8(["LC_ALL", "LC_CTYPE", "LANG"].map(variable)),
        }
    }

    /// Whether a stream gets colour.
    pub(super) fn color(&self, choice: ColorChoice, terminal: bool) -> bool {
        match choice {
            ColorChoice::Always => true,
            ColorChoice::Never => false,
            ColorChoice::Auto if self.no_color => false,
            ColorChoice::Auto => self.force_color || (terminal && !self.dumb),
        }
    }
}

/// The first variable that is not empty names the locale, in the order of POSIX.
fn utf8(variables: [Option<String>; 3]) -> bool {
    let locale = variables.into_iter().flatten().find(|value| !value.is_empty()).unwrap_or_default();
    let locale = locale.to_ascii_lowercase();
    locale.contains("utf-8") || locale.contains("utf8")
}

#[expect(clippy::disallowed_methods, reason = "the environment is read here")]
fn variable(name: &str) -> Option<String> {
    std::env::var_os(name).map(|value| value.to_string_lossy().into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn color_follows_the_flag_then_the_environment_then_the_terminal() {
        let plain = Environment::default();
        let no_color = Environment { no_color: true, force_color: true, ..plain.clone() };
        let forced = Environment { force_color: true, ..plain.clone() };
        let dumb = Environment { dumb: true, ..plain.clone() };
        assert!(plain.color(ColorChoice::Auto, true) && !plain.color(ColorChoice::Auto, false));
        assert!(plain.color(ColorChoice::Always, false) && !forced.color(ColorChoice::Never, true));
        assert!(!no_color.color(ColorChoice::Auto, true) && no_color.color(ColorChoice::Always, false));
        assert!(forced.color(ColorChoice::Auto, false));
        assert!(!dumb.color(ColorChoice::Auto, true));
    }

    #[test]
    fn the_locale_says_whether_it_is_utf8() {
        let of =
            |all: &str, ctype: &str, lang: &str| utf8([all, ctype, lang].map(|text| Some(text.to_owned())));
        assert!(of("", "", "de_DE.UTF-8") && of("", "C.utf8", "C"));
        assert!(!of("C", "", "de_DE.UTF-8") && !of("", "", "") && !utf8([None, None, None]));
    }
}
