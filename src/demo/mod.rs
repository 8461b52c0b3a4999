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
