//! The order of keys in YAML: numbers inside them count as numbers, as go-yaml sorts.

use std::rc::Rc;

use super::unicode::{is_digit, is_letter};
use super::yaml_out::Dialect;
use crate::template::Value;

type Entry = (Rc<str>, Value);

/// Sorts entries by their keys. A merge sort: the order below is not always one (`a` < `b` < `c` < `a`), for which the
/// sorting of Rust's library may panic.
pub(super) fn sort(entries: Vec<Entry>, dialect: Dialect) -> Vec<Entry> {
    let sorted = entries.windows(2).all(|pair| !less(&pair[1].0, &pair[0].0, dialect));
    if sorted { entries } else { merge_sort(entries, dialect) }
}

fn merge_sort(mut left: Vec<Entry>, dialect: Dialect) -> Vec<Entry> {
    if left.len() < 2 {
        return left;
    }
    let right = left.split_off(left.len() / 2);
    let (left, right) = (merge_sort(left, dialect), merge_sort(right, dialect));
    let mut merged = Vec::with_capacity(left.len() + right.len());
    let (mut left, mut right) = (left.into_iter().peekable(), right.into_iter().peekable());
    while let (Some(a), Some(b)) = (left.peek(), right.peek()) {
        let from = if less(&b.0, &a.0, dialect) { &mut right } else { &mut left };
        merged.extend(from.next());
    }
    merged.extend(left);
    merged.extend(right);
    merged
}

/// Whether one key stands before another: what is no letter before letters, numbers by their value.
fn less(a: &str, b: &str, dialect: Dialect) -> bool {
    let common = a.bytes().zip(b.bytes()).take_while(|(x, y)| x == y).count();
    let start = (0..=common).rev().find(|&at| a.is_char_boundary(at) && b.is_char_boundary(at)).unwrap_or(0);
    let (Some(x), Some(y)) = (a[start..].chars().next(), b[start..].chars().next()) else {
        return a.len() < b.len();
    };
    match (is_letter(x), is_letter(y)) {
        (true, true) => return x < y,
        (false, false) => {}
        (x_is_letter, y_is_letter) => {
            let in_number = dialect == Dialect::V3 && a[..start].chars().next_back().is_some_and(is_digit);
            return if in_number { x_is_letter } else { y_is_letter };
        }
    }
    // Behind a number's first digits, a zero is no leading zero: `10` and `1a0` differ there.
    let behind_digits = || {
        let before = a[..start].chars().rev().take_while(|&char| is_digit(char));
        before.into_iter().any(|char| char != '0')
    };
    let lead = i64::from((x == '0' || y == '0') && behind_digits());
    let (x_number, x_digits) = number(&a[start..], lead);
    let (y_number, y_digits) = number(&b[start..], lead);
    (x_number, x_digits, x) < (y_number, y_digits, y)
}

/// The number that a text begins with, behind these digits, and how many digits it has.
fn number(text: &str, lead: i64) -> (i64, usize) {
    let digits = text.chars().take_while(|&char| is_digit(char));
    digits.fold((lead, 0), |(number, count), digit| {
        let digit = i64::from(u32::from(digit)) - i64::from(u32::from('0'));
        (number.wrapping_mul(10).wrapping_add(digit), count + 1)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sorted(keys: &[&str], dialect: Dialect) -> String {
        let entries = keys.iter().map(|&key| (Rc::from(key), Value::Nil)).collect();
        sort(entries, dialect).iter().map(|entry| &*entry.0).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn numbers_count_as_numbers() {
        let keys = ["a10", "a2", "a1b", "B", "_", "a", "a1", "10", "9"];
        assert_eq!(sorted(&keys, Dialect::V2), "_ 9 10 B a a1 a1b a2 a10");
        assert_eq!(sorted(&["b", "a", "é", "e"], Dialect::V2), "a b e é");
    }
}
