//! Files that weft writes: whole, or not at all.

use std::fs::{self, Metadata, Permissions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use tempfile::{Builder, NamedTempFile, TempDir};

use crate::error::{Error, ErrorKind, Result};

/// What a new file may contain. One that is already there keeps its own permissions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Content {
    /// Anything that others may read: 0666 less the umask.
    Public,
    /// Keys and the like: 0600.
    Secret,
}

/// Replaces a file, or makes it, in one step: who reads it meanwhile sees the old text or the new, and a run that is
/// interrupted or finds the disk full leaves the old text and no litter. (It does not wait for the disk, so a power
/// cut is another matter.) Links are followed; what is not a regular file (`/dev/stdout`, a pipe) is written directly.
pub fn write_atomic(path: &Path, bytes: &[u8], content: Content) -> Result<()> {
    replace(path, bytes, content).map_err(|error| Error::write(path.display(), error))
}

/// Makes a folder and those above it; one that is there already is fine.
pub fn make_folder(path: &Path) -> Result<()> {
    fs::create_dir_all(path).map_err(|error| Error::write(path.display(), error))
}

/// A folder for the time of a run: it goes when the value is dropped.
pub fn temporary_folder() -> Result<TempDir> {
    let made = Builder::new().prefix("weft-").tempdir();
    made.map_err(|error| Error::new(ErrorKind::Output, "failed to make a temporary folder").because(error))
}

fn replace(path: &Path, bytes: &[u8], content: Content) -> io::Result<()> {
    let (path, old) = match fs::metadata(path) {
        Ok(metadata) if metadata.is_dir() => return Err(io::ErrorKind::IsADirectory.into()),
        Ok(metadata) if metadata.is_file() => (fs::canonicalize(path)?, Some(metadata)),
        Ok(_) => return fs::OpenOptions::new().write(true).open(path)?.write_all(bytes),
        Err(error) if error.kind() == io::ErrorKind::NotFound => (path.to_owned(), None),
        Err(error) => return Err(error),
    };
    let mut file = temporary(&path, content)?;
    file.write_all(bytes)?;
    if let Some(old) = old {
        keep(&file, &old)?;
    }
    // Dropped without this, the temporary file removes itself.
    file.persist(&path)?;
    Ok(())
}

/// In the same directory, because a rename does not cross file systems.
fn temporary(path: &Path, content: Content) -> io::Result<NamedTempFile> {
    let directory = path.parent().filter(|parent| !parent.as_os_str().is_empty());
    let directory = directory.map_or_else(|| PathBuf::from("."), Path::to_owned);
    let mut builder = Builder::new();
    builder.prefix(".weft-");
    if let Some(permissions) = permissions(content) {
        builder.permissions(permissions);
    }
    builder.tempfile_in(directory)
}

#[cfg(unix)]
fn permissions(content: Content) -> Option<Permissions> {
    use std::os::unix::fs::PermissionsExt;
    Some(Permissions::from_mode(match content {
        Content::Public => 0o666,
        Content::Secret => 0o600,
    }))
}

#[cfg(not(unix))]
fn permissions(_: Content) -> Option<Permissions> {
    None
}

fn keep(file: &NamedTempFile, old: &Metadata) -> io::Result<()> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::{MetadataExt, fchown};
        // Only root may give files away; for everybody else it is their own already.
        let _ = fchown(file.as_file(), Some(old.uid()), Some(old.gid()));
    }
    file.as_file().set_permissions(old.permissions())
}

#[cfg(test)]
#[cfg(unix)]
#[expect(clippy::disallowed_methods, reason = "tests look at what was written")]
mod tests {
    use super::*;
    use std::os::unix::fs::{PermissionsExt, symlink};

    fn names(directory: &Path) -> Vec<String> {
        let entries = fs::read_dir(directory).unwrap();
        let mut names: Vec<_> =
            entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    fn mode(path: &Path) -> u32 {
        fs::metadata(path).unwrap().permissions().mode() & 0o777
    }

    #[test]
    fn secrets_are_private_and_old_files_keep_their_mode() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("a");
        write_atomic(&path, b"one", Content::Secret).unwrap();
        assert_eq!(mode(&path), 0o600);
        fs::set_permissions(&path, Permissions::from_mode(0o751)).unwrap();
        write_atomic(&path, b"two", Content::Secret).unwrap();
        assert_eq!((mode(&path), fs::read(&path).unwrap().as_slice()), (0o751, b"two".as_slice()));
        assert_eq!(names(directory.path()), ["a"]);
    }

    #[test]
    fn links_stay_links() {
        let directory = tempfile::tempdir().unwrap();
        let (link, target) = (directory.path().join("link"), directory.path().join("target"));
        fs::write(&target, "old").unwrap();
        symlink("target", &link).unwrap();
        write_atomic(&link, b"new", Content::Public).unwrap();
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        assert_eq!(fs::read(&target).unwrap(), b"new");
    }

    #[test]
    fn failures_name_the_file_and_leave_nothing() {
        let directory = tempfile::tempdir().unwrap();
        let error = write_atomic(directory.path(), b"x", Content::Public).unwrap_err();
        assert!(error.to_string().ends_with("`: is a directory"), "{error}");
        let missing = directory.path().join("no/such");
        assert!(write_atomic(&missing, b"x", Content::Public).is_err());
        assert!(names(directory.path()).is_empty());
    }

    #[test]
    fn devices_are_written_to() {
        write_atomic(Path::new("/dev/null"), b"x", Content::Public).unwrap();
        let full = write_atomic(Path::new("/dev/full"), b"x", Content::Public).unwrap_err();
        assert_eq!(full.to_string(), "failed to write `/dev/full`: no space left on device");
    }
}
