#!/usr/bin/env python3
"""Writes a made-up web shop of N services in a mesh, as YAML: the same bytes for the same N.

    corpus.py N DIR          one file a service, a folder a namespace
    corpus.py --bytes B FILE one file of about B bytes

A service is a Deployment (every fourth has a canary), Service, ServiceAccount, VirtualService, DestinationRule and
AuthorizationPolicy; 50 services share a namespace with its Namespace, PeerAuthentication, Gateway and Sidecar. One
service in a hundred has a mistake; `mistakes.txt` beside DIR tells which.
"""
import random
import sys
from pathlib import Path

PER_NAMESPACE = 50
WORDS = "basket catalog checkout courier coupon invoice ledger loyalty parcel pricing refund review search shelf stock wishlist".split()
MISTAKES = {
    "subset": ("subset: stable", "subset: stabel"),
    "gateway": ("  - front-door", "  - front-dor"),
    "host": ("host: {name}.{namespace}.svc.cluster.local  # itself", "host: {name}-old.{namespace}.svc.cluster.local"),
}

DEPLOYMENT = """\
# The {track} pods of {name}. On call: the {team} team.
apiVersion: apps/v1
kind: Deployment
metadata:
  name: {name}-{track}
  namespace: {namespace}
  labels:
    app: {name}
    version: {track}
    shop.example.com/team: {team}
spec:
  replicas: {replicas}
  selector:
    matchLabels:
      app: {name}
      version: {track}
  template:
    metadata:
      labels:
        app: {name}
        version: {track}
      annotations:
        shop.example.com/config-hash: "{hash}"
    spec:
      serviceAccountName: {name}
      containers:
        - name: server
          image: images.shop.example.com/{namespace}/{name}:{release}
          args: ["--listen=:{port}", "--metrics=:9400"]
          env:
            - name: CATALOG_URL
              value: "http://{neighbour}.{namespace}.svc.cluster.local:8080"
            - name: FEATURE_GIFT_WRAP
              value: "off"   # quoted: it is text
          ports:
            - name: http
              containerPort: {port}
            - name: http-metrics
              containerPort: 9400
          resources:
            requests: {{cpu: {cpu}m, memory: {memory}Mi}}
---
"""

SERVICE = """\
apiVersion: v1
kind: ServiceAccount
metadata:
  name: {name}
  namespace: {namespace}
---
apiVersion: v1
kind: Service
metadata:
  name: {name}
  namespace: {namespace}
  labels:
    app: {name}
spec:
  selector:
    app: {name}
  ports:
    - name: http
      port: 8080
      targetPort: http
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata:
  name: {name}
  namespace: {namespace}
spec:
  host: {name}.{namespace}.svc.cluster.local
  trafficPolicy:
    outlierDetection:
      consecutive5xxErrors: 7
      interval: 15s
  subsets:
{subsets}---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata:
  name: {name}
  namespace: {namespace}
spec:
  hosts:
  - {name}.{namespace}.shop.example.com
  - {name}.{namespace}.svc.cluster.local
  gateways:
  - front-door
  - mesh
  http:
  - name: writes
    match:
    - method:
        exact: POST
      uri:
        prefix: /{word}
    route:
    - destination:
        host: {name}.{namespace}.svc.cluster.local
        port:
          number: 8080
        subset: stable
    timeout: {timeout}s
  - name: the-rest
    route:
{routes}    retries:
      attempts: 2
      perTryTimeout: 800ms
      retryOn: connect-failure,reset
---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata:
  name: {name}
  namespace: {namespace}
spec:
  selector:
    matchLabels:
      app: {name}
  action: ALLOW
  rules:
  - from:
    - source:
        principals:
        - cluster.local/ns/{namespace}/sa/{neighbour}
        - cluster.local/ns/front-door/sa/front-door
    to:
    - operation:
        methods: ["GET", "POST"]
        paths: ["/{word}", "/{word}/*"]
        ports: ["{port}"]
"""

SUBSET = """\
  - name: {track}
    labels:
      version: {track}
"""

ROUTE = """\
    - destination:
        host: {name}.{namespace}.svc.cluster.local  # itself
        subset: {track}
      weight: {weight}
"""

