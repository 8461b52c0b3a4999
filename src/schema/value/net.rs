//! Addresses and ports.

use std::net::IpAddr;

use super::Fault;

/// An address of IPv4 or IPv6.
pub fn ip(text: &str) -> Result<IpAddr, Fault> {
    text.parse().map_err(|_| "is no IP address".to_owned())
}

/// An address with the length of its prefix, such as `10.0.0.0/8`.
pub fn prefix(text: &str) -> Result<(IpAddr, u8), Fault> {
    let fault = || "is no range of addresses such as `10.0.0.0/8`".to_owned();
    let (address, length) = text.split_once('/').ok_or_else(fault)?;
    let address: IpAddr = address.parse().map_err(|_| fault())?;
    let length: u8 = length.parse().map_err(|_| fault())?;
    let most = if address.is_ipv4() { 32 } else { 128 };
    if length <= most { Ok((address, length)) } else { Err(fault()) }
}

/// An address, or a range of addresses.
pub fn address_or_prefix(text: &str) -> Result<(), Fault> {
    if text.contains('/') { prefix(text).map(drop) } else { ip(text).map(drop) }
}

/// A port of TCP or UDP.
pub fn port(number: i64) -> Result<(), Fault> {
    if (1..=65535).contains(&number) { Ok(()) } else { Err("is no port: ports are 1 to 65535".to_owned()) }
}
