use crate::finding::{RuleMeta, Severity};
use crate::model::view::Gateway;
use crate::model::{Kind, Lookup, Resource, View};
use crate::rules::istio_secrets::{Credential, credentials};
use crate::rules::nearest::nearest;
use crate::rules::{Check, Context, Rule};

pub(crate) static RULE: Rule = Rule {
    meta: RuleMeta {
        name: "gateway-unknown-secret",
        codes: &["IST0101"],
        analyzers: &["gateway.SecretAnalyzer"],
        summary: "a Gateway takes its certificate from a Secret that does not exist",
        severity: Severity::Error,
        inputs: &[Kind::Gateway, Kind::Pod, Kind::Secret],
        page: include_str!("gateway_unknown_secret.md"),
    },
    check: Check::Each(check),
};

fn check(cx: &mut Context<'_, '_>) {
    for gateway in cx.each::<Gateway>() {
        let mut named = credentials(gateway).peekable();
        if named.peek().is_none() {
            continue;
        }
        // Without pods nobody can tell where the Secret is looked for.
        let mut pods = cx.selected_anywhere(gateway.selector());
        let Some(namespace) = pods.next().map(|pod| pod.resource.namespace) else { continue };
        for credential in named {
            let found = cx.find_kind(Kind::Secret, namespace, credential.secret);
            if matches!(found, Lookup::Missing) && !is_made_later(cx, namespace, credential.secret) {
                report(cx, gateway, namespace, credential);
            }
        }
    }
}

/// Whether an object of a kind that weft does not know seems to make the Secret: cert-manager's `Certificate` by
/// `spec.secretName`, an `ExternalSecret` by `spec.target.name`, a `SealedSecret` by its own name.
fn is_made_later(cx: &Context<'_, '_>, namespace: &str, secret: &str) -> bool {
    let paths: [&[&str]; 3] = [&["spec", "secretName"], &["spec", "target", "name"], &["spec", "destination", "name"]];
    let makes = |resource: &Resource<'_>| {
        let mut named = paths.iter().filter_map(|path| resource.root.at(path)?.as_str());
        resource.namespace == namespace && (resource.name == secret || named.any(|name| name == secret))
    };
    cx.every_resource().iter().any(|resource| resource.kind == Kind::Unknown && makes(resource))
}

fn report<'m>(cx: &mut Context<'m, '_>, gateway: Gateway<'m>, namespace: &'m str, credential: Credential<'m>) {
    let name = credential.secret;
    let secrets = || cx.of_kind(Kind::Secret);
    let meant = nearest(name, secrets().filter(|secret| secret.namespace == namespace).map(|secret| secret.name));
    let elsewhere = secrets().find(|secret| secret.name == name);
    let message = format!("Secret `{name}` does not exist in `{namespace}`");
    let finding = cx.report(gateway.resource(), credential.node, message);
    finding.label(format!("the pods of the Gateway run in `{namespace}` and look for it there"));
    if let Some(meant) = meant {
        finding.help(format!("did you mean `{meant}`?"));
    } else if let Some(other) = elsewhere {
        finding.also(other.name_node().span(), format!("there is one in `{}`", other.namespace));
        finding.help(format!("create it in `{namespace}`: a proxy reads Secrets of its own namespace only"));
    } else {
        finding.help(format!("kubectl create -n {namespace} secret tls {name} --key=… --cert=…"));
    }
}