NAMESPACE = """\
apiVersion: v1
kind: Namespace
metadata:
  name: {namespace}
  labels:
    istio-injection: enabled
---
apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata:
  name: default
  namespace: {namespace}
spec:
  mtls:
    mode: STRICT
---
apiVersion: networking.istio.io/v1
kind: Sidecar
metadata:
  name: default
  namespace: {namespace}
spec:
  egress:
  - hosts:
    - "./*"
    - "front-door/*"
---
apiVersion: networking.istio.io/v1
kind: Gateway
metadata:
  name: front-door
  namespace: {namespace}
spec:
  selector:
    app: front-door
  servers:
  - port:
      number: 80
      name: http
      protocol: HTTP
    hosts:
    - "{namespace}/*.{namespace}.shop.example.com"
"""

FRONT_DOOR = """\
apiVersion: v1
kind: Namespace
metadata:
  name: front-door
  labels:
    istio-injection: enabled
---
apiVersion: v1
kind: ServiceAccount
metadata:
  name: front-door
  namespace: front-door
---
apiVersion: v1
kind: Service
metadata:
  name: front-door
  namespace: front-door
spec:
  type: LoadBalancer
  selector:
    app: front-door
  ports:
  - name: http
    port: 80
    targetPort: 80
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: front-door
  namespace: front-door
spec:
  selector:
    matchLabels:
      app: front-door
  template:
    metadata:
      labels:
        app: front-door
      annotations:
        inject.istio.io/templates: gateway
    spec:
      serviceAccountName: front-door
      containers:
      - name: istio-proxy
        image: auto
        ports:
        - name: http
          containerPort: 80
"""


def service(number):
    """The names of one service, and its text, drawn from nothing but its number."""
    draw = random.Random(number)
    within = number % PER_NAMESPACE
    word = WORDS[within % len(WORDS)]
    neighbour = (within + 7) % PER_NAMESPACE
    values = {
        "namespace": f"shop-{number // PER_NAMESPACE}",
        "name": f"{word}-{within}",
        # The last namespace may be incomplete; a service then names itself.
        "neighbour": f"{WORDS[neighbour % len(WORDS)]}-{neighbour}" if neighbour < within else f"{word}-{within}",
        "word": word,
        "team": draw.choice(WORDS),
        "port": draw.randrange(8000, 8900),
        "release": f"{draw.randrange(2024, 2027)}.{draw.randrange(1, 13)}.{draw.randrange(40)}",
        "replicas": draw.randrange(2, 9),
        "hash": f"{draw.getrandbits(64):016x}",
        "cpu": draw.randrange(5, 80) * 10,
        "memory": draw.choice([96, 128, 192, 256, 512]),
        "timeout": draw.randrange(1, 12),
    }
    tracks = {"stable": 90, "canary": 10} if number % 4 == 0 else {"stable": 100}
    values["subsets"] = "".join(SUBSET.format(track=track) for track in tracks)
    values["routes"] = "".join(ROUTE.format(track=track, weight=share, **values) for track, share in tracks.items())
    text = "".join(DEPLOYMENT.format(track=track, **values) for track in tracks) + SERVICE.format(**values)
    mistake = list(MISTAKES)[number // 100 % len(MISTAKES)] if number % 100 == 42 else None
    if mistake:
        right, wrong = (part.format(**values) for part in MISTAKES[mistake])
        assert right in text, (mistake, number)
        text = text.replace(right, wrong, 1)
    return values, text, mistake


def write_folder(count, folder):
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "front-door.yaml").write_text(FRONT_DOOR)
    mistakes = []
    for number in range(count):
        values, text, mistake = service(number)
        home = folder / values["namespace"]
        if number % PER_NAMESPACE == 0:
            home.mkdir(exist_ok=True)
            (home / "namespace.yaml").write_text(NAMESPACE.format(**values))
        (home / f"{values['name']}.yaml").write_text(text)
        if mistake:
            mistakes.append(f"{values['namespace']}/{values['name']}: unknown {mistake}\n")
    (folder.parent / "mistakes.txt").write_text("".join(mistakes))


def write_file(size, path):
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w") as out:
        out.write(FRONT_DOOR)
        number = 0
        while out.tell() < size:
            values, text, _ = service(number)
            if number % PER_NAMESPACE == 0:
                out.write("---\n" + NAMESPACE.format(**values))
            out.write("---\n" + text)
            number += 1


if __name__ == "__main__":
    if len(sys.argv) == 4 and sys.argv[1] == "--bytes":
        write_file(int(sys.argv[2]), Path(sys.argv[3]))
    elif len(sys.argv) == 3:
        write_folder(int(sys.argv[1]), Path(sys.argv[2]))
    else:
        sys.exit(__doc__)
