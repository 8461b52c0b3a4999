//! How clients do TLS with a host. Istio 1.30, `ValidateTLS`.

use super::judge::{Judge, filled, key_of, place, shown};
use crate::yaml::Node;

/// Judges the TLS settings of a policy.
pub(super) fn client_tls(judge: &mut Judge<'_, '_, '_>, tls: Node<'_>) {
    let credential = filled(tls, "credentialName");
    if let Some(node) = credential {
        config_map(judge, node);
    }
    let mode = tls.str_at("mode").unwrap_or("DISABLE");
    unverified(judge, tls, mode);
    match (mode, credential) {
        ("SIMPLE" | "MUTUAL", Some(_)) => beside_credential(judge, tls),
        ("MUTUAL", None) => {
            for name in ["clientCertificate", "privateKey"] {
                if filled(tls, name).is_none() {
                    let place = key_of(tls, name).or_else(|| tls.get("mode")).unwrap_or(tls);
                    let finding = judge.refuse(place, format!("mode `MUTUAL` needs `{name}`"));
                    finding.help("set it, or write `credentialName` with the name of a secret");
                }
            }
        }
        _ => {}
    }
}

/// A ConfigMap that holds the certificates of authorities: only one of the own namespace.
fn config_map(judge: &mut Judge<'_, '_, '_>, node: Node<'_>) {
    let Some(path) = node.as_str().and_then(|text| text.strip_prefix("configmap://")) else { return };
    let home = judge.resource.namespace;
    let mut parts = path.split('/');
    let (namespace, name) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
    if namespace.is_empty() || name.is_empty() {
        let finding = judge.refuse(node, format!("{} does not name a ConfigMap", shown(path)));
        finding.help(format!("write `configmap://{home}/NAME`"));
    } else if namespace != home {
        let finding = judge.refuse(node, format!("the ConfigMap is of another namespace, `{namespace}`"));
        finding.help(format!("use one of namespace `{home}`, where the DestinationRule is"));
    }
}

/// Whoever does not verify the server needs nothing to verify it by.
fn unverified(judge: &mut Judge<'_, '_, '_>, tls: Node<'_>, mode: &str) {
    let Some(skip) = tls.get("insecureSkipVerify").filter(|node| node.as_bool() == Some(true)) else {
        return;
    };
    // With mode `MUTUAL`, a credential may be there for the client's own certificate.
    let unused: &[&str] = match mode {
        "SIMPLE" => &["caCertificates", "credentialName"],
        "MUTUAL" => &["caCertificates"],
        _ => return,
    };
    let certificates = unused.iter().filter_map(|name| Some((*name, filled(tls, name)?)));
    let names = tls.get("subjectAltNames").map(|node| ("subjectAltNames", node));
    for (name, node) in certificates.chain(names) {
        let place = key_of(tls, name).unwrap_or_else(|| place(node));
        let finding = judge.refuse(place, format!("`{name}` cannot be set with `insecureSkipVerify: true`"));
        finding.also(skip.span(), "the server is not verified").help("keep one of the two");
    }
}

fn beside_credential(judge: &mut Judge<'_, '_, '_>, tls: Node<'_>) {
    for name in ["clientCertificate", "privateKey", "caCertificates", "caCrl"] {
        if let Some(key) = filled(tls, name).and_then(|_| key_of(tls, name)) {
            let finding = judge.refuse(key, format!("`{name}` cannot be set beside `credentialName`"));
            finding.help("keep one of the two: the secret of `credentialName` holds all of them");
        }
    }
}
