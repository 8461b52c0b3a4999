//! What is different each time.

use data_encoding::BASE64;

use crate::template::{Args, Fault, Functions, Param, Scope, Signature, Str, Value};

const COUNT: Signature = Signature::fixed(&[Param::Int]);
const LETTERS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

/// Adds the functions.
pub(super) fn add(functions: &mut Functions) {
    functions.add("randAlphaNum", COUNT, |scope, args| text(scope, args, LETTERS));
    functions.add("randAlpha", COUNT, |scope, args| text(scope, args, &LETTERS[..52]));
    functions.add("randNumeric", COUNT, |scope, args| text(scope, args, &LETTERS[52..]));
    functions.add("randAscii", COUNT, |scope, args| {
        let printable: Vec<u8> = (b' '..=b'~').collect();
        text(scope, args, &printable)
    });
    functions.add("randBytes", COUNT, |scope, args| {
        let count = usize::try_from(args.int(0)).map_err(|_| "the count is negative")?;
        scope.spend(count)?;
        Ok(BASE64.encode(&bytes(count)?).into())
    });
    functions.add("randInt", Signature::fixed(&[Param::Int, Param::Int]), |_, args| {
        let span = args.int(1).checked_sub(args.int(0)).filter(|&span| span > 0);
        let span = span.ok_or("the second number must be larger than the first")?;
        Ok(Value::int(args.int(0) + below(span.unsigned_abs())? as i64))
    });
    functions.add("shuffle", Signature::fixed(&[Param::Str]), |_, args| {
        let mut chars: Vec<char> = args.str(0).chars().collect();
        for end in (1..chars.len()).rev() {
            chars.swap(end, below(end as u64 + 1)? as usize);
        }
        Ok(chars.into_iter().collect::<String>().into())
    });
    functions.add("uuidv4", Signature::fixed(&[]), |_, _| {
        let mut bytes = bytes(16)?;
        bytes[6] = bytes[6] & 0x0f | 0x40;
        bytes[8] = bytes[8] & 0x3f | 0x80;
        let hex = data_encoding::HEXLOWER.encode(&bytes);
        Ok(format!("{}-{}-{}-{}-{}", &hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..]).into())
    });
}

/// Random bytes, fit for secrets.
pub(super) fn bytes(count: usize) -> Result<Vec<u8>, Fault> {
    let mut bytes = vec![0; count];
    getrandom::fill(&mut bytes).map_err(|error| format!("the system gives no random bytes: {error}"))?;
    Ok(bytes)
}

/// A number below another, each as likely.
fn below(limit: u64) -> Result<u64, Fault> {
    loop {
        let random = bytes(8)?.try_into().map_or(0, u64::from_le_bytes);
        let even = u64::MAX - u64::MAX % limit;
        if random < even {
            return Ok(random % limit);
        }
    }
}

/// Characters of an alphabet. Of a negative count: nothing.
fn text(scope: &mut Scope<'_>, args: &Args<'_>, alphabet: &[u8]) -> Result<Value, Fault> {
    let count = usize::try_from(args.int(0)).unwrap_or(0);
    scope.spend(count)?;
    let limit = alphabet.len() * (256 / alphabet.len());
    let mut text = Vec::with_capacity(count);
    while text.len() < count {
        let fair = bytes(count - text.len())?.into_iter().map(usize::from).filter(|&byte| byte < limit);
        text.extend(fair.map(|byte| alphabet[byte % alphabet.len()]));
    }
    Ok(Str::from_bytes(text).into())
}
