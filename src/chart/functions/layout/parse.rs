//! Reads dates and times by Go's layouts.

use jiff::Zoned;
use jiff::civil::DateTime;
use jiff::tz::{Offset, TimeZone};

use super::{DAYS, Item, MONTHS, Pad, items};

/// What was read: a date and time, and its offset if it has one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) struct Parsed {
    pub(in super::super) time: DateTime,
    pub(in super::super) offset: Option<i32>,
}

impl Parsed {
    /// The point in time; where nothing else is said, in this zone.
    pub(in super::super) fn zoned(self, zone: &TimeZone) -> Option<Zoned> {
        let zone = match self.offset {
            None => zone.clone(),
            Some(0) => TimeZone::UTC,
            Some(seconds) => TimeZone::fixed(Offset::from_seconds(seconds).ok()?),
        };
        self.time.to_zoned(zone).ok()
    }
}

#[derive(Default)]
struct Fields {
    year: i64,
    month: Option<i64>,
    day: Option<i64>,
    year_day: Option<i64>,
    hour: i64,
    minute: i64,
    second: i64,
    nanosecond: i32,
    afternoon: Option<bool>,
    offset: Option<i32>,
}

/// Reads a text by a layout; otherwise the part of it that does not fit.
pub(in super::super) fn parse<'t>(layout: &str, text: &'t str) -> Result<Parsed, &'t str> {
    let mut fields = Fields::default();
    let mut rest = text;
    let items = items(layout);
    for (i, item) in items.iter().enumerate() {
        let next_is_fraction = matches!(items.get(i + 1), Some(Item::Fraction { .. }));
        rest = read(*item, rest, &mut fields, next_is_fraction).ok_or(rest)?;
    }
    if !rest.is_empty() {
        return Err(rest);
    }
    fields.parsed().ok_or(text)
}

/// Reads one item; gives what is left.
fn read<'t>(item: Item<'_>, text: &'t str, fields: &mut Fields, next_is_fraction: bool) -> Option<&'t str> {
    let (number, rest) = match item {
        Item::Text(literal) => return skip(text, literal),
        Item::MonthName => return name(text, MONTHS.iter().copied(), |at| fields.month = Some(at + 1)),
        Item::MonthShort => {
            return name(text, MONTHS.iter().map(|name| &name[..3]), |at| fields.month = Some(at + 1));
        }
        Item::WeekdayName => return name(text, DAYS.iter().copied(), |_| ()),
        Item::WeekdayShort => return name(text, DAYS.iter().map(|name| &name[..3]), |_| ()),
        Item::HalfOfDay { upper } => {
            let (am, pm) = if upper { ("AM", "PM") } else { ("am", "pm") };
            fields.afternoon = Some(text.starts_with(pm));
            return text.strip_prefix(pm).or_else(|| text.strip_prefix(am));
        }
        Item::ZoneName => return zone(text, fields),
        Item::Offset { z, colon, minutes, seconds } => {
            return offset(text, fields, z, colon, minutes, seconds);
        }
        Item::Fraction { digits, trims, .. } => return fraction(text, fields, digits, trims),
        Item::Year => digits(text, 4, 4)?,
        Item::ShortYear => digits(text, 2, 2)?,
        Item::Hour24 => digits(text, 1, 2)?,
        Item::Month { zero } | Item::Hour12 { zero } | Item::Minute { zero } | Item::Second { zero } => {
            digits(text, if zero { 2 } else { 1 }, 2)?
        }
        Item::Day { pad } => match pad {
            Pad::Zero => digits(text, 2, 2)?,
            Pad::Space => digits(text.strip_prefix(' ').unwrap_or(text), 1, 2)?,
            Pad::None => digits(text, 1, 2)?,
        },
        Item::YearDay { pad } => match pad {
            Pad::Space => digits(text.trim_start_matches(' '), 1, 3)?,
            _ => digits(text, 3, 3)?,
        },
    };
    match item {
        Item::Year => fields.year = number,
        Item::ShortYear => fields.year = if number >= 69 { 1900 + number } else { 2000 + number },
        Item::Month { .. } => fields.month = Some(number),
        Item::Day { .. } => fields.day = Some(number),
        Item::YearDay { .. } => fields.year_day = Some(number),
        Item::Hour24 | Item::Hour12 { .. } => fields.hour = number,
        Item::Minute { .. } => fields.minute = number,
        Item::Second { .. } => {
            fields.second = number;
            // A fraction may follow that the layout does not ask for.
            let digits = rest.get(1..).map_or(0, |rest| rest.bytes().take_while(u8::is_ascii_digit).count());
            if !next_is_fraction && rest.starts_with(['.', ',']) && digits > 0 {
                return fraction(rest, fields, digits, true);
            }
        }
        _ => {}
    }
    Some(rest)
}

