//! The set of resources under analysis and the typed views over them.

mod kinds;

pub use kinds::Kind;
