use crate::finding::{RuleMeta, Severity};
use crate::model::view::DestinationRule;
use crate::model::{Kind, Resource, View};
use crate::rules::{Check, Context, Rule};
use crate::yaml::Node;

pub(crate) static RULE: Rule = Rule {
    meta: RuleMeta {
        name: "destination-rule-unnamed-authority",
        codes: &["IST0128", "IST0129"],
        analyzers: &["destinationrule.CaCertificateAnalyzer"],
        summary: "TLS to a server that no authority of yours vouches for",
        severity: Severity::Info,
        inputs: &[Kind::DestinationRule],
        page: include_str!("destination_rule_unnamed_authority.md"),
    },
    check: Check::Each(check),
};

/// Istio's code where it is about the host as a whole.
const OF_HOST: &[&str] = &["IST0128"];
/// Istio's code where it is about a port.
const OF_PORT: &[&str] = &["IST0129"];

fn check(cx: &mut Context<'_, '_>) {
    for rule in cx.each::<DestinationRule>() {
        let Some(policy) = rule.0.spec_at("trafficPolicy") else { continue };
        // A Secret is only read for pods that the rule selects (Istio 1.30, `ClientTLSSettings.credentialName`).
        let has_secrets = rule.0.spec_at("workloadSelector").is_some();
        check_tls(cx, rule.resource(), policy, has_secrets, OF_HOST);
        for port in policy.get("portLevelSettings").into_iter().flat_map(Node::items) {
            check_tls(cx, rule.resource(), port, has_secrets, OF_PORT);
        }
    }
}

fn check_tls<'m>(
    cx: &mut Context<'m, '_>,
    rule: &'m Resource<'m>,
    policy: Node<'m>,
    has_secrets: bool,
    codes: &'static [&'static str],
) {
    let Some(tls) = policy.get("tls") else { return };
    let Some((mode, written)) = tls.get("mode").and_then(|mode| Some((mode, mode.as_str()?))) else { return };
    let says = |key| tls.str_at(key).is_some_and(|text| !text.is_empty());
    let is_checked = says("caCertificates") || (has_secrets && says("credentialName"));
    if !matches!(written, "SIMPLE" | "MUTUAL") || is_checked {
        return;
    }
    let host = rule.spec_at("host").and_then(Node::as_str).unwrap_or("");
    let of_port = policy.at(&["port", "number"]).and_then(Node::as_int);
    let to = of_port.map_or(format!("`{host}`"), |port| format!("port {port} of `{host}`"));
    let unchecked = tls.get("insecureSkipVerify").filter(|skip| skip.as_bool() == Some(true));
    let message = match unchecked {
        Some(_) => format!("the certificate of {to} is not checked"),
        None => format!("the certificate of {to} is checked by no authority of yours"),
    };
    let finding = cx.report(rule, mode, message);
    finding.codes = codes;
    match unchecked {
        Some(skip) => {
            finding.severity(Severity::Warning).label("anybody on the way can be the server");
            finding.also(skip.span(), "switched off here");
            finding.help("remove `insecureSkipVerify`, and name the authority in `caCertificates`");
        }
        None => {
            finding.label("the public authorities of the proxy's image decide, releases before 1.21 check nothing");
            finding.help("for a server of your own name its authority: `caCertificates`");
        }
    }
}
