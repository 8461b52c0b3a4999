//! One walk over each object for all rules of the schema.

use std::ops::Range;

use super::embedded::{self, Embedded, Nearness};
use super::{Context, Registered};
use crate::finding::{Finding, Severity};
use crate::model::ResourceSet;
use crate::model::kinds::{group_of, version_of};
use crate::schema::check::{self, Class, Problem, Releases};

/// istioctl has an analyser a kind for what its CRDs and its webhook refuse.
pub(super) const ANALYZERS: &[&str] = &[
    "schema.ValidationAnalyzer.AuthorizationPolicy",
    "schema.ValidationAnalyzer.DestinationRule",
    "schema.ValidationAnalyzer.EnvoyFilter",
    "schema.ValidationAnalyzer.Gateway",
    "schema.ValidationAnalyzer.PeerAuthentication",
    "schema.ValidationAnalyzer.ProxyConfig",
    "schema.ValidationAnalyzer.RequestAuthentication",
    "schema.ValidationAnalyzer.ServiceEntry",
    "schema.ValidationAnalyzer.Sidecar",
    "schema.ValidationAnalyzer.Telemetry",
    "schema.ValidationAnalyzer.TrafficExtension",
    "schema.ValidationAnalyzer.VirtualService",
    "schema.ValidationAnalyzer.WasmPlugin",
    "schema.ValidationAnalyzer.WorkloadEntry",
    "schema.ValidationAnalyzer.WorkloadGroup",
];

/// What is wrong with the objects of a stretch, by rule.
pub(super) fn check(
    set: &ResourceSet<'_>,
    rules: &[(Class, Registered)],
    stretch: Range<u32>,
) -> Vec<(Registered, Vec<Finding>)> {
    let mut contexts: Vec<_> =
        rules.iter().map(|(_, entry)| Context::new(set, entry.meta(), stretch.clone())).collect();
    let objects = contexts.first().map(Context::each_resource).unwrap_or_default();
    let releases = Releases { kubernetes: set.world.kubernetes };
    for resource in objects {
        let mut report = |problem: Problem<'_>, embedded: Option<(&Embedded<'_>, Nearness)>| {
            let place = rules.iter().position(|(class, _)| *class == problem.class);
            let Some(cx) = place.and_then(|at| contexts.get_mut(at)) else { return };
            let finding = cx.report(resource, problem.node, problem.message.as_str());
            if problem.ignored {
                finding.severity(Severity::Warning);
            }
            // istioctl's analysers look at neither.
            if problem.ignored || embedded.is_some() {
                finding.codes(&[]);
            }
            if let Some((text, Nearness::Whole)) = embedded {
                finding.help(format!("this is about the text of `{}`", text.key));
            }
            tell(finding, problem, embedded.is_none_or(|(_, nearness)| nearness == Nearness::Lines));
        };
        let (group, version) = (group_of(resource.api_version()), version_of(resource.api_version()));
        for problem in check::object(group, version, resource.kind_name(), resource.root, releases) {
            report(problem, None);
        }
        for text in embedded::texts(resource, set.world) {
            let Some((of, tree)) = text.what.schema().zip(text.read()) else { continue };
            let Some(root) = embedded::root(&tree) else { continue };
            let nearness = Nearness::of(text.text, &tree);
            for problem in check::value(of, root, releases) {
                report(problem, Some((&text, nearness)));
            }
        }
    }
    rules.iter().zip(contexts).map(|((_, entry), cx)| (*entry, cx.findings)).collect()
}

/// Adds what a problem says beside its message.
fn tell(finding: &mut Finding, problem: Problem<'_>, editable: bool) {
    finding.label(problem.label);
    for (span, text) in problem.also {
        finding.also(span, text);
    }
    for line in problem.help {
        finding.help(line);
    }
    if let Some((span, text, title)) = problem.fix.filter(|_| editable) {
        finding.replace(span, text, title);
    }
}
