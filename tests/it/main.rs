//! The integration tests.
#![expect(clippy::disallowed_methods, reason = "tests read files and the environment")]

#[cfg(unix)]
mod install;
mod tidy;
