//! The binary: parses the command line, runs it, and ends with the exit code that it gives.

fn main() {}
