//! The integration tests: the real binary, judged by what it prints and how it ends.

mod cli;
mod support;
