//! Documents of every kind, each of their nodes in turn replaced, taken away, written twice or given another key: the
//! rules of the schema neither fail nor point to a place outside of the document. Of the changes each node gets some,
//! and `THOROUGH=1` makes all.

use std::collections::HashSet;
use std::fmt::Write;
use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::prelude::*;
use weft::analysis::{Question, analyze};
use weft::load::Loaded;
use weft::model::World;
use weft::rules::{self, Registered};
use weft::schema::{self, Shape, TypeRef};
use weft::yaml::{Node, Tree};

/// What stands in the place of a node. Aliases refer to [`ANCHORS`].
const VALUES: &[&str] = &[
    "null",
    "\"\"",
    "text",
    "\"{{ x }} \\0 é/:*.%\\n\"",
    "7",
    "-99999999999999999999",
    "1.5e3",
    ".nan",
    "yes",
    "2021-01-01",
    "[]",
    "{}",
    "[text, 1, null, [], {a: b}]",
    "{a: b, 1: {}, é: [null]}",
    "*scalar",
    "*list",
    "*map",
];

/// What stands in the place of a key.
const KEYS: &[&str] = &["1", "null", "\"\"", "[a]", "{a: b}", "<<", "é", "*scalar "];

const ANCHORS: &str = "anchors: [&scalar text, &list [a, {b: 1}], &map {a: 1, host: [b]}]\n";

#[test]
fn what_the_pages_show_can_be_anything_else() {
    let pages = rules::ALL.iter().filter(|entry| entry.group == "schema").map(|entry| entry.meta().page);
    let examples: Vec<&str> = pages.flat_map(examples).collect();
    assert!(examples.len() > 50);
    let texts: Vec<String> = examples.par_iter().flat_map_iter(|text| mutants_of(text)).collect();
    judge(&texts);
}

#[test]
fn every_field_can_be_anything_else() {
    let mut texts = vec![];
    let mut seen = HashSet::new();
    for (kind, group) in schema::kinds() {
        let (schema, definition) = schema::kind(group, kind).unwrap();
        for version in &definition.versions {
            let slash = if group.is_empty() { "" } else { "/" };
            let head = format!(
                "apiVersion: {group}{slash}{}\nkind: {kind}\nmetadata: {{name: a, namespace: istio-system}}\n",
                version.name
            );
            let mut documents = vec![];
            let top = TypeRef { schema, at: version.root };
            fields(top, &mut vec![], &mut seen, &mut |path| of_path(&head, path, &mut documents));
            texts.extend(documents.chunks(256).map(|some| some.concat()));
        }
    }
    judge(&texts);
}

/// Which part of the changes is made: one in this many.
fn share() -> usize {
    if std::env::var_os("THOROUGH").is_some() { 1 } else { 12 }
}

#[test]
fn every_field_of_the_mesh_can_be_anything_else() {
    let map = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: istio, namespace: istio-system}\ndata:\n  ";
    let pod = "apiVersion: v1\nkind: Pod\nmetadata:\n  name: a\n  annotations:\n    proxy.istio.io/config: |\n      ";
    let heads = [
        ("MeshConfig", format!("{map}mesh: |-\n    ")),
        ("MeshNetworks", format!("{map}meshNetworks: |-\n    ")),
        ("ProxyConfig", pod.to_owned()),
    ];
    let mut texts = vec![];
    for (name, head) in heads {
        let mut documents = vec![];
        let top = schema::config(name).unwrap();
        fields(top, &mut vec![], &mut HashSet::new(), &mut |path| of_path(&head, path, &mut documents));
        texts.extend(documents.chunks(256).map(|some| some.concat()));
    }
    judge(&texts);
}

/// Runs the rules over each text.
fn judge(texts: &[String]) {
    let found = AtomicUsize::new(0);
    let wrong: Vec<String> = texts.par_iter().flat_map_iter(|text| faults(text, &found)).collect();
    assert!(found.into_inner() > texts.len(), "hardly anything was found");
    let shown = &wrong[..wrong.len().min(5)];
    assert!(wrong.is_empty(), "{}\n{} in all", shown.join("\n"), wrong.len());
}

