//! The one table of kinds that weft knows.

/// A kind that rules can ask for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// Any other object: kept, counted, never dropped.
    Unknown,
}
