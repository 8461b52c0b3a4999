//! Replays what the fuzzer starts from, so that nothing it found comes back unseen.

use std::path::Path;

use super::parse;

#[test]
#[expect(clippy::disallowed_methods, reason = "the corpus lies in files")]
fn replays_the_corpus() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus/yaml");
    let entries = folder.read_dir().expect("the corpus is committed");
    let mut count = 0;
    for entry in entries {
        let bytes = std::fs::read(entry.expect("a readable folder").path()).expect("a readable file");
        parse(&String::from_utf8_lossy(&bytes));
        count += 1;
    }
    assert!(count > 40);
}
