//! Where routes send traffic to, and in which shares.

use super::judge::{Judge, filled, items, key_of, place, shown};
use super::names::subset_name;
use crate::schema::value;
use crate::yaml::Node;

/// Judges a destination. Istio 1.30, `validateDestination`.
pub(in crate::rules) fn destination(judge: &mut Judge<'_, '_, '_>, destination: Node<'_>) {
    if let Some(host) = destination.get("host") {
        match host.as_str() {
            Some("*") => {
                judge.refuse(host, "`*` is no host to send traffic to").help("name the host of a service");
            }
            _ => judge.text(host, value::wildcard_domain),
        }
    }
    if let Some(subset) = filled(destination, "subset") {
        subset_name(judge, subset);
    }
    let Some(port) = destination.get("port").filter(|port| port.is_map()) else { return };
    match port.get("number") {
        Some(number) => judge.port(number),
        None => {
            let key = key_of(destination, "port").unwrap_or(port);
            judge.refuse(key, "the port has no number").help("write `number` below it, or remove `port`");
        }
    }
}

/// Judges the destinations of a route: each, and their weights. Istio 1.30, `validateRouteDestinations`.
pub(in crate::rules) fn destinations(judge: &mut Judge<'_, '_, '_>, route: Node<'_>) {
    let (mut count, mut sum, mut known) = (0, 0i64, true);
    for target in items(route, "route") {
        if let Some(node) = target.get("destination") {
            destination(judge, node);
        }
        count += 1;
        let Some(node) = target.get("weight") else { continue };
        match node.as_int() {
            None => known = false,
            Some(weight) if weight < 0 => {
                known = false;
                let finding = judge.refuse(node, format!("a weight cannot be negative: {weight}"));
                finding.help("weights are shares from 0 upwards; 0 sends nothing");
            }
            Some(weight) => sum = sum.saturating_add(weight),
        }
    }
    if known && count > 1 && sum == 0 {
        all_zero(judge, route);
    }
}

fn all_zero(judge: &mut Judge<'_, '_, '_>, route: Node<'_>) {
    let mut shares = items(route, "route").map(|target| match target.get("weight") {
        Some(weight) => (weight, "no weight above 0"),
        None => (place(target), "no weight"),
    });
    let Some((first, _)) = shares.next() else { return };
    let finding = judge.refuse(first, "no destination of the route has a weight above 0");
    for (other, label) in shares {
        finding.also(other.span(), label);
    }
    finding.help("of several destinations at least one needs a `weight` above 0");
}

/// Judges the share of requests that is mirrored or failed.
pub(super) fn percentage(judge: &mut Judge<'_, '_, '_>, holder: Node<'_>, field: &str, least: f64) {
    let Some(node) = holder.get(field).and_then(|percentage| percentage.get("value")) else { return };
    let Some(value) = super::judge::number(node) else { return };
    if !(0.0..=100.0).contains(&value) {
        judge.refuse(node, format!("{value} per cent is not 0 to 100"));
    } else if value > 0.0 && value < least {
        let message =
            format!("{} per cent is finer than Envoy counts", shown(node.text().unwrap_or_default()));
        judge.refuse(node, message).help(format!("write 0, or at least {least}"));
    }
}
