//! Which regions and zones traffic goes to. Istio 1.30, `ValidateLocalityLbSetting`.

use super::judge::{Judge, entries, items, key_of, listed, place, shown};
use crate::yaml::Node;

/// Judges what a load balancer does with localities.
pub(super) fn locality(judge: &mut Judge<'_, '_, '_>, setting: Node<'_>, ejects: bool) {
    let (distribute, failover) = (listed(setting, "distribute"), listed(setting, "failover"));
    if let (Some(first), Some(second), Some(_), Some(_)) =
        (key_of(setting, "distribute"), key_of(setting, "failover"), distribute, failover)
    {
        let finding = judge.refuse(second, "`failover` cannot be set beside `distribute`");
        finding.also(first.span(), "the shares").help("keep one of the two");
        return;
    }
    if failover.is_some() && topology_in_priority(judge, setting) {
        return;
    }
    for share in items(setting, "distribute") {
        check_shares(judge, share);
    }
    let sources = items(setting, "distribute").filter_map(|share| share.get("from"));
    distinct(judge, sources.filter_map(|node| Some((node.as_str()?, node))));
    let priority = listed(setting, "failoverPriority");
    let named = if failover.is_some() { "failover" } else { "failoverPriority" };
    if let Some(key) = failover.or(priority).filter(|_| !ejects).and_then(|_| key_of(setting, named)) {
        let finding = judge.doubt(key, format!("`{named}` does nothing without `outlierDetection`"));
        finding
            .label("failing endpoints are never taken out")
            .help("set `outlierDetection` beside `loadBalancer`");
    }
    for failover in items(setting, "failover") {
        check_failover(judge, failover);
    }
}

/// Whether `failoverPriority` names the topology, which `failover` is about already.
fn topology_in_priority(judge: &mut Judge<'_, '_, '_>, setting: Node<'_>) -> bool {
    let labels =
        ["topology.kubernetes.io/region", "topology.kubernetes.io/zone", "topology.istio.io/subzone"];
    let named = items(setting, "failoverPriority")
        .find_map(|node| Some((node, node.as_str().filter(|label| labels.contains(label))?)));
    if let Some((node, label)) = named {
        let finding = judge.refuse(node, format!("`{label}` cannot be a priority beside `failover`"));
        finding.help("keep one of the two: both order regions");
    }
    named.is_some()
}

fn check_shares(judge: &mut Judge<'_, '_, '_>, share: Node<'_>) {
    let mut sum = 0;
    for (_, node) in entries(share, "to") {
        let Some(weight) = node.as_int() else { return };
        if !(1..=100).contains(&weight) {
            judge.refuse(node, format!("the share is {weight}, not 1 to 100")).help("shares are per cent");
            return;
        }
        sum += weight;
    }
    if sum != 100 {
        let node = key_of(share, "to").unwrap_or_else(|| place(share));
        judge.refuse(node, format!("the shares sum to {sum}, not to 100")).help("shares are per cent");
        return;
    }
    let mut targets: Vec<_> =
        entries(share, "to").filter_map(|(key, _)| Some((key.as_str()?, key))).collect();
    // Istio reads them in no order; the sorted one puts what covers others before these.
    targets.sort_unstable_by_key(|(locality, _)| *locality);
    distinct(judge, targets.into_iter());
}

/// Judges localities, of which none may cover one behind it.
fn distinct<'a>(judge: &mut Judge<'_, '_, '_>, localities: impl Iterator<Item = (&'a str, Node<'a>)>) {
    let mut seen: Vec<(&str, Node<'_>)> = vec![];
    for (locality, node) in localities {
        let stars = locality.matches('*').count();
        if stars > 1 || (stars == 1 && !locality.ends_with('*')) {
            let message = format!("{} has a wildcard that is not its end", shown(locality));
            judge.refuse(node, message).help("write `REGION/ZONE/SUBZONE`, or `*` for what comes last");
        } else if locality.splitn(3, '/').any(str::is_empty) {
            let message = format!("{} has an empty part", shown(locality));
            judge.refuse(node, message).help("write `REGION`, `REGION/ZONE` or `REGION/ZONE/SUBZONE`");
        } else if let Some((first, earlier)) = seen.iter().find(|(earlier, _)| overlap(earlier, locality)) {
            let finding = judge.refuse(node, format!("{} overlaps with {}", shown(locality), shown(first)));
            finding.also(earlier.span(), "the other").help("name each place once");
        } else {
            seen.push((locality, node));
        }
    }
}

/// Whether an earlier locality covers a later one, or lies within it. A wildcard covers what comes after it only.
fn overlap(earlier: &str, later: &str) -> bool {
    earlier
        .splitn(3, '/')
        .zip(later.splitn(3, '/'))
        .all(|(earlier, later)| earlier == later || earlier == "*")
}

fn check_failover(judge: &mut Judge<'_, '_, '_>, failover: Node<'_>) {
    let (from, to) = (failover.get("from"), failover.get("to"));
    let text =
        |node: Option<Node<'_>>| node.map_or(Some(String::new()), |node| node.as_str().map(str::to_owned));
    let (Some(source), Some(target)) = (text(from), text(to)) else { return };
    let node = to.or(from).unwrap_or(failover);
    if source == target {
        let message = format!("region {} fails over to itself", shown(&source));
        judge.refuse(node, message).help("name two different regions");
    }
    for (region, node) in [(source, from), (target, to)] {
        let Some(node) = node.filter(|_| region.contains(['/', '*'])) else { continue };
        let message = format!("{} is no region", shown(&region));
        judge.refuse(node, message).help("name a region alone, without zone or wildcard");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_locality_covers_what_lies_in_it() {
        let covering =
            [("*", "a"), ("a", "a"), ("a", "a/b"), ("a/b", "a"), ("a/*", "a/b"), ("a/b/*", "a/b/c")];
        for (earlier, later) in covering {
            assert!(overlap(earlier, later), "{earlier} {later}");
        }
        for (earlier, later) in [("a", "*"), ("a", "b"), ("a/b", "a/c"), ("a/b", "a/*"), ("a/b/c", "a/b/*")] {
            assert!(!overlap(earlier, later), "{earlier} {later}");
        }
    }
}
