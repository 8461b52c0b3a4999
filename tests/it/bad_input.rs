//! Inputs that nobody means: each has a clear message and the right exit code, and the others are answered for.

use insta::assert_snapshot as assert_inline;

use crate::support::Sandbox;

/// A VirtualService with a mistake: the sign that the other inputs were answered for.
const GOOD: &str = "apiVersion: networking.istio.io/v1
kind: VirtualService
metadata:
  name: web
spec:
  hosts: [web.example.com]
  gateways: [bogus]
  http: [{directResponse: {status: 200}}]
";

/// Analyses `bad.yaml` beside a good file; what is said of the good one is checked here and left out.
fn beside(bad: impl AsRef<[u8]>) -> String {
    let sandbox = Sandbox::new().file("bad.yaml", bad).file("good.yaml", GOOD);
    said(&sandbox, "analyze --complete --only virtual-service-unknown-gateway bad.yaml good.yaml")
}

/// What a run says beside the finding in `good.yaml`.
fn said(sandbox: &Sandbox, words: &str) -> String {
    let run = sandbox.run(words);
    assert!(run.stdout.contains("gateway `bogus` does not exist"), "the good file is answered for\n{run}");
    assert_eq!(run.code, Some(3), "{run}");
    let text = run.to_string();
    let good = text.find("error[virtual-service-unknown-gateway]").unwrap_or(text.len());
    let behind = text[good..].find("--- stderr").map_or("", |at| &text[good + at..]);
    let (before, _) = text.split_at(good);
    let before = before.split_once('\n').map_or("", |(_, rest)| rest);
    format!("{before}{behind}")
}

