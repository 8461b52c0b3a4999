//! Gzip, unpacked into memory up to a bound.

use miniz_oxide::inflate::TINFLStatus;
use miniz_oxide::inflate::core::inflate_flags::TINFL_FLAG_USING_NON_WRAPPING_OUTPUT_BUF as WHOLE;
use miniz_oxide::inflate::core::{DecompressorOxide, decompress};

/// How files in gzip begin.
pub(super) const MAGIC: &[u8] = &[0x1f, 0x8b, 8];

/// What the first bytes of the buffer cost.
const FIRST: usize = 64 << 10;

/// Unpacks all members of a file, at most `most` bytes.
pub(super) fn unpack(mut bytes: &[u8], most: usize) -> Result<Vec<u8>, String> {
    let mut unpacked = Vec::new();
    while !bytes.is_empty() {
        bytes = member(bytes, &mut unpacked, most)?;
    }
    Ok(unpacked)
}

/// Unpacks one member; gives what is behind it.
fn member<'a>(bytes: &'a [u8], into: &mut Vec<u8>, most: usize) -> Result<&'a [u8], String> {
    let packed = behind_header(bytes).ok_or("the header of the gzip is broken")?;
    let begin = into.len();
    let (taken, made) = inflate(packed, into, begin, most)?;
    into.truncate(begin + made);
    let (trailer, rest) = packed[taken..].split_at_checked(8).ok_or("the gzip ends too early")?;
    let [a, b, c, d, size @ ..] = trailer else { return Err("the gzip ends too early".to_owned()) };
    let sum = u32::from_le_bytes([*a, *b, *c, *d]);
    if sum != crc(&into[begin..]) || size != (made as u32).to_le_bytes() {
        return Err("the gzip is damaged: its checksum is another".to_owned());
    }
    Ok(rest)
}

fn inflate(packed: &[u8], into: &mut Vec<u8>, begin: usize, most: usize) -> Result<(usize, usize), String> {
    let mut state = Box::<DecompressorOxide>::default();
    let (mut taken, mut made) = (0, 0);
    into.resize((begin + FIRST.max(packed.len().saturating_mul(4))).min(most), 0);
    loop {
        let (status, read, written) =
            decompress(&mut state, &packed[taken..], &mut into[begin..], made, WHOLE);
        (taken, made) = (taken + read, made + written);
        match status {
            TINFLStatus::Done => return Ok((taken, made)),
            TINFLStatus::HasMoreOutput if into.len() < most => {
                into.resize((into.len() * 2).min(most), 0);
            }
            TINFLStatus::HasMoreOutput => {
                return Err(format!("it unpacks to more than {} MiB, the limit", most >> 20));
            }
            _ => return Err("the gzip is damaged".to_owned()),
        }
    }
}

/// Passes over the fields of RFC 1952.
fn behind_header(bytes: &[u8]) -> Option<&[u8]> {
    let (header, mut rest) = bytes.split_at_checked(10)?;
    if !header.starts_with(MAGIC) {
        return None;
    }
    let flags = header[3];
    if flags & 4 != 0 {
        let (size, behind) = rest.split_first_chunk::<2>()?;
        rest = behind.get(usize::from(u16::from_le_bytes(*size))..)?;
    }
    for flag in [8, 16] {
        if flags & flag != 0 {
            let end = rest.iter().position(|&byte| byte == 0)?;
            rest = &rest[end + 1..];
        }
    }
    if flags & 2 != 0 { rest.get(2..) } else { Some(rest) }
}

/// The CRC-32 of RFC 1952.
fn crc(bytes: &[u8]) -> u32 {
    const TABLE: [u32; 256] = {
        let mut table = [0u32; 256];
        let mut at = 0;
        while at < 256 {
            let (mut value, mut bit) = (at as u32, 0);
            while bit < 8 {
                value = if value & 1 == 1 { 0xEDB8_8320 ^ (value >> 1) } else { value >> 1 };
                bit += 1;
            }
            table[at] = value;
            at += 1;
        }
        table
    };
    let step = |sum: u32, &byte: &u8| TABLE[usize::from(sum as u8 ^ byte)] ^ (sum >> 8);
    !bytes.iter().fold(!0, step)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_checksum_is_the_known_one() {
        assert_eq!(crc(b"123456789"), 0xCBF4_3926);
    }

    #[test]
    fn a_bomb_stops_at_the_bound() {
        let zeros = vec![0; 1 << 20];
        let mut packed = vec![0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255];
        packed.extend(miniz_oxide::deflate::compress_to_vec(&zeros, 9));
        packed.extend(crc(&zeros).to_le_bytes());
        packed.extend((zeros.len() as u32).to_le_bytes());
        assert_eq!(unpack(&packed, 2 << 20).unwrap(), zeros);
        assert_eq!(unpack(&packed, 1 << 19).unwrap_err(), "it unpacks to more than 0 MiB, the limit");
        assert!(unpack(&packed[..packed.len() - 1], 2 << 20).is_err());
        packed[20] ^= 1;
        assert!(unpack(&packed, 2 << 20).is_err());
    }
}
