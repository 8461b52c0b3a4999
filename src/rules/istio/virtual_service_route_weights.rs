use crate::finding::{RuleMeta, Severity};
use crate::model::view::{Route, VirtualService};
use crate::model::{Kind, Resource, View};
use crate::rules::{Check, Context, Rule};
use crate::yaml::Node;

pub(crate) static RULE: Rule = Rule {
    meta: RuleMeta {
        name: "virtual-service-route-weights",
        codes: &[],
        analyzers: &[],
        summary: "weights of a route that do not share traffic as they seem to",
        severity: Severity::Warning,
        inputs: &[Kind::VirtualService],
        page: include_str!("virtual_service_route_weights.md"),
    },
    check: Check::Each(check),
};

fn check(cx: &mut Context<'_, '_>) {
    for service in cx.each::<VirtualService>() {
        for route in service.routes() {
            check_route(cx, service.resource(), route);
        }
    }
}

/// A destination of a route and its weight.
struct Share<'m> {
    target: Node<'m>,
    weight: Option<(Node<'m>, i64)>,
}

impl<'m> Share<'m> {
    fn amount(&self) -> i64 {
        self.weight.map_or(0, |(_, weight)| weight)
    }

    /// Where a weight would stand: the first key of the entry.
    fn place(&self) -> Node<'m> {
        self.target.entries().next().map_or(self.target, |(key, _)| key)
    }

    /// The subset, else the host: what tells one destination from the other.
    fn name(&self) -> &'m str {
        let destination = self.target.get("destination");
        let part = |key| destination.and_then(|destination| destination.get(key));
        part("subset").or_else(|| part("host")).and_then(Node::text).unwrap_or("?")
    }
}

fn check_route(cx: &mut Context<'_, '_>, service: &Resource<'_>, route: Route<'_>) {
    let (mut count, mut sum, mut unweighted) = (0, 0i64, 0);
    for target in route.targets() {
        count += 1;
        match target.get("weight").map(|weight| (weight, weight.as_int())) {
            None => unweighted += 1,
            // Other rules tell that it is no number, or a negative one.
            Some((_, weight)) if weight.is_none_or(|weight| weight < 0) => return,
            Some((_, weight)) => sum = sum.saturating_add(weight.unwrap_or(0)),
        }
    }
    // Istio refuses several destinations without any weight, which another rule tells.
    if count < 2 || sum == 0 || (sum == 100 && unweighted == 0) {
        return;
    }
    let shares: Vec<_> = route.targets().map(share).collect();
    if unweighted > 0 {
        without_weight(cx, service, &shares);
    } else {
        odd_sum(cx, service, &shares, sum);
    }
}

fn share(target: Node<'_>) -> Share<'_> {
    let weight = target.get("weight");
    Share { target, weight: weight.and_then(|node| Some((node, node.as_int()?))) }
}

fn without_weight(cx: &mut Context<'_, '_>, service: &Resource<'_>, shares: &[Share<'_>]) {
    let sum: i64 = shares.iter().map(Share::amount).sum();
    let rest = 100 - sum;
    let bare = shares.iter().filter(|share| share.weight.is_none());
    let several = bare.clone().count() > 1;
    for lacking in bare {
        let message = format!("`{}` gets no traffic: it has no weight, beside others that have", lacking.name());
        let finding = cx.report(service, lacking.place(), message);
        finding.label("no weight is weight 0");
        for (share, node) in shares.iter().filter_map(|share| Some((share, share.weight?.0))) {
            finding.also(node.span(), part(share, sum));
        }
        match several || rest <= 0 {
            true => finding.help("write a `weight`, or `weight: 0` if it is to get nothing"),
            false => finding.help(format!(
                "write `weight: {rest}` to send it the missing {rest} %, or `weight: 0` if it is to get nothing"
            )),
        };
    }
}

fn odd_sum(cx: &mut Context<'_, '_>, service: &Resource<'_>, shares: &[Share<'_>], sum: i64) {
    let weighted = || shares.iter().filter(|share| share.amount() > 0);
    // Where one destination takes all, or all are equal, nobody reads the weights as per cent.
    if weighted().count() < 2 || weighted().all(|share| share.amount() == shares[0].amount()) {
        return;
    }
    let mut places = shares.iter().filter_map(|share| Some((share, share.weight?.0)));
    let Some((first, node)) = places.next() else { return };
    let finding = cx.report(service, node, format!("the weights of the route sum to {sum}, not to 100"));
    finding.severity(Severity::Info);
    finding.label(part(first, sum));
    for (share, node) in places {
        finding.also(node.span(), part(share, sum));
    }
    finding.help("Istio takes weights as proportions; make them sum to 100 if they are meant as per cent");
}

/// What a destination gets, in words.
fn part(share: &Share<'_>, sum: i64) -> String {
    let tenths = (i128::from(share.amount()) * 1000 + i128::from(sum) / 2) / i128::from(sum.max(1));
    match tenths % 10 {
        0 => format!("`{}` gets {} %", share.name(), tenths / 10),
        rest => format!("`{}` gets {}.{rest} %", share.name(), tenths / 10),
    }
}
