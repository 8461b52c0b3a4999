//! The integration tests.

mod findings;