#[test]
fn a_truncated_file() {
    assert_inline!(beside("apiVersion: v1\nkind: Service\nmetadata: {name: \"we"), @r#"
    error[yaml-syntax]: this quote is not closed, or its text goes on in a line that is not indented
     --> bad.yaml:3:18
      |
    3 | metadata: {name: "we
      |                  ^
      |
      = help: nothing of this document was checked; the others were

    --- stderr

    2 findings: 2 errors · 2 documents in 2 files · [time]
    exit 3: 1 document could not be read · weft explain yaml-syntax
    --- exit 3
    "#);
}

#[test]
fn the_documents_behind_a_broken_one_are_read() {
    let text = format!("a: [1, 2\n---\n{GOOD}");
    let run = Sandbox::new().file("a.yaml", text).run("analyze --complete -o json a.yaml");
    assert_eq!(run.code, Some(3), "{run}");
    let answer: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    let found = |at: usize| {
        let finding = &answer["findings"][at];
        (finding["rule"].as_str().unwrap().to_owned(), finding["location"]["document"].as_u64().unwrap())
    };
    assert_eq!(found(0), ("yaml-syntax".into(), 0));
    assert!(answer["findings"].as_array().unwrap().iter().skip(1).all(|f| f["location"]["document"] == 1));
    assert_eq!(answer["summary"]["documents"], 2);
}

#[test]
fn binary_data() {
    assert_inline!(beside(b"\x7fELF\x02\x01\x01\0\0\0\0\0\0"), @"
    --- stderr

    error: failed to read `bad.yaml`: not text: a NUL byte at offset 7
    1 finding: 1 error · 1 document in 1 file · [time]
    exit 3: 1 input could not be read · weft explain virtual-service-unknown-gateway
    --- exit 3
    ");
}

#[test]
fn invalid_utf_8() {
    assert_inline!(beside(b"kind: Service\nname: caf\xe9\n"), @"
    --- stderr

    error: failed to read `bad.yaml`: not UTF-8: byte 0xe9 at line 2, column 10
    1 finding: 1 error · 1 document in 1 file · [time]
    exit 3: 1 input could not be read · weft explain virtual-service-unknown-gateway
    --- exit 3
    ");
}

#[test]
fn utf_16() {
    assert_inline!(beside(b"\xff\xfek\0i\0n\0d\0"), @"
    --- stderr

    error: failed to read `bad.yaml`: UTF-16 text; Kubernetes reads UTF-8
      iconv -f UTF-16 -t UTF-8 bad.yaml
    1 finding: 1 error · 1 document in 1 file · [time]
    exit 3: 1 input could not be read · weft explain virtual-service-unknown-gateway
    --- exit 3
    ");
}

#[test]
fn an_alias_bomb() {
    let mut text = String::from("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for at in 1..10 {
        let before = at - 1;
        text += &format!("a{at}: &a{at} [{}]\n", vec![format!("*a{before}"); 10].join(", "));
    }
    assert_inline!(beside(text), @"
    error[yaml-syntax]: aliases expand to too many values
     --> bad.yaml:6:20
      |
    6 | a5: &a5 [*a4, *a4, *a4, *a4, *a4, *a4, *a4, *a4, *a4, *a4]
      |                    ^
      |
      = help: nothing of this document was checked; no cluster would take it either

    --- stderr

    2 findings: 2 errors · 2 documents in 2 files · [time]
    exit 3: 1 document could not be read · weft explain yaml-syntax
    --- exit 3
    ");
}

#[test]
fn nesting_a_hundred_thousand_deep() {
    // A hundred thousand levels of indentation would be 5 GB; two thousand are as far beyond the limit.
    let indented: String = (0..2000).map(|level| format!("{}a:\n", " ".repeat(level))).collect();
    for text in ["[".repeat(100_000), "- ".repeat(100_000), "{a: ".repeat(100_000), indented] {
        let said = beside(&text);
        assert!(said.contains("error[yaml-syntax]"), "{}", &said[..said.len().min(600)]);
        assert!(said.len() < 4000, "a message is short whatever the input is: {} bytes", said.len());
    }
}

#[test]
fn a_scalar_of_200_mb() {
    let text = format!(
        "apiVersion: v1\nkind: ConfigMap\nmetadata: {{name: big}}\ndata:\n  a: {}\n",
        "x".repeat(200 << 20)
    );
    let sandbox = Sandbox::new().file("big.yaml", text).file("good.yaml", GOOD);
    let run = sandbox.run("analyze --complete --only virtual-service-unknown-gateway .");
    assert!(run.stdout.contains("gateway `bogus` does not exist"), "{run}");
    assert_eq!(run.code, Some(1), "{run}");
}

#[test]
fn a_file_that_is_not_there() {
    let sandbox = Sandbox::new().file("good.yaml", GOOD);
    assert_inline!(said(&sandbox, "analyze --complete gone.yaml good.yaml"), @"
    --- stderr

    error: failed to read `gone.yaml`: no such file or directory
      the nearest: good.yaml
    1 finding: 1 error · 1 document in 1 file · [time]
    exit 3: 1 input could not be read · weft explain virtual-service-unknown-gateway
    --- exit 3
    ");
}

#[test]
fn a_path_that_is_nearly_right() {
    let run = Sandbox::new().file("k8s/good.yaml", GOOD).run("analyze k8s/god.yaml");
    assert_eq!(run.code, Some(3), "{run}");
    assert!(run.stderr.contains("\n  the nearest: k8s/good.yaml\n"), "{run}");
}

#[test]
fn nothing_to_read() {
    assert_inline!(Sandbox::new().file("README.md", "").run("analyze ."), @"
    $ weft analyze .
    --- stderr
    error: failed to read `.`: no .yaml, .yml or .json file in it
      files that .gitignore names are left out; name a file to read it all the same
    no findings · nothing was read · [time]
    exit 3: 1 input could not be read
    --- exit 3
    ");
    assert_inline!(Sandbox::new().run("analyze -"), @"
    $ weft analyze -
    --- stderr
    error: failed to read `stdin`: nothing was written to it
    no findings · nothing was read · [time]
    exit 3: 1 input could not be read
    --- exit 3
    ");
    assert_inline!(Sandbox::new().file("empty.yaml", "# nothing yet\n").run("analyze ."), @"
    $ weft analyze .
    --- stderr
    no findings · 0 documents in 1 file · [time]
    --- exit 0
    ");
}

#[cfg(unix)]
mod unix {
    use std::fs::{self, Permissions};
    use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
    use std::os::unix::process::CommandExt;
    use std::process::{Command, Stdio};

    use super::*;

    #[test]
    fn a_dangling_link_and_a_loop() {
        let sandbox = Sandbox::new().file("good.yaml", GOOD).file("deep/empty.yaml", "");
        symlink("nowhere.yaml", sandbox.path().join("dangling.yaml")).unwrap();
        symlink("nowhere", sandbox.path().join("not-yaml")).unwrap();
        symlink("..", sandbox.path().join("deep/again")).unwrap();
        assert_inline!(said(&sandbox, "analyze --complete ."), @"
        --- stderr

        error: failed to read `./dangling.yaml`: a symbolic link to nothing: no such file or directory
        error: failed to read `./deep/again`: a symbolic link that leads back to `.`
        1 finding: 1 error · 1 document in 2 files · [time]
        exit 3: 2 inputs could not be read · weft explain virtual-service-unknown-gateway
        --- exit 3
        ");
    }

    /// Root reads everything, so the run is nobody's then.
    #[test]
    fn a_directory_and_a_file_without_permission() {
        let sandbox =
            Sandbox::new().file("good.yaml", GOOD).file("closed/a.yaml", "").file("secret.yaml", "a: b");
        let open = |path: &str, mode| {
            fs::set_permissions(sandbox.path().join(path), Permissions::from_mode(mode)).unwrap();
        };
        let root = fs::metadata(sandbox.path()).unwrap().uid() == 0;
        fs::copy(env!("CARGO_BIN_EXE_weft"), sandbox.path().join("weft")).unwrap();
        for (path, mode) in
            [("", 0o755), ("weft", 0o755), ("good.yaml", 0o644), ("closed", 0), ("secret.yaml", 0)]
        {
            open(path, mode);
        }
        let mut command = Command::new(sandbox.path().join("weft"));
        command
            .args(["analyze", "--complete", "."])
            .current_dir(sandbox.path())
            .env_clear()
            .stdin(Stdio::null());
        if root {
            command.uid(65534).gid(65534);
        }
        let output = command.output().unwrap();
        open("closed", 0o755);
        let (stdout, stderr) =
            (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
        assert_eq!(output.status.code(), Some(3), "{stderr}");
        assert!(stdout.contains("gateway `bogus` does not exist"), "{stdout}");
        for name in ["./closed", "secret.yaml"] {
            assert!(
                stderr.contains(&format!("error: failed to read `{name}`: permission denied")),
                "{stderr}"
            );
        }
    }

    #[test]
    fn stdin_that_is_closed() {
        let weft = env!("CARGO_BIN_EXE_weft");
        let output = Command::new("sh").args(["-c", "exec \"$0\" analyze - <&-", weft]).output().unwrap();
        let stderr = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(3), "{stderr}");
        assert!(stderr.contains("stdin"), "{stderr}");
    }

    #[test]
    fn stdout_that_is_closed_early_is_quiet_success() {
        let sandbox = Sandbox::new().file("good.yaml", GOOD);
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let run = sandbox.run_to(Stdio::from(writer), "analyze --complete good.yaml -q");
        assert_eq!((run.code, run.stderr.as_str()), (Some(0), ""));
    }

    #[test]
    fn a_full_disk() {
        let sandbox = Sandbox::new().file("good.yaml", GOOD);
        let full = fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
        let run = sandbox.run_to(Stdio::from(full), "analyze --complete good.yaml -q");
        assert_eq!(run.code, Some(3), "{run}");
        assert!(run.stderr.contains("failed to write to stdout: no space left on device"), "{run}");
    }

    #[test]
    fn a_folder_that_cannot_be_written() {
        let sandbox = Sandbox::new().file("taken", "");
        assert_inline!(sandbox.run("demo --to taken"), @"
        $ weft demo --to taken
        --- stderr
        error: failed to write `taken/shop`: not a directory
        --- exit 3
        ");
    }
}
