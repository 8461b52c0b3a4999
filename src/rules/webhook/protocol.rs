//! The protocols of ports, as Istio names them.

/// What Istio takes a protocol for (Istio 1.30, `protocol.Parse`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::rules) enum Protocol {
    /// HTTP in plain text: requests name their host.
    Http,
    /// gRPC-Web and HTTP proxies: as [`Protocol::Http`], but for a few places that want one of those.
    HttpOther,
    /// HTTPS, of which Istio sees the name of the host alone.
    Https,
    /// TLS, of which Istio sees the name of the host alone.
    Tls,
    /// TCP, and the databases that speak it: nothing names the host.
    Tcp,
    /// UDP, which no proxy takes.
    Udp,
}

impl Protocol {
    /// The protocol of a name, whatever its case.
    pub(in crate::rules) fn of(name: &str) -> Option<Self> {
        Some(match name.to_ascii_lowercase().as_str() {
            "http" | "http2" | "grpc" => Self::Http,
            "grpc-web" | "http_proxy" => Self::HttpOther,
            "https" => Self::Https,
            "tls" => Self::Tls,
            "tcp" | "mongo" | "redis" | "mysql" => Self::Tcp,
            "udp" => Self::Udp,
            _ => return None,
        })
    }

    /// Whether a request or a handshake says which host is meant.
    pub(in crate::rules) fn names_host(self) -> bool {
        !matches!(self, Self::Tcp | Self::Udp)
    }

    /// Whether requests of HTTP are read, which nothing encrypts (`Instance.IsHTTP`).
    pub(in crate::rules) fn is_http(self) -> bool {
        matches!(self, Self::Http | Self::HttpOther)
    }

    /// Whether it is within TLS (`Instance.IsTLS`).
    pub(in crate::rules) fn is_tls(self) -> bool {
        matches!(self, Self::Https | Self::Tls)
    }

    /// Whether Istio's listeners take it for TCP (`Instance.IsTCP`).
    pub(in crate::rules) fn is_tcp(self) -> bool {
        matches!(self, Self::Tcp | Self::Tls | Self::Https)
    }
}

#[cfg(test)]
mod tests {
    use super::Protocol;

    #[test]
    fn names_have_no_case() {
        assert_eq!(Protocol::of("gRPC-Web"), Some(Protocol::HttpOther));
        assert_eq!(Protocol::of("Mongo"), Some(Protocol::Tcp));
        assert_eq!(Protocol::of("http3"), None);
        assert_eq!(Protocol::of(""), None);
    }
}
