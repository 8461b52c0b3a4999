//! Finding and reading `weft.toml`.

use std::path::{Path, PathBuf};

use super::{Failure, read};
use crate::config::{Config, places};
use crate::error::Error;

/// The configuration of a file that was named, else of the nearest `weft.toml` from the working directory upwards, else
/// one that says nothing.
pub fn config(named: Option<&Path>) -> Result<Config, Error> {
    let Some(path) = named.map(Path::to_path_buf).or_else(nearest) else { return Ok(Config::default()) };
    let name = path.to_string_lossy().into_owned();
    let text = read::file(&path, &name).map_err(Failure::into_error)?;
    Config::parse(&text).map_err(|error| {
        let place = error.line.map_or(name.clone(), |line| format!("{name}:{line}"));
        Error::usage(format!("{place}: {}", error.message))
    })
}

fn nearest() -> Option<PathBuf> {
    let here = std::env::current_dir().ok()?;
    places(&here).find(|path| path.is_file())
}
