"""What a release's charts take: their own keys and the typed API of the values in one tree of facts."""

import re

from istio_facts import Node, segments, tree

# Where the typed API leaves a value open, or a template reads what has neither type nor default: what the templates
# make of it, by the last name of the path or by the whole path. `scalar` where a template quotes what it gets.
TEXTS, SCALARS = "map<string,string>", "map<string,scalar>"
BY_NAME = {name: said for said, names in {
    "scalar": "tag",
    "string[]": "extraContainerArgs ipFamilies",
    "AntiAffinity[]": "podAntiAffinityLabelSelector podAntiAffinityTermLabelSelector",
    "ConfigVolume[]": "configVolumes",
    TEXTS: "annotations daemonSetLabels deploymentAnnotations labels nodeSelector podAnnotations podLabels"
           " serviceAccountAnnotations serviceAnnotations sidecarInjectorWebhookAnnotations",
    SCALARS: "defaultNodeSelector deploymentLabels env injectedAnnotations proxyMetadata",
    "core.Affinity": "affinity",
    "core.Container[]": "additionalContainers initContainers",
    "core.DaemonSetUpdateStrategy": "updateStrategy",
    "core.DeploymentStrategy": "strategy",
    "core.EnvVar[]": "envVarFrom",
    "core.HorizontalPodAutoscalerBehavior": "autoscaleBehavior",
    "core.Lifecycle": "lifecycle",
    "core.PodDNSConfig": "dnsConfig",
    "core.PodSecurityContext": "securityContext",
    "core.Probe": "readinessProbe",
    "core.ResourceRequirements": "resources",
    "core.SELinuxOptions": "seLinuxOptions",
    "core.SeccompProfile": "seccompProfile",
    "core.SecurityContext": "containerSecurityContext",
    "core.ServicePort[]": "egressPorts ingressPorts",
    "core.Toleration[]": "defaultTolerations toleration tolerations",
    "core.TopologySpreadConstraint[]": "topologySpreadConstraints",
    "core.Volume[]": "volumes",
    "core.VolumeMount[]": "volumeMounts",
}.items() for name in names.split()}
BY_PATH = {
    "cni.ambient.enablementSelectors": "EnablementSelector[]",
    "gatewayClasses": "map<string,object>",
    "gateways.istio-egressgateway.customService": "bool",
    "gateways.istio-egressgateway.loadBalancerSourceRanges": "string[]",
    "gateways.istio-egressgateway.nodeSelector": SCALARS,
    "gateways.istio-egressgateway.replicaCount": "uint32",
    "gateways.istio-egressgateway.serviceAnnotations": SCALARS,
    "gateways.istio-ingressgateway.nodeSelector": SCALARS,
    "gateways.istio-ingressgateway.serviceAnnotations": SCALARS,
    "global.certificates": "any",
    "global.meshNetworks": "map<string,MeshConfig.Network>",
    "global.proxy.capNetBindService": "scalar",
    "global.sds.token": "Token",
    "meshConfig": "MeshConfig.MeshConfig",
    "pdb.maxUnavailable": "int|string",
    "pdb.minAvailable": "int|string",
    "pilot.podLabels": SCALARS,
    "sidecarInjectorWebhook.alwaysInjectSelector": "core.LabelSelector[]",
    "sidecarInjectorWebhook.neverInjectSelector": "core.LabelSelector[]",
    "sidecarInjectorWebhook.templates": TEXTS,
    "ztunnel": "ZtunnelConfig",
    "ztunnel.global": "Global",
    "ztunnel.imagePullSecrets": "string[]",
}
GATEWAYS = ["gateways.istio-egressgateway", "gateways.istio-ingressgateway"]
ITEMS = {  # the fields that the templates read of items
    "cni.ambient.enablementSelectors[]": dict.fromkeys(["namespaceSelector", "podSelector"], "core.LabelSelector"),
    **{f"{gateway}.configVolumes[]": dict.fromkeys(["configMapName", "mountPath", "name"], "string")
       for gateway in GATEWAYS},
    **{f"{gateway}.podAntiAffinity{kind}LabelSelector[]":
       dict.fromkeys(["key", "operator", "topologyKey", "values"], "string")
       for gateway in GATEWAYS for kind in ("", "Term")},
}
GATEWAY = {  # the same for the chart `gateway`, whose keys stand at the root
    "autoscaling.targetMemoryUtilizationPercentage": "int",
    "global": "open",
    "imagePullSecrets": "core.LocalObjectReference[]",
    "labels": SCALARS,
    "minReadySeconds": "int",
    "pilot": "object",
    "podDisruptionBudget": "core.PodDisruptionBudgetSpec",
    "replicaCount": "int",
    "service.allocateLoadBalancerNodePorts": "bool",
    "service.externalIPs": "string[]",
    "service.loadBalancerSourceRanges": "string[]",
    "service.ports": "core.ServicePort[]",
    "service.selectorLabels": TEXTS,
    "terminationGracePeriodSeconds": "int",
    "unprivilegedPort": "scalar",
}
NAMES = {"CNIConfig": "Cni", "EgressGatewayConfig": "EgressGateway", "GlobalConfig": "Global",
         "IngressGatewayConfig": "IngressGateway", "PilotConfig": "Pilot", "ZtunnelConfig": "Ztunnel"}
