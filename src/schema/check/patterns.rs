//! The patterns that definitions use most, in words.

/// What is wrong with a text that a pattern does not match, to stand behind the text.
pub(super) fn fault(pattern: &str) -> String {
    let known = KNOWN.iter().find(|(known, _)| *known == pattern);
    known.map_or_else(|| format!("does not match `{pattern}`"), |(_, words)| (*words).to_owned())
}

const KNOWN: &[(&str, &str)] = &[
    (
        "^[a-z0-9]([-a-z0-9]*[a-z0-9])?$",
        "is no name of lowercase letters, digits and `-`, a letter or a digit at both ends",
    ),
    (
        r"^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$",
        "is no DNS name in lowercase, such as `web.example.com`",
    ),
    (
        r"^(\*\.)?[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$",
        "is no host name in lowercase, such as `web.example.com` or `*.example.com`",
    ),
    (
        r"^$|^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$",
        "is no API group, such as `gateway.networking.k8s.io`, or empty for Kubernetes' core",
    ),
    (
        "^[a-zA-Z]([-a-zA-Z0-9]*[a-zA-Z0-9])?$",
        "is no name of a kind: letters, digits and `-`, a letter first",
    ),
    (r"^[A-Za-z0-9!#$%&'*+\-.^_\x60|~]+$", "is no name of an HTTP header"),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::catalog;

    #[test]
    fn every_known_pattern_is_used() {
        let limits =
            catalog::all().flat_map(|(_, schema)| schema.types.iter().filter_map(|of| of.limits.as_ref()));
        let used: Vec<&str> = limits.filter_map(|limits| limits.pattern).collect();
        for (pattern, _) in KNOWN {
            assert!(used.contains(pattern), "{pattern}");
        }
    }
}
