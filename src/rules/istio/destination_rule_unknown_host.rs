use crate::finding::{RuleMeta, Severity};
use crate::model::view::{DestinationRule, Service};
use crate::model::{Host, HostTarget, Kind, Lookup, Resource, View};
use crate::rules::nearest::nearest;
use crate::rules::{Check, Context, Rule};

pub(crate) static RULE: Rule = Rule {
    meta: RuleMeta {
        name: "destination-rule-unknown-host",
        codes: &["IST0174"],
        analyzers: &["destinationrule.SubsetSelectPodAnalyzer"],
        summary: "a DestinationRule for a host that does not exist",
        severity: Severity::Warning,
        inputs: &[Kind::DestinationRule, Kind::Service, Kind::ServiceEntry],
        page: include_str!("destination_rule_unknown_host.md"),
    },
    check: Check::Each(check),
};

fn check(cx: &mut Context<'_, '_>) {
    for rule in cx.each::<DestinationRule>() {
        let Some((written, node)) = rule.host() else { continue };
        let host = cx.host_name(written, rule.0.namespace);
        // A wildcard is for hosts to come as well.
        if written.is_empty() || host.is_wildcard() {
            continue;
        }
        match cx.host(host) {
            Lookup::Missing => {
                let message = format!("host `{written}` does not exist");
                let advice = advice(cx, host, written);
                let finding = cx.report(rule.resource(), node, message);
                finding.label("no Service or ServiceEntry has this name: the rule has no effect").help(advice);
            }
            Lookup::Found(HostTarget::Service(_) | HostTarget::Entry(_)) | Lookup::Unknown => {}
        }
    }
}

fn advice(cx: &Context<'_, '_>, host: Host<'_>, written: &str) -> String {
    let services = || cx.all::<Service>().map(|service| service.0);
    let Host::Service { name, namespace } = host else {
        // `web.shop` is a full name to Istio.
        let full = written.split('.').collect::<Vec<_>>();
        let is_there = |service: &Resource<'_>| full.first() == Some(&service.name) && full.get(1) == Some(&service.namespace);
        return match services().any(is_there) {
            true => format!("write the full name: `{}.{}.svc.{}`", full[0], full[1], cx.world().cluster_domain),
            false => "create a Service or a ServiceEntry with this name, or correct it".to_owned(),
        };
    };
    let beside = services().filter(|service| service.namespace == namespace).map(|service| service.name);
    let elsewhere = || services().find(|service| service.name == name);
    match (nearest(name, beside), elsewhere()) {
        (Some(near), _) => format!("did you mean `{near}`?"),
        (None, Some(other)) => format!("there is one in `{}`: write the full name", other.namespace),
        (None, None) => "create the Service, or correct the name".to_owned(),
    }
}
