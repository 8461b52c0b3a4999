//! One walk over each object for all rules of the schema.

use std::ops::Range;

use super::{Context, Registered};
use crate::finding::Finding;
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
        let (group, version) = (group_of(resource.api_version()), version_of(resource.api_version()));
        for problem in check::object(group, version, resource.kind_name(), resource.root, releases) {
            let place = rules.iter().position(|(class, _)| *class == problem.class);
            if let Some(cx) = place.and_then(|at| contexts.get_mut(at)) {
                let finding = cx.report(resource, problem.node, problem.message.as_str());
                tell(finding, problem);
            }
        }
    }
    rules.iter().zip(contexts).map(|((_, entry), cx)| (*entry, cx.findings)).collect()
}

/// Adds what a problem says beside its message.
fn tell(finding: &mut Finding, problem: Problem<'_>) {
    finding.label(problem.label);
    for (span, text) in problem.also {
        finding.also(span, text);
    }
    for line in problem.help {
        finding.help(line);
    }
    if let Some((span, text, title)) = problem.fix {
        finding.replace(span, text, title);
    }
}
