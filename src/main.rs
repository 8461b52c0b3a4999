//! The binary: hands the command line to the library and ends with the exit code that it gives.

use std::process::ExitCode;

use weft::ui::Environment;

fn main() -> ExitCode {
    weft::error::record_panics();
    weft::cli::run(std::env::args_os().collect(), Environment::detect()).into()
}
