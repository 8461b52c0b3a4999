//! The commands and flags of the contract that are still to come.

use crate::error::Error;

/// Each with what serves meanwhile. A command that gets built leaves this list for the `Command` enum.
const COMMANDS: [(&str, &str); 28] = [
    ("inject", ""),
    ("kube-inject", ""),
    ("uninject", ""),
    ("manifest", ""),
    ("install", ""),
    ("upgrade", ""),
    ("uninstall", ""),
    ("rollback", ""),
    ("history", ""),
    ("diff", ""),
    ("verify", ""),
    ("verify-install", ""),
    ("check", ""),
    ("profile", ""),
    ("values", ""),
    ("images", ""),
    ("mtls", "weft analyze finds settings that contradict each other"),
    ("authn", "weft analyze finds settings that contradict each other"),
    ("authz", "weft analyze finds policies without effect"),
    ("certs", ""),
    ("proxy", ""),
    ("ps", ""),
    ("proxy-status", ""),
    ("pc", ""),
    ("proxy-config", ""),
    ("dashboard", ""),
    ("dash", ""),
    ("tag", ""),
];

/// Flags that reach for a cluster, as kubectl has them.
const CLUSTER: &[&str] = &[
    "-k",
    "--live",
    "--kubeconfig",
    "--context",
    "-A",
    "--all-namespaces",
    "--as",
    "--as-group",
    "--timeout",
];

/// Flags by command. One that gets built moves into the command's arguments.
const FLAGS: [(&str, &[&str]); 5] = [
    ("analyze", CLUSTER),
    ("validate", CLUSTER),
    ("validate", &["--mesh", "--mesh-version", "--diff", "--fix"]),
    (
        "render",
        &[
            "--chart",
            "--release",
            "-n",
            "--namespace",
            "--upgrade",
            "--kube-version",
            "--api-versions",
            "--include-crds",
            "--skip-crds",
            "--output-dir",
            "--mesh-version",
            "--profile",
            "-f",
            "--values",
            "--set",
            "--set-string",
            "--manifests",
            "--revision",
            "-o",
            "--output",
        ],
    ),
    (
        "analyze",
        &[
            "--mesh",
            "--mesh-version",
            "--mesh-config",
            "--mesh-networks",
            "--baseline",
            "--changed-since",
            "--fix",
            "--diff",
            "--kustomize",
            "--chart",
            "--cluster",
            "--profile",
            "--values",
            "--set",
            "--set-string",
            "--manifests",
            "--revision",
        ],
    ),
];

/// The answer to a command that is to come, exit code 64; `None` for a word that is no command.
pub fn command(word: &str) -> Option<Error> {
    let (_, instead) = COMMANDS.into_iter().find(|(name, _)| *name == word)?;
    let error = Error::not_built(word);
    let error = if instead.is_empty() { error } else { error.hint(instead) };
    Some(error.hint("weft --help names what works today"))
}

/// The answer to a flag of `command` that is to come, exit code 64; `None` for one that does not exist.
pub fn flag(command: &str, flag: &str) -> Option<Error> {
    let known = FLAGS.into_iter().any(|(name, flags)| name == command && flags.contains(&flag));
    let hint = if CLUSTER.contains(&flag) { "files and stdin (`-`) are read today" } else { "" };
    let error = Error::not_built(flag);
    known.then(|| if hint.is_empty() { error } else { error.hint(hint) })
}

/// The commands' names, for "did you mean".
pub fn names() -> impl Iterator<Item = &'static str> {
    COMMANDS.into_iter().map(|(name, _)| name)
}
