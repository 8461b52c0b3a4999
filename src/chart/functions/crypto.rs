//! Sprig's hashes, passwords and ciphers.

use aes::Aes256;
use cbc::cipher::block_padding::Pkcs7;
use cbc::cipher::{BlockModeDecrypt, BlockModeEncrypt, KeyIvInit};
use data_encoding::{BASE64, HEXLOWER};
use hmac::{Hmac, KeyInit, Mac};
use sha1::Sha1;
use sha2::{Digest, Sha256, Sha512};

use super::{encode, random};
use crate::template::{Args, Fault, Functions, Param, Signature, Str, Value};

const S: Param = Param::Str;
const ONE: Signature = Signature::fixed(&[S]);
const TWO: Signature = Signature::fixed(&[S, S]);

/// Adds the functions.
pub(super) fn add(functions: &mut Functions) {
    functions
        .add("sha1sum", ONE, |_, args| Ok(HEXLOWER.encode(&Sha1::digest(args.text(0).as_bytes())).into()));
    functions.add("sha256sum", ONE, |_, args| {
        Ok(HEXLOWER.encode(&Sha256::digest(args.text(0).as_bytes())).into())
    });
    functions.add("sha512sum", ONE, |_, args| {
        Ok(HEXLOWER.encode(&Sha512::digest(args.text(0).as_bytes())).into())
    });
    functions.add("adler32sum", ONE, |_, args| Ok(adler32(args.text(0).as_bytes()).to_string().into()));
    functions.add("bcrypt", ONE, |_, args| hashed(&args.text(0)));
    functions.add("htpasswd", TWO, |_, args| {
        let user = args.str(0);
        if user.contains(':') {
            // Sprig gives this as the result, not as a failure.
            return Ok(format!("invalid username: {user}").into());
        }
        Ok(format!("{user}:{}", hashed(&args.text(1))?.as_text().map_or("".into(), Str::to_str)).into())
    });
    functions.add("derivePassword", Signature::fixed(&[Param::Uint32, S, S, S, S]), |_, args| {
        derive_password(args)
    });
    functions.add("encryptAES", TWO, |_, args| encrypt(args));
    functions.add("decryptAES", TWO, |_, args| decrypt(args));
}

fn adler32(bytes: &[u8]) -> u32 {
    const MODULUS: u32 = 65521;
    let (a, b) = bytes.iter().fold((1, 0), |(a, b), &byte| {
        let a = (a + u32::from(byte)) % MODULUS;
        (a, (b + a) % MODULUS)
    });
    b << 16 | a
}

/// A bcrypt hash at Go's default cost.
fn hashed(password: &Str) -> Result<Value, Fault> {
    const COST: u32 = 10;
    if password.len() > 72 {
        return Ok("failed to encrypt string with bcrypt: bcrypt: password length exceeds 72 bytes".into());
    }
    let salt = random::bytes(16)?.try_into().unwrap_or_default();
    let hash = bcrypt::hash_with_salt(password.as_bytes(), COST, salt).map_err(|error| error.to_string())?;
    Ok(hash.format_for_version(bcrypt::Version::TwoA).into())
}

/// The templates of Master Password, by the type of password.
const TEMPLATES: &[(&str, &[&str])] = &[
    ("maximum", &["anoxxxxxxxxxxxxxxxxx", "axxxxxxxxxxxxxxxxxno"]),
    (
        "long",
        &[
            "CvcvnoCvcvCvcv",
            "CvcvCvcvnoCvcv",
            "CvcvCvcvCvcvno",
            "CvccnoCvcvCvcv",
            "CvccCvcvnoCvcv",
            "CvccCvcvCvcvno",
            "CvcvnoCvccCvcv",
            "CvcvCvccnoCvcv",
            "CvcvCvccCvcvno",
            "CvcvnoCvcvCvcc",
            "CvcvCvcvnoCvcc",
            "CvcvCvcvCvccno",
            "CvccnoCvccCvcv",
            "CvccCvccnoCvcv",
            "CvccCvccCvcvno",
            "CvcvnoCvccCvcc",
            "CvcvCvccnoCvcc",
            "CvcvCvccCvccno",
            "CvccnoCvcvCvcc",
            "CvccCvcvnoCvcc",
            "CvccCvcvCvccno",
        ],
    ),
    ("medium", &["CvcnoCvc", "CvcCvcno"]),
    ("short", &["Cvcn"]),
    ("basic", &["aaanaaan", "aannaaan", "aaannaaa"]),
    ("pin", &["nnnn"]),
];