fn faults(text: &str, found: &AtomicUsize) -> Vec<String> {
    let loaded = Loaded::from_memory(&[("input.yaml", text)]);
    let of_schema = |entry: &Registered| entry.group == "schema";
    let question = Question {
        world: World { complete: true, ..World::default() },
        rules: rules::ALL.iter().copied().filter(of_schema).collect(),
        suppressions: vec![],
        expired: vec![],
    };
    let analysis = analyze(&loaded, question);
    found.fetch_add(analysis.findings.len(), Ordering::Relaxed);
    let tree = &loaded.manifests[0].tree;
    let mut wrong: Vec<String> = vec![];
    if !analysis.panicked.is_empty() {
        // One document alone is easier to read.
        let alone: Vec<String> = match tree.documents.len() {
            0 | 1 => vec![],
            _ => text.split_inclusive("---\n").flat_map(|text| faults(text, found)).collect(),
        };
        match alone.is_empty() {
            true => wrong.push(format!("{:?} in\n{text}", analysis.panicked)),
            false => return alone,
        }
    }
    for finding in &analysis.findings {
        let name = finding.rule.name;
        let Some(document) = tree.documents.iter().find(|document| document.index == finding.document) else {
            wrong.push(format!("{name} is of no document in\n{text}"));
            continue;
        };
        let edits = finding.fix.iter().flat_map(|fix| fix.edits.iter().map(|edit| edit.span));
        let related = finding.related.iter().map(|label| label.span);
        for span in std::iter::once(finding.primary.span).chain(related).chain(edits) {
            let (range, own) = (span.range(), document.span.range());
            if own.start > range.start || range.end > own.end || text.get(range.clone()).is_none() {
                wrong.push(format!(
                    "{name} points to {range:?}, its document is {own:?}:\n{}",
                    &text[own.clone()]
                ));
            }
        }
    }
    wrong
}

