use crate::finding::{RuleMeta, Severity};
use crate::model::{Kind, Resource};
use crate::rules::injector::{Webhook, webhooks_of};
use crate::rules::{Check, Context, Rule};
use crate::schema::value;
use crate::yaml::Node;

pub(crate) static RULE: Rule = Rule {
    meta: RuleMeta {
        name: "external-control-plane-address",
        codes: &["IST0163", "IST0164"],
        analyzers: &["externalcontrolplane.ExternalControlPlaneAnalyzer"],
        summary: "a webhook of Istio that calls nobody, or an IP address",
        severity: Severity::Warning,
        inputs: &[Kind::MutatingWebhookConfiguration, Kind::ValidatingWebhookConfiguration],
        page: include_str!("external_control_plane_address.md"),
    },
    check: Check::Each(check),
};

fn check(cx: &mut Context<'_, '_>) {
    for kind in [Kind::MutatingWebhookConfiguration, Kind::ValidatingWebhookConfiguration] {
        for resource in cx.each_of_kind(kind).filter(|resource| is_of_istio(resource)) {
            for webhook in webhooks_of(resource) {
                check_webhook(cx, webhook);
            }
        }
    }
}

/// The names that Istio's charts give them; what follows is a revision or a namespace.
fn is_of_istio(resource: &Resource<'_>) -> bool {
    match resource.kind {
        Kind::MutatingWebhookConfiguration => resource.name.starts_with("istio-sidecar-injector"),
        _ => {
            resource.name.starts_with("istio-validator") || resource.name == "istiod-default-validator"
        }
    }
}

fn check_webhook(cx: &mut Context<'_, '_>, webhook: Webhook<'_, '_>) {
    let client = webhook.node.get("clientConfig");
    let Some(url) = client.and_then(|client| client.get("url")) else {
        if client.and_then(|client| client.get("service")).is_none() {
            report_nothing(cx, webhook, client);
        }
        return;
    };
    let Some(text) = url.as_str() else { return };
    match host_of(text) {
        Err(reason) => {
            let message = format!("webhook `{}` calls `{text}`, which {reason}", webhook.name());
            let finding = cx.report(webhook.resource, url, message).codes(&["IST0163"]);
            finding.label("Kubernetes refuses the configuration");
            finding.help("write `https://HOST:PORT/PATH`, where HOST is a name of the control plane");
        }
        Ok(host) if value::ip(host).is_ok() => {
            let message = format!("webhook `{}` calls the control plane by its address", webhook.name());
            let finding = cx.report(webhook.resource, url, message);
            finding.codes(&["IST0164"]).severity(Severity::Info);
            finding.label("its certificate has to be valid for this address, and the address has to stay");
            finding.help("use a host name");
        }
        Ok(_) => {}
    }
}

fn report_nothing(cx: &mut Context<'_, '_>, webhook: Webhook<'_, '_>, client: Option<Node<'_>>) {
    let key = client.and_then(|client| client.entry("url")).map(|(key, _)| key);
    let place = key.or_else(|| webhook.node.entry("clientConfig").map(|(key, _)| key));
    let message = format!("webhook `{}` says neither `url` nor `service`", webhook.name());
    let place = place.or_else(|| webhook.node.get("name")).unwrap_or(webhook.node);
    let finding = cx.report(webhook.resource, place, message).codes(&["IST0163"]);
    finding.label("Kubernetes has nobody to call, and refuses the configuration");
    finding.help("write the `url` of the external control plane, or the `service` of one in this cluster");
}

/// The host of a URL that Kubernetes takes for a webhook (Kubernetes 1.36, `ValidateWebhookURL`).
fn host_of(url: &str) -> Result<&str, &'static str> {
    let rest = url.strip_prefix("https://").ok_or("does not begin with `https://`")?;
    let (authority, tail) = rest.split_at(rest.find(['/', '?', '#']).unwrap_or(rest.len()));
    if authority.contains('@') {
        return Err("names a user");
    }
    if tail.contains(['?', '#']) {
        return Err("has a query or a fragment");
    }
    let host = match authority.strip_prefix('[') {
        Some(inner) => inner.split_once(']').ok_or("has an address without an end")?.0,
        None => authority.split_once(':').map_or(authority, |(host, _)| host),
    };
    match host {
        "" => Err("names no host"),
        host if host.contains(char::is_whitespace) => Err("has a space in its host"),
        host => Ok(host),
    }
}

#[cfg(test)]
mod tests {
    use super::host_of;

    #[test]
    fn hosts_are_what_stands_before_port_and_path() {
        for (url, host) in [
            ("https://test.com:15017/validate", "test.com"),
            ("https://test.com", "test.com"),
            ("https://[2001:db8::1]:15017/inject", "2001:db8::1"),
            ("https://10.0.0.1/inject", "10.0.0.1"),
        ] {
            assert_eq!(host_of(url), Ok(host), "{url}");
        }
    }

    #[test]
    fn what_kubernetes_refuses_has_no_host() {
        for url in ["", "istiod.example.com", "http://a", "https://", "https://:443/", "https://u@a/", "https://a/?b"] {
            assert!(host_of(url).is_err(), "{url}");
        }
        assert!(host_of("https://[::1").is_err());
    }
}
