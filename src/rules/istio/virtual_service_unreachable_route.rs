use crate::finding::{RuleMeta, Severity};
use crate::model::view::{Protocol, Route, VirtualService};
use crate::model::{Kind, View};
use crate::rules::route_order::{Verdict, Verdicts, Why, place};
use crate::rules::{Check, Context, Rule};

pub(crate) static RULE: Rule = Rule {
    meta: RuleMeta {
        name: "virtual-service-unreachable-route",
        codes: &["IST0130"],
        analyzers: &["schema.ValidationAnalyzer.VirtualService"],
        summary: "a route of a VirtualService that no request reaches",
        severity: Severity::Warning,
        inputs: &[Kind::VirtualService],
        page: include_str!("virtual_service_unreachable_route.md"),
    },
    check: Check::Each(check),
};

fn check(cx: &mut Context<'_, '_>) {
    let mut verdicts = Verdicts::default();
    for service in cx.each::<VirtualService>() {
        for &(route, verdict) in verdicts.of(service) {
            if let Verdict::Unreachable { by, why } = verdict {
                report(cx, service, route, by, why);
            }
        }
    }
}

fn report<'m>(
    cx: &mut Context<'m, '_>,
    service: VirtualService<'m>,
    route: Route<'m>,
    by: Route<'m>,
    why: Why,
) {
    let message = format!("{} is never reached", name(route));
    let finding = cx.report(service.resource(), place(route), message);
    finding.label("every request that it matches is taken before");
    let (earlier, help) = match why {
        Why::NoMatch => ("has no match: it takes every request", "put the route without a match last, or give it one"),
        Why::Equal => ("takes them by the same match", "remove one of the two, or tell their matches apart"),
        Why::Wider => ("takes them", "put the narrower route first, or remove it"),
    };
    finding.also(place(by).span(), format!("{} {earlier}", name(by))).help(help);
}

/// A route in words: by its name, else by its place.
fn name(route: Route<'_>) -> String {
    let list = match route.protocol {
        Protocol::Http => "http",
        Protocol::Tls => "tls",
        Protocol::Tcp => "tcp",
    };
    match route.node.str_at("name") {
        Some(name) => format!("route `{name}`"),
        None => format!("route {} of `{list}`", route.index + 1),
    }
}
