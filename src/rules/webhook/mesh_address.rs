//! Addresses and durations in the configuration of a mesh.

use super::judge::{Judge, MILLISECOND, filled, shown};
use crate::schema::value::{self, Fault};
use crate::yaml::Node;

/// Judges the address in a field, if one is written. Istio 1.30, `ValidateProxyAddress`.
pub(super) fn address(judge: &mut Judge<'_, '_, '_>, holder: Node<'_>, key: &str) {
    let Some(node) = filled(holder, key) else { return };
    let text = node.text().unwrap_or_default();
    if let Err(fault) = host_and_port(text) {
        judge
            .refuse(node, format!("{} {fault}", shown(text)))
            .help("write `HOST:PORT`, or `[ADDRESS]:PORT` for IPv6");
    }
}

/// `HOST:PORT` as Go's `net.SplitHostPort` takes it apart.
pub(super) fn host_and_port(text: &str) -> Result<(), Fault> {
    let (host, port) = text.rsplit_once(':').ok_or("has no port")?;
    let host = match host.strip_prefix('[') {
        Some(inner) => inner.strip_suffix(']').ok_or("has a bracket that is not closed")?,
        None if host.contains(':') => return Err("has more than one `:`".to_owned()),
        None => host,
    };
    let number = port.parse().map_err(|_| format!("has no number behind the `:` but {}", shown(port)))?;
    value::port(number).map_err(|fault| format!("has a port that {fault}"))?;
    match value::fqdn(host).is_ok() || value::ip(host).is_ok() {
        true => Ok(()),
        false => {
            Err(format!("has neither a host name nor an IP address before the port but {}", shown(host)))
        }
    }
}

/// Judges the duration in a field, if it is there: of whole units, in nanoseconds, from one unit to `most`.
pub(super) fn duration(judge: &mut Judge<'_, '_, '_>, holder: Node<'_>, key: &str, unit: i64, most: i64) {
    let Some(node) = holder.get(key) else { return };
    let Some((text, nanos)) = node.as_str().and_then(|text| Some((text, value::duration(text).ok()?))) else {
        return;
    };
    let (least, whole) = match unit {
        MILLISECOND => ("1ms", "milliseconds, such as `1500ms`"),
        _ => ("1s", "seconds, such as `45s`"),
    };
    if nanos < MILLISECOND {
        judge
            .refuse(node, format!("`{key}` is {}, which is too short", shown(text)))
            .help(format!("{least} at least"));
    } else if nanos % unit != 0 {
        judge
            .refuse(node, format!("`{key}` is {}, which is too fine", shown(text)))
            .help(format!("write whole {whole}"));
    } else if nanos > most {
        judge.refuse(node, format!("`{key}` is {}, which is too long", shown(text))).help("an hour at most");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_a_host_and_a_port() {
        for good in ["istiod.istio-system.svc:15012", "10.0.0.1:80", "[::1]:9411", "zipkin:9411", "a.:1"] {
            assert_eq!(host_and_port(good), Ok(()), "{good}");
        }
        for bad in [
            "zipkin",
            "zipkin:",
            ":80",
            "zipkin:0",
            "zipkin:70000",
            "::1:80",
            "[::1:80",
            "a_b:1",
            "http://a:1",
        ] {
            assert!(host_and_port(bad).is_err(), "{bad}");
        }
    }
}
