"""Asks for metrics as Prometheus does. Reads one object of JSON, prints a list of answers in the order of the calls.

{"authority": {"url", "arn", "region", "trusted"}, "names": [NAME], "metrics": [METRIC], "source": ADDRESS,
 "calls": [{"address", "port", "server", "path", "name", "token"}]}

`names` get a certificate each; a call shows that of its `name`, or none. Answers: {"status", "samples": [[METRIC, VALUE]]} with
every sample of `metrics`; {"refused": WHY} where the server ended the connection; {"failed": WHY} otherwise.
"""

import concurrent.futures
import http.client
import json
import re
import socket
import ssl
import sys
import tempfile

import boto3
from issuing import issue

# As Prometheus' own patience, and some for a machine that is busy.
SECONDS = 20

asked = json.load(sys.stdin)
SAMPLE = re.compile(rf"^({'|'.join(map(re.escape, asked['metrics']))})(?:\{{.*\}})? (\S+)", re.MULTILINE)
authority = asked["authority"]
pca = boto3.client("acm-pca", endpoint_url=authority["url"], region_name=authority["region"])


def issued(folder: str, name: str) -> str:
    """A client's certificate with its key, by the authority of hosts; the path of the file."""
    path = f"{folder}/{name}.pem"
    issue(pca, authority["arn"], name, 3600, path, (name,))
    return path


def context(certificate: str | None) -> ssl.SSLContext:
    made = ssl.create_default_context(cafile=authority["trusted"])
    if certificate is not None:
        made.load_cert_chain(certificate)
    return made


def ended_by_server(error: Exception) -> bool:
    """An alert, an end or a reset; neither no answer, nor a certificate that is not the server's."""
    return isinstance(error, (ssl.SSLError, ConnectionError)) and not isinstance(error, ssl.SSLCertVerificationError)


def call(one: dict) -> dict:
    try:
        plain = socket.create_connection((one["address"], one["port"]), SECONDS, (asked["source"], 0))
    except OSError as error:
        return {"failed": f"{type(error).__name__}: {error}"}
    try:
        with plain, contexts[one.get("name")].wrap_socket(plain, server_hostname=one["server"]) as secure:
            connection = http.client.HTTPConnection(f"{one['server']}:{one['port']}")
            connection.sock = secure
            headers = {"Authorization": f"Bearer {one['token']}"} if "token" in one else {}
            connection.request("GET", one["path"], headers=headers)
            response = connection.getresponse()
            return {"status": response.status, "samples": SAMPLE.findall(response.read().decode())}
    except (OSError, http.client.HTTPException) as error:
        return {"refused" if ended_by_server(error) else "failed": f"{type(error).__name__}: {error}"}


with tempfile.TemporaryDirectory() as folder, concurrent.futures.ThreadPoolExecutor(8) as pool:
    certificates = dict(zip(asked["names"], pool.map(lambda name: issued(folder, name), asked["names"])))
    contexts = {name: context(path) for name, path in {None: None, **certificates}.items()}
    print(json.dumps(list(pool.map(call, asked["calls"]))))
