//! The integration tests: one binary, a module for each part.
#![expect(clippy::disallowed_methods, reason = "tests read files and the environment")]

#[cfg(unix)]
mod install;
mod tidy;
