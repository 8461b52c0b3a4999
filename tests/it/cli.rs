//! What holds for every command: help, errors, streams, exit codes, colour.

use std::fs::OpenOptions;

use insta::assert_snapshot as assert_inline;

use crate::support::{Sandbox, assert_current, assert_schema, assert_snapshot, weft};

#[test]
fn the_overview_stays_on_one_screen_and_the_help_has_all() {
    assert_snapshot!("help-overview", weft("-h"));
    assert_snapshot!("help", weft("--help"));
    assert!(weft("-h").stdout.lines().count() <= 40);
}

#[test]
fn the_name_alone_gives_the_overview() {
    let run = weft("");
    assert_eq!((run.stdout, run.code), (weft("-h").stdout, Some(0)));
}

#[test]
fn help_can_be_asked_for_in_three_ways() {
    let long = weft("analyze --help").stdout;
    assert_eq!(weft("help analyze").stdout, long);
    assert_eq!(weft("lint --help").stdout, long);
    assert_snapshot!("help-analyze", weft("analyze -h"));
}

#[test]
fn every_command_teaches_by_example() {
    for command in ["analyze", "explain", "rules", "demo", "completion", "version"] {
        for flag in ["-h", "--help"] {
            let run = weft([command, flag]);
            assert!(run.stdout.contains("Examples:\n  ") && run.code == Some(0), "{run}");
            assert!(run.stdout.contains(&format!("weft {command}")), "{run}");
        }
    }
}

/// An example that names a rule which does not exist ends with 2.
#[test]
fn examples_can_be_typed_as_they_stand() {
    let namespace = "apiVersion: v1\nkind: Namespace\nmetadata: {name: shop}\n";
    let sandbox = Sandbox::new().file("k8s/shop.yaml", namespace).stdin(namespace);
    for command in ["", "analyze", "explain", "rules", "demo", "completion", "version"] {
        let help = weft([command, "--help"].join(" ").as_str()).stdout;
        let lines = help.lines().skip_while(|line| *line != "Examples:").skip(1);
        for line in lines.take_while(|line| line.starts_with("  ")) {
            // What it does stands behind a gap, and in some before a pipe or a `>`.
            let typed = line.trim().split("  ").next().unwrap();
            let part = typed.split(['|', '>']).map(str::trim).find_map(|part| part.strip_prefix("weft "));
            let checked = ["analyze", "rules", "explain"];
            let Some(arguments) = part.filter(|part| checked.contains(&part.split(' ').next().unwrap()))
            else {
                continue;
            };
            let run = sandbox.run(arguments);
            assert_eq!(run.code, Some(0), "{run}");
        }
    }
}

