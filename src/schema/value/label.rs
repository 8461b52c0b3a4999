//! Names and labels as Kubernetes takes them (apimachinery, `util/validation`).

use super::Fault;

/// What a word may be made of.
pub(super) struct Alphabet {
    /// What may stand within it.
    pub inner: fn(u8) -> bool,
    /// What it may begin and end with.
    pub ends: fn(u8) -> bool,
    /// What may stand within it, in words.
    pub says: &'static str,
    /// What it may begin and end with, in words.
    pub ends_says: &'static str,
}

impl Alphabet {
    /// Whether `text` is a word of 1 to `most` characters.
    pub(super) fn word(&self, text: &str, most: usize) -> Result<(), Fault> {
        if let (Some(first), Some(last)) = (text.as_bytes().first(), text.as_bytes().last())
            && text.len() <= most
            && (self.ends)(*first)
            && (self.ends)(*last)
            && text.bytes().all(self.inner)
        {
            return Ok(());
        }
        self.fault(text, most)
    }

    /// What is wrong with a text, if anything is.
    fn fault(&self, text: &str, most: usize) -> Result<(), Fault> {
        let (Some(first), Some(last)) = (text.chars().next(), text.chars().next_back()) else {
            return Err("is empty".to_owned());
        };
        if text.len() > most {
            return Err(format!("is longer than {most} characters"));
        }
        let is = |takes: fn(u8) -> bool, c: char| u8::try_from(c).is_ok_and(takes);
        if let Some(other) = text.chars().find(|c| !is(self.inner, *c)) {
            return Err(format!("has {}, but may have only {}", shown(other), self.says));
        }
        for (c, does) in [(first, "begins"), (last, "ends")] {
            if !is(self.ends, c) {
                return Err(format!("{does} with `{c}` instead of {}", self.ends_says));
            }
        }
        Ok(())
    }
}

/// A character in a message.
fn shown(c: char) -> String {
    match c {
        ' ' => "a space".to_owned(),
        '`' => "a backtick".to_owned(),
        c if c.is_control() => format!("the control character U+{:04X}", u32::from(c)),
        c => format!("`{c}`"),
    }
}

fn is_lower(b: u8) -> bool {
    b.is_ascii_lowercase() || b.is_ascii_digit()
}

const DNS: Alphabet = Alphabet {
    inner: |b| is_lower(b) || b == b'-',
    ends: is_lower,
    says: "lowercase letters, digits and `-`",
    ends_says: "a lowercase letter or a digit",
};

const DNS_SUBDOMAIN: Alphabet = Alphabet {
    inner: |b| is_lower(b) || b == b'-' || b == b'.',
    says: "lowercase letters, digits, `-` and `.`",
    ..DNS
};

const NAME: Alphabet = Alphabet {
    inner: |b| b.is_ascii_alphanumeric() || b"-_.".contains(&b),
    ends: |b| b.is_ascii_alphanumeric(),
    says: "letters, digits, `-`, `_` and `.`",
    ends_says: "a letter or a digit",
};

/// A DNS label of RFC 1123 in lowercase, `IsDNS1123Label`: names of namespaces, services and ports.
pub fn dns_label(text: &str) -> Result<(), Fault> {
    DNS.word(text, 63)
}

/// A DNS subdomain of RFC 1123 in lowercase, `IsDNS1123Subdomain`: names of most objects. Its labels have no limit of
/// their own.
pub fn dns_subdomain(text: &str) -> Result<(), Fault> {
    DNS_SUBDOMAIN.word(text, 253)?;
    let fault = |label: &str| match label {
        "" => "has two dots in a row".to_owned(),
        _ => format!("has the part `{label}`, which begins or ends with `-`"),
    };
    let wrong =
        text.split('.').find(|label| label.is_empty() || label.starts_with('-') || label.ends_with('-'));
    wrong.map_or(Ok(()), |label| Err(fault(label)))
}

/// A key of a label or an annotation, `IsQualifiedName`: a name of at most 63 characters, perhaps with a domain and `/`
/// before it.
pub fn label_key(text: &str) -> Result<(), Fault> {
    let (domain, name) = match text.split_once('/') {
        Some((domain, name)) => (Some(domain), name),
        None => (None, text),
    };
    if name.contains('/') {
        return Err("has more than one `/`".to_owned());
    }
    if let Some(domain) = domain {
        dns_subdomain(domain).map_err(|fault| format!("has a domain before `/` that {fault}"))?;
    }
    match (domain, NAME.word(name, 63)) {
        (Some(_), Err(fault)) => Err(format!("has a name behind `/` that {fault}")),
        (_, judged) => judged,
    }
}

/// A value of a label, `IsValidLabelValue`: empty, or at most 63 letters, digits, `-`, `_` and `.`.
pub fn label_value(text: &str) -> Result<(), Fault> {
    if text.is_empty() { Ok(()) } else { NAME.word(text, 63) }
}

#[cfg(test)]
mod tests {
    use super::super::judge;
    use super::*;

    #[test]
    fn labels_and_subdomains_of_dns() {
        let long = "a".repeat(63);
        let longer = "a".repeat(64);
        judge(
            dns_label,
            &["a", "1", "a-b", "a--b", &long],
            &["", "A", "-a", "a-", "a_b", "a.b", "ä", &longer],
        );
        judge(
            dns_subdomain,
            &["a", "a.b", "1.2", "a-b.c", &longer],
            &["", ".", "a.", ".a", "a..b", "a.-b", "A.b"],
        );
        judge(dns_subdomain, &["a".repeat(253).as_str()], &["a".repeat(254).as_str()]);
    }

    #[test]
    fn keys_and_values_of_labels() {
        let good = ["app", "App_1.x-y", "example.com/app", "a/b"];
        let bad = ["", "/a", "a/", "a/b/c", "-a", "a-", "a b", "Example.com/app", "a_b.c/app", "é"];
        judge(label_key, &good, &bad);
        judge(label_value, &["", "a", "v1.2_3-x", "A"], &["-a", "a-", "a b", "a/b", ".a", &"a".repeat(64)]);
    }

    #[test]
    fn faults_name_what_is_wrong() {
        assert_eq!(
            dns_label("a b").unwrap_err(),
            "has a space, but may have only lowercase letters, digits and `-`"
        );
        assert_eq!(dns_label("-a").unwrap_err(), "begins with `-` instead of a lowercase letter or a digit");
        assert_eq!(label_key("a/").unwrap_err(), "has a name behind `/` that is empty");
    }
}
