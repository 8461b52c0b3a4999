//! `weft render --chart` as it is typed.

use crate::support::Sandbox;

fn chart() -> Sandbox {
    Sandbox::new()
        .file("c/Chart.yaml", "apiVersion: v2\nname: c\nversion: 1.0.0\n")
        .file("c/values.yaml", "a: 1\n")
        .file("c/templates/a.yaml", "kind: A\na: {{ .Values.a }}\n---\nkind: Namespace\n")
        .file("c/templates/b.yaml", "kind: B\nname: {{ .Values.b.name }}\n")
}

#[test]
fn values_come_from_files_stdin_and_flags() {
    let run = chart().stdin("a: stdin\nb: {name: x}\n").run("render --chart c -f - --set a=2");
    let wanted = "\
---
# Source: c/templates/a.yaml
kind: Namespace
---
# Source: c/templates/a.yaml
kind: A
a: 2
---
# Source: c/templates/b.yaml
kind: B
name: x
";
    assert_eq!((run.code, run.stdout.as_str()), (Some(0), wanted), "{run}");
    let sandbox = chart().file("text", "from a file");
    let run = sandbox.run("render --chart c --set b.name=x --set-file a=text");
    assert!(run.stdout.contains("a: from a file\n"), "{run}");
}

#[test]
fn folders_get_a_file_for_each_template() {
    let sandbox = chart();
    let run = sandbox.run("render --chart c --set b.name=x --output-dir out");
    assert_eq!((run.code, run.stdout.as_str()), (Some(0), ""), "{run}");
    let text = std::fs::read_to_string(sandbox.path().join("out/c/templates/a.yaml")).expect("a file");
    let wanted = "---\n# Source: c/templates/a.yaml\nkind: Namespace\n---\n# Source: c/templates/a.yaml\nkind: A\na: 1\n";
    assert_eq!(text, wanted);
}

#[test]
fn a_failure_prints_and_writes_nothing() {
    let sandbox = chart();
    let run = sandbox.run("render --chart c --output-dir out");
    assert_eq!((run.code, run.stdout.as_str()), (Some(3), ""), "{run}");
    assert!(run.stderr.contains("c/templates/b.yaml:2:"), "{run}");
    assert!(!sandbox.path().join("out").exists());
    let run = sandbox.run("render --chart c --set a");
    assert_eq!((run.code, run.stdout.as_str()), (Some(2), ""), "{run}");
    let run = sandbox.run("render --chart nothing");
    assert_eq!(run.code, Some(3), "{run}");
    assert!(run.stderr.contains("`nothing`"), "{run}");
}

#[test]
fn flags_of_charts_need_one() {
    let run = Sandbox::new().run("render --crds-only --set a=b");
    assert_eq!(run.code, Some(2), "{run}");
}
