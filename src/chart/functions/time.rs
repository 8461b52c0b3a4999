//! Sprig's dates.

use std::any::Any;
use std::rc::Rc;

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, Zoned};

use super::{Options, duration, layout};
use crate::template::{Args, Fault, Functions, IntKind, Kind, Object, Param, Scope, Signature, Value};

/// A point in time.
pub(super) struct Time(pub(super) Zoned);

const RFC_3339: &str = "2006-01-02T15:04:05.999999999Z07:00";
const TIME: Param = Param::Object("time.Time");

impl Object for Time {
    fn type_name(&self) -> &str {
        "time.Time"
    }

    fn kind(&self) -> Kind {
        Kind::Struct
    }

    fn method(&self, name: &str) -> Option<Signature> {
        match name {
            "Format" => Some(Signature::fixed(&[Param::Str])),
            "AddDate" => Some(Signature::fixed(&[Param::Int, Param::Int, Param::Int])),
            "After" | "Before" | "Equal" => Some(Signature::fixed(&[TIME])),
            "Unix" | "UnixNano" | "UnixMilli" | "UnixMicro" | "Year" | "Day" | "Hour" | "Minute"
            | "Second" | "Nanosecond" | "YearDay" | "UTC" | "Local" | "String" | "IsZero" => {
                Some(Signature::fixed(&[]))
            }
            _ => None,
        }
    }

    fn call(&self, name: &str, _: &mut Scope<'_>, args: &Args<'_>) -> Result<Value, Fault> {
        let time = &self.0;
        let at = time.timestamp();
        let other = || args.first().and_then(time_of).map(|time| time.timestamp());
        Ok(match name {
            "Format" => layout::format(&args.str(0), time).into(),
            "AddDate" => {
                // A day that the month does not have lies in the next: from its first day on, days are counted.
                let months =
                    jiff::Span::new().try_years(args.int(0)).and_then(|span| span.try_months(args.int(1)));
                let days = jiff::Span::new().try_days(args.int(2).saturating_add(i64::from(time.day()) - 1));
                let first = time.first_of_month().and_then(|first| first.checked_add(months?));
                let sum = first.and_then(|first| first.checked_add(days?));
                Value::object(Time(sum.map_err(|_| out_of_range())?))
            }
            "After" => Value::Bool(other().is_some_and(|other| at > other)),
            "Before" => Value::Bool(other().is_some_and(|other| at < other)),
            "Equal" => Value::Bool(other().is_some_and(|other| at == other)),
            "Unix" => Value::int64(seconds(at)),
            "UnixMilli" => Value::int64(at.as_millisecond()),
            "UnixMicro" => Value::int64(at.as_microsecond()),
            "UnixNano" => Value::int64(at.as_nanosecond() as i64),
            "Year" => Value::int(time.year().into()),
            "Day" => Value::int(time.day().into()),
            "Hour" => Value::int(time.hour().into()),
            "Minute" => Value::int(time.minute().into()),
            "Second" => Value::int(time.second().into()),
            "Nanosecond" => Value::int(time.subsec_nanosecond().into()),
            "YearDay" => Value::int(time.day_of_year().into()),
            "UTC" | "Local" => Value::object(Time(time.with_time_zone(TimeZone::UTC))),
            "IsZero" => Value::Bool(seconds(at) == ZERO && at.subsec_nanosecond() == 0),
            _ => self.text().unwrap_or_default().into(),
        })
    }

    fn json(&self) -> Option<Value> {
        Some(layout::format(RFC_3339, &self.0).into())
    }

