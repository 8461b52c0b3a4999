use crate::finding::{RuleMeta, Severity};
use crate::model::{Kind, Lookup, Resource};
use crate::rules::mesh_settings::MeshSettings;
use crate::rules::{Check, Context, Rule};
use crate::yaml::Node;

pub(crate) static RULE: Rule = Rule {
    meta: RuleMeta {
        name: "telemetry-without-provider",
        codes: &["IST0157"],
        analyzers: &["telemetry.ProviderAnalyzer"],
        summary: "access logs of a Telemetry that nothing writes",
        severity: Severity::Warning,
        inputs: &[Kind::Telemetry, Kind::ConfigMap, Kind::IstioOperator],
        page: include_str!("telemetry_without_provider.md"),
    },
    check: Check::Whole(check),
};

fn check(cx: &mut Context<'_, '_>) {
    let mut without = cx.of_kind(Kind::Telemetry).flat_map(unprovided).peekable();
    if without.peek().is_none() {
        return;
    }
    let without: Vec<_> = without.collect();
    let Lookup::Found(settings) = MeshSettings::of(cx) else { return };
    if settings.each().any(|mesh| has_items(mesh.at(&["defaultProviders", "accessLogging"]))) {
        return;
    }
    for (telemetry, entry) in without {
        if inherits(cx, telemetry) {
            continue;
        }
        let message = format!("access logs of Telemetry `{}` have no provider", telemetry.name);
        let finding = cx.report(telemetry, entry, message);
        finding.label("Istio ignores this entry: the mesh has no provider for them by default");
        finding.help("name one: `providers: [{name: envoy}]` writes to the proxy's output");
    }
}

/// The entries for access logs that switch nothing off and name no provider.
fn unprovided<'m>(telemetry: &'m Resource<'_>) -> impl Iterator<Item = (&'m Resource<'m>, Node<'m>)> {
    entries(telemetry)
        .filter(|entry| entry.get("disabled").and_then(Node::as_bool) != Some(true))
        .filter(|entry| !has_items(entry.get("providers")))
        .map(move |entry| (telemetry, entry))
}

fn entries<'m>(telemetry: &Resource<'m>) -> impl Iterator<Item = Node<'m>> {
    telemetry.spec_at("accessLogging").into_iter().flat_map(Node::items)
}

fn has_items(list: Option<Node<'_>>) -> bool {
    list.is_some_and(|list| list.items().next().is_some())
}

/// Whether a wider Telemetry names providers, which a narrower one without takes over: the mesh's for a namespace, the
/// namespace's for a workload (Istio 1.30, `model.computeAccessLogging`).
fn inherits(cx: &Context<'_, '_>, telemetry: &Resource<'_>) -> bool {
    let is_default = |other: &Resource<'_>| other.spec_at("selector").is_none();
    let is_wider = |other: &Resource<'_>| {
        let of_mesh = other.namespace == cx.world().mesh_namespace && telemetry.namespace != other.namespace;
        let of_namespace = other.namespace == telemetry.namespace && !is_default(telemetry);
        is_default(other) && (of_mesh || of_namespace)
    };
    let names = |other: &Resource<'_>| entries(other).any(|entry| has_items(entry.get("providers")));
    cx.of_kind(Kind::Telemetry).any(|other| is_wider(other) && names(other))
}
