use rustc_hash::FxHashMap;

use crate::finding::{RuleMeta, Severity};
use crate::model::view::Gateway;
use crate::model::{Kind, Selector, View};
use crate::rules::{Check, Context, Rule};
use crate::yaml::Node;

pub(crate) static RULE: Rule = Rule {
    meta: RuleMeta {
        name: "gateway-shared-certificate",
        codes: &["IST0138"],
        analyzers: &["gateway.CertificateAnalyzer"],
        summary: "two Gateways of the same pods that present one certificate",
        severity: Severity::Warning,
        inputs: &[Kind::Gateway],
        page: include_str!("gateway_shared_certificate.md"),
    },
    check: Check::Whole(check),
};

/// Where a server has its certificate from.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Source<'m> {
    /// A Secret.
    Secret(&'m str),
    /// Files: of the certificate and of its key.
    Files(&'m str, &'m str),
}

#[derive(Clone, Copy)]
struct User<'m> {
    gateway: Gateway<'m>,
    place: Node<'m>,
    source: Source<'m>,
}

fn check(cx: &mut Context<'_, '_>) {
    let mut users: FxHashMap<Source<'_>, Vec<User<'_>>> = FxHashMap::default();
    for user in cx.all::<Gateway>().flat_map(users_of) {
        users.entry(user.source).or_default().push(user);
    }
    users.retain(|_, users| users.len() > 1);
    for gateway in cx.all::<Gateway>() {
        for user in users_of(gateway) {
            let others = users.get(&user.source).into_iter().flatten();
            if let Some(other) = others.copied().find(|other| meet(user.gateway, other.gateway)) {
                report(cx, user, other);
            }
        }
    }
}

fn users_of<'m>(gateway: Gateway<'m>) -> impl Iterator<Item = User<'m>> {
    gateway.servers().filter_map(move |server| {
        let tls = server.get("tls")?;
        let text = |key| tls.get(key).filter(|node| node.as_str().is_some_and(|text| !text.is_empty()));
        if let Some(place) = text("credentialName") {
            return Some(User { gateway, place, source: Source::Secret(place.as_str()?) });
        }
        let (place, key) = (text("serverCertificate")?, text("privateKey")?);
        Some(User { gateway, place, source: Source::Files(place.as_str()?, key.as_str()?) })
    })
}

/// Whether every pod of the other one is a pod of this one too (Istio 1.30, `gateway.CertificateAnalyzer`).
fn meet(this: Gateway<'_>, other: Gateway<'_>) -> bool {
    let is_same = this.0.namespace == other.0.namespace && this.0.name == other.0.name;
    !is_same && is_part_of(this.selector(), other.selector())
}

fn is_part_of(part: Selector<'_>, whole: Selector<'_>) -> bool {
    part.labels().all(|label| whole.labels().any(|other| other == label))
}

fn report<'m>(cx: &mut Context<'m, '_>, user: User<'m>, other: User<'m>) {
    let what = match user.source {
        Source::Secret(name) => format!("certificate `{name}`"),
        Source::Files(path, _) => format!("certificate `{path}`"),
    };
    let message = format!("Gateway `{}` presents {what} too, at the same pods", other.gateway.0.name);
    let finding = cx.report(user.gateway.resource(), user.place, message);
    finding.label("browsers send requests for one host over a connection to the other, and get 404");
    finding.also(other.place.span(), format!("`{}` presents it here", other.gateway.0.name));
    finding.help("put the hosts of the certificate into one Gateway, or give each a certificate of its own");
}
