//! What all formats have in common.

use super::*;

#[test]
fn words_and_formats_are_the_same() {
    for each in Format::ALL {
        assert_eq!(each.to_string().parse(), Ok(each));
    }
}
