//! Sets of JSON web keys, as the library of Istio's webhook reads them (lestrrat-go/jwx 1.2, `jwk.Parse`).

use serde::Deserialize;
use serde_json::{Map, Value};

use super::Fault;

/// The places of the keys with a private part in a set, or in what is one key by itself.
pub fn jwks(text: &str) -> Result<Vec<usize>, Fault> {
    // What stands behind the set is not read.
    let set = match Value::deserialize(&mut serde_json::Deserializer::from_str(text)) {
        Ok(Value::Object(set)) => set,
        Ok(_) => return Err("is no object".to_owned()),
        Err(error) => return Err(format!("is no JSON: {error}")),
    };
    let keys: Vec<&Map<String, Value>> = match set.get("keys") {
        None => vec![&set],
        Some(Value::Null) => vec![],
        Some(Value::Array(keys)) => {
            let whole: Option<_> = keys.iter().map(Value::as_object).collect();
            whole.ok_or("has an entry of `keys` that is no object")?
        }
        Some(_) => return Err("has `keys` that are no list".to_owned()),
    };
    let mut private = vec![];
    for (place, key) in keys.into_iter().enumerate() {
        let is_private = check_key(key).map_err(|fault| match set.contains_key("keys") {
            true => format!("has a key, number {} of `keys`, {fault}", place + 1),
            false => format!("has no `keys`, and is a key {fault}"),
        })?;
        if is_private {
            private.push(place);
        }
    }
    Ok(private)
}

/// What a type of keys is made of, by whether they have a private part: numbers in base64, those needed first.
const TYPES: [(&str, bool, &[&str], &[&str]); 7] = [
    ("RSA", false, &["e", "n"], &[]),
    ("RSA", true, &["e", "n"], &["d", "p", "q", "dp", "dq", "qi"]),
    ("EC", false, &["x", "y"], &[]),
    ("EC", true, &["x", "y"], &["d"]),
    ("OKP", false, &["x"], &[]),
    ("OKP", true, &["x"], &["d"]),
    ("oct", true, &["k"], &[]),
];

/// Whether the key has a private part.
fn check_key(key: &Map<String, Value>) -> Result<bool, Fault> {
    let kty = key.get("kty").and_then(Value::as_str).ok_or("without a type `kty`")?;
    // A `d` makes it private whatever it holds.
    let is_private = key.contains_key("d") || kty == "oct";
    let Some((_, _, needed, more)) = TYPES.iter().find(|of| (of.0, of.1) == (kty, is_private)) else {
        return Err(format!("of a type `{kty}` that is none of `RSA`, `EC`, `OKP` and `oct`"));
    };
    let curve: &[&str] = if matches!(kty, "EC" | "OKP") { &["crv"] } else { &[] };
    if let Some(missing) = curve.iter().chain(*needed).find(|name| !key.contains_key(**name)) {
        return Err(format!("of type `{kty}` without `{missing}`"));
    }
    let texts = curve.iter().chain(&["alg", "kid", "use", "x5t", "x5t#S256"]);
    check_fields(key, needed.iter().chain(*more), "base64", |value| value.as_str().is_some_and(is_base64))?;
    check_fields(key, texts, "text", Value::is_string)?;
    check_fields(key, &["key_ops"], "list of texts", |value| is_list(value, |_| true))?;
    check_fields(key, &["x5c"], "list of certificates in base64", |value| is_list(value, is_base64))?;
    Ok(is_private)
}

/// Fields that are there have to be what they should; `null` counts as nothing.
fn check_fields<'n>(
    key: &Map<String, Value>,
    names: impl IntoIterator<Item = &'n &'n str>,
    what: &str,
    is: impl Fn(&Value) -> bool,
) -> Result<(), Fault> {
    let fits = |name: &&&str| key.get(**name).is_none_or(|value| value.is_null() || is(value));
    match names.into_iter().find(|name| !fits(name)) {
        Some(name) => Err(format!("whose `{name}` is no {what}")),
        None => Ok(()),
    }
}

fn is_list(value: &Value, is: impl Fn(&str) -> bool) -> bool {
    value.as_array().is_some_and(|items| items.iter().all(|item| item.as_str().is_some_and(&is)))
}

/// Base64 in one of its two alphabets, with or without the padding.
fn is_base64(text: &str) -> bool {
    let line: String = text.chars().filter(|c| !matches!(c, '\r' | '\n')).collect();
    let bare = line.trim_end_matches('=');
    let padding = line.len() - bare.len();
    let plain = bare.bytes().all(|b| b.is_ascii_alphanumeric() || b"+/".contains(&b));
    let for_urls = bare.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_".contains(&b));
    (plain || for_urls)
        && bare.len() % 4 != 1
        && (padding == 0 || (padding <= 2 && line.len().is_multiple_of(4)))
}

#[cfg(test)]
mod tests {
    use super::jwks;

    #[test]
    fn sets_and_single_keys_are_read() {
        assert_eq!(jwks(r#"{"keys": []}"#), Ok(vec![]));
        assert_eq!(jwks(r#"{"kty": "RSA", "n": "abc_", "e": "AQAB"}"#), Ok(vec![]));
        let mixed = r#"{"keys": [{"kty": "EC", "crv": "P-256", "x": "AA", "y": "AA==", "use": "sig", "more": 1},
            {"kty": "oct", "k": "c2VjcmV0"}, {"kty": "OKP", "crv": "Ed25519", "x": "AA", "d": "AA"}]}"#;
        assert_eq!(jwks(mixed), Ok(vec![1, 2]));
    }

    #[test]
    fn faults_are_named() {
        let faults = [
            ("", "is no JSON"),
            ("https://example.com/jwks", "is no JSON"),
            ("[]", "is no object"),
            ("{}", "without a type"),
            (r#"{"keys": 3}"#, "no list"),
            (r#"{"keys": [3]}"#, "no object"),
            (r#"{"keys": [{"kty": "RSA", "n": "AA"}]}"#, "without `e`"),
            (r#"{"keys": [{"kty": "EC", "x": "AA", "y": "AA"}]}"#, "without `crv`"),
            (r#"{"keys": [{"kty": "RSA", "n": "AA", "e": "A"}]}"#, "`e` is no base64"),
            (r#"{"keys": [{"kty": "rsa", "n": "AA", "e": "AQAB"}]}"#, "type `rsa`"),
            (r#"{"keys": [{"kty": "oct", "k": "AA", "kid": 3}]}"#, "`kid` is no text"),
            (r#"{"keys": [{"kty": "oct", "k": "AA", "key_ops": "sign"}]}"#, "`key_ops` is no list"),
        ];
        for (text, fault) in faults {
            assert!(jwks(text).is_err_and(|found| found.contains(fault)), "{text}: {:?}", jwks(text));
        }
    }
}
