//! What istiod and istioctl refuse in a MeshConfig beyond its schema. Istio 1.30, `ValidateMeshConfig`.

use super::judge::{Judge, MILLISECOND, filled, items, key_of, listed, shown};
use super::locality::locality;
use super::mesh_address::duration;
use super::mesh_provider::providers;
use crate::schema::value;
use crate::yaml::Node;

pub(in crate::rules) use super::mesh_networks::mesh_networks;
pub(in crate::rules) use super::mesh_proxy::proxy_config;

/// Curves that BoringSSL has (Istio 1.30, `ValidECDHCurves`).
const CURVES: &[&str] =
    &["P-224", "P-256", "P-384", "P-521", "X25519", "X25519Kyber768Draft00", "X25519MLKEM768"];

const HOUR: i64 = 3_600_000 * MILLISECOND;

/// Judges a MeshConfig. What is not written has a default that is in order.
pub(in crate::rules) fn mesh_config(judge: &mut Judge<'_, '_, '_>, mesh: Node<'_>) {
    if let Some(port) = mesh.get("proxyListenPort") {
        judge.port(port);
    }
    duration(judge, mesh, "connectTimeout", MILLISECOND, HOUR);
    detection_timeout(judge, mesh);
    if let Some(proxy) = mesh.get("defaultConfig") {
        proxy_config(judge, proxy);
    }
    if let Some(setting) = mesh.get("localityLbSetting") {
        locality(judge, setting, true);
    }
    for host in items(mesh, "serviceSettings").flat_map(|setting| items(setting, "hosts")) {
        judge.text(host, value::wildcard_domain);
    }
    for domain in mesh.get("trustDomain").into_iter().chain(items(mesh, "trustDomainAliases")) {
        judge.text(domain, trust_domain);
    }
    providers(judge, mesh);
    if let Some(tls) = mesh.get("meshMTLS").filter(|tls| listed(*tls, "ecdhCurves").is_some()) {
        let key = key_of(tls, "ecdhCurves").unwrap_or(tls);
        let finding = judge.refuse(key, "`meshMTLS` does not take `ecdhCurves`");
        finding.help("remove it; `tlsDefaults` takes curves, for all other TLS");
    }
    if let Some(tls) = mesh.get("tlsDefaults") {
        curves(judge, tls);
    }
}

/// 0s turns the limit off.
fn detection_timeout(judge: &mut Judge<'_, '_, '_>, mesh: Node<'_>) {
    let Some(node) = mesh.get("protocolDetectionTimeout") else { return };
    let nanos = node.as_str().and_then(|text| value::duration(text).ok());
    if nanos.is_some_and(|nanos| nanos % MILLISECOND != 0) {
        let finding = judge.refuse(node, "`protocolDetectionTimeout` is finer than a millisecond");
        finding.help("write whole milliseconds, such as `1500ms`");
    }
}

/// Labels with points between; the last one may be empty. Istio 1.30, `ValidateTrustDomain`.
fn trust_domain(text: &str) -> Result<(), value::Fault> {
    match text.strip_suffix('.').unwrap_or(text) {
        "" => Err("is no trust domain".to_owned()),
        bare => bare.split('.').try_for_each(value::istio_label),
    }
}

fn curves(judge: &mut Judge<'_, '_, '_>, tls: Node<'_>) {
    let mut seen: Vec<(&str, Node<'_>)> = vec![];
    for node in items(tls, "ecdhCurves") {
        let Some(curve) = node.as_str().filter(|curve| !curve.is_empty()) else { continue };
        if !CURVES.contains(&curve) {
            let finding = judge.doubt(node, format!("{} is no curve that Istio knows", shown(curve)));
            finding.help(format!("known are {}", CURVES.join(", ")));
        } else if let Some((_, first)) = seen.iter().find(|(other, _)| *other == curve) {
            judge
                .doubt(node, format!("the curve `{curve}` stands here twice"))
                .also(first.span(), "the first");
        }
        seen.push((curve, node));
    }
}

/// Judges that a text in a field is not empty where it is written: the default would do.
pub(super) fn not_empty(judge: &mut Judge<'_, '_, '_>, holder: Node<'_>, key: &str) {
    if let Some(node) = holder.get(key).filter(|node| node.as_str() == Some("")) {
        judge.refuse(node, format!("`{key}` is empty")).help("remove it for the default");
    }
}

/// Judges that a text is there.
pub(super) fn needed(judge: &mut Judge<'_, '_, '_>, holder: Node<'_>, key: &str, place: Node<'_>) -> bool {
    let there = filled(holder, key).is_some();
    // What is no text is the schema's to tell.
    if !there && holder.get(key).is_none_or(|node| node.as_str() == Some("")) {
        judge.refuse(holder.get(key).unwrap_or(place), format!("`{key}` is missing"));
    }
    there
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn trust_domains_are_labels() {
        for good in ["cluster.local", "a", "example.com.", "A-1.b"] {
            assert_eq!(trust_domain(good), Ok(()), "{good}");
        }
        for bad in ["", ".", "a..b", "spiffe://a", "a_b", "-a"] {
            assert!(trust_domain(bad).is_err(), "{bad}");
        }
    }
}
