//! The rules: the contract, the list of all, and running them.
//!
//! A rule is `x.rs` with its page `x.md` beside it, and one line in the list below. The page is also the rule's test.

mod certificate;
mod context;
mod embedded;
mod http_match;
mod injector;
mod istio_names;
mod istio_ports;
mod istio_secrets;
mod mesh_settings;
pub mod nearest;
mod proxy_variant;
mod route_order;
mod run;
mod schema_walk;
pub mod select;
pub mod suppress;
mod webhook;
mod workload_scope;

pub use context::Context;
use istio_names::{Found, Names};
pub use run::{Outcome, Panicked, run};

use crate::finding::RuleMeta;
use crate::schema::check::Class;

/// A rule: what is known about it, and the check.
pub struct Rule {
    /// What is known about it without running it.
    pub meta: RuleMeta,
    /// Reports what is wrong. Checks are pure: no input or output, no clock, no errors.
    pub check: Check,
}

/// A check, by how much of the input it judges at a time.
#[derive(Clone, Copy)]
pub enum Check {
    /// Each object by itself, whatever it looks up: the check runs over one stretch of the input after the other, at
    /// once with other rules, while that stretch is in the cache. It walks with `cx.each…`, and remembers nothing.
    Each(fn(&mut Context<'_, '_>)),
    /// The whole: objects are compared with one another.
    Whole(fn(&mut Context<'_, '_>)),
    /// Each object beside the schema of its kind: problems of one class. All these rules share one walk.
    Schema(Class),
    /// Each annotation or label that may be Istio's. They are searched once for all these rules.
    Name(Names, fn(&mut Context<'_, '_>, Found<'_>)),
}

/// A rule and the folder that it stands in.
#[derive(Clone, Copy)]
pub struct Registered {
    /// The group: the folder's name, which `--only` and `--ignore` take too.
    pub group: &'static str,
    /// The rule.
    pub rule: &'static Rule,
    /// Whether it runs only where `--only` selects it by a name of its own: it says what is so, not what is wrong.
    pub if_named: bool,
}

impl Registered {
    /// What is known about the rule without running it.
    pub fn meta(self) -> &'static RuleMeta {
        &self.rule.meta
    }
}

/// Declares the modules of each group and lists their rules, in this order. `"if named"` behind one: it runs
/// only then.
macro_rules! rules {
    ($($group:ident { $($rule:ident $($asked:literal)?,)* })*) => {
        $(mod $group { $(pub(super) mod $rule;)* })*

        /// Every rule.
        pub static ALL: &[Registered] =
            &[$($(Registered {
                group: stringify!($group),
                rule: &$group::$rule::RULE,
                if_named: !<[&str]>::is_empty(&[$($asked)?]),
            },)*)*];
    };
}

rules! {
    yaml {
        yaml_syntax,
        yaml_duplicate_key,
    }
    schema {
        unknown_field,
        wrong_type,
        missing_field,
        invalid_value,
        conflicting_fields,
        duplicate_entry,
        failed_validation,
        invalid_virtual_service,
        invalid_gateway,
        invalid_destination_rule,
        invalid_sidecar,
        invalid_service_entry,
        invalid_workload_entry,
        invalid_workload_group,
        invalid_envoy_filter,
        invalid_proxy_config,
        invalid_mesh_config,
        invalid_istio_operator,
        invalid_authorization_policy,
        invalid_peer_authentication,
        invalid_request_authentication,
        invalid_telemetry,
        invalid_wasm_plugin,
        invalid_traffic_extension,
        unknown_annotation,
        misplaced_annotation,
        invalid_annotation,
        deprecated_annotation,
        alpha_annotation "if named",
        unknown_label,
        misplaced_label,
        invalid_label,
        deprecated_label,
    }
    kubernetes {
        unknown_api_version,
        wrong_api_group,
        removed_api,
        duplicate_object,
        workload_selector_overlap,
        service_port_name_without_protocol,
        external_name_port_protocol,
        target_port_with_two_protocols,
    }
    istio {
        gateway_without_workload,
        gateway_unserved_port,
        gateway_conflict,
        gateway_shared_certificate,
        gateway_unknown_secret,
        gateway_unusable_secret,
        virtual_service_unknown_gateway,
        virtual_service_unserved_host,
        virtual_service_generated_gateway,
        virtual_service_claim_unchecked,
        virtual_service_unknown_subset,
        virtual_service_unknown_host,
        virtual_service_unknown_port,
        virtual_service_port_required,
        virtual_service_conflicting_hosts,
        virtual_service_shared_gateway_host,
        virtual_service_route_weights,
        virtual_service_unreachable_route,
        virtual_service_duplicate_match,
        subset_label_missing,
        subset_without_pods,
        destination_rule_unknown_host,
        destination_rule_duplicate_host,
        destination_rule_unnamed_authority,
        deprecated_field,
        superseded_field,
        removed_crd,
        sidecar_unmatched_selector,
        sidecar_overlap,
        sidecar_second_default,
        sidecar_in_ambient,
        telemetry_unmatched_selector,
        telemetry_overlap,
        telemetry_second_default,
        telemetry_without_provider,
        telemetry_lightstep,
        service_entry_without_address,
        unknown_network_registry,
        negative_status,
        envoy_filter_ignored_operation,
        envoy_filter_relative_operation,
    }
    gateway {
        http_route_unknown_gateway,
        http_route_unknown_backend,
        http_route_unknown_port,
        http_route_backend_weights,
        gateway_api_outdated_crd,
    }
    injection {
        injection_by_annotation,
        reserved_user_id,
        image_auto_without_injection,
        namespace_without_injection,
        conflicting_injection_labels,
        pod_without_sidecar,
        outdated_sidecar_image,
        injection_webhook_overlap,
        injection_webhook_unknown_service,
        external_control_plane_address,
    }
    authz {
        authorization_policy_unknown_principal,
        authorization_policy_unmatched_selector,
        authorization_policy_unknown_namespace,
        jwks_fetch_unrestricted,
        policy_selects_gateway,
    }
    ingress {
        kong_ingress_deprecated,
        kong_ingress_ignored_field,
    }
    weft {
        unused_suppression,
    }
}

/// The rule of a name, a code or an upstream analyser's name, where exactly one has it.
pub fn find(name: &str) -> Option<Registered> {
    let mut found = ALL.iter().filter(|entry| {
        let meta = entry.meta();
        meta.name == name || meta.codes.contains(&name) || meta.analyzers.contains(&name)
    });
    found.next().copied().filter(|_| found.next().is_none())
}
