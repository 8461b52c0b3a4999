//! Tar archives: POSIX (pax) and GNU, as far as files, folders and long names go.

/// One entry.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Entry<'a> {
    pub(super) name: String,
    pub(super) kind: Kind,
    pub(super) data: &'a [u8],
}

/// What an entry is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    File,
    Folder,
    Link,
    Other,
}

const BLOCK: usize = 512;

/// All entries.
pub(super) fn entries(mut bytes: &[u8]) -> Result<Vec<Entry<'_>>, String> {
    let (mut found, mut long) = (Vec::new(), Long::default());
    while let Some((header, rest)) = bytes.split_first_chunk::<BLOCK>() {
        if header.iter().all(|&byte| byte == 0) {
            break;
        }
        check(header)?;
        let size = long.size.unwrap_or(number(&header[124..136])?);
        let size = usize::try_from(size).unwrap_or(usize::MAX);
        let data = rest.get(..size).ok_or("the archive ends in the middle of a file")?;
        bytes = rest.get(size.next_multiple_of(BLOCK)..).unwrap_or_default();
        let kind = match header[156] {
            b'L' => {
                long.name = Some(text(data));
                continue;
            }
            b'x' => {
                long.read(data)?;
                continue;
            }
            b'g' | b'K' => continue,
            b'0' | 0 | b'7' => Kind::File,
            b'5' => Kind::Folder,
            b'1' | b'2' => Kind::Link,
            _ => Kind::Other,
        };
        let name = std::mem::take(&mut long).name.unwrap_or_else(|| self::name(header));
        let kind = if kind == Kind::File && name.ends_with('/') { Kind::Folder } else { kind };
        found.push(Entry { name, kind, data });
    }
    Ok(found)
}

/// What an entry before another says about it.
#[derive(Default)]
struct Long {
    name: Option<String>,
    size: Option<u64>,
}

impl Long {
    /// Records of a pax header: `26 path=…\n`.
    fn read(&mut self, mut records: &[u8]) -> Result<(), String> {
        let broken = || "a pax header of the archive is broken".to_owned();
        while !records.is_empty() {
            let space = records.iter().position(|&byte| byte == b' ').ok_or_else(broken)?;
            let length: usize = text(&records[..space]).parse().map_err(|_| broken())?;
            let record = records.get(space + 1..length).ok_or_else(broken)?;
            records = &records[length..];
            let record = text(record.strip_suffix(b"\n").ok_or_else(broken)?);
            match record.split_once('=') {
                Some(("path", name)) => self.name = Some(name.to_owned()),
                Some(("size", size)) => self.size = Some(size.parse().map_err(|_| broken())?),
                _ => {}
            }
        }
        Ok(())
    }
}

/// The bytes before the first NUL.
fn text(bytes: &[u8]) -> String {
    let end = bytes.iter().position(|&byte| byte == 0).unwrap_or(bytes.len());
    String::from_utf8_lossy(&bytes[..end]).into_owned()
}

fn name(header: &[u8; BLOCK]) -> String {
    let name = text(&header[..100]);
    let prefix = text(&header[345..500]);
    // GNU's own format has other things where POSIX has the prefix.
    let is_posix = &header[257..263] == b"ustar\0";
    if is_posix && !prefix.is_empty() { format!("{prefix}/{name}") } else { name }
}

/// Octal digits; or, behind a set bit, the number itself.
fn number(field: &[u8]) -> Result<u64, String> {
    if let [first, rest @ ..] = field
        && first & 0x80 != 0
    {
        return Ok(rest.iter().fold(u64::from(first & 0x7f), |sum, &byte| sum << 8 | u64::from(byte)));
    }
    let digits = text(field);
    match digits.trim() {
        "" => Ok(0),
        digits => u64::from_str_radix(digits, 8).map_err(|_| "a header of the archive is broken".to_owned()),
    }
}

fn check(header: &[u8; BLOCK]) -> Result<(), String> {
    let counted = |(at, &byte): (usize, &u8)| if (148..156).contains(&at) { 32 } else { u64::from(byte) };
    let sum: u64 = header.iter().enumerate().map(counted).sum();
    match number(&header[148..156])? == sum {
        true => Ok(()),
        false => Err("a header of the archive is broken: its checksum is another".to_owned()),
    }
}
