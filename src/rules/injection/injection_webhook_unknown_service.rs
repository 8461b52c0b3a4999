use rustc_hash::FxHashSet;

use crate::finding::{RuleMeta, Severity};
use crate::model::{Kind, Lookup};
use crate::rules::injector::injection_webhooks;
use crate::rules::{Check, Context, Rule};

pub(crate) static RULE: Rule = Rule {
    meta: RuleMeta {
        name: "injection-webhook-unknown-service",
        codes: &["IST0139"],
        analyzers: &["webhook.Analyzer"],
        summary: "an injection webhook that calls a Service that does not exist",
        severity: Severity::Error,
        inputs: &[Kind::MutatingWebhookConfiguration, Kind::Service],
        page: include_str!("injection_webhook_unknown_service.md"),
    },
    check: Check::Whole(check),
};

fn check(cx: &mut Context<'_, '_>) {
    let mut told = FxHashSet::default();
    for webhook in injection_webhooks(cx) {
        let Some(service) = webhook.node.at(&["clientConfig", "service"]) else { continue };
        let (Some(namespace), Some(name)) = (service.str_at("namespace"), service.str_at("name")) else {
            continue;
        };
        // The webhooks of one configuration call the same Service.
        if !told.insert((webhook.resource.name, namespace, name)) {
            continue;
        }
        if matches!(cx.find_kind(Kind::Service, namespace, name), Lookup::Missing) {
            let message = format!("webhook `{}` calls a Service that does not exist", webhook.name());
            let place = service.get("name").unwrap_or(service);
            let finding = cx.report(webhook.resource, place, message);
            finding.label(format!("no Service `{name}` in `{namespace}`"));
            finding.help("remove the configuration with the revision that it belonged to");
            finding.help("with `failurePolicy: Fail` no pod that it takes can be created");
        }
    }
}
