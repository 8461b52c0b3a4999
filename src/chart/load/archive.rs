//! The files of an archive: what `helm package` makes. A path that leaves the chart, and every link, is refused.

use super::gzip::{self, unpack};
use super::tar::{Entry, Kind, entries};
use super::{Budget, File, LARGEST_CHART, without_mark};
use crate::error::{Error, Result};

pub(super) fn files(name: &str, bytes: &[u8], budget: &mut Budget) -> Result<Vec<File>> {
    let fail = |why: String| Error::unreadable(format!("`{name}`: {why}"));
    if !bytes.starts_with(gzip::MAGIC) {
        return Err(fail("neither a folder nor a gzipped archive".to_owned())
            .hint("a chart is a folder with a Chart.yaml, or what `helm package` makes of it"));
    }
    // Headers and the filling between files come on top of what the files may hold.
    let tar = unpack(bytes, LARGEST_CHART + (LARGEST_CHART >> 2)).map_err(fail)?;
    let mut found = Vec::new();
    for entry in entries(&tar).map_err(fail)? {
        let path = match entry.kind {
            Kind::Folder => continue,
            Kind::Other | Kind::Link => {
                let why = format!("`{}` is no regular file; a chart holds files only", entry.name);
                return Err(fail(why));
            }
            Kind::File => path(&entry).map_err(fail)?,
        };
        budget.take(&format!("{name}: {path}"), entry.data.len())?;
        found.push(File { name: path.into(), data: without_mark(entry.data) });
    }
    match found.is_empty() {
        true => Err(fail("an archive without files".to_owned())),
        false => Ok(found),
    }
}

/// The path in the chart: without the folder that everything lies in, without `.` and `..`.
fn path(entry: &Entry<'_>) -> Result<String, String> {
    let name = entry.name.replace('\\', "/");
    let outside = || format!("`{}` leads out of the chart", entry.name);
    let (top, inside) = name.split_once('/').unwrap_or((&name, ""));
    if top == "Chart.yaml" {
        return Err("Chart.yaml lies at the top of the archive; it belongs in the chart's folder".to_owned());
    }
    if inside.starts_with('/') {
        return Err(outside());
    }
    let mut parts = Vec::new();
    for part in inside.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop().ok_or_else(outside)?),
            _ => parts.push(part),
        }
    }
    let drive =
        |part: &&str| part.len() == 2 && part.ends_with(':') && part.as_bytes()[0].is_ascii_alphabetic();
    match parts.is_empty() || parts.first().is_some_and(drive) {
        true => Err(outside()),
        false => Ok(parts.join("/")),
    }
}
