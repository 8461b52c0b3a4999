//! Base 64 and 32.

use data_encoding::{BASE32, BASE64, Encoding};

use crate::template::{Functions, Param, Signature, Str};

const ONE: Signature = Signature::fixed(&[Param::Str]);

/// Adds the functions. Decoding never fails: what is wrong is the result.
pub(super) fn add(functions: &mut Functions) {
    functions.add("b64enc", ONE, |_, args| Ok(BASE64.encode(args.text(0).as_bytes()).into()));
    functions.add("b64dec", ONE, |_, args| Ok(decode(&BASE64, "base64", args.text(0).as_bytes()).into()));
    functions.add("b32enc", ONE, |_, args| Ok(BASE32.encode(args.text(0).as_bytes()).into()));
    functions.add("b32dec", ONE, |_, args| Ok(decode(&BASE32, "base32", args.text(0).as_bytes()).into()));
}

/// As Go's decoders: line breaks do not count, nor what is left of bits.
pub(super) fn bytes(encoding: &Encoding, text: &[u8]) -> Result<Vec<u8>, usize> {
    let kept: Vec<u8> = text.iter().copied().filter(|byte| !matches!(byte, b'\r' | b'\n')).collect();
    let mut tolerant = encoding.specification();
    tolerant.check_trailing_bits = false;
    let encoding = tolerant.encoding().unwrap_or_else(|_| encoding.clone());
    encoding.decode(&kept).map_err(|error| {
        let breaks = text.iter().enumerate().filter(|(_, byte)| matches!(byte, b'\r' | b'\n'));
        let mut position = error.position;
        breaks.for_each(|(at, _)| position += usize::from(at <= position));
        position
    })
}

fn decode(encoding: &Encoding, name: &str, text: &[u8]) -> Str {
    match bytes(encoding, text) {
        Ok(bytes) => Str::from_bytes(bytes),
        // Go's words: charts compare with them.
        Err(position) => format!("illegal {name} data at input byte {position}").into(),
    }
}
