//! Templates and what Go makes of them, over the data of [`super::generate::data`]. The differential test asks Go again.

mod builtins;
mod control;
mod definitions;
mod formats;
mod literals;
mod text;
mod values;

pub(super) fn all() -> impl Iterator<Item = (&'static str, &'static str)> {
    let tables = [
        text::CASES,
        literals::CASES,
        values::CASES,
        control::CASES,
        definitions::CASES,
        builtins::CASES,
        formats::CASES,
    ];
    tables.into_iter().flatten().copied()
}
