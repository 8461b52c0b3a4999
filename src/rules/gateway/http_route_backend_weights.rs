use crate::finding::{RuleMeta, Severity};
use crate::model::view::HttpRoute;
use crate::model::{Kind, View};
use crate::rules::{Check, Context, Rule};
use crate::yaml::Node;

pub(crate) static RULE: Rule = Rule {
    meta: RuleMeta {
        name: "http-route-backend-weights",
        codes: &[],
        analyzers: &[],
        summary: "weights of an HTTPRoute that split traffic as nobody meant",
        severity: Severity::Warning,
        inputs: &[Kind::HttpRoute],
        page: include_str!("http_route_backend_weights.md"),
    },
    check: Check::Each(check),
};

fn check(cx: &mut Context<'_, '_>) {
    for route in cx.each::<HttpRoute>() {
        for rule in route.rules() {
            let backends = || rule.get("backendRefs").into_iter().flat_map(Node::items);
            let (mut total, mut count, mut written) = (0, 0, 0);
            for backend in backends() {
                let weight = backend.get("weight").and_then(Node::as_int);
                // The API's default.
                total += weight.unwrap_or(1);
                count += 1;
                written += usize::from(weight.is_some());
            }
            if count < 2 || written == 0 {
                continue;
            }
            if total == 0 {
                let Some(node) = rule.get("backendRefs") else { continue };
                let node = node.items().find_map(|backend| backend.get("weight")).unwrap_or(node);
                let finding = cx.report(route.resource(), node, "every backend has weight 0");
                finding.severity(Severity::Info).label("requests that match are answered with 500");
                finding.help("give one of them a weight, or take the rule out");
                continue;
            }
            let heaviest =
                backends().filter_map(|backend| backend.get("weight")?.as_int()).max().unwrap_or(0);
            if written == count || heaviest <= 1 {
                continue;
            }
            for backend in backends().filter(|backend| backend.get("weight").is_none()) {
                let name = backend.str_at("name").unwrap_or("");
                let node = backend.get("name").unwrap_or(backend);
                let message = format!("backend `{name}` has no weight beside others that have one");
                let finding = cx.report(route.resource(), node, message);
                finding.label(format!("no weight counts as 1: it gets 1 of {total} requests"));
                finding.help("weights are shares of their sum, not per cent: write one for every backend");
            }
        }
    }
}
