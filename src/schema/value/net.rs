//! Addresses and ports, as Go's `net/netip` reads them.

use std::net::IpAddr;

use super::Fault;

/// An address of IPv4 or IPv6, the latter perhaps with a zone (`fe80::1%eth0`): `netip.ParseAddr`.
pub fn ip(text: &str) -> Result<IpAddr, Fault> {
    let (address, zone) = match text.split_once('%') {
        Some((address, zone)) => (address, Some(zone)),
        None => (text, None),
    };
    let read: IpAddr = address.parse().map_err(|_| no_address(text))?;
    match zone {
        Some("") => Err("has `%` and no zone behind it".to_owned()),
        Some(_) if read.is_ipv4() => Err("has a zone, which only addresses of IPv6 have".to_owned()),
        _ => Ok(read),
    }
}

fn no_address(text: &str) -> Fault {
    let octets: Vec<&str> = text.split('.').collect();
    let are_numbers =
        octets.iter().all(|octet| !octet.is_empty() && octet.bytes().all(|b| b.is_ascii_digit()));
    if octets.len() == 4
        && are_numbers
        && octets.iter().any(|octet| octet.len() > 1 && octet.starts_with('0'))
    {
        return "is no IP address: a number in it has a leading zero".to_owned();
    }
    if text.contains('/') {
        return "is a range and no single IP address".to_owned();
    }
    "is no IP address".to_owned()
}

/// An address with the length of its prefix, such as `10.0.0.0/8`: `netip.ParsePrefix`. Bits behind the prefix may be
/// set.
pub fn prefix(text: &str) -> Result<(IpAddr, u8), Fault> {
    let missing = || "has no length of a prefix, such as the `/8` of `10.0.0.0/8`".to_owned();
    let (address, length) = text.rsplit_once('/').ok_or_else(missing)?;
    let address = match address.contains('%') {
        true => return Err("has a zone, which a range does not have".to_owned()),
        false => {
            ip(address).map_err(|_| format!("is no range of addresses: `{address}` is no IP address"))?
        }
    };
    let most = if address.is_ipv4() { 32 } else { 128 };
    let is_number = length.bytes().all(|b| b.is_ascii_digit()) && (length == "0" || !length.starts_with('0'));
    let length = length.parse().ok().filter(|length| is_number && *length <= most);
    length
        .map(|length| (address, length))
        .ok_or_else(|| format!("has no prefix length of 0 to {most} behind `/`"))
}

/// An address, or a range of addresses.
pub fn address_or_prefix(text: &str) -> Result<(), Fault> {
    if text.contains('/') { prefix(text).map(drop) } else { ip(text).map(drop) }
}

/// A port of TCP or UDP.
pub fn port(number: i64) -> Result<(), Fault> {
    if (1..=65535).contains(&number) { Ok(()) } else { Err("is no port: ports are 1 to 65535".to_owned()) }
}

#[cfg(test)]
mod tests {
    use super::super::judge;
    use super::*;

    #[test]
    fn addresses() {
        let good = [
            "1.2.3.4",
            "0.0.0.0",
            "::",
            "::1",
            "fe80::1%eth0",
            "::ffff:1.2.3.4",
            "::ffff:1.2.3.4%a",
            "1:2:3:4:5:6:7::",
            "1::%a%b",
            "A::",
        ];
        let bad = [
            "",
            "1.2.3",
            "1.2.3.04",
            "1.2.3.256",
            "1.2.3.4%eth0",
            "::1%",
            "[::1]",
            "1.2.3.4/8",
            ":::",
            "1:2:3:4:5:6:7:8:9",
            "::ffff:1.2.3.04",
            "12345::",
            " 1.2.3.4",
            "0x1.2.3.4",
            "1:2:3:4:5:6:7::8",
            "::1.2.3.4:5",
        ];
        judge(ip, &good, &bad);
    }

    #[test]
    fn ranges() {
        let good =
            ["10.0.0.0/8", "10.1.2.3/8", "0.0.0.0/0", "1.2.3.4/32", "::/0", "::1/128", "::ffff:1.2.3.4/96"];
        let bad = [
            "",
            "10.0.0.0",
            "10.0.0.0/33",
            "10.0.0.0/08",
            "10.0.0.0/+8",
            "10.0.0.0/",
            "::/129",
            "::1%a/64",
            "a/8",
            "1.2.3.4/8/8",
        ];
        judge(prefix, &good, &bad);
        judge(address_or_prefix, &["1.2.3.4", "1.2.3.0/24", "fe80::1%a"], &["1.2.3.4/8/8", "a", "/"]);
    }

    #[test]
    fn ports() {
        assert!(
            port(1).is_ok()
                && port(65535).is_ok()
                && port(0).is_err()
                && port(65536).is_err()
                && port(-1).is_err()
        );
    }
}
