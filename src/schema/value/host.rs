//! Host names as Istio takes them (Istio 1.30, `ValidateFQDN`, `ValidateWildcardDomain`).

use super::Fault;
use super::label::Alphabet;

const LABEL: Alphabet = Alphabet {
    inner: |b| b.is_ascii_alphanumeric() || b == b'-',
    ends: |b| b.is_ascii_alphanumeric(),
    says: "letters, digits and `-`",
    ends_says: "a letter or a digit",
};

/// A label as Istio takes it: like one of DNS, with capitals. Names of subsets, Gateways and ports.
pub fn istio_label(text: &str) -> Result<(), Fault> {
    LABEL.word(text, 63)
}

/// A host name of one or more labels, with or without a final dot; the last label is no number.
pub fn fqdn(text: &str) -> Result<(), Fault> {
    length(text)?;
    labels(text)
}

/// A host name whose first label may be `*`, or begin with it (`*-api.example.com`).
pub fn wildcard_domain(text: &str) -> Result<(), Fault> {
    length(text)?;
    let (first, rest) = match text.split_once('.') {
        Some((first, rest)) => (first, Some(rest)),
        None => (text, None),
    };
    let bare = first.strip_prefix("*-").or_else(|| first.strip_prefix('*')).unwrap_or(first);
    // The star counts towards the length of its label.
    if first != "*" && (first.len() > 63 || istio_label(bare).is_err()) {
        return Err(of_label(first, istio_label(first).err().unwrap_or_default()));
    }
    rest.map_or(Ok(()), labels)
}

fn length(text: &str) -> Result<(), Fault> {
    match text.len() {
        0 => Err("is empty".to_owned()),
        1..=255 => Ok(()),
        _ => Err("is longer than 255 characters".to_owned()),
    }
}

fn labels(text: &str) -> Result<(), Fault> {
    let last = text.rsplit('.').next().unwrap_or(text);
    if last.starts_with(['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '+', '-'])
        && last.parse::<i64>().is_ok()
    {
        return Err(format!("ends in the number `{last}`, which no domain does"));
    }
    // Only what stands before a final dot is judged; a lone dot has an empty label before it.
    let bare = text.strip_suffix('.').unwrap_or(text);
    if text.is_empty() {
        return Ok(());
    }
    bare.split('.').try_for_each(|label| istio_label(label).map_err(|fault| of_label(label, fault)))
}

fn of_label(label: &str, fault: Fault) -> Fault {
    if label.is_empty() {
        return "has an empty label: a dot too many".to_owned();
    }
    if label.contains('*') {
        return format!("has `*` in `{label}`: a wildcard stands for the first label, or begins it");
    }
    format!("has the label `{label}`, which {fault}")
}

#[cfg(test)]
mod tests {
    use super::super::judge;
    use super::*;

    #[test]
    fn host_names() {
        let long = format!("{}.com", "a".repeat(63));
        let longer = format!("{}.com", "a".repeat(64));
        let good = ["a", "a.b", "a.b.", "A.b", "1.a", "a-b.c", "xn--p1ai", "a.99999999999999999999", &long];
        let bad = [
            "", ".", ".a", "a..", "a..b", "a.1", "1", "10.0.0.1", "a_b", "-a", "a-.b", "*", "*.a", "a b",
            &longer,
        ];
        judge(fqdn, &good, &bad);
        judge(fqdn, &[], &[&"a.".repeat(128)]);
    }

    #[test]
    fn wildcards() {
        let star = format!("*{}", "a".repeat(62));
        let stars = format!("*{}", "a".repeat(63));
        let good = ["*", "*.a", "*.a.", "*-a.b", "*a.b", "*a", "a", "1", "1.a", "a.", "*.", &star];
        let bad = [
            "", ".", "**", "*.*", "a*", "a*.b", "a.*", "*-", "*-.a", "*--a", "*.1", "*.a_b", "10.0.0.1",
            &stars,
        ];
        judge(wildcard_domain, &good, &bad);
    }

    #[test]
    fn labels_have_capitals_with_istio() {
        judge(istio_label, &["V1", "a-b", "1"], &["", "a.b", "a_b", "-a"]);
    }
}
