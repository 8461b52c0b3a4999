//! When a request is tried again. Istio 1.30, `validateHTTPRetry`.

use super::judge::{Judge, filled, key_of, shown};
use crate::yaml::Node;

/// What Envoy retries on, of HTTP and of gRPC.
const CONDITIONS: &[&str] = &[
    "5xx",
    "gateway-error",
    "reset",
    "reset-before-request",
    "connect-failure",
    "retriable-4xx",
    "refused-stream",
    "retriable-status-codes",
    "retriable-headers",
    "envoy-ratelimited",
    "http3-post-connect-failure",
    "cancelled",
    "deadline-exceeded",
    "internal",
    "resource-exhausted",
    "unavailable",
];

/// Judges the retries of a route.
pub(super) fn retries(judge: &mut Judge<'_, '_, '_>, retries: Node<'_>) {
    let attempts = retries.get("attempts");
    judge.within(retries, "attempts", 0..=i64::MAX);
    if attempts.is_none_or(|attempts| attempts.as_int() == Some(0)) {
        without_attempts(judge, retries, attempts);
    }
    judge.milliseconds_at(retries, "perTryTimeout");
    judge.milliseconds_at(retries, "backoff");
    let Some(node) = filled(retries, "retryOn") else { return };
    for condition in node.as_str().unwrap_or_default().split(',') {
        if CONDITIONS.contains(&condition) || condition.parse().is_ok_and(is_status) {
            continue;
        }
        let bare = condition.trim();
        if bare != condition && CONDITIONS.contains(&bare) {
            let finding = judge.refuse(node, format!("condition `{bare}` has a space beside it"));
            finding.help("write commas alone between the conditions");
        } else {
            let finding = judge.refuse(node, format!("{} is nothing to retry on", shown(condition)));
            finding
                .help("write Envoy's conditions, such as `5xx` or `connect-failure`, or codes such as `503`");
        }
    }
}

fn without_attempts(judge: &mut Judge<'_, '_, '_>, retries: Node<'_>, attempts: Option<Node<'_>>) {
    let set =
        |name| filled(retries, name).or_else(|| retries.get(name).filter(|node| node.as_bool().is_some()));
    let names = ["perTryTimeout", "retryOn", "retryRemoteLocalities"];
    if let Some((name, key)) =
        names.iter().find_map(|name| Some((name, set(name).and(key_of(retries, name))?)))
    {
        let finding = judge.refuse(attempts.unwrap_or(key), format!("`{name}` is set, but `attempts` is 0"));
        if attempts.is_some() {
            finding.also(key.span(), "never used");
        }
        finding.help("write `attempts`, 1 or more, or remove the other fields of `retries`");
    }
}

/// Whether HTTP has a status of this number, as Go's `http.StatusText` knows them.
fn is_status(code: i64) -> bool {
    let ranges = [100..=103, 200..=208, 226..=226, 300..=305, 307..=308, 400..=418, 421..=426, 500..=508];
    ranges.iter().any(|range| range.contains(&code)) || [428, 429, 431, 451, 510, 511].contains(&code)
}
