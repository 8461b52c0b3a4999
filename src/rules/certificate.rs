//! How long a certificate is valid: the few parts of PEM and X.509 that tell it.

use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use jiff::{Timestamp, civil};

/// The time in which a certificate is valid, both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Validity {
    /// From when on.
    pub(super) from: Timestamp,
    /// Until when.
    pub(super) until: Timestamp,
}

/// Reads the first certificate of a PEM text, the one that a server presents as its own; none where it is no such text.
pub(super) fn validity(pem: &str) -> Option<Validity> {
    let (_, rest) = pem.split_once("-----BEGIN ")?;
    let (_, rest) = rest.split_once("-----")?;
    let (body, _) = rest.split_once("-----END ")?;
    let der = decode_base64(body)?;
    // Certificate, TBSCertificate (RFC 5280, 4.1).
    let (_, certificate, _) = element(&der)?;
    let (_, mut fields, _) = element(certificate)?;
    // A version comes first, but for certificates of version 1.
    if let Some((0xa0, _, rest)) = element(fields) {
        fields = rest;
    }
    for _serial_algorithm_issuer in 0..3 {
        fields = element(fields)?.2;
    }
    let (_, times, _) = element(fields)?;
    let (first, from, rest) = element(times)?;
    let (second, until, _) = element(rest)?;
    Some(Validity { from: time(first, from)?, until: time(second, until)? })
}

/// The tag, the content and what follows of an element in DER.
fn element(der: &[u8]) -> Option<(u8, &[u8], &[u8])> {
    let (&tag, rest) = der.split_first()?;
    let (&first, rest) = rest.split_first()?;
    let (length, rest) = match first {
        0..=0x7f => (usize::from(first), rest),
        // The length of the length; no certificate needs more than four bytes.
        0x81..=0x84 => {
            let (bytes, rest) = rest.split_at_checked(usize::from(first & 0x7f))?;
            (bytes.iter().fold(0, |sum, byte| sum << 8 | usize::from(*byte)), rest)
        }
        _ => return None,
    };
    let (content, rest) = rest.split_at_checked(length)?;
    Some((tag, content, rest))
}

/// `YYMMDDhhmmssZ` (UTCTime) or `YYYYMMDDhhmmssZ` (GeneralizedTime).
fn time(tag: u8, content: &[u8]) -> Option<Timestamp> {
    let text = std::str::from_utf8(content).ok()?.strip_suffix('Z')?;
    let (year, rest) = match tag {
        0x17 => text.split_at_checked(2).and_then(|(year, rest)| Some((year.parse::<i16>().ok()?, rest)))?,
        0x18 => text.split_at_checked(4).and_then(|(year, rest)| Some((year.parse::<i16>().ok()?, rest)))?,
        _ => return None,
    };
    let year = match (tag, year) {
        (0x17, 0..50) => 2000 + year,
        (0x17, _) => 1900 + year,
        _ => year,
    };
    let part = |at: usize| rest.get(at..at + 2)?.parse::<i8>().ok();
    let date = civil::Date::new(year, part(0)?, part(2)?).ok()?;
    let clock = civil::Time::new(part(4)?, part(6)?, part(8)?, 0).ok()?;
    Some(DateTime::from_parts(date, clock).to_zoned(TimeZone::UTC).ok()?.timestamp())
}

/// The bytes of base64 with the usual alphabet; white space is passed over.
pub(super) fn decode_base64(text: &str) -> Option<Vec<u8>> {
    let (mut bytes, mut bits, mut count) = (Vec::with_capacity(text.len() / 4 * 3), 0u32, 0);
    for byte in text.bytes().filter(|byte| !byte.is_ascii_whitespace()) {
        let six = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            b'=' => break,
            _ => return None,
        };
        (bits, count) = (bits << 6 | u32::from(six), count + 6);
        if count >= 8 {
            count -= 8;
            bytes.push((bits >> count) as u8);
        }
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A Secret's value: a certificate of 2024, as base64 of PEM.
    const SECRET: &str = "LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0tCk1JSUJDekNCc2FBREFnRUNBZ0VCTUFvR0NDcUdTTTQ5QkFNQ01BOHhEVEFMQmdOVkJBTVRCSE5vYjNBd0hoY04KTWpRd01UQXhNREF3TURBd1doY05NalV3TVRBeE1EQXdNREF3V2pBUE1RMHdDd1lEVlFRREV3UnphRzl3TUZrdwpFd1lIS29aSXpqMENBUVlJS29aSXpqMERBUWNEUWdBRXp4KzNma295eHZ2UmpUZ2srZXVhYWNEVUY5M3NHN3dUCi9mNzMxczFCbHpiUkR6dGJ2SzY1YnhuMVRldkZhTDc4ODVUeGJmWjYxMVM5QkpZWFZweS9LekFLQmdncWhrak8KUFFRREFnTkpBREJHQWlFQXFyWEpGaUVMeHN2WTF0SFlWWXF0dU1NY3NnMXRFalZKS1J1K1FXSHZXaVFDSVFEdApMVEpKR2IwNkJPOTF6VWplSFE3V3E0N3VDVU42SS94WUoyMTNWdTc1WVE9PQotLS0tLUVORCBDRVJUSUZJQ0FURS0tLS0tCg==";

    #[test]
    fn the_time_of_a_certificate_is_read() {
        let pem = String::from_utf8(decode_base64(SECRET).unwrap()).unwrap();
        let found = validity(&pem).unwrap();
        assert_eq!(found.from.to_string(), "2024-01-01T00:00:00Z");
        assert_eq!(found.until.to_string(), "2025-01-01T00:00:00Z");
    }

    #[test]
    fn years_of_two_and_four_digits() {
        let read = |tag, text: &str| time(tag, text.as_bytes()).map(|time| time.to_string());
        assert_eq!(read(0x17, "491231235959Z").as_deref(), Some("2049-12-31T23:59:59Z"));
        assert_eq!(read(0x17, "500101000000Z").as_deref(), Some("1950-01-01T00:00:00Z"));
        assert_eq!(read(0x18, "21200101000000Z").as_deref(), Some("2120-01-01T00:00:00Z"));
        assert_eq!(read(0x17, "491331235959Z"), None);
        assert_eq!(read(0x17, "4912"), None);
    }

    #[test]
    fn what_is_no_certificate_has_no_time() {
        for text in
            ["", "hush", "-----BEGIN X-----\nAA==\n-----END X-----", "-----BEGIN X-----MIIB-----END X-----"]
        {
            assert_eq!(validity(text), None, "{text}");
        }
        assert_eq!(decode_base64("a*"), None);
        assert_eq!(decode_base64("aHVz\naA=="), Some(b"hush".to_vec()));
    }
}