#[test]
fn version_as_text() {
    assert_inline!(weft("version"), @"
    $ weft version
    weft [version]
    --- exit 0
    ");
    assert_eq!(weft("--version").stdout, weft("version").stdout);
    assert!(weft("version -v").stdout.contains("Gateway API"));
}

#[test]
fn version_for_programs() {
    let json = weft("version -o json").stdout;
    assert_schema("version.json", &json);
    assert!(json.starts_with("{\n  \"version\": 1,\n  \"kind\": \"Version\",\n"), "{json}");
    assert!(weft("version -o yaml").stdout.starts_with("version: 1\nkind: Version\n"));
}

#[test]
fn unknown_words_get_the_nearest() {
    assert_inline!(weft("anlyze"), @"
    $ weft anlyze
    --- stderr
    error: no command `anlyze`
      the nearest: analyze · weft --help
    --- exit 2
    ");
    assert_inline!(weft("help injct"), @"
    $ weft help injct
    --- stderr
    error: no command `injct`
      the nearest: inject · weft --help
    --- exit 2
    ");
    assert_inline!(weft("analyze --onyl x"), @"
    $ weft analyze --onyl x
    --- stderr
    error: no flag `--onyl`
      the nearest: --only · weft analyze --help
    --- exit 2
    ");
    assert_inline!(weft("rules -o jsn"), @"
    $ weft rules -o jsn
    --- stderr
    error: no value `jsn` for `--output`
      the nearest: json · weft rules --help
    --- exit 2
    ");
}

#[test]
fn paths_belong_behind_a_command() {
    assert_inline!(weft("k8s/"), @"
    $ weft k8s/
    --- stderr
    error: no command `k8s/`
      weft analyze k8s/
    --- exit 2
    ");
}

#[test]
fn a_format_that_a_command_cannot_do_is_a_usage_error() {
    assert_inline!(weft("version -o sarif"), @"
    $ weft version -o sarif
    --- stderr
    error: no value `sarif` for `--output`
      one of: text, json, yaml · weft version --help
    --- exit 2
    ");
}

/// The first line of each message; all end with 2 and print nothing on stdout.
#[test]
fn usage_errors_say_what_is_wrong() {
    let cases = [
        ("analyze --fail-on", "error: `--fail-on` needs a value"),
        (
            "analyze --now yesterday",
            "error: no value `yesterday` for `--now`: neither a date nor a time such as",
        ),
        ("analyze --complete=yes", "error: `--complete` takes no value"),
        ("analyze -x", "error: no flag `-x`"),
        ("explain", "error: `RULE|KIND.FIELD` is missing"),
        ("completion bsh", "error: no value `bsh` for `SHELL`"),
        ("version now", "error: `now` is one argument too many"),
        ("version -q -v", "error: `--quiet` and `--verbose` exclude each other"),
        ("version -o json -o yaml", "error: `--output` is given twice"),
        ("--colour always", "error: no flag `--colour`"),
    ];
    for (arguments, message) in cases {
        let run = weft(arguments);
        assert!(run.stderr.starts_with(message), "{run}");
        assert_eq!((run.stdout.as_str(), run.code), ("", Some(2)), "{run}");
    }
}

#[test]
fn what_is_not_built_says_so() {
    assert_inline!(weft("kube-inject -f web.yaml --help"), @"
    $ weft kube-inject -f web.yaml --help
    --- stderr
    error: `kube-inject` is not built yet
      weft --help names what works today
    --- exit 64
    ");
    assert_inline!(weft("analyze -k"), @"
    $ weft analyze -k
    --- stderr
    error: `-k` is not built yet
      files and stdin (`-`) are read today · weft analyze --help
    --- exit 64
    ");
    for arguments in
        ["help mtls", "manifest generate", "analyze --fix", "analyze --set a=b", "pc cluster web"]
    {
        let run = weft(arguments);
        assert!(run.code == Some(64) && run.stdout.is_empty(), "{run}");
    }
}

#[test]
fn a_reader_that_is_gone_is_no_failure() {
    for arguments in ["completion bash", "--help", "version -o json"] {
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let run = Sandbox::new().run_to(writer, arguments);
        assert_eq!((run.code, run.stderr.as_str()), (Some(0), ""), "{run}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_a_failure() {
    for arguments in ["completion bash", "--help", "version -o json"] {
        let full = OpenOptions::new().write(true).open("/dev/full").unwrap();
        let run = Sandbox::new().run_to(full, arguments);
        assert_eq!(run.stderr, "error: failed to write to stdout: no space left on device\n");
        assert_eq!(run.code, Some(3));
    }
}

#[test]
fn color_is_for_terminals_and_those_who_ask() {
    let colored = |sandbox: Sandbox, arguments: &str| {
        let run = sandbox.run(arguments);
        format!("{}{}", run.stdout, run.stderr).contains('\u{1b}')
    };
    let no_color = || Sandbox::new().env("NO_COLOR", "1");
    for arguments in ["--help", "anlyze"] {
        let always = format!("--color always {arguments}");
        assert!(!colored(Sandbox::new(), arguments));
        assert!(colored(Sandbox::new().env("CLICOLOR_FORCE", "1"), arguments));
        assert!(!colored(no_color().env("CLICOLOR_FORCE", "1"), arguments));
        assert!(colored(no_color(), &always));
        assert!(!colored(Sandbox::new().env("CLICOLOR_FORCE", "1"), &always.replace("always", "never")));
    }
    assert!(colored(Sandbox::new(), "analyze --onyl --color=always"));
}

#[test]
fn a_locale_without_utf8_gets_ascii() {
    let run = Sandbox::new().env("LC_ALL", "C").run("anlyze");
    assert_eq!(run.stderr, "error: no command `anlyze`\n  the nearest: analyze | weft --help\n");
    assert!(weft("--help").stdout.is_ascii());
}

#[test]
fn completions_are_current() {
    let files = [
        ("bash", "weft.bash"),
        ("zsh", "_weft"),
        ("fish", "weft.fish"),
        ("elvish", "weft.elv"),
        ("powershell", "weft.ps1"),
    ];
    for (shell, file) in files {
        assert_current(&format!("completions/{file}"), &weft(["completion", shell]).stdout);
    }
}
