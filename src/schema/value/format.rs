//! The formats of texts in the schemas of CRDs, as the API server judges them (kube-openapi, `strfmt`).

use super::{Fault, net, request_uri};

/// Whether a text is of a schema's `format`. A format that the API server does not know is no restriction; those of
/// numbers are judged with numbers. The exotic ones (`isbn`, `creditcard`, colours) are let pass.
pub fn format(name: &str, text: &str) -> Result<(), Fault> {
    let (is_one, what) = match name {
        "date-time" | "datetime" => (is_date_time(text), "time such as `2027-01-31T12:00:00Z`"),
        "date" => (is_date(text), "date such as `2027-01-31`"),
        "duration" => (is_duration(text), "duration such as `1m30s`"),
        "byte" => (is_base64(text), "text in base64"),
        "uri" => return request_uri(text),
        "email" => (is_email(text), "address of email"),
        "hostname" => (is_hostname(text), "host name"),
        "ipv4" => (is_ipv4(text), "address of IPv4"),
        "ipv6" => (text.contains(':') && !text.contains('%') && net::ip(text).is_ok(), "address of IPv6"),
        "cidr" => (is_cidr(text), "range of addresses such as `10.0.0.0/8`"),
        "mac" => (is_mac(text), "hardware address such as `00:00:5e:00:53:01`"),
        "uuid" => (is_uuid(text, None), "UUID"),
        "uuid3" => (is_uuid(text, Some('3')), "UUID of version 3"),
        "uuid4" => (is_uuid(text, Some('4')), "UUID of version 4"),
        "uuid5" => (is_uuid(text, Some('5')), "UUID of version 5"),
        _ => return Ok(()),
    };
    if is_one { Ok(()) } else { Err(format!("is no {what}")) }
}

fn is_date(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let [year, month, day] = parts[..] else { return false };
    let number = |text: &str, digits| text.len() == digits && text.bytes().all(|b| b.is_ascii_digit());
    if !number(year, 4) || !number(month, 2) || !number(day, 2) {
        return false;
    }
    let [year, month, day] = [year, month, day].map(|part| part.parse::<u32>().unwrap_or_default());
    let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if is_leap => 29,
        2 => 28,
        _ => 0,
    };
    (1..=days).contains(&day)
}

/// A date, `T`, a time of day and an offset. What stands behind another `T` is not looked at.
fn is_date_time(text: &str) -> bool {
    let mut parts = text.split(['T', 't']);
    let (Some(date), Some(time)) = (parts.next(), parts.next()) else { return false };
    is_date(date) && is_time(time)
}

fn is_time(text: &str) -> bool {
    let two = |from: usize, most: &str| {
        text.get(from..from + 2).is_some_and(|part| part.bytes().all(|b| b.is_ascii_digit()) && part <= most)
    };
    let colons = text.get(2..3) == Some(":") && text.get(5..6) == Some(":");
    if !colons || !two(0, "23") || !two(3, "59") || !two(6, "59") {
        return false;
    }
    let rest = &text[8..];
    let mut chars = rest.chars();
    // Any character may stand where the point does; digits follow it.
    let fraction = chars
        .next()
        .map(|_| chars.as_str())
        .map(|rest| (rest, rest.trim_start_matches(|c: char| c.is_ascii_digit())));
    let behind = fraction.filter(|(digits, rest)| rest.len() < digits.len()).map(|(_, rest)| rest);
    is_offset(rest) || behind.is_some_and(is_offset)
}

fn is_offset(text: &str) -> bool {
    let digits = |part: &str| part.len() == 2 && part.bytes().all(|b| b.is_ascii_digit());
    let numbers = text.strip_prefix(['+', '-']).and_then(|text| text.split_once(':'));
    text.eq_ignore_ascii_case("z") || numbers.is_some_and(|(hours, minutes)| digits(hours) && digits(minutes))
}

/// One of Go's, or anywhere in the text a whole number and a unit, such as `2 days`.
fn is_duration(text: &str) -> bool {
    super::duration(text).is_ok() || has_amount(text)
}

fn has_amount(text: &str) -> bool {
    const UNITS: &[&str] = &["ns", "us", "µs", "ms", "s", "m", "h", "hr", "d", "w", "wk"];
    const BEGINNINGS: &[&str] = &["nano", "micro", "milli", "sec", "min", "hour", "day", "week"];
    let is_word = |c: char| c.is_ascii_alphabetic() || c == 'µ';
    let mut amounts = text.split(|c: char| c.is_ascii_digit()).skip(1);
    amounts.any(|behind| {
        let word = behind.trim_start_matches([' ', '\t', '\n', '\r', '\x0c']);
        let word = word[..word.find(|c| !is_word(c)).unwrap_or(word.len())].to_lowercase();
        UNITS.contains(&word.as_str()) || BEGINNINGS.iter().any(|unit| word.starts_with(unit))
    })
}

