//! The values that an AuthorizationPolicy compares with (Istio 1.30, pkg/config/security).

use super::Fault;

/// A port as authorization takes it, written as text: digits, 0 to 65535.
pub fn port_text(text: &str) -> Result<(), Fault> {
    let digits = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    match digits && text.parse::<u64>().is_ok_and(|port| port <= 65535) {
        true => Ok(()),
        false => Err("is no port: ports are 0 to 65535, names are not taken".to_owned()),
    }
}

/// A service account, with or without its namespace before it.
pub fn service_account(text: &str) -> Result<(), Fault> {
    if text.contains('*') {
        return Err("has a `*`: service accounts are compared as they are written".to_owned());
    }
    let parts = text.split('/').count();
    match parts <= 2 && text.split('/').all(|part| !part.is_empty()) {
        true => Ok(()),
        false => Err("is neither `ACCOUNT` nor `NAMESPACE/ACCOUNT`".to_owned()),
    }
}

/// A text with at most one `*`, at its beginning or its end.
pub fn wildcard(text: &str) -> Result<(), Fault> {
    let inner = text.strip_prefix('*').or_else(|| text.strip_suffix('*')).unwrap_or(text);
    match inner.contains('*') {
        false => Ok(()),
        true => Err("has a `*` that is not alone at the beginning or the end".to_owned()),
    }
}

/// A trust domain, or a part of one with a `*`.
pub fn trust_domain(text: &str) -> Result<(), Fault> {
    wildcard(text)?;
    match text.contains('/') {
        false => Ok(()),
        true => Err("has a `/`: a trust domain is only what stands before the first one".to_owned()),
    }
}

const ONE: &str = "{*}";
const ANY: &str = "{**}";

/// A path, or a template of one: segments may be `{*}`, and `{**}` where no other operator follows.
pub fn path_template(text: &str) -> Result<(), Fault> {
    let is_template = text.contains(ONE) || text.contains(ANY);
    let mut any = false;
    for segment in text.trim_matches('/').split('/') {
        match segment {
            ONE | ANY if any => {
                return Err("has an operator behind `{**}`, which has to be the last".to_owned());
            }
            ONE => {}
            ANY => any = true,
            _ if segment.contains(['{', '}']) => {
                return Err("has a brace that is no whole segment `{*}` or `{**}`".to_owned());
            }
            "" if is_template => return Err("has an empty segment, which a template cannot".to_owned()),
            _ if is_template && !segment.bytes().all(may_stand_in_path) => {
                return Err(format!("has the segment `{segment}`, which a template cannot hold"));
            }
            _ => {}
        }
    }
    Ok(())
}

/// What a segment of a template may hold: the characters of RFC 3986's `pchar`, without `*`.
fn may_stand_in_path(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"-._~%!$&'()+,;:@=".contains(&byte)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ports_are_digits() {
        for good in ["0", "80", "65535", "0080"] {
            assert_eq!(port_text(good), Ok(()), "{good}");
        }
        for bad in ["", "http", "-1", "+80", "65536", "8080-8090", "99999999999999999999999"] {
            assert!(port_text(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn service_accounts_have_two_parts_at_most() {
        for good in ["web", "shop/web"] {
            assert_eq!(service_account(good), Ok(()), "{good}");
        }
        for bad in ["", "/web", "shop/", "a/b/c", "shop/*"] {
            assert!(service_account(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn wildcards_stand_at_one_end() {
        for good in ["cluster.local", "*", "cluster*", "*.local"] {
            assert_eq!(trust_domain(good), Ok(()), "{good}");
        }
        for bad in ["*local*", "**", "clu*ster", "cluster.local/ns"] {
            assert!(trust_domain(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn templates_are_whole_segments() {
        let good = [
            "/",
            "*",
            "/a/*",
            "*/a",
            "/a b",
            "/a//b",
            "/{*}/b",
            "/a/{**}",
            "/{**}/b",
            "/{*}/{**}/b/",
            "/%7B/{*}",
        ];
        for good in good {
            assert_eq!(path_template(good), Ok(()), "{good}");
        }
        let bad =
            ["/{a}", "/a{*}", "/{*", "/{**}/{*}", "/{**}/{**}", "/{*}/a*", "/{*}/*", "/{*}//b", "/{*}/a b"];
        for bad in bad {
            assert!(path_template(bad).is_err(), "{bad}");
        }
    }
}
