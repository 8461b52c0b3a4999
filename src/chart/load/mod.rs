//! Charts out of folders, archives and the binary itself.

mod archive;
mod assemble;
mod directory;
mod gzip;
mod ignore;
mod tar;

use std::path::Path;
use std::rc::Rc;

use super::Warnings;
use super::chart::Chart;
use crate::error::{Error, Result};

/// Where a chart lies.
#[derive(Clone, Copy, Debug)]
pub enum Source<'a> {
    /// A folder or an archive.
    Path(&'a Path),
    /// Files in memory, by their paths in the chart.
    Embedded(&'a [(&'a str, &'a [u8])]),
}

/// A file of a chart.
#[derive(Clone, Debug)]
pub struct File {
    /// Its path in the chart, with `/`.
    pub name: Rc<str>,
    /// What it holds.
    pub data: Rc<[u8]>,
}

/// What loading may take: Helm's bounds, and two of weft's own, on the number of files and the depth of archives in
/// archives. One budget serves a chart and all of its subcharts.
#[derive(Debug)]
pub(super) struct Budget {
    bytes: usize,
    files: usize,
}

const LARGEST_CHART: usize = 100 << 20;
const LARGEST_FILE: usize = 5 << 20;
const MOST_FILES: usize = 20_000;
const DEEPEST: usize = 32;

impl Budget {
    fn new() -> Self {
        Self { bytes: LARGEST_CHART, files: MOST_FILES }
    }

    /// Takes one file of this size.
    fn take(&mut self, name: &str, size: usize) -> Result<()> {
        if size > LARGEST_FILE {
            let message = format!(
                "`{name}` is larger than {} MiB, the limit for a file of a chart",
                LARGEST_FILE >> 20
            );
            return Err(Error::unreadable(message));
        }
        let (Some(bytes), Some(files)) = (self.bytes.checked_sub(size), self.files.checked_sub(1)) else {
            let (most, mib) = (MOST_FILES, LARGEST_CHART >> 20);
            return Err(Error::unreadable(format!(
                "the chart holds more than {mib} MiB or {most} files, the limit"
            )));
        };
        (self.bytes, self.files) = (bytes, files);
        Ok(())
    }
}

/// Loads a chart and its subcharts.
pub fn load(source: Source<'_>, warnings: &mut Warnings) -> Result<Chart> {
    let mut budget = Budget::new();
    let (name, files) = match source {
        Source::Path(path) => (path.display().to_string(), read(path, &mut budget)?),
        Source::Embedded(files) => {
            let file = |(name, data): &(&str, &[u8])| File { name: Rc::from(*name), data: Rc::from(*data) };
            ("embedded chart".to_owned(), files.iter().map(file).collect())
        }
    };
    assemble::chart(&name, None, files, &mut budget, 0, warnings)
}

#[expect(clippy::disallowed_methods, reason = "chart is where charts are read")]
fn read(path: &Path, budget: &mut Budget) -> Result<Vec<File>> {
    let metadata = std::fs::metadata(path).map_err(|error| Error::read(path.display(), error))?;
    if metadata.is_dir() {
        return directory::files(path, budget);
    }
    let name = path.display().to_string();
    if metadata.len() > LARGEST_CHART as u64 {
        return Err(Error::unreadable(format!("`{name}` is larger than {} MiB", LARGEST_CHART >> 20)));
    }
    let bytes = std::fs::read(path).map_err(|error| Error::read(&name, error))?;
    archive::files(&name, &bytes, budget)
}

/// The data of a file, without the mark that some editors begin with.
fn without_mark(bytes: &[u8]) -> Rc<[u8]> {
    bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).into()
}
