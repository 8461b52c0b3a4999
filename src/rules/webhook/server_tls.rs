//! How a Gateway's server or a Sidecar's listener does TLS. Istio 1.30, `validateTLSOptions`.

use super::judge::{Judge, filled, items, key_of, listed, shown};
use crate::yaml::Node;

/// Judges the TLS settings of a server.
pub(in crate::rules) fn server_tls(judge: &mut Judge<'_, '_, '_>, tls: Node<'_>) {
    ciphers(judge, tls);
    match mode(tls) {
        "ISTIO_MUTUAL" => mesh_certificates(judge, tls),
        mode => {
            several_sources(judge, tls);
            match mode {
                "PASSTHROUGH" | "AUTO_PASSTHROUGH" => passed_through(judge, tls, mode),
                "SIMPLE" | "MUTUAL" | "OPTIONAL_MUTUAL" => certificates(judge, tls, mode),
                _ => {}
            }
        }
    }
}

/// The mode, which is `PASSTHROUGH` unless written.
pub(in crate::rules) fn mode(tls: Node<'_>) -> &str {
    tls.str_at("mode").unwrap_or("PASSTHROUGH")
}

fn ciphers(judge: &mut Judge<'_, '_, '_>, tls: Node<'_>) {
    let suites = listed(tls, "cipherSuites");
    let oldest = tls.get("minProtocolVersion").filter(|_| suites.is_none());
    if let Some(node) = oldest.filter(|node| matches!(node.as_str(), Some("TLSV1_0" | "TLSV1_1"))) {
        let message = "no cipher suite of the default goes with a TLS version below 1.2";
        judge.doubt(node, message).help("list `cipherSuites` that this version can use");
    }
    let mut seen = vec![];
    for (node, suite) in items(tls, "cipherSuites").filter_map(|node| Some((node, node.as_str()?))) {
        if !is_suite(suite) {
            let message = format!("{} is no cipher suite that Envoy knows", shown(suite));
            judge.doubt(node, message).label("left out");
        } else if seen.contains(&suite) {
            judge.doubt(node, format!("cipher suite {} is listed twice", shown(suite))).label("left out");
        } else {
            seen.push(suite);
        }
    }
}

/// Whether BoringSSL takes it: a suite by name, `ALL`, or an expression that begins with an operator.
fn is_suite(text: &str) -> bool {
    let operator = text.chars().next().is_none_or(|first| !first.is_alphanumeric());
    operator || text == "ALL" || SUITES.contains(&text)
}

const SUITES: &[&str] = &[
    "ECDHE-ECDSA-AES128-GCM-SHA256",
    "ECDHE-RSA-AES128-GCM-SHA256",
    "ECDHE-ECDSA-AES256-GCM-SHA384",
    "ECDHE-RSA-AES256-GCM-SHA384",
    "ECDHE-ECDSA-CHACHA20-POLY1305",
    "ECDHE-RSA-CHACHA20-POLY1305",
    "ECDHE-ECDSA-AES128-SHA",
    "ECDHE-RSA-AES128-SHA",
    "ECDHE-ECDSA-AES256-SHA",
    "ECDHE-RSA-AES256-SHA",
    "AES128-GCM-SHA256",
    "AES256-GCM-SHA384",
    "AES128-SHA",
    "AES256-SHA",
    "DES-CBC3-SHA",
];

/// What names a certificate, a key, or where both are.
const CERTIFICATES: &[&str] = &[
    "serverCertificate",
    "privateKey",
    "caCertificates",
    "tlsCertificates",
    "credentialName",
    "credentialNames",
];

/// A field that is neither absent nor empty.
fn set<'a>(tls: Node<'a>, key: &str) -> Option<Node<'a>> {
    filled(tls, key).or_else(|| listed(tls, key)).and_then(|_| key_of(tls, key))
}

fn mesh_certificates(judge: &mut Judge<'_, '_, '_>, tls: Node<'_>) {
    for name in CERTIFICATES {
        if let Some(key) = set(tls, name) {
            let finding = judge.refuse(key, format!("`{name}` cannot be set with mode `ISTIO_MUTUAL`"));
            finding.help("remove it: this mode uses the certificates of the mesh; or write another mode");
        }
    }
}

fn passed_through(judge: &mut Judge<'_, '_, '_>, tls: Node<'_>, mode: &str) {
    let named = CERTIFICATES.iter().chain(&["caCrl"]).find_map(|name| Some((name, set(tls, name)?)));
    if let Some((name, key)) = named {
        let message = format!("`{name}` is not used with mode `{mode}`");
        let finding = judge.doubt(key, message).label("TLS is passed through, not ended here");
        finding.help("remove it, or write the mode that is meant, such as `SIMPLE`");
    }
    if let (Some(key), Some(_)) = (set(tls, "caCrl"), set(tls, "credentialName")) {
        list_in_credential(judge, key);
    }
}

fn list_in_credential(judge: &mut Judge<'_, '_, '_>, key: Node<'_>) {
    let finding = judge.refuse(key, "`caCrl` cannot be set beside `credentialName`");
    finding.help("put the list into the secret, under the key `ca.crl`");
}

fn several_sources(judge: &mut Judge<'_, '_, '_>, tls: Node<'_>) {
    let pair = set(tls, "serverCertificate").zip(set(tls, "privateKey")).map(|(key, _)| key);
    let others = ["credentialName", "credentialNames", "tlsCertificates"].map(|name| set(tls, name));
    let written = [pair].into_iter().chain(others).flatten();
    // The CRD has its own rules for `credentialNames` beside the other two.
    let told = others[1].is_some() && (others[0].is_some() || others[2].is_some());
    let mut sources = written.filter(|_| !told);
    if let (Some(first), Some(second)) = (sources.next(), sources.next()) {
        let finding = judge.refuse(second, "certificates come from two places");
        finding.also(first.span(), "and from here");
        finding.help("keep one of `credentialName`, `credentialNames`, `tlsCertificates`, and `serverCertificate` with `privateKey`");
    }
}

fn certificates(judge: &mut Judge<'_, '_, '_>, tls: Node<'_>, mode: &str) {
    if set(tls, "credentialName").or_else(|| set(tls, "credentialNames")).is_some() {
        return;
    }
    if mode != "SIMPLE" && set(tls, "caCertificates").is_none() {
        lacking(judge, tls, mode, "caCertificates");
    }
    match listed(tls, "tlsCertificates") {
        Some(list) => list.items().for_each(|one| pair(judge, one, mode)),
        None => pair(judge, tls, mode),
    }
    if let Some(key) = set(tls, "caCrl").filter(|_| mode == "SIMPLE") {
        let finding = judge.refuse(key, "`caCrl` cannot be set with mode `SIMPLE`");
        finding.help("remove it, or write `mode: MUTUAL` to ask clients for certificates");
    }
}

fn pair(judge: &mut Judge<'_, '_, '_>, holder: Node<'_>, mode: &str) {
    for name in ["serverCertificate", "privateKey"] {
        if set(holder, name).is_none() {
            lacking(judge, holder, mode, name);
        }
    }
}

fn lacking(judge: &mut Judge<'_, '_, '_>, holder: Node<'_>, mode: &str, name: &str) {
    let place = key_of(holder, name).or_else(|| holder.get("mode")).unwrap_or(holder);
    let finding = judge.refuse(place, format!("mode `{mode}` needs `{name}`"));
    finding.help("set it, or write `credentialName` with the name of a secret");
}
