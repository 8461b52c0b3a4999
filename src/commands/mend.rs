//! `--fix` and `--diff`: the repairs that have one right answer, made or shown.

use std::path::Path;

use similar::{ChangeTag, TextDiff};

use super::findings::Round;
use crate::error::{Error, Result};
use crate::finding::{Repaired, repair};
use crate::source::{FileId, Origin};
use crate::ui::file::{Content, write_atomic};
use crate::ui::{Ui, count, paint};
use crate::yaml::{self, ProblemKind};

/// Lines around a change.
const CONTEXT: usize = 3;

/// The repaired texts of the files that were read: those that can be read as well as before.
fn repaired(round: &Round) -> Vec<Repaired<'_>> {
    let sources = &round.loaded.sources;
    let on_disk = |made: &Repaired<'_>| sources.get(made.file).origin == Origin::Disk;
    let sound = |made: &Repaired<'_>| broken(&made.text) <= broken(&sources.get(made.file).text);
    repair(&round.analysis.findings, sources).into_iter().filter(on_disk).filter(sound).collect()
}

/// How much of a text is no YAML.
fn broken(text: &str) -> usize {
    let tree = yaml::parse(FileId::new(0), text.to_owned().into());
    tree.problems.iter().filter(|problem| !matches!(problem.kind, ProblemKind::DuplicateKey { .. })).count()
}

/// Writes the repairs into their files, each whole or not at all, and says what was done; how many there were.
pub(super) fn write(round: &Round, ui: &mut Ui) -> Result<usize> {
    let mut all = 0;
    for made in repaired(round) {
        let name = &round.loaded.sources.get(made.file).name;
        write_atomic(Path::new(name), made.text.as_bytes(), Content::Public)?;
        ui.status(format!("{name}: fixed {}", count(made.fixed.len(), "finding")));
        for finding in &made.fixed {
            ui.detail(format!("  {}: {}", finding.rule.name, finding.message));
        }
        all += made.fixed.len();
    }
    Ok(all)
}

/// Prints what the repairs would change, as `diff -u` does; whether they would change anything.
pub(super) fn show(round: &Round, ui: &mut Ui) -> Result<bool> {
    let made = repaired(round);
    for made in &made {
        let file = round.loaded.sources.get(made.file);
        let diff = TextDiff::from_lines(file.text.as_str(), made.text.as_str());
        let palette = ui.palette();
        writeln!(ui.out(), "{}", paint(palette.strong, format!("--- {}", file.name)))?;
        writeln!(ui.out(), "{}", paint(palette.strong, format!("+++ {}", file.name)))?;
        for hunk in diff.unified_diff().context_radius(CONTEXT).iter_hunks() {
            writeln!(ui.out(), "{}", paint(palette.dim, hunk.header()))?;
            for change in hunk.iter_changes() {
                let (sign, style) = match change.tag() {
                    ChangeTag::Delete => ("-", palette.error),
                    ChangeTag::Insert => ("+", palette.good),
                    ChangeTag::Equal => (" ", palette.dim),
                };
                let line = change.value();
                writeln!(
                    ui.out(),
                    "{}",
                    paint(style, format!("{sign}{}", line.trim_end_matches(['\n', '\r'])))
                )?;
                if change.missing_newline() {
                    writeln!(ui.out(), "\\ No newline at end of file")?;
                }
            }
        }
    }
    Ok(!made.is_empty())
}

/// What is said where nothing can be written.
pub(super) fn refuse_stdin() -> Error {
    Error::usage("stdin cannot be fixed in place").hint("weft analyze FILE --fix")
}
