//! The names nearest to one that does not exist.

/// The candidate that was probably meant: the one at the least distance, if it is near enough and the only one there.
pub fn nearest<'c>(name: &str, candidates: impl IntoIterator<Item = &'c str>) -> Option<&'c str> {
    let limit = (name.chars().count() / 3).clamp(1, 3);
    let mut best: Option<(usize, &str)> = None;
    let mut tied = false;
    for candidate in candidates {
        let distance = strsim::osa_distance(name, candidate);
        match best {
            _ if distance > limit => {}
            Some((least, _)) if distance > least => {}
            Some((least, found)) if distance == least => tied |= found != candidate,
            _ => (best, tied) = (Some((distance, candidate)), false),
        }
    }
    best.filter(|_| !tied).map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn only_what_is_near_and_alone() {
        assert_eq!(nearest("publik", ["public", "private"]), Some("public"));
        assert_eq!(nearest("v9", ["v1", "v2"]), None);
        assert_eq!(nearest("gateway", ["shop"]), None);
    }
}