fn characters(class: u8) -> &'static [u8] {
    match class {
        b'V' => b"AEIOU",
        b'C' => b"BCDFGHJKLMNPQRSTVWXYZ",
        b'v' => b"aeiou",
        b'c' => b"bcdfghjklmnpqrstvwxyz",
        b'A' => b"AEIOUBCDFGHJKLMNPQRSTVWXYZ",
        b'a' => b"AEIOUaeiouBCDFGHJKLMNPQRSTVWXYZbcdfghjklmnpqrstvwxyz",
        b'n' => b"0123456789",
        b'o' => b"@&%?,=[]_:-+*$#!'^~;()/.",
        _ => b"AEIOUaeiouBCDFGHJKLMNPQRSTVWXYZbcdfghjklmnpqrstvwxyz0123456789!@#$%^&*()",
    }
}

/// The password of a site, by the algorithm of Master Password.
fn derive_password(args: &Args<'_>) -> Result<Value, Fault> {
    const SEED: &[u8] = b"com.lyndir.masterpassword";
    let counter = match args.any(0) {
        Value::Uint(counter, _) => u32::try_from(*counter).unwrap_or(0),
        _ => 0,
    };
    let kind = args.str(1);
    let Some((_, templates)) = TEMPLATES.iter().find(|(name, _)| *name == kind) else {
        return Ok(format!("cannot find password template {kind}").into());
    };
    let (password, user, site) = (args.text(2), args.text(3), args.text(4));
    let length = |text: &Str| u32::try_from(text.len()).unwrap_or(u32::MAX).to_be_bytes();
    let salt = [SEED, &length(&user), user.as_bytes()].concat();
    let mut key = [0; 64];
    let parameters = scrypt::Params::new(15, 8, 2).map_err(|error| error.to_string())?;
    scrypt::scrypt(password.as_bytes(), &salt, &parameters, &mut key).map_err(|error| error.to_string())?;
    let mut mac = Hmac::<Sha256>::new_from_slice(&key).map_err(|error| error.to_string())?;
    [SEED, &length(&site), site.as_bytes(), &counter.to_be_bytes()].iter().for_each(|part| mac.update(part));
    let seed = mac.finalize().into_bytes();
    let template = templates[usize::from(seed[0]) % templates.len()];
    let derived = template.bytes().zip(&seed[1..]).map(|(class, &byte)| {
        let characters = characters(class);
        char::from(characters[usize::from(byte) % characters.len()])
    });
    Ok(derived.collect::<String>().into())
}

/// A key of exactly 32 bytes.
fn key(password: &Str) -> [u8; 32] {
    let mut key = [0; 32];
    let length = password.len().min(32);
    key[..length].copy_from_slice(&password.as_bytes()[..length]);
    key
}

fn encrypt(args: &Args<'_>) -> Result<Value, Fault> {
    let text = args.text(1);
    if text.is_empty() {
        return Ok("".into());
    }
    let iv: [u8; 16] = random::bytes(16)?.try_into().unwrap_or_default();
    let cipher = cbc::Encryptor::<Aes256>::new(&key(&args.text(0)).into(), &iv.into());
    let encrypted = cipher.encrypt_padded_vec::<Pkcs7>(text.as_bytes());
    Ok(BASE64.encode(&[&iv[..], &encrypted].concat()).into())
}

fn decrypt(args: &Args<'_>) -> Result<Value, Fault> {
    let text = args.text(1);
    if text.is_empty() {
        return Ok("".into());
    }
    let bytes = encode::bytes(&BASE64, text.as_bytes()).map_err(|_| "the cipher text is no base 64")?;
    let Some((iv, encrypted)) = bytes.split_first_chunk::<16>() else {
        return Err("the cipher text is too short".into());
    };
    let cipher = cbc::Decryptor::<Aes256>::new(&key(&args.text(0)).into(), &(*iv).into());
    let decrypted = cipher.decrypt_padded_vec::<Pkcs7>(encrypted);
    Ok(Str::from_bytes(decrypted.map_err(|_| "the cipher text does not fit the password")?).into())
}
