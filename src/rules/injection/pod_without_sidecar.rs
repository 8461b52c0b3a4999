use rustc_hash::FxHashSet;

use crate::finding::{RuleMeta, Severity};
use crate::model::membership::{Membership, has_proxy};
use crate::model::{Kind, Resource, Workload};
use crate::rules::injector::{is_live, is_of_istio};
use crate::rules::{Check, Context, Rule};

pub(crate) static RULE: Rule = Rule {
    meta: RuleMeta {
        name: "pod-without-sidecar",
        codes: &["IST0103"],
        analyzers: &["injection.Analyzer"],
        summary: "a pod that runs without the sidecar that it should have got",
        severity: Severity::Warning,
        inputs: &[Kind::Pod, Kind::Namespace],
        page: include_str!("pod_without_sidecar.md"),
    },
    check: Check::Whole(check),
};

fn check(cx: &mut Context<'_, '_>) {
    let pods: Vec<_> = cx.of_kind(Kind::Pod).filter_map(Workload::of).collect();
    let injected: FxHashSet<&str> =
        pods.iter().filter(|pod| has_proxy(pod)).map(|pod| pod.resource.namespace).collect();
    for pod in &pods {
        let resource = &pod.resource;
        // Before admission every pod is without one: only of what came back from a cluster can it be said.
        let is_admitted = is_live(resource) || injected.contains(resource.namespace);
        let is_other = resource.namespace == cx.world().mesh_namespace || is_of_istio(resource);
        if is_admitted
            && !is_other
            && !has_ended(resource)
            && !has_proxy(pod)
            && cx.membership(pod) == Membership::Sidecar
        {
            report(cx, resource);
        }
    }
}

fn has_ended(pod: &Resource<'_>) -> bool {
    let phase = pod.root.at(&["status", "phase"]).and_then(|phase| phase.as_str());
    matches!(phase, Some("Succeeded" | "Failed"))
}

fn report(cx: &mut Context<'_, '_>, pod: &Resource<'_>) {
    let message = format!("pod `{}` has no sidecar, though its labels or its namespace ask for one", pod.name);
    let finding = cx.report(pod, pod.name_node(), message);
    finding.label("began before injection was switched on, or while the injector was away");
    finding.help("restart its workload: `kubectl rollout restart`");
}
