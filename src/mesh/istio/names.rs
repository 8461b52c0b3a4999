//! What is known about a name of an annotation or a label.

use crate::model::Kind;
use crate::schema::value::{self, Fault};

/// An annotation or a label that Istio reads or writes.
#[derive(Debug)]
pub struct Name {
    /// The name.
    pub name: &'static str,
    /// Where it has an effect; anywhere where this is empty. [`Kind::Pod`] stands for pod templates too, and
    /// [`Kind::KubernetesGateway`] for gateways, from which Istio makes pods and Services.
    pub kinds: &'static [Kind],
    /// How firm it is.
    pub status: Status,
    /// For a deprecated one, what to use instead; empty where there is nothing.
    pub deprecated: Option<&'static str>,
    /// What its value may be.
    pub value: Value,
    /// What it does, in one line.
    pub says: &'static str,
}

/// How firm a feature is: Istio's `featureStatus`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// May change or go with any release; also where Istio does not say.
    Alpha,
    /// Changes are announced.
    Beta,
    /// Stays.
    Stable,
}

/// What a value may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Value {
    /// Anything.
    Text,
    /// One of Go's spellings of a truth value.
    Bool,
    /// A port, or 0.
    Port,
    /// A number of 32 bits.
    Count,
    /// Ports, separated by commas.
    Ports,
    /// Ports, or `*`.
    PortsOrAll,
    /// Ranges of addresses, separated by commas.
    Ranges,
    /// Ranges of addresses, or `*`.
    RangesOrAll,
    /// Network interfaces, separated by commas.
    Interfaces,
    /// A quantity of Kubernetes.
    Quantity,
    /// One of these.
    OneOf(&'static [&'static str]),
    /// One of these, in any case.
    OneOfAnyCase(&'static [&'static str]),
}

impl Value {
    /// Whether a text is such a value.
    pub fn check(self, text: &str) -> Result<(), Fault> {
        match self {
            Value::Text => Ok(()),
            Value::Bool => boolean(text),
            Value::Port => port(text.trim()),
            Value::Count => {
                let is_count = !text.starts_with('+') && text.parse::<u32>().is_ok();
                if is_count { Ok(()) } else { Err("is no number from 0 to 4294967295".to_owned()) }
            }
            Value::PortsOrAll | Value::RangesOrAll if text == "*" => Ok(()),
            Value::Ports | Value::PortsOrAll => each(text.trim(), |part| port(part.trim())),
            Value::Ranges | Value::RangesOrAll => each(text, |part| value::prefix(part).map(drop)),
            Value::Interfaces => each(text, interface),
            Value::Quantity => value::quantity(text),
            Value::OneOf(names) => one_of(names, |name| name == text),
            Value::OneOfAnyCase(names) => one_of(names, |name| name.eq_ignore_ascii_case(text)),
        }
    }

    /// What it may be, for advice.
    pub fn says(self) -> String {
        match self {
            Value::Text => "any text".to_owned(),
            Value::Bool => "`true` or `false`".to_owned(),
            Value::Port => "a port, or 0".to_owned(),
            Value::Count => "a whole number".to_owned(),
            Value::Ports => "ports with commas between them, such as `80,8080`".to_owned(),
            Value::PortsOrAll => "ports with commas between them, such as `80,8080`, or `*`".to_owned(),
            Value::Ranges => {
                "ranges with commas and no blanks between them, such as `10.0.0.0/8,192.168.0.0/16`"
                    .to_owned()
            }
            Value::RangesOrAll => {
                "ranges with commas and no blanks between them, such as `10.0.0.0/8,192.168.0.0/16`, or `*`"
                    .to_owned()
            }
            Value::Interfaces => "interfaces with commas between them, such as `eth0,docker0`".to_owned(),
            Value::Quantity => "a quantity, such as `250m` or `128Mi`".to_owned(),
            Value::OneOf(names) | Value::OneOfAnyCase(names) => or(names),
        }
    }
}

/// Go's `strconv.ParseBool`.
fn boolean(text: &str) -> Result<(), Fault> {
    let all = ["1", "t", "T", "TRUE", "true", "True", "0", "f", "F", "FALSE", "false", "False"];
    if all.contains(&text) { Ok(()) } else { Err("is neither `true` nor `false`".to_owned()) }
}

fn port(text: &str) -> Result<(), Fault> {
    let is_port = !text.starts_with('+') && text.parse::<u16>().is_ok();
    if is_port { Ok(()) } else { Err("is no port".to_owned()) }
}

