//! Go's strings: bytes, nearly always UTF-8.

use std::borrow::Cow;
use std::fmt;
use std::rc::Rc;

/// A string as Go has it: any bytes. Cheap to clone.
///
/// Charts do carry bytes that are no text: `.Files.Get "logo.png" | b64enc` must give back what lies in the file.
#[derive(Clone)]
pub struct Str(Bytes);

/// `Raw` is kept for what is no UTF-8, so that two equal strings have one form.
#[derive(Clone)]
enum Bytes {
    Text(Rc<str>),
    Raw(Rc<[u8]>),
}

impl Str {
    /// A string of these bytes.
    pub fn from_bytes(bytes: Vec<u8>) -> Self {
        match String::from_utf8(bytes) {
            Ok(text) => text.into(),
            Err(error) => Self(Bytes::Raw(error.into_bytes().into())),
        }
    }

    /// Its bytes.
    pub fn as_bytes(&self) -> &[u8] {
        match &self.0 {
            Bytes::Text(text) => text.as_bytes(),
            Bytes::Raw(bytes) => bytes,
        }
    }

    /// The text, if it is one.
    pub fn as_str(&self) -> Option<&str> {
        match &self.0 {
            Bytes::Text(text) => Some(text),
            Bytes::Raw(_) => None,
        }
    }

    /// The text; what is no UTF-8 reads as U+FFFD, as where Go takes a string rune by rune.
    pub fn to_str(&self) -> Cow<'_, str> {
        match &self.0 {
            Bytes::Text(text) => Cow::Borrowed(text),
            Bytes::Raw(bytes) => String::from_utf8_lossy(bytes),
        }
    }

    /// The text to share, as the key of a map needs it.
    pub fn to_rc(&self) -> Rc<str> {
        match &self.0 {
            Bytes::Text(text) => text.clone(),
            Bytes::Raw(bytes) => String::from_utf8_lossy(bytes).into(),
        }
    }

    /// The number of bytes.
    pub fn len(&self) -> usize {
        self.as_bytes().len()
    }

    /// Whether there is nothing in it.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

impl Default for Str {
    fn default() -> Self {
        "".into()
    }
}

impl From<&str> for Str {
    fn from(text: &str) -> Self {
        Self(Bytes::Text(text.into()))
    }
}

impl From<String> for Str {
    fn from(text: String) -> Self {
        Self(Bytes::Text(text.into()))
    }
}

impl From<Rc<str>> for Str {
    fn from(text: Rc<str>) -> Self {
        Self(Bytes::Text(text))
    }
}

impl From<Cow<'_, str>> for Str {
    fn from(text: Cow<'_, str>) -> Self {
        Self(Bytes::Text(text.into()))
    }
}

impl PartialEq for Str {
    fn eq(&self, other: &Self) -> bool {
        self.as_bytes() == other.as_bytes()
    }
}

impl Eq for Str {}

impl PartialOrd for Str {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Str {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.as_bytes().cmp(other.as_bytes())
    }
}

impl fmt::Debug for Str {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.to_str(), f)
    }
}
