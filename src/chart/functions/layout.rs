//! Go's layouts of dates and times: `2006-01-02T15:04:05Z07:00`.

mod parse;

use jiff::Zoned;

pub(super) use parse::parse;

/// An element of a layout.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Item<'a> {
    Text(&'a str),
    Year,
    ShortYear,
    MonthName,
    MonthShort,
    Month {
        zero: bool,
    },
    WeekdayName,
    WeekdayShort,
    Day {
        pad: Pad,
    },
    YearDay {
        pad: Pad,
    },
    Hour24,
    Hour12 {
        zero: bool,
    },
    Minute {
        zero: bool,
    },
    Second {
        zero: bool,
    },
    HalfOfDay {
        upper: bool,
    },
    ZoneName,
    Offset {
        z: bool,
        colon: bool,
        minutes: bool,
        seconds: bool,
    },
    /// `.000` or `.999`, which leaves zeros at the end out.
    Fraction {
        separator: char,
        digits: usize,
        trims: bool,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Pad {
    None,
    Zero,
    Space,
}

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
const DAYS: [&str; 7] = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];

/// What layouts consist of, longer ones first.
const WORDS: &[(&str, Item<'static>)] = &[
    ("January", Item::MonthName),
    ("Monday", Item::WeekdayName),
    ("MST", Item::ZoneName),
    ("2006", Item::Year),
    ("__2", Item::YearDay { pad: Pad::Space }),
    ("_2", Item::Day { pad: Pad::Space }),
    ("002", Item::YearDay { pad: Pad::Zero }),
    ("01", Item::Month { zero: true }),
    ("02", Item::Day { pad: Pad::Zero }),
    ("03", Item::Hour12 { zero: true }),
    ("04", Item::Minute { zero: true }),
    ("05", Item::Second { zero: true }),
    ("06", Item::ShortYear),
    ("15", Item::Hour24),
    ("1", Item::Month { zero: false }),
    ("2", Item::Day { pad: Pad::None }),
    ("3", Item::Hour12 { zero: false }),
    ("4", Item::Minute { zero: false }),
    ("5", Item::Second { zero: false }),
    ("PM", Item::HalfOfDay { upper: true }),
    ("pm", Item::HalfOfDay { upper: false }),
    ("-07:00:00", Item::Offset { z: false, colon: true, minutes: true, seconds: true }),
    ("-07:00", Item::Offset { z: false, colon: true, minutes: true, seconds: false }),
    ("-070000", Item::Offset { z: false, colon: false, minutes: true, seconds: true }),
    ("-0700", Item::Offset { z: false, colon: false, minutes: true, seconds: false }),
    ("-07", Item::Offset { z: false, colon: false, minutes: false, seconds: false }),
    ("Z07:00:00", Item::Offset { z: true, colon: true, minutes: true, seconds: true }),
    ("Z07:00", Item::Offset { z: true, colon: true, minutes: true, seconds: false }),
    ("Z070000", Item::Offset { z: true, colon: false, minutes: true, seconds: true }),
    ("Z0700", Item::Offset { z: true, colon: false, minutes: true, seconds: false }),
    ("Z07", Item::Offset { z: true, colon: false, minutes: false, seconds: false }),
];

/// The items of a layout.
fn items(layout: &str) -> Vec<Item<'_>> {
    let mut items = Vec::new();
    let (mut start, mut at) = (0, 0);
    while at < layout.len() {
        match item(&layout[at..]) {
            Some((item, length)) => {
                if start < at {
                    items.push(Item::Text(&layout[start..at]));
                }
                items.push(item);
                at += length;
                start = at;
            }
            // `_2006` is an underscore and the year.
            None => at += layout[at..].chars().next().map_or(1, char::len_utf8),
        }
    }
    if start < layout.len() {
        items.push(Item::Text(&layout[start..]));
    }
    items
}

/// The item that a layout begins with, and its length.
fn item(rest: &str) -> Option<(Item<'static>, usize)> {
    if rest.starts_with("_2006") {
        return None;
    }
    if let Some((word, item)) = WORDS.iter().find(|(word, _)| rest.starts_with(word)) {
        return Some((*item, word.len()));
    }
    // Short names do not begin longer words: `Janet`, `Month`.
    let ends = |at: usize| !rest[at..].starts_with(|char: char| char.is_ascii_lowercase());
    match rest.get(..3) {
        Some("Jan") if ends(3) => return Some((Item::MonthShort, 3)),
        Some("Mon") if ends(3) => return Some((Item::WeekdayShort, 3)),
        _ => {}
    }
    let separator = rest.chars().next().filter(|&char| char == '.' || char == ',')?;
    let digit = rest[1..].chars().next().filter(|&char| char == '0' || char == '9')?;
    let digits = rest[1..].chars().take_while(|&char| char == digit).count();
    let ends = !rest[1 + digits..].starts_with(|char: char| char.is_ascii_digit());
    ends.then_some((Item::Fraction { separator, digits, trims: digit == '9' }, 1 + digits))
}

/// A point in time in Go's layout.
pub(super) fn format(layout: &str, time: &Zoned) -> String {
    items(layout).into_iter().map(|item| show(item, time)).collect()
}

fn show(item: Item<'_>, time: &Zoned) -> String {
    let number = |number: i32, zero: bool, width: usize| match zero {
        true => format!("{number:0width$}"),
        false => number.to_string(),
    };
    let hour = i32::from(time.hour());
    let half = if hour % 12 == 0 { 12 } else { hour % 12 };
    let month = MONTHS[usize::from(time.month().unsigned_abs()).clamp(1, 12) - 1];
    let day = DAYS[usize::from(time.weekday().to_sunday_zero_offset().unsigned_abs()).min(6)];
    match item {
        Item::Text(text) => text.to_string(),
        Item::Year => number(time.year().into(), true, 4),
        Item::ShortYear => number((time.year() % 100).into(), true, 2),
        Item::MonthName => month.to_string(),
        Item::MonthShort => month[..3].to_string(),
        Item::Month { zero } => number(time.month().into(), zero, 2),
        Item::WeekdayName => day.to_string(),
        Item::WeekdayShort => day[..3].to_string(),
        Item::Day { pad } => padded(time.day().into(), pad, 2),
        Item::YearDay { pad } => padded(time.day_of_year().into(), pad, 3),
        Item::Hour24 => number(hour, true, 2),
        Item::Hour12 { zero } => number(half, zero, 2),
        Item::Minute { zero } => number(time.minute().into(), zero, 2),
        Item::Second { zero } => number(time.second().into(), zero, 2),
        Item::HalfOfDay { upper } => match (hour >= 12, upper) {
            (true, true) => "PM".into(),
            (true, false) => "pm".into(),
            (false, true) => "AM".into(),
            (false, false) => "am".into(),
        },
        Item::ZoneName => zone_name(time),
        Item::Offset { z: true, .. } if time.offset().seconds() == 0 => "Z".into(),
        Item::Offset { colon, minutes, seconds, .. } => {
            offset(time.offset().seconds(), colon, minutes, seconds)
        }
        Item::Fraction { separator, digits, trims } => fraction(time, separator, digits, trims),
    }
}

fn padded(number: i32, pad: Pad, width: usize) -> String {
    match pad {
        Pad::None => number.to_string(),
        Pad::Zero => format!("{number:0width$}"),
        Pad::Space => format!("{number:width$}"),
    }
}

/// The short name of the zone; where it has none, its offset.
fn zone_name(time: &Zoned) -> String {
    let seconds = time.offset().seconds();
    if time.time_zone().to_fixed_offset().is_ok() && seconds != 0 {
        return offset(seconds, false, true, false);
    }
    time.time_zone().to_offset_info(time.timestamp()).abbreviation().to_string()
}

fn offset(seconds: i32, colon: bool, with_minutes: bool, with_seconds: bool) -> String {
    let sign = if seconds < 0 { '-' } else { '+' };
    let seconds = seconds.abs();
    let separator = if colon { ":" } else { "" };
    let mut text = format!("{sign}{:02}", seconds / 3600);
    if with_minutes {
        text.push_str(&format!("{separator}{:02}", seconds / 60 % 60));
    }
    if with_seconds {
        text.push_str(&format!("{separator}{:02}", seconds % 60));
    }
    text
}

fn fraction(time: &Zoned, separator: char, digits: usize, trims: bool) -> String {
    let nanoseconds = format!("{:09}", time.subsec_nanosecond());
    let shown: String = nanoseconds.chars().chain(std::iter::repeat('0')).take(digits).collect();
    let shown = if trims { shown.trim_end_matches('0') } else { &shown };
    if trims && shown.is_empty() { String::new() } else { format!("{separator}{shown}") }
}
