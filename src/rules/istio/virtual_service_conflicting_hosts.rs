use crate::finding::{RuleMeta, Severity};
use crate::model::routing::{Binding, Claim};
use crate::model::{Exports, Host, Kind, Resource};
use crate::rules::{Check, Context, Rule};

pub(crate) static RULE: Rule = Rule {
    meta: RuleMeta {
        name: "virtual-service-conflicting-hosts",
        codes: &["IST0109"],
        analyzers: &["virtualservice.ConflictingMeshGatewayHostsAnalyzer"],
        summary: "two VirtualServices for sidecars claim one host",
        severity: Severity::Error,
        inputs: &[Kind::VirtualService],
        page: include_str!("virtual_service_conflicting_hosts.md"),
    },
    check: Check::Whole(check),
};

fn check(cx: &mut Context<'_, '_>) {
    let claims = cx.claims();
    let mut found = vec![];
    for ((binding, host), rivals) in claims.crowded() {
        if *binding == Binding::Mesh {
            let rivals: Vec<_> = rivals.collect();
            found.extend(rivals.iter().filter_map(|claim| {
                let others: Vec<_> = rivals.iter().filter(|other| meets(claim, other)).copied().collect();
                (!others.is_empty()).then_some((*claim, *host, others, false))
            }));
        }
    }
    overlaps(cx, &mut found);
    // One finding a VirtualService, in the order of the files, those that claim the very same host first.
    found.sort_by_key(|(claim, _, _, overlap)| (claim.service.root.span(), *overlap, claim.host.span()));
    found.dedup_by_key(|(claim, ..)| claim.service.root.span());
    for (claim, host, others, overlap) in found {
        report(cx, claim, host, &others, overlap);
    }
}

type Found<'m, 'a> = (&'m Claim<'a>, Host<'a>, Vec<&'m Claim<'a>>, bool);

/// Wildcards that overlap, one for all namespaces and one for some: istioctl reports them. To Envoy the longer one
/// wins, so that there is a winner, whether or not it is the one that was meant.
fn overlaps<'m, 'a>(cx: &Context<'m, 'a>, found: &mut Vec<Found<'m, 'a>>) {
    let claims = cx.claims();
    let is_wild = |(binding, host): &(Binding<'_>, Host<'_>)| *binding == Binding::Mesh && host.is_wildcard();
    let wild: Vec<_> = claims.iter().filter(|(key, _)| is_wild(key)).collect();
    for ((_, host), narrow) in &wild {
        for ((_, other), wide) in &wild {
            if host == other || !(host.covers(*other) || other.covers(*host)) {
                continue;
            }
            for narrow in narrow.clone().filter(|claim| !Exports::of(&claim.service).to_all()) {
                let to_all = |claim: &&Claim<'_>| Exports::of(&claim.service).to_all();
                for wide in wide.clone().filter(to_all).filter(|wide| meets(narrow, wide)) {
                    found.push((narrow, *host, vec![wide], true));
                    found.push((wide, *other, vec![narrow], true));
                }
            }
        }
    }
}

/// Whether both are different objects that some namespace sees.
fn meets(one: &Claim<'_>, other: &Claim<'_>) -> bool {
    !one.service.is(&other.service) && Exports::of(&one.service).meets(Exports::of(&other.service))
}

fn report(cx: &mut Context<'_, '_>, claim: &Claim<'_>, host: Host<'_>, others: &[&Claim<'_>], overlap: bool) {
    let names: Vec<_> = others.iter().map(|other| format!("`{}`", full_name(&other.service))).collect();
    let name = full_name(&claim.service);
    let message = match overlap {
        false => format!("`{name}` and {} claim the host `{host}` in sidecars", and(&names)),
        true => format!("the wildcard of `{name}` overlaps with that of {}", and(&names)),
    };
    let finding = cx.report(&claim.service, claim.host, message);
    for other in others {
        finding.also(other.host.span(), format!("`{}` claims it too", full_name(&other.service)));
    }
    if overlap {
        finding.severity(Severity::Info);
        finding.label("where both are visible, the longer wildcard wins");
        finding.help("make sure that the routes of the longer one are complete");
        return;
    }
    finding.label("which one takes effect is not defined");
    finding.help("put the routes into one VirtualService, or keep each to its namespaces with `exportTo`");
}

fn full_name(resource: &Resource<'_>) -> String {
    format!("{}/{}", resource.namespace, resource.name)
}

fn and(names: &[String]) -> String {
    match names {
        [first, .., last] if names.len() == 2 => format!("{first} and {last}"),
        [first, rest @ ..] if !rest.is_empty() => format!("{first} and {} more", rest.len()),
        _ => names.concat(),
    }
}
