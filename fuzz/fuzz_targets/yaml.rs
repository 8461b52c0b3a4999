//! Never panics, gives places that exist, and reads the same with either parser.
//!
//! `RUSTC_BOOTSTRAP=1 cargo fuzz run yaml`

#![no_main]

use libfuzzer_sys::fuzz_target;

use crate::source::FileId;

#[path = "../../src/yaml/tests/check.rs"]
mod check;
#[path = "../../src/source.rs"]
pub mod source;
#[path = "../../src/yaml/mod.rs"]
pub mod yaml;

fuzz_target!(|text: &str| {
    let text = source::Text::from(text);
    let tree = yaml::parse(FileId::new(0), text.clone());
    let full = yaml::parse_full_only(FileId::new(0), text);
    check::places(&tree);
    check::places(&full);
    check::same(&tree, &full);
});
