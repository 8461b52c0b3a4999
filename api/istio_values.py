"""What a release's charts take: their own keys and the typed API of the values in one tree of facts."""

import re

from istio_facts import Node, segments, tree

# Where the typed API leaves a value open, or a template reads what has neither type nor default: what the templates
# make of it, by the last name of the path or by the whole path. `{}any` where a template quotes the values.
BY_NAME = {
    "additionalContainers": "core.Container[]", "affinity": "core.Affinity", "annotations": "map<string,string>",
    "autoscaleBehavior": "core.HorizontalPodAutoscalerBehavior", "containerSecurityContext": "core.SecurityContext",
    "configVolumes": "ConfigVolume[]", "daemonSetLabels": "map<string,string>", "defaultNodeSelector": "map<string,string>",
    "defaultTolerations": "core.Toleration[]", "deploymentAnnotations": "map<string,string>",
    "deploymentLabels": "map<string,scalar>", "dnsConfig": "core.PodDNSConfig", "egressPorts": "core.ServicePort[]",
    "env": "map<string,scalar>", "envVarFrom": "core.EnvVar[]", "extraContainerArgs": "string[]",
    "ingressPorts": "core.ServicePort[]", "initContainers": "core.Container[]", "injectedAnnotations": "map<string,scalar>",
    "ipFamilies": "string[]",
    "labels": "map<string,string>", "lifecycle": "core.Lifecycle", "nodeSelector": "map<string,string>",
    "podAnnotations": "map<string,string>", "podAntiAffinityLabelSelector": "AntiAffinity[]",
    "podAntiAffinityTermLabelSelector": "AntiAffinity[]", "podLabels": "map<string,string>", "proxyMetadata": "map<string,scalar>",
    "readinessProbe": "core.Probe",
    "resources": "core.ResourceRequirements", "seLinuxOptions": "core.SELinuxOptions",
    "seccompProfile": "core.SeccompProfile", "securityContext": "core.PodSecurityContext",
    "serviceAccountAnnotations": "map<string,string>", "serviceAnnotations": "map<string,string>",
    "sidecarInjectorWebhookAnnotations": "map<string,string>", "strategy": "core.DeploymentStrategy",
    "tag": "scalar",
    "toleration": "core.Toleration[]", "tolerations": "core.Toleration[]",
    "topologySpreadConstraints": "core.TopologySpreadConstraint[]", "updateStrategy": "core.DaemonSetUpdateStrategy",
    "volumeMounts": "core.VolumeMount[]", "volumes": "core.Volume[]",
}
BY_PATH = {
    "cni.ambient.enablementSelectors": "EnablementSelector[]",
    "gateways.istio-egressgateway.customService": "bool",
    "gateways.istio-egressgateway.loadBalancerSourceRanges": "string[]",
    "gateways.istio-egressgateway.replicaCount": "uint32",
    "gatewayClasses": "map<string,object>",
    "global.certificates": "any",
    "global.meshNetworks": "map<string,object>",
    "global.proxy.capNetBindService": "scalar",
    "global.sds.token": "Token",
    "pdb.maxUnavailable": "int|string",
    "pdb.minAvailable": "int|string",
    "pilot.podLabels": "map<string,scalar>",
    "sidecarInjectorWebhook.alwaysInjectSelector": "core.LabelSelector[]",
    "sidecarInjectorWebhook.neverInjectSelector": "core.LabelSelector[]",
    "sidecarInjectorWebhook.templates": "map<string,string>",
    "ztunnel": "ZtunnelConfig",
    "ztunnel.global": "Global",
    "ztunnel.imagePullSecrets": "string[]",
}
ITEMS = [  # the fields that the templates read of items
    ("cni.ambient.enablementSelectors[]", {"namespaceSelector": "core.LabelSelector", "podSelector": "core.LabelSelector"}),
    *((f"gateways.istio-{way}gateway.configVolumes[]", {"configMapName": "string", "mountPath": "string", "name": "string"})
      for way in ("egress", "ingress")),
    *((f"gateways.istio-{way}gateway.podAntiAffinity{kind}LabelSelector[]",
       {"key": "string", "operator": "string", "topologyKey": "string", "values": "string"})
      for way in ("egress", "ingress") for kind in ("", "Term")),
]
GATEWAY = {  # the same for the chart `gateway`, whose keys stand at the root
    "autoscaling.targetMemoryUtilizationPercentage": "int", "global": "open", "imagePullSecrets": "core.LocalObjectReference[]",
    "labels": "map<string,scalar>", "minReadySeconds": "int", "pilot": "object",
    "podDisruptionBudget": "core.PodDisruptionBudgetSpec", "replicaCount": "int", "service.externalIPs": "string[]",
    "service.allocateLoadBalancerNodePorts": "bool",
    "service.loadBalancerSourceRanges": "string[]", "service.ports": "core.ServicePort[]",
    "service.selectorLabels": "map<string,string>", "terminationGracePeriodSeconds": "int", "unprivilegedPort": "scalar",
}
NAMES = {"CNIConfig": "Cni", "EgressGatewayConfig": "EgressGateway", "GlobalConfig": "Global",
         "IngressGatewayConfig": "IngressGateway", "PilotConfig": "Pilot", "ZtunnelConfig": "Ztunnel"}
PREFIX = {"istiod": "pilot", "cni": "cni", "ztunnel": "ztunnel"}  # where a chart's root stands in the values
ROOT = {"pdb", "platform"}  # keys of the root that the typed API does not have
GATEWAY_CHART = "gateway (Helm only)"
SKIPPED = {"_original", "_internal_defaults_do_not_set", "meshConfig"}  # the last has a type of its own
RELEASE_STAMPS = ["registry.istio.io/testing", "latest"]  # a release has its own hub and tag
CHART_TYPES = {"string": "string", "bool": "bool", "int": "int", "number": "number", "list": "any[]", "object": "object",
               "boolean": "bool", "integer": "int", "array": "any[]", "null": "any"}
CLOSED = re.compile(r"(any|scalar|object|map<|core\.|string|bool|u?int|number|double|duration|enum|Global$)")


def values(facts):
    """The tree of the typed API with the keys of the charts."""
    root = tree([{**fact, "type": fact["type"].removesuffix("|null")} for fact in facts["typed"]])
    typed = set(root.inside)
    for path, fields in ITEMS:
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
