//! A route of HTTP. Istio 1.30, `validateHTTPRoute`.

use super::cors::cors;
use super::destination::{destination, destinations, percentage};
use super::fault::fault;
use super::headers::{headers, one_authority};
use super::http_match::http_matches;
use super::judge::{Judge, items, key_of, listed};
use super::redirect::{direct_response, redirect, rewrite};
use super::retries::retries;
use crate::yaml::Node;

/// Judges a route; `delegate` says whether it is of a VirtualService without hosts.
pub(in crate::rules) fn http_route(judge: &mut Judge<'_, '_, '_>, route: Node<'_>, delegate: bool) {
    match key_of(route, "delegate").filter(|_| !delegate) {
        Some(key) => of_root(judge, route, key),
        None => conflicts(judge, route, delegate),
    }
    http_matches(judge, route);
    headers(judge, route);
    if let Some(policy) = route.get("corsPolicy") {
        cors(judge, policy);
    }
    fault(judge, route);
    mirrors(judge, route);
    redirect(judge, route);
    if let Some(response) = route.get("directResponse") {
        direct_response(judge, response);
    }
    if let Some(policy) = route.get("retries") {
        retries(judge, policy);
    }
    rewrite(judge, route);
    one_authority(judge, route);
    for target in items(route, "route") {
        headers(judge, target);
    }
    destinations(judge, route);
    judge.milliseconds_at(route, "timeout");
}

/// A route that hands on to another VirtualService does nothing itself.
fn of_root(judge: &mut Judge<'_, '_, '_>, route: Node<'_>, delegate: Node<'_>) {
    let list = listed(route, "route").and_then(|_| key_of(route, "route"));
    for key in [list, key_of(route, "redirect")].into_iter().flatten() {
        let name = key.text().unwrap_or_default();
        let finding = judge.refuse(key, format!("`{name}` cannot be set beside `delegate`"));
        finding.also(delegate.span(), "hands the requests on").help("keep one of the two");
    }
}

/// What cannot stand beside what. Istio 1.30, `validateHTTPRouteConflict`.
fn conflicts(judge: &mut Judge<'_, '_, '_>, route: Node<'_>, delegate: bool) {
    if let Some(key) = key_of(route, "delegate").filter(|_| delegate) {
        let finding = judge.refuse(key, "a VirtualService without hosts cannot delegate");
        finding.help("it is delegated to: name destinations in `route`, or give it `hosts`");
    }
    let list = listed(route, "route").and_then(|_| key_of(route, "route"));
    match key_of(route, "redirect").or_else(|| key_of(route, "directResponse")) {
        Some(answer) => {
            let response = key_of(route, "directResponse").filter(|key| key.index() != answer.index());
            let others = [list, key_of(route, "fault"), key_of(route, "rewrite"), response];
            for other in others.into_iter().flatten() {
                let (name, beside) = (other.text().unwrap_or_default(), answer.text().unwrap_or_default());
                let finding = judge.refuse(other, format!("`{name}` cannot be set beside `{beside}`"));
                finding.also(answer.span(), "answers by itself").help("keep one of the two");
            }
        }
        None if list.is_none() && route.is_map() => {
            let finding = judge.refuse(route, "the route does not say what to do with requests");
            finding.help("write `route`, `redirect` or `directResponse`");
        }
        None => {}
    }
    let both = key_of(route, "mirror").zip(listed(route, "mirrors").and_then(|_| key_of(route, "mirrors")));
    if let Some((one, list)) = both {
        let finding = judge.refuse(list, "`mirrors` cannot be set beside `mirror`");
        finding.also(one.span(), "the other").help("keep one of the two");
    }
}

fn mirrors(judge: &mut Judge<'_, '_, '_>, route: Node<'_>) {
    for name in ["mirrorPercent", "mirror_percent"] {
        judge.within(route, name, 0..=100);
        if let Some(key) = key_of(route, name) {
            let finding = judge.doubt(key, format!("`{name}` is deprecated")).label("still read");
            finding.help("write `mirrorPercentage`, with `value` below it");
        }
    }
    percentage(judge, route, "mirrorPercentage", 0.0);
    if let Some(mirror) = route.get("mirror") {
        destination(judge, mirror);
    }
    for mirror in items(route, "mirrors") {
        percentage(judge, mirror, "percentage", 0.0);
        if let Some(node) = mirror.get("destination") {
            destination(judge, node);
        }
    }
}