/// Base64 with its padding; empty is none.
fn is_base64(text: &str) -> bool {
    let bare = text.strip_suffix("==").or_else(|| text.strip_suffix('=')).unwrap_or(text);
    let is_inner = |b: u8| b.is_ascii_alphanumeric() || b == b'+' || b == b'/';
    !bare.is_empty() && text.len().is_multiple_of(4) && bare.bytes().all(is_inner)
}

/// `name@domain`, perhaps in `<…>` with a name before it. What is quoted, commented or spaced is let
/// pass.
fn is_email(text: &str) -> bool {
    if text.contains(['"', '(']) || text.contains("@ ") {
        return text.contains('@');
    }
    let text = text.trim_matches([' ', '\t']);
    let address = match text.split_once('<') {
        Some((_, inner)) => inner.strip_suffix('>').unwrap_or_default().trim_matches([' ', '\t']),
        None => text,
    };
    let is_atom = |c: char| !c.is_ascii() || c.is_ascii_alphanumeric() || "!#$%&'*+-/=?^_`{|}~".contains(c);
    let is_dotted = |text: &str| text.split('.').all(|part| !part.is_empty() && part.chars().all(is_atom));
    let is_literal = |text: &str| text.strip_prefix('[').and_then(|text| text.strip_suffix(']')).is_some();
    address
        .rsplit_once('@')
        .is_some_and(|(name, domain)| is_dotted(name) && (is_dotted(domain) || is_literal(domain)))
}

/// Either one label, in which a dash may stand second only, or several and a last one of two letters or more. Letters
/// and symbols beyond ASCII are let pass.
fn is_hostname(text: &str) -> bool {
    let is_inner = |c: char| !c.is_ascii() || c.is_ascii_alphanumeric() || "$+<=>^`|~".contains(c);
    let labels: Vec<&str> = text.split('.').collect();
    let is_label = |label: &str| {
        !label.is_empty()
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.chars().all(|c| is_inner(c) || c == '-')
    };
    if text.len() > 255 || !labels.iter().all(|label| label.len() <= 63) {
        return false;
    }
    match labels[..] {
        [one] => {
            let mut chars = one.chars();
            chars.next().is_some_and(is_inner) && {
                let rest = chars.as_str();
                rest.strip_prefix('-').unwrap_or(rest).chars().all(is_inner)
            }
        }
        [ref front @ .., top] => {
            let is_top = |c: char| !c.is_ascii() || c.is_ascii_alphabetic();
            front.iter().all(|label| is_label(label)) && top.chars().count() >= 2 && top.chars().all(is_top)
        }
        [] => false,
    }
}

/// Leading zeros are tolerated here, as Go once did; an address of IPv6 that ends in one of IPv4 counts.
fn is_ipv4(text: &str) -> bool {
    text.contains('.') && !text.contains('%') && net::ip(&without_zeros(text)).is_ok()
}

fn is_cidr(text: &str) -> bool {
    let Some((address, length)) = text.split_once('/') else { return false };
    let most = if address.contains(':') { 128 } else { 32 };
    let is_length =
        length.bytes().all(|b| b.is_ascii_digit()) && length.parse().is_ok_and(|length: u32| length <= most);
    is_length && !address.contains('%') && net::ip(&without_zeros(address)).is_ok()
}

/// The numbers of an address of IPv4 without leading zeros.
fn without_zeros(text: &str) -> String {
    let (front, octets) = match text.rfind(':') {
        Some(at) if text[at..].contains('.') => text.split_at(at + 1),
        Some(_) => (text, ""),
        None => ("", text),
    };
    let bare = |octet: &str| match octet.trim_start_matches('0') {
        "" if !octet.is_empty() => "0".to_owned(),
        bare => bare.to_owned(),
    };
    let octets: Vec<String> = octets.split('.').map(bare).collect();
    format!("{front}{}", octets.join("."))
}

/// Six, eight or twenty bytes: in pairs of digits with `:` or `-`, in fours with `.`, or with nothing
/// between them.
fn is_mac(text: &str) -> bool {
    let made_of = |sep: char, digits: usize| {
        let groups: Vec<&str> = text.split(sep).collect();
        let are_digits = |group: &&str| group.len() == digits && group.bytes().all(|b| b.is_ascii_hexdigit());
        [6, 8, 20].contains(&(groups.len() * digits / 2)) && groups.iter().all(are_digits)
    };
    let is_bare = [12, 16, 40].contains(&text.len()) && text.bytes().all(|b| b.is_ascii_hexdigit());
    is_bare || made_of(':', 2) || made_of('-', 2) || made_of('.', 4)
}

