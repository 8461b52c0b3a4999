//! Why a function fails.

use crate::template::Error;

/// Why a function fails: a fragment, and the failure of a template that it rendered, if that was the reason.
#[derive(Debug)]
pub struct Fault {
    /// What is wrong; empty where the cause says it all.
    pub message: String,
    /// The failure of the template that the function rendered.
    pub cause: Option<Box<Error>>,
}

impl Fault {
    /// A failure for this reason.
    pub fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), cause: None }
    }
}

impl From<&str> for Fault {
    fn from(message: &str) -> Self {
        Self::new(message)
    }
}

impl From<String> for Fault {
    fn from(message: String) -> Self {
        Self::new(message)
    }
}

impl From<Box<Error>> for Fault {
    fn from(error: Box<Error>) -> Self {
        Self { message: String::new(), cause: Some(error) }
    }
}
