//! Names and values of headers as Istio takes them (Istio 1.30, `pkg/config/validation`).

use super::Fault;

const CLAIMS: &str = "@request.auth.claims";
const PSEUDO: &[&str] = &[":method", ":scheme", ":authority", ":path", ":status"];

/// A name of a header in a route's `match`: a plain one, a pseudo header such as `:authority`, or a claim of a JWT such
/// as `@request.auth.claims.group` or `@request.auth.claims[group]`.
pub fn header_name(text: &str) -> Result<(), Fault> {
    if PSEUDO.contains(&text) || is_claim(text) {
        return Ok(());
    }
    if text.starts_with(':') {
        return Err(format!("is none of the pseudo headers: {}", quoted(PSEUDO)));
    }
    plain_header_name(text)
}

/// Whether a name of a header stands for a claim of a JWT.
pub fn is_claim(text: &str) -> bool {
    let Some((prefix, claim)) = text.split_at_checked(CLAIMS.len()) else { return false };
    let is_dotted = claim.len() > 1 && claim.starts_with('.');
    let is_bracketed = claim.len() > 2 && claim.starts_with('[') && claim.ends_with(']');
    prefix.eq_ignore_ascii_case(CLAIMS) && (is_dotted || is_bracketed)
}

fn quoted(names: &[&str]) -> String {
    names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}

/// A name of a header as HTTP has it: a token of RFC 9110. CORS takes `*` besides, which is one too.
pub fn plain_header_name(text: &str) -> Result<(), Fault> {
    only(text, |b| b.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&b))
}

/// A name of letters, digits and `-` only: headers of probes, and of consistent hashing.
pub fn strict_header_name(text: &str) -> Result<(), Fault> {
    only(text, |b| b.is_ascii_alphanumeric() || b == b'-')
}

fn only(text: &str, takes: fn(u8) -> bool) -> Result<(), Fault> {
    if text.is_empty() {
        return Err("is empty".to_owned());
    }
    match text.chars().find(|c| !u8::try_from(*c).is_ok_and(takes)) {
        Some(other) if other.is_control() => Err("has a control character, which no header has".to_owned()),
        Some(' ') => Err("has a space, which no name of a header has".to_owned()),
        Some(other) => Err(format!("has `{other}`, which no name of a header has")),
        None => Ok(()),
    }
}

/// A value that Envoy adds to a request or a response: `%` is written `%%`, or begins a variable such as
/// `%DOWNSTREAM_REMOTE_ADDRESS%` or `%REQ(x-id)%`.
pub fn header_value(text: &str) -> Result<(), Fault> {
    if text.bytes().any(|b| (b < 0x20 && b != b'\t') || b == 0x7f) {
        return Err("has a control character, which no header has".to_owned());
    }
    let mut state = In::Text;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        state = match (state, c) {
            (In::Text, '%') if chars.next_if_eq(&'%').is_some() => In::Text,
            (In::Text, '%') => In::Name,
            (In::Name | In::End, '%') => In::Text,
            (In::Name, '(') => In::Arguments,
            (In::Arguments, '[') => In::List,
            (In::List, '"') => In::Argument,
            (In::Argument, '\\') if chars.next().is_some() => In::Argument,
            (In::Argument, ')') | (In::AfterList, ')') => In::End,
            (In::Argument, '"') => In::AfterArgument,
            (In::AfterArgument, ',') => In::List,
            (In::AfterArgument, ']') => In::AfterList,
            (In::Text | In::Name | In::Argument, _) => state,
            (_, ' ') => state,
            // Envoy takes the first character of a bare argument as read, whatever it is.
            (In::Arguments, _) => In::Argument,
            (In::List | In::AfterArgument | In::AfterList, _) => {
                return Err(format!(
                    "has `{c}` in the arguments of a variable where a list of texts goes on"
                ));
            }
            (In::End, _) => return Err(format!("has `{c}` where `%` has to end a variable")),
        };
    }
    match state {
        In::Text => Ok(()),
        _ => {
            Err("has a `%` that begins a variable and none that ends it: a bare one is written `%%`"
                .to_owned())
        }
    }
}

/// Where in a header's value: Istio 1.30, `validateHeaderValue`, after Envoy's header parser.
#[derive(Clone, Copy)]
enum In {
    Text,
    Name,
    Arguments,
    List,
    Argument,
    AfterArgument,
    AfterList,
    End,
}

#[cfg(test)]
mod tests {
    use super::super::judge;
    use super::*;

    #[test]
    fn names_of_headers() {
        let good =
            ["x-a", "X_A", ":authority", ":path", "@request.auth.claims.a", "@request.auth.claims[a][b]"];
        let bad = ["", ":host", "a b", "a:b", "é", "@request.auth.claims", "@request.auth.claims[]", "a\n"];
        judge(header_name, &good, &bad);
        judge(plain_header_name, &["x-a", "a.b", "*"], &["", ":path", "a/b", "@request.auth.claims.a"]);
        judge(strict_header_name, &["x-a", "A1"], &["", "a_b", "a.b", ":path"]);
    }

    #[test]
    fn values_of_headers() {
        let good = [
            "",
            "a",
            "100%%",
            "%HOSTNAME%",
            "a%REQ(x-a)%b",
            "%REQ( x )%",
            "%M([\"a\", \"b\"])%",
            "%M([\"a\\\"\"] ) %",
            "é\t",
        ];
        let bad = [
            "%",
            "a%b",
            "%START%%",
            "%REQ(x%",
            "%M([\"a\")%",
            "%M([a])%",
            "%REQ(x)b%",
            "a\nb",
            "%%%",
            "%M([\"a)\"])%",
            "%M(a\\",
        ];
        judge(header_value, &good, &bad);
    }
}
