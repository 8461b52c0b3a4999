use crate::finding::{RuleMeta, Severity};
use crate::model::Resource;
use crate::model::kinds::{KindInfo, group_of, is_istio, is_known_group, named, version_of};
use crate::rules::{Check, Context, Rule};

pub(crate) static RULE: Rule = Rule {
    meta: RuleMeta {
        name: "wrong-api-group",
        codes: &[],
        analyzers: &[],
        summary: "a kind under an API group that does not have it",
        severity: Severity::Error,
        inputs: &[],
        page: include_str!("wrong_api_group.md"),
    },
    check: Check::Each(check),
};

fn check(cx: &mut Context<'_, '_>) {
    for resource in cx.each_resource().iter().filter(|resource| !resource.served) {
        let group = group_of(resource.api_version());
        match resource.kind.info() {
            Some(info) if info.group == group => {}
            // Taken for the kind it names, though its group is another of Istio's.
            Some(info) => report(cx, resource, group, &[info]),
            None => unknown(cx, resource, group),
        }
    }
}

/// A kind that the group does not have. Third parties have kinds of the same names, so only a group whose kinds are all
/// known is judged, or one that is nearly the right one.
fn unknown(cx: &mut Context<'_, '_>, resource: &Resource<'_>, group: &str) {
    let mut homes = named(resource.kind_name()).peekable();
    // Most objects of unknown kinds are of kinds that nobody here has.
    if homes.peek().is_none() {
        return;
    }
    if is_closed(group) {
        let homes: Vec<_> = homes.collect();
        report(cx, resource, group, &homes);
    } else if let Some(home) = homes.find(|info| is_near(group, info.group)) {
        report(cx, resource, group, &[home]);
    }
}

/// Whether the group belongs to one project and its kinds are all in the table, or at least those of names that others
/// have too.
fn is_closed(group: &str) -> bool {
    // Kinds of `extensions` moved to other groups: another rule tells since when.
    is_istio(group) || (is_known_group(group) && (!group.contains('.') || group.ends_with(".k8s.io")))
}

/// Whether the group is probably a misspelling of another.
fn is_near(group: &str, meant: &str) -> bool {
    // Experimental relatives of real groups, not misspellings.
    if group.ends_with("x-k8s.io") || is_known_group(group) {
        return false;
    }
    let limit = match meant.len() {
        0..4 => return group == "istio.io" && is_istio(meant),
        4..12 => 1,
        _ if is_istio(meant) => 3,
        _ => 2,
    };
    (group == "istio.io" && is_istio(meant)) || strsim::osa_distance(group, meant) <= limit
}

fn report(cx: &mut Context<'_, '_>, resource: &Resource<'_>, group: &str, homes: &[&'static KindInfo]) {
    let Some(node) = resource.root.get("apiVersion") else { return };
    let (kind, version) = (resource.kind_name(), version_of(resource.api_version()));
    let shown = if group.is_empty() { "the core group" } else { group };
    let message = match is_known_group(group) {
        true if group.is_empty() => format!("the core group has no kind `{kind}`"),
        true => format!("`{shown}` has no kind `{kind}`"),
        false => format!("there is no API group `{shown}`"),
    };
    let finding = cx.report(resource, node, message);
    if let [home] = homes {
        // The version that is written, where the right group has it too.
        let kept = home.versions.iter().find(|served| **served == version).unwrap_or(&home.versions[0]);
        let right = match home.group {
            "" => (*kept).to_owned(),
            group => format!("{group}/{kept}"),
        };
        finding.label(format!("`{kind}` belongs to `{right}`"));
        finding.help(format!("write `{right}`; the API server refuses it as it stands"));
        finding.rewrite(node, &right);
    } else {
        finding.label("the API server refuses it");
        for home in homes {
            finding.help(format!("there is one in `{}`", home.api_version()));
        }
    }
}
