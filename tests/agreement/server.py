"""A real API server to ask: starts tests/cluster/up, installs CRDs, and posts documents without keeping them."""
import base64
import http.client
import json
import re
import shutil
import ssl
import subprocess
import tempfile
import time
from pathlib import Path
from urllib.parse import urlsplit

import yaml

UP = Path(__file__).resolve().parent.parent / "cluster" / "up"
PATIENCE = 30  # seconds for CRDs to be served; 2 are usual
# Written in C where the wheel has it.
SAFE, BASE = getattr(yaml, "CSafeLoader", yaml.SafeLoader), getattr(yaml, "CBaseLoader", yaml.BaseLoader)
DEFINITIONS = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions"


class Server:
    """The cluster, for a `with` block. It ends with the block, and with this process however that ends."""

    def __enter__(self):
        self.dir = Path(tempfile.mkdtemp(prefix="weft-agreement-"))
        self.process = subprocess.Popen([UP, self.dir], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        if self.process.stdout.readline() != "ready\n":
            self.__exit__()
            raise SystemExit("run: tests/cluster/up did not get ready")
        self.connection = connect(yaml.safe_load((self.dir / "kubeconfig").read_text()))
        self.resources = {}
        return self

    def __exit__(self, *_):
        self.process.stdin.close()
        try:
            self.process.wait(timeout=30)
        except subprocess.TimeoutExpired:
            self.process.kill()
        shutil.rmtree(self.dir, ignore_errors=True)

    def request(self, method, path, body=None, content_type="application/yaml"):
        """The status, and the answer from JSON."""
        headers = {"Accept": "application/json", **({"Content-Type": content_type} if body else {})}
        self.connection.request(method, path, body, headers)
        response = self.connection.getresponse()
        text = response.read()
        try:
            return response.status, json.loads(text)
        except ValueError:
            return response.status, {"message": text.decode(errors="replace").strip()}

    def install(self, crds):
        """Installs the CRDs of a YAML text and waits until their objects are taken."""
        definitions = [one for one in yaml.load_all(crds, SAFE) if one]
        for definition in definitions:
            status, answer = self.request("POST", DEFINITIONS, json.dumps(definition), "application/json")
            if status != 201:
                raise SystemExit(f"run: {definition['metadata']['name']}: {answer.get('message')}")
        for definition in definitions:
            self.await_kind(definition["spec"])

    def await_kind(self, spec):
        for version in spec["versions"]:
            if version["served"]:
                path = f"/apis/{spec['group']}/{version['name']}"
                self.patiently(lambda: self.request("GET", f"{path}/{spec['names']['plural']}")[0] == 200, path)
                self.patiently(lambda: spec["names"]["kind"] in self.kinds(path), path)

    def patiently(self, done, what):
        until = time.monotonic() + PATIENCE
        while not done():
            if time.monotonic() > until:
                raise SystemExit(f"run: {what} is not served after {PATIENCE} s")
            time.sleep(0.05)

    def kinds(self, path):
        """By kind, what is served below a path such as /apis/apps/v1."""
        status, answer = self.request("GET", path)
        resources = answer.get("resources", []) if status == 200 else []
        return {one["kind"]: one for one in resources if "/" not in one["name"]}

    def judge(self, text):
        """What the server says of a document: {"accepted": true}, or causes and message."""
        api_version, kind, namespace = identity(text)
        path = f"/apis/{api_version}" if "/" in api_version else f"/api/{api_version}"
        if path not in self.resources:
            self.resources[path] = self.kinds(path)
        resource = self.resources[path].get(kind)
        if resource is None:
            # No request can be made for it; kubectl says `no matches for kind`.
            return {"causes": [{"field": "apiVersion", "reason": "NotServed"}], "message": "no such kind is served"}
        inside = f"/namespaces/{namespace or 'default'}" if resource["namespaced"] else ""
        query = "dryRun=All&fieldValidation=Strict"
        status, answer = self.request("POST", f"{path}{inside}/{resource['name']}?{query}", text.encode())
        return {"accepted": True} if status == 201 else refusal(status, answer)


def connect(kubeconfig):
    cluster, user = kubeconfig["clusters"][0]["cluster"], kubeconfig["users"][0]["user"]
    context = ssl.create_default_context(cadata=base64.b64decode(cluster["certificate-authority-data"]).decode())
    with tempfile.NamedTemporaryFile() as pair:
        for half in ("client-certificate-data", "client-key-data"):
            pair.write(base64.b64decode(user[half]))
        pair.flush()
        context.load_cert_chain(pair.name)
    address = urlsplit(cluster["server"])
    return http.client.HTTPSConnection(address.hostname, address.port, context=context, timeout=30)


def identity(text):
    """apiVersion, kind and namespace, read as they stand: no scalar becomes a number or a boolean."""
    document = yaml.load(text, BASE)
    metadata = document.get("metadata")
    namespace = metadata.get("namespace") if isinstance(metadata, dict) else None
    return document["apiVersion"], document["kind"], namespace


def refusal(status, answer):
    """The causes of an answer; the decoder's are in its message only."""
    message = answer.get("message", "")
    if status not in (400, 403, 422):
        raise SystemExit(f"run: answer {status} is no verdict: {message}")
    causes = [cause(one) for one in (answer.get("details") or {}).get("causes", [])]
    if not causes:
        causes = [
            {"field": field, "reason": f"{fault} field"}
            for fault, field in re.findall(r'(unknown|duplicate) field "([^"]*)"', message)]
    if not causes:
        named = re.search(r"Go struct field (ObjectMeta\.(?!.*metadata))?(?:\w*\.)?(\S+) of type", message)
        field = ("metadata." if named.group(1) else "") + named.group(2) if named else ""
        causes = [{"field": field, "reason": answer.get("reason", "")}]
    # Beside others, one without a field only says that CEL rules were not looked at.
    return {"causes": unique([one for one in causes if one["field"]] or causes), "message": message}


def cause(one):
    """A cause of an answer; some have their field in the message only."""
    field, message = one.get("field", ""), one.get("message", "")
    if field == "<nil>":
        named = re.search(r'"([^"]+)" must validate|.* in (\S+)$', message)
        field = (named.group(1) or named.group(2)) if named else ""
    return {"field": field, "reason": one.get("reason", "")}


def unique(causes):
    return sorted({json.dumps(one): one for one in causes}.values(), key=lambda one: (one["field"], one["reason"]))