/// 32 hexadecimal digits, in which dashes may be left out, of a version where one is asked for.
fn is_uuid(text: &str, version: Option<char>) -> bool {
    let mut rest = text;
    for (at, digits) in [8, 4, 4, 4, 12].into_iter().enumerate() {
        if at > 0 {
            rest = rest.strip_prefix('-').unwrap_or(rest);
        }
        let Some((group, behind)) = rest.split_at_checked(digits) else { return false };
        let is_variant = at != 3
            || matches!(version, None | Some('3'))
            || group.starts_with(['8', '9', 'a', 'b', 'A', 'B']);
        let is_version = at != 2 || version.is_none_or(|version| group.starts_with(version));
        if !group.bytes().all(|b| b.is_ascii_hexdigit()) || !is_variant || !is_version {
            return false;
        }
        rest = behind;
    }
    rest.is_empty()
}

#[cfg(test)]
mod tests {
    use super::super::judge;

    fn judge_format(name: &str, good: &[&str], bad: &[&str]) {
        judge(|text| super::format(name, text), good, bad);
    }

    #[test]
    fn times() {
        judge_format(
            "date",
            &["2024-02-29", "0000-01-01"],
            &["", "2023-02-29", "2023-13-01", "2023-1-01", "2023-01-00", "+023-01-01"],
        );
        let good = [
            "2027-01-31T12:00:00Z",
            "2027-01-31t12:00:00.123z",
            "2027-01-31T23:59:59+99:99",
            "2027-01-31T12:00:00,5-01:00",
        ];
        let bad = [
            "2027-01-31",
            "2027-01-31T24:00:00Z",
            "2027-01-31T12:00:60Z",
            "2027-01-31T12:00:00",
            "2027-01-31T12:00:00.Z",
            "2027-01-31 12:00:00Z",
            "T",
            "2027-01-31Té",
        ];
        judge_format("date-time", &good, &bad);
        judge_format(
            "duration",
            &["1m30s", "2 days", "1 Hour", "22 ns", "x 3w"],
            &["", "1", "fast", "1 fortnight", "1.5"],
        );
    }

    #[test]
    fn addresses() {
        judge_format(
            "ipv4",
            &["1.2.3.4", "01.02.03.004", "::ffff:1.2.3.4"],
            &["", "1.2.3", "::1", "1.2.3.256", "1..2.3"],
        );
        judge_format("ipv6", &["::1", "::ffff:1.2.3.4"], &["", "1.2.3.4", "fe80::1%a"]);
        judge_format(
            "cidr",
            &["10.0.0.0/8", "010.0.0.0/08", "::/0"],
            &["", "10.0.0.0", "10.0.0.0/33", "::/129", "10.0.0.0/+8", "10.0.0.0/8/8"],
        );
        judge_format(
            "mac",
            &["01:23:45:67:89:ab", "01-23-45-67-89-AB", "0123.4567.89ab.cdef"],
            &["", "01:23:45:67:89", "0123:4567:89ab", "01:23-45:67:89:ab"],
        );
    }

    #[test]
    fn names_and_numbers() {
        judge_format(
            "hostname",
            &["localhost", "a-b", "a.bc", "a--b.example", "1.2.com"],
            &["", "my-host", "a.b", "-a", "a_b.com", "a.c0m", "a..com", "a.com."],
        );
        judge_format(
            "email",
            &["a@b", "A B <a.b@c.d>", "\"a b\"@c", "a@[1.2.3.4]"],
            &["", "a", "@b", "a@", "a b@c", "a..b@c", "<a@b"],
        );
        judge_format(
            "uuid",
            &["123e4567-e89b-12d3-a456-426614174000", "123E4567E89B12D3A456426614174000"],
            &["", "123e4567", "123e4567-e89b-12d3-a456-42661417400g"],
        );
        judge_format(
            "uuid4",
            &["123e4567-e89b-42d3-a456-426614174000"],
            &["123e4567-e89b-12d3-a456-426614174000", "123e4567-e89b-42d3-c456-426614174000"],
        );
        judge_format(
            "uuid3",
            &["123e4567-e89b-32d3-c456-426614174000"],
            &["123e4567-e89b-42d3-a456-426614174000"],
        );
        judge_format("byte", &["QUJD", "QUI=", "QQ=="], &["", "QUJ", "QQ=", "QQ-_", "===="]);
        judge_format("uri", &["https://a", "/a"], &["", "a"]);
        judge_format("password", &[""], &[]);
    }
}
