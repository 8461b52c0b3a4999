use crate::finding::{RuleMeta, Severity};
use crate::model::routing::{Binding, Claim};
use crate::model::view::{Protocol, VirtualService};
use crate::model::{Exports, Host, Kind, View};
use crate::rules::http_match::HttpMatch;
use crate::rules::{Check, Context, Rule};

pub(crate) static RULE: Rule = Rule {
    meta: RuleMeta {
        name: "virtual-service-shared-gateway-host",
        codes: &[],
        analyzers: &[],
        summary: "two VirtualServices take the same requests of a gateway's host",
        severity: Severity::Warning,
        inputs: &[Kind::VirtualService],
        page: include_str!("virtual_service_shared_gateway_host.md"),
    },
    check: Check::Whole(check),
};

fn check(cx: &mut Context<'_, '_>) {
    let claims = cx.claims();
    let mut shared: Vec<_> =
        claims.crowded().filter(|((binding, _), _)| *binding != Binding::Mesh).collect();
    shared.sort_by_key(|(_, claims)| claims.clone().next().map(|claim| claim.host.span()));
    // Two VirtualServices may share several hosts: they are told once.
    let mut told = vec![];
    for ((binding, host), claims) in shared {
        let claims: Vec<_> = claims.collect();
        for (at, later) in claims.iter().enumerate() {
            let meeting = claims[..at].iter().find_map(|earlier| {
                let routes = meeting(earlier, later, *binding)?;
                Some((*earlier, routes))
            });
            let Some((earlier, routes)) = meeting else { continue };
            let pair = (earlier.service.root.span(), later.service.root.span());
            if !told.contains(&pair) {
                told.push(pair);
                report(cx, later, earlier, routes, *binding, *host);
            }
        }
    }
}

/// A match of the earlier and one of the later of which one takes all requests of the other. A catch-all and a
/// narrower match do not meet: Istio moves catch-alls behind all others (`SortVHostRoutes`).
fn meeting<'m>(
    earlier: &'m Claim<'m>,
    later: &'m Claim<'m>,
    binding: Binding<'m>,
) -> Option<(HttpMatch<'m>, HttpMatch<'m>)> {
    let same = earlier.service.is(&later.service);
    if same || !Exports::of(&earlier.service).meets(Exports::of(&later.service)) {
        return None;
    }
    matches(later, binding).find_map(|late| {
        let meets = |early: &HttpMatch<'m>| {
            early.is_catch_all() == late.is_catch_all() && (early.covers(late) || late.covers(*early))
        };
        matches(earlier, binding).find(meets).map(|early| (early, late))
    })
}

/// The http matches of a VirtualService that apply in a gateway. What is delegated is narrowed elsewhere.
fn matches<'m>(claim: &'m Claim<'m>, binding: Binding<'m>) -> impl Iterator<Item = HttpMatch<'m>> {
    let namespace = claim.service.namespace;
    let routes = VirtualService::of(&claim.service).routes();
    let own = routes.filter(|route| route.protocol == Protocol::Http && route.node.get("delegate").is_none());
    let all = own.flat_map(HttpMatch::all);
    all.filter(move |one| one.applies_to(|gateway| Binding::of(gateway, namespace) == binding))
}

fn report<'m>(
    cx: &mut Context<'m, '_>,
    later: &'m Claim<'m>,
    earlier: &'m Claim<'m>,
    (early, late): (HttpMatch<'m>, HttpMatch<'m>),
    binding: Binding<'m>,
    host: Host<'m>,
) {
    let Binding::Gateway { name: gateway, .. } = binding else { return };
    let (this, that) = (later.service.name, earlier.service.name);
    let message = format!("`{this}` and `{that}` take the same requests of `{host}` on gateway `{gateway}`");
    let finding = cx.report(&later.service, late.place(), message);
    let (here, there) = match (early.covers(late), late.covers(early)) {
        (true, true) => ("of two equal matches the older VirtualService's wins", "the equal match"),
        (true, false) => ("never used where the other VirtualService is older", "takes all of these requests"),
        _ => ("takes all requests of the other where it is older", "never used then"),
    };
    finding.label(here);
    finding.also(early.place().span(), format!("`{that}`: {there}"));
    finding.help("put the routes into one VirtualService: between two the older goes first, and files do not say which that is");
}
