use crate::finding::{RuleMeta, Severity};
use rustc_hash::FxHashSet;

use crate::model::{Kind, Lookup};
use crate::rules::mesh_settings::MeshSettings;
use crate::rules::{Check, Context, Rule};
use crate::yaml::Node;

pub(crate) static RULE: Rule = Rule {
    meta: RuleMeta {
        name: "telemetry-lightstep",
        codes: &["IST0002"],
        analyzers: &["telemetry.LightstepAnalyzer"],
        summary: "traces go to a Lightstep provider, which Istio gives up",
        severity: Severity::Warning,
        inputs: &[Kind::Telemetry, Kind::ConfigMap, Kind::IstioOperator],
        page: include_str!("telemetry_lightstep.md"),
    },
    check: Check::Whole(check),
};

fn check(cx: &mut Context<'_, '_>) {
    let mut named = cx.of_kind(Kind::Telemetry).flat_map(|telemetry| {
        let entries = telemetry.spec_at("tracing").into_iter().flat_map(Node::items);
        let providers = entries.filter_map(|entry| entry.get("providers")).flat_map(Node::items);
        providers.filter_map(move |provider| Some((telemetry, provider.get("name")?)))
    });
    let Some(first) = named.next() else { return };
    let Lookup::Found(settings) = MeshSettings::of(cx) else { return };
    let defined = settings.each().filter_map(|mesh| mesh.get("extensionProviders")).flat_map(Node::items);
    let lightsteps: FxHashSet<&str> = defined
        .filter(|provider| provider.get("lightstep").is_some())
        .filter_map(|provider| provider.str_at("name"))
        .collect();
    for (telemetry, node) in std::iter::once(first).chain(named) {
        let Some(name) = node.as_str().filter(|name| lightsteps.contains(name)) else { continue };
        let message = format!("provider `{name}` is of a kind that Istio gives up: `lightstep`");
        let finding = cx.report(telemetry, node, message);
        finding.label("Lightstep takes OpenTelemetry");
        finding.help("define the provider as `opentelemetry` in the mesh's `extensionProviders`");
    }
}