/// A name of a network interface (Istio 1.30, `ValidateInterfaceNames`).
fn interface(text: &str) -> Result<(), Fault> {
    let text = text.trim();
    let is_inner = |b: u8| b.is_ascii_alphanumeric() || b"_.-".contains(&b);
    let is_name =
        text.starts_with(|c: char| c.is_ascii_alphabetic()) && text.len() <= 15 && text.bytes().all(is_inner);
    if is_name { Ok(()) } else { Err("is no name of a network interface".to_owned()) }
}

/// Checks each part of a list with commas; an empty list is one. A fault in a longer list names its part.
fn each(text: &str, check: fn(&str) -> Result<(), Fault>) -> Result<(), Fault> {
    if text.is_empty() {
        return Ok(());
    }
    let judge = |part: &str| match check(part) {
        Err(fault) if part != text => Err(format!("has `{part}`, which {fault}")),
        judged => judged,
    };
    text.split(',').try_for_each(judge)
}

fn one_of(names: &[&str], is_it: impl Fn(&str) -> bool) -> Result<(), Fault> {
    if names.iter().any(|name| is_it(name)) { Ok(()) } else { Err("is none that Istio knows".to_owned()) }
}

fn or(names: &[&str]) -> String {
    let quoted: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    match quoted.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} or {last}", rest.join(", ")),
        _ => quoted.concat(),
    }
}

/// Whether a name stands in one of Istio's domains (`sidecar.istio.io/inject`).
pub(super) fn is_istio(name: &str) -> bool {
    name.split_once('/').is_some_and(|(domain, _)| domain == "istio.io" || domain.ends_with(".istio.io"))
}

/// Names that Istio reads or writes and has in neither table, or has from 1.31 on.
const UNDOCUMENTED: &[&str] = &[
    "ambient.istio.io/xfcc-include-client-identity",
    "envoyfilter.istio.io/referenced-services",
    "experimental.istio.io/disable-gateway-port-translation",
    "gateway.istio.io/defaults-for-class",
    "install.operator.istio.io/chart-owner",
    "install.operator.istio.io/owning-resource",
    "install.operator.istio.io/owning-resource-namespace",
    "install.operator.istio.io/owning-resource-not-pruned",
    "istio.io/config",
    "istio.io/connect-strategy",
    "istio.io/debug",
    "istio.io/draining",
    "istio.io/gateway-name",
    "istio.io/ignore-policy-attachment",
    "istio.io/inferencepool-extension-failure-mode",
    "istio.io/inferencepool-extension-port",
    "istio.io/inferencepool-extension-service",
    "istio.io/inferencepool-name",
    "istio.io/persistent-session",
    "istio.io/persistent-session-header",
    "istio.io/use-waypoint-canary",
    "istio.io/use-waypoint-canary-namespace",
    "istio.io/use-waypoint-canary-weight",
    "networking.istio.io/address-type",
    "networking.istio.io/cluster",
    "networking.istio.io/tunnel",
    "prometheus.istio.io/scrape-targets",
    "prometheus.istio.io/secure-port",
    "proxy.istio.io/health-checks-enabled",
    "sidecar.istio.io/capNetBindService",
];

/// Whether Istio has a use for a name that is in neither table.
pub(super) fn is_undocumented(name: &str) -> bool {
    UNDOCUMENTED.contains(&name) || name.starts_with("internal.istio.io/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_judged_as_the_injector_does() {
        let good = [
            (Value::Bool, "T"),
            (Value::Port, " 15020 "),
            (Value::Port, "0"),
            (Value::Count, "10"),
            (Value::Ports, ""),
            (Value::Ports, "80, 90"),
            (Value::PortsOrAll, "*"),
            (Value::Ranges, "10.0.0.0/8,::/0"),
            (Value::RangesOrAll, "*"),
            (Value::Interfaces, "eth0, docker0"),
            (Value::OneOf(&["NONE"]), "NONE"),
            (Value::OneOfAnyCase(&["PreferClose"]), "preferclose"),
        ];
        for (value, text) in good {
            assert_eq!(value.check(text), Ok(()), "{value:?} {text}");
        }
        let bad = [
            (Value::Bool, "yes"),
            (Value::Port, "+80"),
            (Value::Port, "65536"),
            (Value::Count, "-1"),
            (Value::Ports, "80,"),
            (Value::Ports, "*"),
            (Value::Ranges, "10.0.0.0/8, ::/0"),
            (Value::Ranges, "10.0.0.0"),
            (Value::Interfaces, "averyverylonginterface"),
            (Value::OneOf(&["NONE"]), "none"),
        ];
        for (value, text) in bad {
            assert!(value.check(text).is_err(), "{value:?} {text}");
        }
    }

    #[test]
    fn a_fault_names_its_part() {
        assert_eq!(Value::Ports.check("80,x").unwrap_err(), "has `x`, which is no port");
        assert_eq!(Value::Ports.check("x").unwrap_err(), "is no port");
    }
}
