use jiff::Timestamp;

use crate::finding::{RuleMeta, Severity};
use crate::model::view::Gateway;
use crate::model::{Kind, Lookup, Resource, View};
use crate::rules::certificate::{decode_base64, validity};
use crate::rules::istio_secrets::{Credential, credentials};
use crate::rules::{Check, Context, Rule};

pub(crate) static RULE: Rule = Rule {
    meta: RuleMeta {
        name: "gateway-unusable-secret",
        codes: &["IST0161"],
        analyzers: &["gateway.SecretAnalyzer"],
        summary: "a Gateway whose Secret holds no valid certificate",
        severity: Severity::Error,
        inputs: &[Kind::Gateway, Kind::Pod, Kind::Secret],
        page: include_str!("gateway_unusable_secret.md"),
    },
    check: Check::Each(check),
};

/// The keys of a certificate and of its private key, in the order in which Istio looks for them (Istio 1.30,
/// `kube.ExtractCertInfo`).
const KEYS: [(&str, &str); 2] = [("cert", "key"), ("tls.crt", "tls.key")];

fn check(cx: &mut Context<'_, '_>) {
    for gateway in cx.each::<Gateway>() {
        for credential in credentials(gateway) {
            let pod = cx.selected_anywhere(gateway.selector()).next();
            let Some(namespace) = pod.map(|pod| pod.resource.namespace) else { continue };
            let found = cx.find_kind(Kind::Secret, namespace, credential.secret);
            let Lookup::Found(secret) = found else { continue };
            if let Some(fault) = fault(secret, cx.world().now) {
                report(cx, gateway, credential, secret, fault);
            }
        }
    }
}

/// What is wrong with a Secret.
enum Fault {
    /// It has no certificate with a key.
    Empty,
    /// What it has is no certificate.
    Garbled,
    /// The certificate is not valid yet, or no longer.
    Outside(String),
}

fn fault(secret: &Resource<'_>, now: Option<Timestamp>) -> Option<Fault> {
    let pair = KEYS.into_iter().find_map(|(cert, key)| value(secret, cert).filter(|_| value(secret, key).is_some()));
    // One without anything and with annotations is filled by somebody else.
    let is_filled_later = ["data", "stringData"].iter().all(|key| secret.root.get(key).is_none())
        && secret.root.at(&["metadata", "annotations"]).is_some();
    let Some(text) = pair else { return (!is_filled_later).then_some(Fault::Empty) };
    let Some(validity) = validity(&text) else { return Some(Fault::Garbled) };
    let day = |time: Timestamp| time.strftime("%Y-%m-%d").to_string();
    match now? {
        now if now > validity.until => Some(Fault::Outside(format!("is expired since {}", day(validity.until)))),
        now if now < validity.from => Some(Fault::Outside(format!("is not valid before {}", day(validity.from)))),
        _ => None,
    }
}

/// What a Secret holds under a key; `stringData` goes before `data`. Empty is nothing.
fn value(secret: &Resource<'_>, key: &str) -> Option<String> {
    let plain = secret.root.get("stringData").and_then(|data| data.get(key));
    let found = match plain {
        Some(node) => node.text()?.to_owned(),
        None => {
            let node = secret.root.get("data")?.get(key)?;
            // What is no text becomes one that is no certificate.
            let bytes = decode_base64(node.text()?).unwrap_or_else(|| b"?".to_vec());
            String::from_utf8_lossy(&bytes).into_owned()
        }
    };
    Some(found).filter(|text| !text.is_empty())
}

fn report<'m>(
    cx: &mut Context<'m, '_>,
    gateway: Gateway<'m>,
    credential: Credential<'m>,
    secret: &'m Resource<'m>,
    fault: Fault,
) {
    let name = credential.secret;
    // Nothing of what is in a Secret is shown: a key may stand on the same line.
    let (message, there) = match fault {
        Fault::Empty => (
            format!("Secret `{name}` holds no certificate with its key"),
            "neither `tls.crt` with `tls.key` nor `cert` with `key`",
        ),
        Fault::Garbled => (format!("the certificate in Secret `{name}` cannot be read"), "no certificate in PEM"),
        Fault::Outside(when) => (format!("the certificate in Secret `{name}` {when}"), "it lies here"),
    };
    let finding = cx.report(gateway.resource(), credential.node, message);
    finding.label("the proxy gets no certificate from it, and refuses connections");
    finding.also(secret.name_node().span(), there);
    finding.help("put the certificate into `tls.crt` and its private key into `tls.key`, both in PEM");
}
