//! Which variant of the proxy's image a pod gets: the mesh's, changed by ProxyConfigs and by the pod's annotation
//! (Istio 1.30, `ProxyConfigs.EffectiveProxyConfig`).

use rustc_hash::FxHashMap;

use crate::model::{Kind, Lookup, Resource, Selector, Workload};
use crate::rules::Context;
use crate::rules::mesh_settings::MeshSettings;
use crate::yaml::{Node, Tree, parse_embedded};

/// The annotation with a ProxyConfig.
const PROXY_CONFIG: &str = "proxy.istio.io/config";

/// What names variants, of the whole mesh.
pub(super) struct Variants<'m, 'a> {
    /// What the mesh configuration says; where it may lie outside the input, nobody knows.
    mesh: Lookup<String>,
    root_namespace: String,
    /// The ProxyConfigs by namespace.
    configs: FxHashMap<&'a str, Vec<&'m Resource<'a>>>,
}

impl<'m, 'a> Variants<'m, 'a> {
    /// Declare [`Kind::ConfigMap`], [`Kind::IstioOperator`] and [`Kind::ProxyConfig`].
    pub(super) fn new(cx: &mut Context<'m, 'a>) -> Self {
        let settings = MeshSettings::of(cx);
        let first = match &settings {
            Lookup::Found(settings) => settings.each().next(),
            _ => None,
        };
        let root = first.and_then(|mesh| mesh.str_at("rootNamespace"));
        let chosen = first.and_then(|mesh| variant(mesh.get("defaultConfig")?)).unwrap_or("");
        let mut configs: FxHashMap<&'a str, Vec<&'m Resource<'a>>> = FxHashMap::default();
        for config in cx.of_kind(Kind::ProxyConfig) {
            configs.entry(config.namespace).or_default().push(config);
        }
        Self {
            root_namespace: root.unwrap_or(&cx.world().mesh_namespace).to_owned(),
            mesh: match settings {
                Lookup::Unknown => Lookup::Unknown,
                _ => Lookup::Found(chosen.to_owned()),
            },
            configs,
        }
    }

    /// The variant that a pod gets: empty for the plain image, nothing where it cannot be known.
    pub(super) fn of(&self, pod: &Workload<'a>) -> Option<String> {
        let tree = pod.annotation(PROXY_CONFIG).and_then(parse_embedded);
        let annotated = root(&tree).and_then(variant);
        let of_mesh = || match &self.mesh {
            Lookup::Found(variant) => Some(variant.as_str()),
            _ => None,
        };
        let chosen = annotated.or_else(|| self.by_config(pod)).or_else(of_mesh)?;
        Some(if chosen == "default" { String::new() } else { chosen.to_owned() })
    }

    /// The nearest ProxyConfig that names one: of the workload, of the namespace, of the root namespace.
    fn by_config(&self, pod: &Workload<'a>) -> Option<&'a str> {
        let own = self.configs.get(pod.resource.namespace).into_iter().flatten().copied();
        let (of_all, of_some): (Vec<&Resource<'_>>, Vec<&Resource<'_>>) =
            own.partition(|it| it.spec_at("selector").is_none());
        let selects = |it: &Resource<'a>| Selector::of_object(it.spec_at("selector")).matches(pod.labels());
        let of_pod = of_some.into_iter().filter(|config| selects(config));
        let root = self.configs.get(self.root_namespace.as_str()).into_iter().flatten().copied();
        let root = root.filter(|config| config.spec_at("selector").is_none());
        of_pod.chain(of_all).chain(root).find_map(|config| variant(config.spec()?))
    }
}

fn root(tree: &Option<Tree>) -> Option<Node<'_>> {
    let tree = tree.as_ref()?;
    tree.root(tree.documents.first()?)
}

fn variant(config: Node<'_>) -> Option<&str> {
    config.at(&["image", "imageType"])?.text().filter(|variant| !variant.is_empty())
}
