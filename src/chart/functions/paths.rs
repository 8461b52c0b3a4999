//! Paths with slashes, as Go's package path has them.

use super::alias;
use crate::template::{Functions, Param, Signature};

const ONE: Signature = Signature::fixed(&[Param::Str]);

/// Adds the functions: those of the operating system are the same.
pub(super) fn add(functions: &mut Functions) {
    alias(functions, &["base", "osBase"], ONE, |_, args| Ok(base(&args.str(0)).into()));
    alias(functions, &["dir", "osDir"], ONE, |_, args| {
        let path = args.str(0);
        Ok(clean(path.rfind('/').map_or("", |slash| &path[..=slash])).into())
    });
    alias(functions, &["clean", "osClean"], ONE, |_, args| Ok(clean(&args.str(0)).into()));
    alias(functions, &["ext", "osExt"], ONE, |_, args| {
        let path = args.str(0);
        let file = path.rsplit('/').next().unwrap_or("");
        Ok(file.rfind('.').map_or("", |dot| &file[dot..]).into())
    });
    alias(functions, &["isAbs", "osIsAbs"], ONE, |_, args| Ok(args.str(0).starts_with('/').into()));
}

fn base(path: &str) -> &str {
    match path.trim_end_matches('/') {
        "" if path.is_empty() => ".",
        "" => "/",
        trimmed => trimmed.rsplit('/').next().unwrap_or(trimmed),
    }
}

/// The shortest path that means the same.
fn clean(path: &str) -> String {
    let rooted = path.starts_with('/');
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." if parts.last().is_some_and(|last| *last != "..") => drop(parts.pop()),
            ".." if rooted => {}
            other => parts.push(other),
        }
    }
    let joined = parts.join("/");
    match (rooted, joined.is_empty()) {
        (true, _) => format!("/{joined}"),
        (false, true) => ".".into(),
        (false, false) => joined,
    }
}
