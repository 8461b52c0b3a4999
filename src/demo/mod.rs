//! The samples of the tour: a shop of five services, with the mistakes that people make.

/// The shop's manifests: file names and texts, in the order of their names.
pub static SHOP: &[(&str, &str)] = &[
    ("cart.yaml", include_str!("shop/cart.yaml")),
    ("catalog.yaml", include_str!("shop/catalog.yaml")),
    ("gateway.yaml", include_str!("shop/gateway.yaml")),
    ("namespace.yaml", include_str!("shop/namespace.yaml")),
    ("orders.yaml", include_str!("shop/orders.yaml")),
    ("payments.yaml", include_str!("shop/payments.yaml")),
    ("web.yaml", include_str!("shop/web.yaml")),
];

/// The mistake that the tour corrects: the file, what is wrong in it, and what is right.
pub static CORRECTION: (&str, &str, &str) = ("web.yaml", "- publik", "- public");

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_correction_has_something_to_correct() {
        let (name, wrong, _) = CORRECTION;
        let (_, text) = SHOP.iter().find(|(file, _)| *file == name).unwrap();
        assert_eq!(text.matches(wrong).count(), 1);
    }
}
