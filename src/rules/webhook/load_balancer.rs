//! How a DestinationRule picks among endpoints. Istio 1.30, `validateLoadBalancer`.

use super::judge::{Judge, items, key_of, number};
use super::locality::locality;
use crate::yaml::Node;

/// Judges a load balancer; `ejects` says whether failing endpoints are taken out, without which nothing fails over.
pub(super) fn load_balancer(judge: &mut Judge<'_, '_, '_>, balancer: Node<'_>, ejects: bool) {
    if let Some(hash) = balancer.get("consistentHash") {
        consistent_hash(judge, hash);
    }
    if let Some(setting) = balancer.get("localityLbSetting") {
        locality(judge, setting, ejects);
    }
    if let Some(warmup) = balancer.get("warmup") {
        judge.milliseconds_at(warmup, "duration");
        if let Some(node) = warmup.get("aggression").filter(|node| number(*node) == Some(0.0)) {
            judge.refuse(node, "`aggression` is 0").help("write a number above 0; 1 is linear");
        }
    }
}

fn consistent_hash(judge: &mut Judge<'_, '_, '_>, hash: Node<'_>) {
    if let Some(cookie) = hash.get("httpCookie") {
        check_cookie(judge, cookie);
    }
    let size = hash.get("minimumRingSize").filter(|node| node.as_int().is_some_and(|size| size != 0));
    if let Some(key) = size.and_then(|_| key_of(hash, "minimumRingSize")) {
        match key_of(hash, "ringHash").or_else(|| key_of(hash, "maglev")) {
            Some(other) => {
                let name = other.text().unwrap_or_default();
                let finding = judge.refuse(key, format!("`minimumRingSize` cannot be set beside `{name}`"));
                finding.also(other.span(), "the other").help("move it into `ringHash`, or remove it");
            }
            None => {
                let finding = judge.doubt(key, "`minimumRingSize` is deprecated here").label("still read");
                finding.help("move it into `ringHash`");
            }
        }
    }
    if let Some(maglev) = hash.get("maglev") {
        check_table(judge, maglev, key_of(hash, "maglev").unwrap_or(maglev));
    }
}

fn check_cookie(judge: &mut Judge<'_, '_, '_>, cookie: Node<'_>) {
    if let Some(name) = cookie.get("name").filter(|name| name.as_str() == Some("")) {
        judge.refuse(name, "the cookie has no name");
    }
    let mut seen: Vec<(&str, Node<'_>)> = vec![];
    for node in items(cookie, "attributes").filter_map(|attribute| attribute.get("name")) {
        let Some(name) = node.as_str() else { continue };
        if name.is_empty() {
            judge.refuse(node, "the attribute of the cookie has no name");
        } else if let Some((_, first)) = seen.iter().find(|(other, _)| *other == name) {
            let finding = judge.refuse(node, format!("the cookie has two attributes `{name}`"));
            finding.also(first.span(), "the first").help("keep one of them");
        } else {
            seen.push((name, node));
        }
    }
}

/// The sizes that Envoy's Maglev tables may have are primes below this one.
const MAGLEV: i64 = 5_000_011;

fn check_table(judge: &mut Judge<'_, '_, '_>, maglev: Node<'_>, key: Node<'_>) {
    let help = "write a prime such as 65537, Envoy's default, larger than the number of endpoints";
    match maglev.get("tableSize") {
        None if maglev.is_map() => {
            judge.refuse(key, "`maglev` needs a `tableSize`").help(help);
        }
        Some(node) if node.as_int().is_some_and(|size| !(0..MAGLEV).contains(&size) || !is_prime(size)) => {
            let message =
                format!("a table of {} is not prime, or not below {MAGLEV}", node.text().unwrap_or_default());
            judge.refuse(node, message).help(help);
        }
        _ => {}
    }
}

/// Whether Envoy takes a number for a prime; it takes 1.
fn is_prime(number: i64) -> bool {
    let odd = |number: i64| number % 2 != 0;
    (1..4).contains(&number)
        || (odd(number)
            && (3..)
                .step_by(2)
                .take_while(|factor| factor * factor <= number)
                .all(|factor| number % factor != 0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn primes() {
        for prime in [1, 2, 3, 5, 65537, 5_000_009 - 2] {
            assert_eq!(is_prime(prime), (2..prime).all(|factor| prime % factor != 0), "{prime}");
        }
        for other in [0, 4, 9, 25, 65536, 65539 * 3] {
            assert!(!is_prime(other), "{other}");
        }
    }
}