/// Skips what stands in the layout; several spaces are as good as one.
fn skip<'t>(mut text: &'t str, literal: &str) -> Option<&'t str> {
    let mut literal = literal;
    while let Some(char) = literal.chars().next() {
        if char == ' ' {
            if !text.is_empty() && !text.starts_with(' ') {
                return None;
            }
            (literal, text) = (literal.trim_start_matches(' '), text.trim_start_matches(' '));
            continue;
        }
        text = text.strip_prefix(char)?;
        literal = &literal[char.len_utf8()..];
    }
    Some(text)
}

fn digits(text: &str, least: usize, most: usize) -> Option<(i64, &str)> {
    let count = text.bytes().take(most).take_while(u8::is_ascii_digit).count();
    if count < least { None } else { Some((text[..count].parse().ok()?, &text[count..])) }
}

fn name<'t, 'n>(
    text: &'t str,
    names: impl Iterator<Item = &'n str>,
    found: impl FnOnce(i64),
) -> Option<&'t str> {
    for (at, name) in names.enumerate() {
        if text.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name)) {
            found(i64::try_from(at).ok()?);
            return Some(&text[name.len()..]);
        }
    }
    None
}

/// A zone's short name, which counts as UTC where its offset is not known, as in Go.
fn zone<'t>(text: &'t str, fields: &mut Fields) -> Option<&'t str> {
    if let Some(rest) = text.strip_prefix("UTC") {
        fields.offset = Some(0);
        return Some(rest);
    }
    let letters = text.bytes().take_while(u8::is_ascii_uppercase).count();
    fields.offset = fields.offset.or(Some(0));
    (3..=5).contains(&letters).then(|| &text[letters..])
}

fn offset<'t>(
    text: &'t str,
    fields: &mut Fields,
    z: bool,
    colon: bool,
    minutes: bool,
    seconds: bool,
) -> Option<&'t str> {
    if z && let Some(rest) = text.strip_prefix('Z') {
        fields.offset = Some(0);
        return Some(rest);
    }
    let sign = match text.as_bytes().first()? {
        b'+' => 1,
        b'-' => -1,
        _ => return None,
    };
    let (mut total, mut rest) = (0, &text[1..]);
    for (i, (wanted, factor, most)) in
        [(true, 3600, 24), (minutes, 60, 60), (seconds, 1, 60)].into_iter().enumerate()
    {
        if wanted {
            rest = if i > 0 && colon { rest.strip_prefix(':')? } else { rest };
            let (number, after) = digits(rest, 2, 2)?;
            if number > most {
                return None;
            }
            total += number * factor;
            rest = after;
        }
    }
    fields.offset = Some(sign * i32::try_from(total).ok()?);
    Some(rest)
}

fn fraction<'t>(text: &'t str, fields: &mut Fields, digits: usize, trims: bool) -> Option<&'t str> {
    let separated = text.starts_with(['.', ',']);
    let count = text.get(1..).map_or(0, |rest| rest.bytes().take_while(u8::is_ascii_digit).count());
    if trims && (!separated || count == 0) {
        return Some(text);
    }
    let count = if trims { count } else { digits };
    let shown = text
        .get(1..1 + count)
        .filter(|shown| separated && shown.bytes().all(|byte| byte.is_ascii_digit()))?;
    let padded: String = shown.chars().chain(std::iter::repeat('0')).take(9).collect();
    fields.nanosecond = padded.parse().ok()?;
    Some(&text[1 + count..])
}

impl Fields {
    fn parsed(self) -> Option<Parsed> {
        let hour = match self.afternoon {
            Some(true) if self.hour < 12 => self.hour + 12,
            Some(false) if self.hour == 12 => 0,
            _ => self.hour,
        };
        let small = |number: i64| i8::try_from(number).ok();
        let (month, day) = match self.year_day {
            Some(day) if self.month.is_none() => {
                let first = jiff::civil::Date::new(i16::try_from(self.year).ok()?, 1, 1).ok()?;
                let date = first.checked_add(jiff::Span::new().try_days(day.checked_sub(1)?).ok()?).ok()?;
                (i64::from(date.month()), i64::from(date.day()))
            }
            _ => (self.month.unwrap_or(1), self.day.unwrap_or(1)),
        };
        let year = i16::try_from(self.year).ok()?;
        let (minute, second) = (small(self.minute)?, small(self.second)?);
        let time =
            DateTime::new(year, small(month)?, small(day)?, small(hour)?, minute, second, self.nanosecond)
                .ok()?;
        Some(Parsed { time, offset: self.offset })
    }
}