PREFIX = {"istiod": "pilot", "cni": "cni", "ztunnel": "ztunnel"}  # where a chart's root stands in the values
ROOT = {"pdb", "platform"}  # keys of the root that the typed API does not have
GATEWAY_CHART = "gateway (Helm only)"
SKIPPED = {"_original", "_internal_defaults_do_not_set", "meshConfig"}  # the last has a type of its own
RELEASE_STAMPS = ["registry.istio.io/testing", "latest"]  # a release has its own hub and tag
CHART_TYPES = {"string": "string", "bool": "bool", "int": "int", "number": "number", "list": "any[]",
               "object": "object", "boolean": "bool", "integer": "int", "array": "any[]", "null": "any"}
CLOSED = re.compile(r"(any|scalar|object|map<|core\.|MeshConfig\.|string|bool|u?int|number|double|duration|enum|Global$)")


def values(facts):
    """The tree of the typed API with the keys of the charts."""
    root = tree([{**fact, "type": fact["type"].removesuffix("|null")} for fact in facts["typed"]])
    typed = set(root.inside)
    for path, fields in ITEMS.items():
        for name, said in fields.items():
            root.at([*segments(path), name]).fact = {"type": said}
    retype(root, [], BY_PATH)
    for chart, said in facts["charts"].items():
        for key in said["keys"] + said["readWithoutDefault"] if chart != GATEWAY_CHART else []:
            path = segments(key.get("iop", key["path"]))
            if path[0] in SKIPPED:
                continue
            if chart == "cni" and path[0] == "global":
                key = {**key, "default": None}  # for itself alone: what the other charts take stands for all
            if "iop" not in key and chart in PREFIX and path[0] not in typed | ROOT:
                path = [PREFIX[chart], *path]
            put(root, path, key, BY_PATH)
    return root


def gateway(facts):
    said, root = facts["charts"][GATEWAY_CHART], Node()
    for key in said["keys"] + said["readWithoutDefault"] + said["schemaOnly"]:
        if "[]" not in key["path"] and key["path"] not in SKIPPED:
            put(root, segments(key["path"]), key, GATEWAY)
    return root


def better(path, types):
    said = types.get(".".join(path)) or BY_NAME.get(path[-1])
    return {"type": said} if said else {}


def retype(node, path, types):
    """Gives open fields the types that the templates know, which have no fields of their own here."""
    for name, child in node.inside.items():
        said = better([*path, name], types)
        child.fact = {**child.fact, **said}
        if said and CLOSED.match(child.fact["type"]):
            child.inside = {}
        retype(child, [*path, name], types)


def put(root, path, key, types):
    """Adds a chart's key; below a field at which the tree ends, it is a part of that field's default."""
    node, default = root, key.get("default")
    for depth, name in enumerate(path, 1):
        node = node.at([name])
        node.fact = {**node.fact, **better(path[:depth], types)}
        if depth < len(path) and CLOSED.match(node.fact.get("type", "")):
            return add_default(node.fact, path[depth:], default)
    node.fact = {"type": chart_type(key), **node.fact}
    if "enum" in key and node.fact["type"] != "scalar":
        node.fact = {**node.fact, "type": "enum", "enum": key["enum"]}
    if default is not None and default not in RELEASE_STAMPS:
        node.fact.setdefault("default", default)


def chart_type(key):
    said = key.get("schemaType", key.get("type", "string"))
    names = sorted({said} if isinstance(said, str) else set(said) - {"null"})
    return "int|string" if names == ["integer", "string"] else CHART_TYPES[names[0]]


def add_default(fact, path, default):
    if default is None:
        return
    value = fact.setdefault("default", {})
    for name in path[:-1]:
        value = value.setdefault(name, {})
    value.setdefault(path[-1], default)
