//! The integration tests: one binary, a module for each part; the real binary is judged by what it prints and how it
//! ends.
#![expect(clippy::disallowed_methods, reason = "tests read files and the environment")]

mod agreement;
mod analyze;
mod bad_input;
mod cli;
mod findings;
#[cfg(unix)]
mod helm;
mod install;
mod mutations;
mod pages;
#[cfg(unix)]
mod readme;
mod rules;
mod support;
mod template;
mod tidy;
mod validate;
