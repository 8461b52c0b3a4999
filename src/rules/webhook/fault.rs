//! Failures and delays that a route makes up. Istio 1.30, `validateHTTPFaultInjection`.

use super::destination::percentage;
use super::judge::{Judge, key_of, shown};
use crate::yaml::Node;

/// The finest share that Envoy counts, in per cent.
const FINEST: f64 = 0.0001;

const GRPC: &[&str] = &[
    "OK",
    "CANCELLED",
    "UNKNOWN",
    "INVALID_ARGUMENT",
    "DEADLINE_EXCEEDED",
    "NOT_FOUND",
    "ALREADY_EXISTS",
    "PERMISSION_DENIED",
    "RESOURCE_EXHAUSTED",
    "FAILED_PRECONDITION",
    "ABORTED",
    "OUT_OF_RANGE",
    "UNIMPLEMENTED",
    "INTERNAL",
    "UNAVAILABLE",
    "DATA_LOSS",
    "UNAUTHENTICATED",
];

/// Judges the fault of a route.
pub(super) fn fault(judge: &mut Judge<'_, '_, '_>, route: Node<'_>) {
    let Some((key, fault)) = route.entry("fault").filter(|(_, fault)| fault.is_map()) else { return };
    if fault.get("abort").is_none() && fault.get("delay").is_none() {
        judge
            .refuse(key, "the fault neither aborts nor delays")
            .help("write `abort` or `delay`, or remove it");
    }
    if let Some(abort) = fault.get("abort") {
        percentage(judge, abort, "percentage", FINEST);
        check_abort(judge, abort, key_of(fault, "abort").unwrap_or(abort));
    }
    if let Some(delay) = fault.get("delay") {
        percentage(judge, delay, "percentage", FINEST);
        judge.milliseconds_at(delay, "fixedDelay");
        if let Some(key) = key_of(delay, "exponentialDelay") {
            judge.refuse(key, "`exponentialDelay` is not supported").help("write `fixedDelay`");
        }
    }
}

fn check_abort(judge: &mut Judge<'_, '_, '_>, abort: Node<'_>, key: Node<'_>) {
    if let Some(status) = abort.get("httpStatus") {
        http_status(judge, status);
    } else if let Some(status) = abort.get("grpcStatus") {
        let Some(text) = status.as_str().filter(|text| !GRPC.contains(text)) else { return };
        let finding = judge.refuse(status, format!("{} is no status of gRPC", shown(text)));
        finding.help("write its name, such as `UNAVAILABLE` or `NOT_FOUND`");
    } else if let Some(key) = key_of(abort, "http2Error") {
        judge.refuse(key, "`http2Error` is not supported").help("write `httpStatus` or `grpcStatus`");
    } else if abort.is_map() {
        judge.unvoiced(|judge| {
            let finding = judge.doubt(key, "the abort says no status").label("aborts nothing");
            finding.help("write `httpStatus` or `grpcStatus`");
        });
    }
}

/// Judges the status of a response. Istio 1.30, `validateHTTPStatus`, which takes 600.
pub(super) fn http_status(judge: &mut Judge<'_, '_, '_>, node: Node<'_>) {
    if let Some(status) = node.as_int().filter(|status| !(200..=600).contains(status)) {
        judge.refuse(node, format!("`{status}` is no status of a final response")).help("write 200 to 599");
    }
}
