//! The tour: its samples, a shop of five services with the mistakes that people make, and its steps.

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

/// A step of the tour. A new one is one more entry in [`STEPS`].
pub struct Step {
    /// What it shows, in lines that fit 100 columns behind `1/7  `.
    pub says: &'static str,
    /// What is done to a sample before, if anything.
    pub change: Option<Change>,
    /// The words behind `weft`. They run beside the samples' folder, `shop`.
    pub runs: &'static [&'static str],
    /// How many lines of the output are shown; all where none is given.
    pub head: Option<usize>,
}

/// A change to a sample: what stands in it once, as it was left by the steps before, and what stands there from now on.
pub struct Change {
    /// The sample's file name.
    pub file: &'static str,
    /// What is there.
    pub from: &'static str,
    /// What takes its place.
    pub to: &'static str,
}

/// The tour, in order.
pub static STEPS: &[Step] = &[
    Step {
        says: "A shop: five services behind an Istio gateway, and something is wrong with each. What?\n\
               (--complete: these files are all there is, so a name that leads nowhere is a mistake.)",
        change: None,
        runs: &["analyze", "--complete", "shop"],
        head: None,
    },
    Step {
        says: "Every finding has a name, and every name a page: the problem, a wrong and a right example.\n\
               Its beginning:",
        change: None,
        runs: &["explain", "wrong-type"],
        head: Some(33),
    },
    Step {
        says: "And what may stand in a field, of any kind that weft knows?",
        change: None,
        runs: &["explain", "virtualservice.spec.http.match.headers"],
        head: None,
    },
    Step {
        says: "web.yaml alone, without --complete: its gateway may lie in files that weft was not shown,\n\
               so nothing is called missing, and what could not be judged is counted.",
        change: None,
        runs: &["analyze", "shop/web.yaml"],
        head: None,
    },
    Step {
        says: "In web.yaml the gateway is now called `public`. Is this mistake gone?",
        change: Some(Change { file: "web.yaml", from: "- publik", to: "- public" }),
        runs: &["analyze", "--complete", "--only", "virtual-service-unknown-gateway", "shop"],
        head: None,
    },
    Step {
        says: "catalog's canary is to get no traffic until the launch. Now a comment on that line says so.\n\
               (An annotation, --ignore, or weft.toml with a reason and an end will do as well.)",
        change: Some(Change {
            file: "catalog.yaml",
            from: "          weight: 90\n        - destination:\n            host: catalog\n            subset: v2\n",
            to: "          weight: 90\n        \
                 - destination: # weft: allow(virtual-service-route-weights) until the launch\n            \
                 host: catalog\n            subset: v2\n",
        }),
        runs: &["analyze", "--complete", "--only", "virtual-service-route-weights", "shop"],
        head: None,
    },
    Step {
        says: "For a pipeline: GitHub's annotations here; json, yaml, sarif and junit are there too.\n\
               The exit code is 1 as long as there are errors, whatever the format.",
        change: None,
        runs: &["analyze", "--complete", "--quiet", "-o", "github", "shop"],
        head: None,
    },
    Step {
        says: "Some of what is looked for; weft rules lists all of it.",
        change: None,
        runs: &["rules", "virtual-service-*"],
        head: None,
    },
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_change_has_one_place() {
        let mut shop: Vec<(&str, String)> = SHOP.iter().map(|(name, text)| (*name, (*text).into())).collect();
        for change in STEPS.iter().filter_map(|step| step.change.as_ref()) {
            let (_, text) = shop.iter_mut().find(|(name, _)| *name == change.file).unwrap();
            assert_eq!(text.matches(change.from).count(), 1, "{}", change.from);
            *text = text.replace(change.from, change.to);
        }
    }
}