/// The `yaml` blocks of a page.
fn examples(page: &'static str) -> impl Iterator<Item = &'static str> {
    page.split("\n```yaml").skip(1).filter_map(|rest| {
        let (_, rest) = rest.split_once('\n')?;
        Some(rest.split_once("```")?.0)
    })
}

/// Each document of an example with one change after the other: a text for each node.
fn mutants_of(example: &str) -> Vec<String> {
    let loaded = Loaded::from_memory(&[("input.yaml", example)]);
    let tree: &Tree = &loaded.manifests[0].tree;
    let roots: Vec<Node<'_>> = tree.documents.iter().filter_map(|document| tree.root(document)).collect();
    let mut texts = vec![];
    for root in roots {
        let mut printer = Printer { out: String::new(), at: 0, target: usize::MAX, change: Change::Remove };
        printer.print(root, 0);
        let count = printer.at;
        for target in 1..count {
            let mut text = String::new();
            for change in changes(target) {
                let out = if change.needs_anchors() { ANCHORS.to_owned() } else { String::new() };
                let mut printer = Printer { out, at: 0, target, change };
                printer.print(root, 0);
                text += &printer.out;
                text += "\n---\n";
            }
            texts.push(text);
        }
    }
    texts
}

/// What is done with a node.
#[derive(Clone, Copy)]
enum Change {
    Value(&'static str),
    /// Lists or mappings in one another, in great number.
    Deep(&'static str, &'static str),
    Key(&'static str),
    Remove,
    Twice,
}

fn changes(target: usize) -> impl Iterator<Item = Change> {
    let deep = match target % 2 {
        0 => Change::Deep("[", "]"),
        _ => Change::Deep("{a: ", "}"),
    };
    let values = VALUES.iter().copied().map(Change::Value);
    let keys = KEYS.iter().copied().map(Change::Key);
    let all = values.chain(keys).chain([deep, Change::Remove, Change::Twice]);
    // Nodes beside each other get different ones.
    all.skip(target % share()).step_by(share())
}

impl Change {
    fn needs_anchors(self) -> bool {
        matches!(self, Change::Value(text) | Change::Key(text) if text.starts_with('*'))
    }

    fn value(self, out: &mut String) {
        match self {
            Change::Value(text) => out.push_str(text),
            Change::Deep(open, close) => {
                let _ = write!(out, "{}1{}", open.repeat(300), close.repeat(300));
            }
            _ => {}
        }
    }
}

/// Writes a document anew, but for one node.
struct Printer {
    out: String,
    at: usize,
    target: usize,
    change: Change,
}

impl Printer {
    fn print(&mut self, node: Node<'_>, depth: usize) {
        let at = self.at;
        self.at += 1;
        if at == self.target && matches!(self.change, Change::Value(_) | Change::Deep(..)) {
            self.change.value(&mut self.out);
        } else if node.entries().next().is_some() {
            node.entries().for_each(|(key, value)| self.entry(key.text().unwrap_or("?"), value, depth));
        } else if node.items().next().is_some() {
            for item in node.items() {
                if self.at == self.target && matches!(self.change, Change::Remove) {
                    self.skip(item);
                    continue;
                }
                self.line(depth);
                self.out.push_str("- ");
                self.print(item, depth + 1);
            }
        } else if node.is_map() || node.is_seq() {
            self.out.push_str(if node.is_map() { "{}" } else { "[]" });
        } else {
            match node.as_str() {
                Some(text) => self.out.push_str(&quoted(text)),
                None => self.out.push_str(node.text().unwrap_or("null")),
            }
        }
    }

    fn entry(&mut self, key: &str, value: Node<'_>, depth: usize) {
        let change = if self.at == self.target { Some(self.change) } else { None };
        let begun = self.at;
        self.line(depth);
        match change {
            Some(Change::Remove) => return self.skip(value),
            Some(Change::Key(key)) => self.out.push_str(key),
            _ => self.out.push_str(&quoted(key)),
        }
        self.out.push_str(": ");
        self.print(value, depth + 1);
        if let Some(Change::Twice) = change {
            self.line(depth);
            let _ = write!(self.out, "{}: ", quoted(key));
            self.at = begun;
            self.target = usize::MAX;
            self.print(value, depth + 1);
        }
    }

    fn skip(&mut self, node: Node<'_>) {
        let mut nothing =
            Printer { out: String::new(), at: self.at, target: usize::MAX, change: self.change };
        nothing.print(node, 0);
        self.at = nothing.at;
    }

    fn line(&mut self, depth: usize) {
        let _ = write!(self.out, "\n{}", "  ".repeat(depth));
    }
}

/// A text as JSON, which YAML reads too.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// A step from an object to what lies in it.
#[derive(Clone)]
enum Step {
    Field(&'static str),
    Key,
    Item,
}

/// Calls for each field below a type, each type once, wherever it is met first.
fn fields(
    of: TypeRef,
    path: &mut Vec<Step>,
    seen: &mut HashSet<(*const schema::Schema, u32)>,
    each: &mut impl FnMut(&[Step]),
) {
    if !seen.insert((of.schema, of.at)) {
        return;
    }
    let mut below = |step: Step, at: u32| {
        path.push(step);
        each(path);
        fields(of.of(at), path, seen, each);
        path.pop();
    };
    match &of.get().shape {
        Shape::Object(all) => all.iter().for_each(|field| below(Step::Field(field.name), field.of)),
        Shape::List(item) => below(Step::Item, *item),
        Shape::Map(value) => below(Step::Key, *value),
        _ => {}
    }
}

/// A document for each thing that can stand at a path.
fn of_path(head: &str, path: &[Step], documents: &mut Vec<String>) {
    if matches!(path, [Step::Field("apiVersion" | "kind")]) {
        return;
    }
    let (mut open, mut close) = (String::new(), String::new());
    for (depth, step) in path.iter().enumerate() {
        let (before, after) = match (step, depth) {
            // The top is written in lines, so that the head can stand before it.
            (Step::Field(name), 0) => (format!("{name}: "), ""),
            (Step::Field(name), _) => (format!("{{\"{name}\": "), "}"),
            (Step::Key, _) => ("{\"a\": ".to_owned(), "}"),
            (Step::Item, _) => ("[".to_owned(), "]"),
        };
        open += &before;
        close.insert_str(0, after);
    }
    let values = VALUES.iter().filter(|text| !text.starts_with('*'));
    let values = values.skip(documents.len() % share()).step_by(share());
    documents.extend(values.map(|value| format!("{head}{open}{value}{close}\n---\n")));
}