    fn text(&self) -> Option<String> {
        Some(layout::format("2006-01-02 15:04:05.999999999 -0700 MST", &self.0))
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

/// The first second of the year 1, which Go takes for no time at all.
const ZERO: i64 = -62_135_596_800;

fn seconds(at: Timestamp) -> i64 {
    at.as_second() - i64::from(at.subsec_nanosecond() < 0)
}

fn out_of_range() -> Fault {
    Fault::new("the date lies beyond the year 9999")
}

fn time_of(value: &Value) -> Option<Zoned> {
    match value {
        Value::Object(object) => object.as_any().downcast_ref::<Time>().map(|time| time.0.clone()),
        _ => None,
    }
}

fn unix(second: i64) -> Result<Zoned, Fault> {
    let at = Timestamp::from_second(second).map_err(|_| out_of_range())?;
    Ok(at.to_zoned(TimeZone::UTC))
}

/// The zone of a name; as in Go, UTC where it is not known.
fn zone(name: &str, local: &TimeZone) -> TimeZone {
    match name {
        "Local" => local.clone(),
        "" | "UTC" => TimeZone::UTC,
        name => TimeZone::get(name).unwrap_or(TimeZone::UTC),
    }
}

fn added(time: &Zoned, nanoseconds: i64) -> Result<Value, Fault> {
    let sum = time.checked_add(SignedDuration::from_nanos(nanoseconds));
    Ok(Value::object(Time(sum.map_err(|_| out_of_range())?)))
}

/// Adds the functions.
pub(super) fn add(functions: &mut Functions, options: &Options) {
    let now = options.now.to_zoned(options.zone.clone());
    {
        let now = now.clone();
        functions.add("now", Signature::fixed(&[]), move |_, _| Ok(Value::object(Time(now.clone()))));
    }
    formats(functions, &now);
    for name in ["dateModify", "date_modify"] {
        functions.add(name, Signature::fixed(&[Param::Str, TIME]), |_, args| {
            let time = time_of(args.any(1)).ok_or("there is no date")?;
            added(&time, duration::parse(&args.str(0)).unwrap_or(0))
        });
    }
    for name in ["mustDateModify", "must_date_modify"] {
        functions.add(name, Signature::fixed(&[Param::Str, TIME]), |_, args| {
            let time = time_of(args.any(1)).ok_or("there is no date")?;
            let nanoseconds = duration::parse(&args.str(0));
            added(&time, nanoseconds.ok_or_else(|| format!("`{}` is no duration", args.str(0)))?)
        });
    }
    let local = options.zone.clone();
    functions.add("toDate", Signature::fixed(&[Param::Str, Param::Str]), move |_, args| {
        let parsed = layout::parse(&args.str(0), &args.str(1)).ok();
        let zero = || unix(ZERO);
        Ok(Value::object(Time(parsed.and_then(|parsed| parsed.zoned(&local)).map_or_else(zero, Ok)?)))
    });
    let local = options.zone.clone();
    functions.add("mustToDate", Signature::fixed(&[Param::Str, Param::Str]), move |_, args| {
        let (layout, text) = (args.str(0), args.str(1));
        let parsed = layout::parse(&layout, &text).ok().and_then(|parsed| parsed.zoned(&local));
        Ok(Value::object(Time(
            parsed.ok_or_else(|| format!("`{text}` is no date of the layout `{layout}`"))?,
        )))
    });
    functions.add("unixEpoch", Signature::fixed(&[TIME]), |_, args| {
        let time = time_of(args.any(0)).ok_or("there is no date")?;
        Ok(seconds(time.timestamp()).to_string().into())
    });
    durations(functions, &now);
}

/// `date` and its like: a date may also be a number of seconds, and everything else is now.
fn formats(functions: &mut Functions, now: &Zoned) {
    let local = Rc::new((now.clone(), now.time_zone().clone()));
    let moment = |value: &Value, now: &Zoned| match value {
        Value::Int(second, IntKind::Int | IntKind::Int64 | IntKind::Int32) => unix(*second),
        other => Ok(time_of(other).unwrap_or_else(|| now.clone())),
    };
    let show = move |layout: &str, value: &Value, name: &str| -> Result<Value, Fault> {
        let (now, local) = &*local;
        Ok(layout::format(layout, &moment(value, now)?.with_time_zone(zone(name, local))).into())
    };
    let show = Rc::new(show);
    let date = show.clone();
    functions.add("date", Signature::fixed(&[Param::Str, Param::Any]), move |_, args| {
        date(&args.str(0), args.any(1), "Local")
    });
    for name in ["dateInZone", "date_in_zone"] {
        let date = show.clone();
        functions.add(name, Signature::fixed(&[Param::Str, Param::Any, Param::Str]), move |_, args| {
            date(&args.str(0), args.any(1), &args.str(2))
        });
    }
    let date = show.clone();
    functions.add("htmlDate", Signature::fixed(&[Param::Any]), move |_, args| {
        date("2006-01-02", args.any(0), "Local")
    });
    functions.add("htmlDateInZone", Signature::fixed(&[Param::Any, Param::Str]), move |_, args| {
        show("2006-01-02", args.any(0), &args.str(1))
    });
}

fn durations(functions: &mut Functions, now: &Zoned) {
    let since = |now: &Zoned, then: &Zoned| -> i64 {
        let nanoseconds = now.timestamp().as_nanosecond() - then.timestamp().as_nanosecond();
        i64::try_from(nanoseconds).unwrap_or(if nanoseconds < 0 { i64::MIN } else { i64::MAX })
    };
    let at = now.clone();
    functions.add("ago", Signature::fixed(&[Param::Any]), move |_, args| {
        let then = match args.any(0) {
            Value::Int(second, IntKind::Int | IntKind::Int64) => unix(*second)?,
            other => time_of(other).unwrap_or_else(|| at.clone()),
        };
        let passed = since(&at, &then);
        let seconds = (passed + passed.signum() * 500_000_000) / 1_000_000_000;
        Ok(duration::show(seconds.saturating_mul(1_000_000_000)).into())
    });
    functions.add("duration", Signature::fixed(&[Param::Any]), |_, args| {
        let seconds = match args.any(0) {
            Value::Str(text) => text.to_str().parse().unwrap_or(0),
            Value::Int(number, IntKind::Int64) => *number,
            _ => 0i64,
        };
        Ok(duration::show(seconds.wrapping_mul(1_000_000_000)).into())
    });
    let at = now.clone();
    functions.add("durationRound", Signature::fixed(&[Param::Any]), move |_, args| {
        let nanoseconds = match args.any(0) {
            Value::Str(text) => duration::parse(&text.to_str()).unwrap_or(0),
            Value::Int(number, IntKind::Int64) => *number,
            other => time_of(other).map_or(0, |then| since(&at, &then)),
        };
        Ok(rounded(nanoseconds.unsigned_abs()).into())
    });
}

/// In the largest unit of which it has more than one.
fn rounded(nanoseconds: u64) -> String {
    const HOUR: u64 = 3_600_000_000_000;
    let units = [
        (HOUR * 24 * 365, "y"),
        (HOUR * 24 * 30, "mo"),
        (HOUR * 24, "d"),
        (HOUR, "h"),
        (60_000_000_000, "m"),
        (1_000_000_000, "s"),
    ];
    match units.into_iter().find(|(unit, _)| nanoseconds > *unit) {
        Some((unit, name)) => format!("{}{name}", nanoseconds / unit),
        None => "0s".into(),
    }
}
