//! Decimal numbers, in which `addf` and its like compute.

use crate::template::Fault;

/// `digits` · 10^`exponent`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Decimal {
    digits: i128,
    exponent: i32,
}

#[derive(Clone, Copy)]
pub(super) enum Operation {
    Add,
    Sub,
    Mul,
    Div,
}

/// How many places behind the point a quotient has (shopspring/decimal's default).
const PLACES: i32 = 16;

impl Decimal {
    /// The shortest decimal that reads as this float.
    pub(super) fn of(number: f64) -> Result<Decimal, Fault> {
        if !number.is_finite() {
            return Err("there is no decimal of this number".into());
        }
        let text = format!("{number:e}");
        let (digits, exponent) = text.split_once('e').unwrap_or((&text, "0"));
        let places = digits.split_once('.').map_or(0, |(_, fraction)| fraction.len());
        let digits = digits.replace('.', "").parse().unwrap_or(0);
        let exponent = exponent.parse::<i32>().unwrap_or(0) - places as i32;
        Ok(Decimal { digits, exponent })
    }

    pub(super) fn to_f64(self) -> f64 {
        format!("{}e{}", self.digits, self.exponent).parse().unwrap_or(f64::NAN)
    }

    /// The result; where it does not fit 38 digits, as precise as a float is.
    pub(super) fn with(self, other: Decimal, operation: Operation) -> Result<Decimal, Fault> {
        if matches!(operation, Operation::Div) && other.digits == 0 {
            return Err("the divisor is 0".into());
        }
        let exact = match operation {
            Operation::Add => self.plus(other),
            Operation::Sub => self.plus(Decimal { digits: -other.digits, ..other }),
            Operation::Mul => self.digits.checked_mul(other.digits).and_then(|digits| {
                Some(Decimal { digits, exponent: self.exponent.checked_add(other.exponent)? })
            }),
            Operation::Div => self.divided(other),
        };
        let (a, b) = (self.to_f64(), other.to_f64());
        exact.map_or_else(
            || {
                Decimal::of(match operation {
                    Operation::Add => a + b,
                    Operation::Sub => a - b,
                    Operation::Mul => a * b,
                    Operation::Div => a / b,
                })
            },
            Ok,
        )
    }

    /// The same number with a smaller exponent.
    fn scaled(self, exponent: i32) -> Option<i128> {
        let places = u32::try_from(self.exponent.checked_sub(exponent)?).ok()?;
        self.digits.checked_mul(10i128.checked_pow(places)?)
    }

    fn plus(self, other: Decimal) -> Option<Decimal> {
        if self.digits == 0 || other.digits == 0 {
            return Some(if self.digits == 0 { other } else { self });
        }
        let exponent = self.exponent.min(other.exponent);
        let digits = self.scaled(exponent)?.checked_add(other.scaled(exponent)?)?;
        Some(Decimal { digits, exponent })
    }

    /// Rounded to the last place, halves away from zero.
    fn divided(self, other: Decimal) -> Option<Decimal> {
        let shift = PLACES + self.exponent - other.exponent;
        let (over, under) = match u32::try_from(shift) {
            Ok(shift) => (self.digits.checked_mul(10i128.checked_pow(shift)?)?, other.digits),
            Err(_) => (self.digits, other.digits.checked_mul(10i128.checked_pow(shift.unsigned_abs())?)?),
        };
        let (quotient, rest) = (over / under, over % under);
        let up = rest.checked_abs()?.checked_mul(2)? >= under.checked_abs()?;
        let away = if (over < 0) == (under < 0) { 1 } else { -1 };
        Some(Decimal { digits: quotient + if up { away } else { 0 }, exponent: -PLACES })
    }
}
