//! The files of a folder, in the order of their names, less those that `.helmignore` names.

use std::fs;
use std::path::Path;

use super::ignore::Rules;
use super::{Budget, File, LARGEST_FILE, without_mark};
use crate::error::{Error, Result};

/// Deeper no chart is; links that lead back to a folder above would never end.
const DEEPEST: usize = 64;

pub(super) fn files(root: &Path, budget: &mut Budget) -> Result<Vec<File>> {
    let rules = rules(root)?;
    let mut walk = Walk { rules, budget, found: Vec::new() };
    walk.folder(root, "", 0)?;
    Ok(walk.found)
}

#[expect(clippy::disallowed_methods, reason = "chart is where charts are read")]
fn rules(root: &Path) -> Result<Rules> {
    let path = root.join(".helmignore");
    match fs::read(&path) {
        Ok(bytes) => Rules::parse(&String::from_utf8_lossy(&without_mark(&bytes)))
            .map_err(|why| Error::unreadable(format!("`{}`: {why}", path.display()))),
        Err(_) => Rules::parse("").map_err(Error::bug),
    }
}

struct Walk<'a> {
    rules: Rules,
    budget: &'a mut Budget,
    found: Vec<File>,
}

impl Walk<'_> {
    fn folder(&mut self, path: &Path, name: &str, depth: usize) -> Result<()> {
        let fail = |error| Error::read(path.display(), error);
        if depth > DEEPEST {
            return Err(Error::unreadable(format!(
                "`{}` lies more than {DEEPEST} folders deep",
                path.display()
            )));
        }
        let entries = fs::read_dir(path).map_err(fail)?.collect::<Result<Vec<_>, _>>().map_err(fail)?;
        let mut names: Vec<_> = entries.iter().map(fs::DirEntry::file_name).collect();
        names.sort();
        for own in names {
            let Some(text) = own.to_str() else {
                return Err(Error::unreadable(format!(
                    "`{}`: its name is no text",
                    path.join(own).display()
                )));
            };
            let name = if name.is_empty() { text.to_owned() } else { format!("{name}/{text}") };
            self.entry(&path.join(text), &name, depth)?;
        }
        Ok(())
    }

    /// Links are followed, as by Helm.
    #[expect(clippy::disallowed_methods, reason = "chart is where charts are read")]
    fn entry(&mut self, path: &Path, name: &str, depth: usize) -> Result<()> {
        let fail = |error| Error::read(path.display(), error);
        let metadata = fs::metadata(path).map_err(fail);
        if self.rules.ignore(name, metadata.as_ref().is_ok_and(fs::Metadata::is_dir)) {
            return Ok(());
        }
        let metadata = metadata?;
        if metadata.is_dir() {
            return self.folder(path, name, depth + 1);
        }
        if !metadata.is_file() {
            return Err(Error::unreadable(format!("`{}` is no regular file", path.display())));
        }
        // Asked before the file is read: what is too large is not even looked at.
        let size = usize::try_from(metadata.len()).unwrap_or(LARGEST_FILE + 1);
        self.budget.take(&path.display().to_string(), size)?;
        let data = without_mark(&fs::read(path).map_err(fail)?);
        self.found.push(File { name: name.into(), data });
        Ok(())
    }
}
