//! Which variant of the proxy's image a pod gets: the mesh's, changed by ProxyConfigs and by the pod's annotation
//! (Istio 1.30, `ProxyConfigs.EffectiveProxyConfig`).

use rustc_hash::FxHashMap;

use crate::model::{Kind, Resource, Selector, Workload};
use crate::rules::Context;
use crate::yaml::{Node, Tree, parse_embedded};

/// The annotation with a ProxyConfig.
const PROXY_CONFIG: &str = "proxy.istio.io/config";

/// What names variants, of the whole mesh.
pub(super) struct Variants<'m, 'a> {
    mesh: Option<String>,
    root_namespace: String,
    /// The ProxyConfigs by namespace.
    configs: FxHashMap<&'a str, Vec<&'m Resource<'a>>>,
}

impl<'m, 'a> Variants<'m, 'a> {
    /// Declare [`Kind::ConfigMap`] and [`Kind::ProxyConfig`].
    pub(super) fn new(cx: &Context<'m, 'a>) -> Self {
        let own = &cx.world().mesh_namespace;
        let map = cx.of_kind(Kind::ConfigMap).find(|map| map.name == "istio" && map.namespace == own);
        let tree = map.and_then(|map| parse_embedded(map.root.at(&["data", "mesh"])?));
        let mesh = cx.mesh_config_file().or_else(|| root(&tree));
        let owned = |text: &str| text.to_owned();
        let mut configs: FxHashMap<&'a str, Vec<&'m Resource<'a>>> = FxHashMap::default();
        for config in cx.of_kind(Kind::ProxyConfig) {
            configs.entry(config.namespace).or_default().push(config);
        }
        Self {
            mesh: mesh.and_then(|mesh| variant(mesh.get("defaultConfig")?)).map(owned),
            root_namespace: mesh.and_then(|mesh| mesh.str_at("rootNamespace")).unwrap_or(own).to_owned(),
            configs,
        }
    }

    /// The variant that a pod gets; empty for the plain image.
    pub(super) fn of(&self, pod: &Workload<'a>) -> String {
        let tree = pod.annotation(PROXY_CONFIG).and_then(parse_embedded);
        let annotated = root(&tree).and_then(variant);
        let chosen = annotated.or_else(|| self.by_config(pod)).or(self.mesh.as_deref());
        chosen.filter(|variant| *variant != "default").unwrap_or("").to_owned()
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
