//! The fields of Envoy's messages that patches of an EnvoyFilter put together, by what they take. From the definitions
//! of Envoy's API as Istio 1.30 and 1.31 read them.

use super::Type;

/// Fields by type.
pub(super) type Fields = &'static [(Type, &'static [&'static str])];

/// The message that a patch is of, by `applyTo`: its name in Envoy's API, and its fields.
pub(super) fn message(apply_to: &str) -> Option<(&'static str, Fields)> {
    Some(match apply_to {
        "LISTENER" => ("Listener", LISTENER),
        "FILTER_CHAIN" => ("FilterChain", FILTER_CHAIN),
        "NETWORK_FILTER" => ("Filter", FILTER),
        "LISTENER_FILTER" => ("ListenerFilter", LISTENER_FILTER),
        "HTTP_FILTER" => ("HttpFilter", HTTP_FILTER),
        "ROUTE_CONFIGURATION" => ("RouteConfiguration", ROUTE_CONFIGURATION),
        "VIRTUAL_HOST" => ("VirtualHost", VIRTUAL_HOST),
        "HTTP_ROUTE" => ("Route", ROUTE),
        "CLUSTER" => ("Cluster", CLUSTER),
        "EXTENSION_CONFIG" => ("TypedExtensionConfig", TYPED_EXTENSION_CONFIG),
        "BOOTSTRAP" => ("Bootstrap", BOOTSTRAP),
        _ => return None,
    })
}
const CLUSTER: Fields = &[
    (Type::Text, &["name", "alt_stat_name"]),
    (
        Type::Flag,
        &[
            "respect_dns_ttl",
            "use_tcp_for_dns_lookups",
            "wait_for_warm_on_init",
            "close_connections_on_host_health_failure",
            "ignore_health_on_host_removal",
            "track_timeout_budgets",
            "connection_pool_per_downstream_connection",
        ],
    ),
    (Type::Number, &["per_connection_buffer_limit_bytes", "max_requests_per_connection"]),
    (
        Type::Duration,
        &[
            "connect_timeout",
            "per_connection_buffer_high_watermark_timeout",
            "dns_refresh_rate",
            "dns_jitter",
            "cleanup_interval",
        ],
    ),
    (Type::Enum(&["STATIC", "STRICT_DNS", "LOGICAL_DNS", "EDS", "ORIGINAL_DST"]), &["type"]),
    (
        Type::Enum(&[
            "ROUND_ROBIN",
            "LEAST_REQUEST",
            "RING_HASH",
            "RANDOM",
            "MAGLEV",
            "CLUSTER_PROVIDED",
            "LOAD_BALANCING_POLICY_CONFIG",
        ]),
        &["lb_policy"],
    ),
    (Type::Enum(&["AUTO", "V4_ONLY", "V6_ONLY", "V4_PREFERRED", "ALL"]), &["dns_lookup_family"]),
    (Type::Enum(&["USE_CONFIGURED_PROTOCOL", "USE_DOWNSTREAM_PROTOCOL"]), &["protocol_selection"]),
    (Type::Anys, &["typed_extension_protocol_options"]),
    (
        Type::Map,
        &[
            "transport_socket_matcher",
            "stats_matcher",
            "cluster_type",
            "eds_cluster_config",
            "load_assignment",
            "circuit_breakers",
            "upstream_http_protocol_options",
            "common_http_protocol_options",
            "http_protocol_options",
            "http2_protocol_options",
            "dns_failure_refresh_rate",
            "dns_resolution_config",
            "typed_dns_resolver_config",
            "outlier_detection",
            "upstream_bind_config",
            "lb_subset_config",
            "ring_hash_lb_config",
            "maglev_lb_config",
            "original_dst_lb_config",
            "least_request_lb_config",
            "round_robin_lb_config",
            "common_lb_config",
            "transport_socket",
            "metadata",
            "upstream_connection_options",
            "load_balancing_policy",
            "lrs_server",
            "upstream_config",
            "track_cluster_stats",
            "preconnect_policy",
        ],
    ),
    (
        Type::List,
        &[
            "transport_socket_matches",
            "health_checks",
            "dns_resolvers",
            "filters",
            "lrs_report_endpoint_metrics",
        ],
    ),
];

const LISTENER: Fields = &[
    (Type::Text, &["name", "stat_prefix"]),
    (
        Type::Flag,
        &[
            "use_original_dst",
            "continue_on_listener_filters_timeout",
            "transparent",
            "freebind",
            "reuse_port",
            "enable_reuse_port",
            "bind_to_port",
            "enable_mptcp",
            "ignore_global_conn_limit",
            "bypass_overload_manager",
        ],
    ),
    (
        Type::Number,
        &[
            "per_connection_buffer_limit_bytes",
            "tcp_fast_open_queue_length",
            "tcp_backlog_size",
            "max_connections_to_accept_per_socket_event",
        ],
    ),
    (Type::Duration, &["per_connection_buffer_high_watermark_timeout", "listener_filters_timeout"]),
    (Type::Enum(&["DEFAULT", "MODIFY_ONLY"]), &["drain_type"]),
    (Type::Enum(&["UNSPECIFIED", "INBOUND", "OUTBOUND"]), &["traffic_direction"]),
    (
        Type::Map,
        &[
            "address",
            "stats_matcher",
            "fcds_config",
            "filter_chain_matcher",
            "default_filter_chain",
            "metadata",
            "deprecated_v1",
            "udp_listener_config",
            "api_listener",
            "connection_balance_config",
            "internal_listener",
            "tcp_keepalive",
        ],
    ),
    (
        Type::List,
        &["additional_addresses", "filter_chains", "listener_filters", "socket_options", "access_log"],
    ),
];

const FILTER_CHAIN: Fields = &[
    (Type::Text, &["name"]),
    (Type::Flag, &["use_proxy_proto"]),
    (Type::Duration, &["transport_socket_connect_timeout"]),
    (Type::Map, &["filter_chain_match", "metadata", "transport_socket"]),
    (Type::List, &["filters"]),
];

const FILTER: Fields =
    &[(Type::Text, &["name"]), (Type::Any, &["typed_config"]), (Type::Map, &["config_discovery"])];

const LISTENER_FILTER: Fields = &[
    (Type::Text, &["name"]),
    (Type::Any, &["typed_config"]),
    (Type::Map, &["config_discovery", "filter_disabled"]),
];

const HTTP_FILTER: Fields = &[
    (Type::Text, &["name"]),
    (Type::Flag, &["is_optional", "disabled"]),
    (Type::Any, &["typed_config"]),
    (Type::Map, &["config_discovery"]),
];

const ROUTE_CONFIGURATION: Fields = &[
    (Type::Text, &["name", "vhost_header"]),
    (
        Type::Flag,
        &[
            "most_specific_header_mutations_wins",
            "validate_clusters",
            "ignore_port_in_host_matching",
            "ignore_path_parameters_in_path_matching",
        ],
    ),
    (Type::Number, &["max_direct_response_body_size_bytes"]),
    (Type::Anys, &["typed_per_filter_config"]),
    (Type::Map, &["vhds", "metadata"]),
    (
        Type::List,
        &[
            "virtual_hosts",
            "internal_only_headers",
            "response_headers_to_add",
            "response_headers_to_remove",
            "request_headers_to_add",
            "request_headers_to_remove",
            "cluster_specifier_plugins",
            "request_mirror_policies",
        ],
    ),
];

const VIRTUAL_HOST: Fields = &[
    (Type::Text, &["name"]),
    (
        Type::Flag,
        &[
            "include_request_attempt_count",
            "include_attempt_count_in_response",
            "include_is_timeout_retry_header",
        ],
    ),
    (Type::Number, &["per_request_buffer_limit_bytes", "request_body_buffer_limit"]),
    (Type::Enum(&["NONE", "EXTERNAL_ONLY", "ALL"]), &["require_tls"]),
    (Type::Any, &["retry_policy_typed_config"]),
    (Type::Anys, &["typed_per_filter_config"]),
    (Type::Map, &["matcher", "cors", "retry_policy", "hedge_policy", "metadata"]),
    (
        Type::List,
        &[
            "domains",
            "routes",
            "virtual_clusters",
            "rate_limits",
            "request_headers_to_add",
            "request_headers_to_remove",
            "response_headers_to_add",
            "response_headers_to_remove",
            "request_mirror_policies",
        ],
    ),
];

const ROUTE: Fields = &[
    (Type::Text, &["name", "stat_prefix"]),
    (Type::Number, &["per_request_buffer_limit_bytes", "request_body_buffer_limit"]),
    (Type::Anys, &["typed_per_filter_config"]),
    (
        Type::Map,
        &[
            "match",
            "route",
            "redirect",
            "direct_response",
            "filter_action",
            "non_forwarding_action",
            "metadata",
            "decorator",
            "tracing",
        ],
    ),
    (
        Type::List,
        &[
            "request_headers_to_add",
            "request_headers_to_remove",
            "response_headers_to_add",
            "response_headers_to_remove",
        ],
    ),
];

/// A named extension, wherever one stands.
pub(super) const TYPED_EXTENSION_CONFIG: Fields = &[(Type::Text, &["name"]), (Type::Any, &["typed_config"])];

const BOOTSTRAP: Fields = &[
    (Type::Text, &["flags_path", "header_prefix", "default_socket_interface", "perf_tracing_file_path"]),
    (
        Type::Flag,
        &[
            "stats_flush_on_admin",
            "enable_dispatcher_stats",
            "use_tcp_for_dns_lookups",
            "enable_worker_cpu_affinity",
        ],
    ),
    (Type::Number, &["stats_server_version_override"]),
    (Type::Duration, &["stats_flush_interval", "stats_eviction_interval"]),
    (
        Type::Map,
        &[
            "node",
            "static_resources",
            "dynamic_resources",
            "cluster_manager",
            "hds_config",
            "deferred_stat_options",
            "stats_config",
            "watchdog",
            "watchdogs",
            "tracing",
            "layered_runtime",
            "admin",
            "overload_manager",
            "dns_resolution_config",
            "typed_dns_resolver_config",
            "default_config_source",
            "certificate_provider_instances",
            "default_regex_engine",
            "xds_delegate_extension",
            "xds_config_tracker_extension",
            "listener_manager",
            "application_log_config",
            "grpc_async_client_manager_config",
            "memory_allocator_manager",
        ],
    ),
    (
        Type::List,
        &[
            "node_context_params",
            "stats_sinks",
            "bootstrap_extensions",
            "fatal_actions",
            "config_sources",
            "inline_headers",
        ],
    ),
];
