//! Sprig's private keys and certificates.

use super::Options;
use crate::template::{Fault, Functions, Param, Signature};

const S: Param = Param::Str;
const L: Param = Param::List;
const I: Param = Param::Int;
const CERTIFICATE: Param = Param::Object("sprig.certificate");

/// Adds the functions.
pub(super) fn add(functions: &mut Functions, _: &Options) {
    let all: [(&'static str, &'static [Param]); 8] = [
        ("genPrivateKey", &[S]),
        ("buildCustomCert", &[S, S]),
        ("genCA", &[S, I]),
        ("genCAWithKey", &[S, I, S]),
        ("genSelfSignedCert", &[S, L, L, I]),
        ("genSelfSignedCertWithKey", &[S, L, L, I, S]),
        ("genSignedCert", &[S, L, L, I, CERTIFICATE]),
        ("genSignedCertWithKey", &[S, L, L, I, CERTIFICATE, S]),
    ];
    for (name, fixed) in all {
        functions.add(name, Signature::fixed(fixed), move |_, _| {
            Err(Fault::new(format!("`{name}` is not here yet: weft makes no keys and certificates")))
        });
    }
}
