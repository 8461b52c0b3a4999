//! Runs every rule's page: each `yaml` block must give exactly the `text` block behind it, and nothing where there is
//! none. `UPDATE=1` writes the `text` blocks anew; read what it wrote.

use std::path::PathBuf;

use weft::analysis::{Analysis, Question, analyze};
use weft::finding::render::{self, Format, Options, Report};
use weft::finding::{self, Summary};
use weft::load::Loaded;
use weft::model::World;
use weft::rules::{self, Registered};

#[test]
fn every_page_matches_its_rule() {
    let update = std::env::var_os("UPDATE").is_some();
    let mut wrong = vec![];
    for entry in rules::ALL {
        let name = entry.meta().name;
        let blocks = blocks(entry.meta().page);
        let (mut fires, mut quiet, mut page) = (false, false, String::new());
        for block in &blocks {
            match block {
                Block::Prose(text) => page += text,
                Block::Example { info, yaml, want } => {
                    let got = findings(*entry, info, yaml);
                    (fires, quiet) = (fires || !got.is_empty(), quiet || got.is_empty());
                    if got.trim() != want.trim() && !update {
                        wrong.push(format!("{name}:\n--- wanted\n{want}\n--- got\n{got}\n"));
                    }
                    page += &format!("```{info}\n{yaml}```\n");
                    if !got.is_empty() {
                        page += &format!("\n```text\n{}\n```\n", got.trim_end());
                    }
                }
            }
        }
        if !fires || !quiet {
            wrong.push(format!("{name}: a page needs an example that fires and one that does not"));
        }
        if update {
            std::fs::write(path(*entry), page).unwrap();
        }
    }
    assert!(
        wrong.is_empty(),
        "{}\n{} of the pages' examples differ; UPDATE=1 rewrites them",
        wrong.join("\n"),
        wrong.len()
    );
}

#[test]
fn every_page_says_what_is_wrong_what_is_right_and_how_to_silence_it() {
    for entry in rules::ALL {
        let meta = entry.meta();
        let title = format!("# {}\n", meta.name);
        assert!(meta.page.starts_with(&title), "{}: the page starts with its name", meta.name);
        for heading in ["\n## Wrong\n", "\n## Right\n", "\n## Silence it\n"] {
            assert!(meta.page.contains(heading), "{}: no heading{heading}", meta.name);
        }
    }
}

/// What a fix promises: the finding is gone, nothing else is broken, a second time there is nothing to do.
#[test]
fn fixes_end_the_findings_of_every_page() {
    let mut fixing = vec![];
    for entry in rules::ALL {
        for block in blocks(entry.meta().page) {
            let Block::Example { info, yaml, .. } = block else { continue };
            let first = analysis(*entry, &info, &yaml);
            let made = finding::repair(&first.1.findings, &first.0.sources);
            let [made] = &made[..] else { continue };
            fixing.push(entry.meta().name);
            let offered = first.1.findings.iter().filter(|finding| finding.fix.is_some()).count();
            let after = analysis(*entry, &info, &made.text);
            let left = after.1.findings.len();
            let name = entry.meta().name;
            assert!(
                left <= first.1.findings.len() - made.fixed.len(),
                "{name}: a fix ends its finding\n{}",
                made.text
            );
            if offered == made.fixed.len() {
                let again = finding::repair(&after.1.findings, &after.0.sources);
                assert!(again.is_empty(), "{name}: fixed twice\n{}", made.text);
            }
            let broken = rules::find("yaml-syntax").expect("the rule of syntax");
            assert!(analysis(broken, &info, &made.text).1.findings.is_empty(), "{name}\n{}", made.text);
        }
    }
    fixing.dedup();
    assert!(fixing.len() >= 12, "rules with fixes on their pages: {fixing:?}");
}

#[test]
fn names_are_unique_and_kebab_case() {
    let mut names: Vec<&str> = rules::ALL.iter().map(|entry| entry.meta().name).collect();
    for name in &names {
        assert!(name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-'), "{name}");
    }
    names.sort_unstable();
    let before = names.len();
    names.dedup();
    assert_eq!(names.len(), before, "two rules of one name");
}

/// What is found in an example. Words behind `yaml`: `partial` (the input is not all there is), `with=RULE`.
fn analysis(entry: Registered, info: &str, yaml: &str) -> (Loaded, Analysis) {
    let mut world = World { complete: true, ..World::default() };
    let mut rules = vec![entry];
    for word in info.split_whitespace().skip(1) {
        match word.strip_prefix("with=") {
            Some(name) => rules.push(rules::find(name).unwrap_or_else(|| panic!("no rule `{name}`"))),
            None if word == "partial" => world.complete = false,
            None => panic!("{}: an example cannot be `{word}`", entry.meta().name),
        }
    }
    let loaded = Loaded::from_memory(&[("input.yaml", yaml)]);
    let question = Question { world, rules, suppressions: vec![], expired: vec![] };
    let analysis = analyze(&loaded, question);
    assert!(analysis.panicked.is_empty(), "{:?}", analysis.panicked);
    (loaded, analysis)
}

/// The findings of an example as text.
fn findings(entry: Registered, info: &str, yaml: &str) -> String {
    let (loaded, analysis) = analysis(entry, info, yaml);
    let report = Report {
        findings: &analysis.findings,
        sources: &loaded.sources,
        summary: Summary::of(&analysis.findings),
    };
    let mut text = vec![];
    render::render(&report, Format::Text, &Options::default(), &mut text).expect("a Vec takes everything");
    String::from_utf8(text).expect("text is UTF-8")
}

enum Block {
    Prose(String),
    Example { info: String, yaml: String, want: String },
}

/// Prose and examples in turn; the `text` block behind a `yaml` block belongs to it.
fn blocks(page: &str) -> Vec<Block> {
    let mut blocks: Vec<Block> = vec![Block::Prose(String::new())];
    let mut lines = page.lines();
    while let Some(line) = lines.next() {
        let mut body = || {
            let mut body = String::new();
            for line in lines.by_ref().take_while(|line| *line != "```") {
                body += line;
                body.push('\n');
            }
            body
        };
        match line.strip_prefix("```") {
            Some(info) if info.split(' ').next() == Some("yaml") => {
                blocks.push(Block::Example { info: info.into(), yaml: body(), want: String::new() });
                blocks.push(Block::Prose(String::new()));
            }
            Some("text") => {
                let text = body();
                let last = blocks.len() - 2;
                match (blocks.pop(), &mut blocks[last]) {
                    (Some(Block::Prose(between)), Block::Example { want, .. })
                        if between.trim().is_empty() =>
                    {
                        *want = text
                    }
                    _ => panic!("a text block without a yaml block before it"),
                }
                blocks.push(Block::Prose(String::new()));
            }
            _ => {
                let Some(Block::Prose(prose)) = blocks.last_mut() else { unreachable!("prose is last") };
                *prose += line;
                prose.push('\n');
            }
        }
    }
    blocks
}

/// A rule's page in the tree.
fn path(entry: Registered) -> PathBuf {
    let file = format!("{}.md", entry.meta().name.replace('-', "_"));
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("src/rules").join(entry.group).join(file)
}
