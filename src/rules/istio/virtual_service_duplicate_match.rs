use crate::finding::{RuleMeta, Severity};
use crate::model::view::VirtualService;
use crate::model::{Kind, View};
use crate::rules::route_order::{Verdict, Verdicts, match_place};
use crate::rules::{Check, Context, Rule};

pub(crate) static RULE: Rule = Rule {
    meta: RuleMeta {
        name: "virtual-service-duplicate-match",
        codes: &["IST0131"],
        analyzers: &["schema.ValidationAnalyzer.VirtualService"],
        summary: "a match of a VirtualService that an earlier match makes useless",
        severity: Severity::Warning,
        inputs: &[Kind::VirtualService],
        page: include_str!("virtual_service_duplicate_match.md"),
    },
    check: Check::Each(check),
};

fn check(cx: &mut Context<'_, '_>) {
    let mut verdicts = Verdicts::default();
    for service in cx.each::<VirtualService>() {
        for &(route, verdict) in verdicts.of(service) {
            let Verdict::Useless { node, by, equal, whole } = verdict else { continue };
            let same_route = by.0.index == route.index;
            let message = match (equal, whole) {
                (true, _) => "this match stands in the VirtualService twice".to_owned(),
                (false, true) => match match_place(by.1).text() {
                    Some(path) if route.matches().count() == 1 => {
                        format!("no request reaches this route: `{path}` before it takes them all")
                    }
                    _ => "no request reaches this route: matches before it take them all".to_owned(),
                },
                (false, false) => "an earlier match takes every request of this one".to_owned(),
            };
            let finding = cx.report(service.resource(), match_place(node), message);
            finding.label(if equal { "the second time" } else { "never decides anything" });
            let earlier = if equal { "the first time" } else { "takes these requests already" };
            finding.also(match_place(by.1).span(), earlier);
            match same_route || equal {
                true => finding.help("remove it: the route stays the same"),
                false => finding.help("put the narrower one first"),
            };
        }
    }
}
