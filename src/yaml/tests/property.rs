//! Whatever is written, both parsers read it alike.

use proptest::prelude::*;

use super::parse;

fn config() -> ProptestConfig {
    ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() }
}

/// A scalar, and whether it may stand in brackets.
fn scalar() -> impl Strategy<Value = String> {
    let written: &'static [&'static str] = &[
        "a",
        "web",
        "true",
        "80",
        "-1",
        "~",
        "null",
        "1.5",
        "a b",
        "x:y",
        "x#y",
        "''",
        "\"\"",
        "'it''s'",
        "\"a\\tb\"",
        "\"\\u00e9\"",
        "http://x:80/y",
        "-x",
        "?x",
        "é",
        "v1",
        "\"a: b\"",
        "'# c'",
        "{}",
        "[]",
        "*x",
        "&x y",
        "!!str 3",
        "",
    ];
    prop::sample::select(written).prop_map(str::to_string)
}

fn key() -> impl Strategy<Value = String> {
    let written: &'static [&'static str] =
        &["a", "b", "name", "x-y", "app.io/name", "'q'", "\"d\"", "k k", "80", "yes", "<<", "a#b"];
    prop::sample::select(written).prop_map(str::to_string)
}

/// What may stand behind a value in its line.
fn tail() -> impl Strategy<Value = &'static str> {
    prop::sample::select([" ", "", "", "", " # c", "  ", "\n", "\n# c", "\n\n  # d"].as_slice())
}

fn block_text() -> impl Strategy<Value = String> {
    let header = prop::sample::select(["|", ">", "|-", ">-", "|+", ">+", "|2", "| # c"].as_slice());
    let line =
        prop::sample::select(["x", "y z", "", "  deeper", "# no comment", "- a", "a: b", "\tt"].as_slice());
    (header, prop::collection::vec(line, 0..5))
        .prop_map(|(header, lines)| format!("{header}\n{}", lines.join("\n")))
}

fn flow() -> impl Strategy<Value = String> {
    scalar().prop_recursive(3, 12, 4, |inner| {
        let item = (inner.clone(), prop::sample::select([", ", ",", " ,\n  ", ",\n"].as_slice()));
        let entry = (key(), prop::sample::select([": ", ":  ", " : "].as_slice()), item.clone());
        prop_oneof![
            prop::collection::vec(item, 0..4).prop_map(|items| {
                let items: String = items.into_iter().map(|(item, separator)| item + separator).collect();
                format!("[{items}]")
            }),
            prop::collection::vec(entry, 0..4).prop_map(|entries| {
                let written = |(key, colon, (value, separator))| format!("{key}{colon}{value}{separator}");
                format!("{{ {} }}", entries.into_iter().map(written).collect::<String>())
            }),
        ]
    })
}

fn indent(text: &str, by: usize) -> String {
    let pad = " ".repeat(by);
    text.lines()
        .map(|line| if line.is_empty() { "\n".to_string() } else { format!("{pad}{line}\n") })
        .collect()
}

/// Lines of a block node, not indented.
fn block() -> impl Strategy<Value = String> {
    let value = prop_oneof![4 => scalar(), 1 => flow(), 1 => block_text()];
    let leaf = (value, tail()).prop_map(|(value, tail)| value + tail);
    leaf.prop_recursive(4, 24, 4, |inner| {
        prop_oneof![
            prop::collection::vec((key(), inner.clone(), 0..4usize), 1..4).prop_map(|entries| {
                let written = |(key, value, by): (String, String, usize)| {
                    let inline = !value.contains(": ") && !value.starts_with("- ") && by != 3;
                    let body = indent(&value, by);
                    if inline { format!("{key}: {}", body.trim_start()) } else { format!("{key}:\n{body}") }
                };
                entries.into_iter().map(written).collect::<String>()
            }),
            prop::collection::vec((inner, 1..3usize), 1..4).prop_map(|items| {
                let written = |(item, by): (String, usize)| {
                    let body = indent(&item, 1 + by);
                    format!("-{}", body.get(1..).unwrap_or("\n"))
                };
                items.into_iter().map(written).collect::<String>()
            }),
        ]
    })
}

fn stream() -> impl Strategy<Value = String> {
    let mark = prop::sample::select(["---\n", "--- # c\n", "---\n\n", "...\n", "# c\n---\n"].as_slice());
    (prop::collection::vec((block(), mark), 1..3), any::<bool>()).prop_map(|(documents, returns)| {
        let text: String = documents.into_iter().map(|(block, mark)| block + mark).collect();
        if returns { text.replace('\n', "\r\n") } else { text }
    })
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn common_shapes_read_alike(text in stream()) {
        parse(&text);
    }

    #[test]
    fn changed_texts_read_alike(
        text in stream(),
        edits in prop::collection::vec((any::<prop::sample::Index>(), 0..4usize, ".{0,2}|[-:#&*!|>'\"{}\\[\\],?%@` \n\t]{1,3}"), 1..5),
    ) {
        let mut text: Vec<char> = text.chars().collect();
        for (place, removed, added) in edits {
            let start = place.index(text.len() + 1);
            let end = (start + removed).min(text.len());
            text.splice(start..end, added.chars());
        }
        parse(&text.into_iter().collect::<String>());
    }
}
