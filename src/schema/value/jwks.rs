//! Sets of JSON web keys, as the library of Istio's webhook reads them (lestrrat-go/jwx 1.2, `jwk.Parse`).

use serde_json::{Map, Value};

use super::Fault;

/// The places of the keys with a private part in a set, or in what is one key by itself.
pub fn jwks(text: &str) -> Result<Vec<usize>, Fault> {
    let set = match serde_json::from_str(text) {
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

/// Whether the key has a private part.
fn check_key(key: &Map<String, Value>) -> Result<bool, Fault> {
    let kty = key.get("kty").and_then(Value::as_str).ok_or("without a type `kty`")?;
    // A `d` makes it private whatever it holds.
    let has_d = key.contains_key("d");
    let (needed, is_private): (&[&str], bool) = match kty {
        "RSA" => (&["e", "n"], has_d),
        "EC" => (&["crv", "x", "y"], has_d),
        "OKP" => (&["crv", "x"], has_d),
        "oct" => (&["k"], true),
        _ => return Err(format!("of a type `{kty}` that is none of `RSA`, `EC`, `OKP` and `oct`")),
    };
    if let Some(missing) = needed.iter().find(|name| !key.contains_key(**name)) {
        return Err(format!("of type `{kty}` without `{missing}`"));
    }
    key.iter().try_for_each(|(name, value)| check_field(name, value))?;
    Ok(is_private)
}

fn check_field(name: &str, value: &Value) -> Result<(), Fault> {
    let bytes = matches!(name, "e" | "n" | "x" | "y" | "k" | "d" | "p" | "q" | "dp" | "dq" | "qi");
    let text = bytes || matches!(name, "alg" | "kid" | "use" | "crv" | "x5t" | "x5t#S256" | "x5u");
    match value {
        Value::Null => Ok(()),
        Value::String(written) if bytes && !is_base64(written) => Err(format!("whose `{name}` is no base64")),
        Value::String(_) if name != "key_ops" && name != "x5c" => Ok(()),
        Value::Array(items) if name == "key_ops" || name == "x5c" => match items.iter().all(Value::is_string)
        {
            true => Ok(()),
            false => Err(format!("whose `{name}` is no list of texts")),
        },
        _ if name == "key_ops" || name == "x5c" => Err(format!("whose `{name}` is no list of texts")),
        _ if text => Err(format!("whose `{name}` is no text")),
        _ => Ok(()),
    }
}

/// Base64 in one of its two alphabets, with or without the padding.
fn is_base64(text: &str) -> bool {
    let line: String = text.chars().filter(|c| !matches!(c, '\r' | '\n')).collect();
    let bare = line.trim_end_matches('=');
    let padding = line.len() - bare.len();
    let plain = bare.bytes().all(|b| b.is_ascii_alphanumeric() || b"+/".contains(&b));
    let for_urls = bare.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_".contains(&b));
    (plain || for_urls) && bare.len() % 4 != 1 && (padding == 0 || (padding <= 2 && line.len() % 4 == 0))
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
