"""Calls the doors of a service as its clients do. Reads lines of JSON, answers each with one.

{"issue": {"name", "authority", "template", "subject", "seconds"}}   has a certificate made; answers the path of it and its key
{"revoke": NAME}                                                     as the role issuer would; answers the serial number
{"calls": [{"address", "port", "name", "source", "method", "path", "headers", "size" or "json", "identity",
           "version", "session"}]}
    side by side; answers status, headers and more of each, or {"none": why}. `session`: the first of that name is kept, and
    offered ever after; `resumed` says whether the server took it, in place of a whole handshake. `version`: of TLS, at most
"""

import base64
import concurrent.futures
import http.client
import json
import socket
import ssl
import sys
import tempfile

import boto3
from issuing import issue

pca = boto3.client("acm-pca")
folder = tempfile.TemporaryDirectory()
issued: dict[str, dict] = {}
sessions: dict[str, ssl.SSLSession] = {}


def issued_as(name: str, authority: str, template: str, subject: str, seconds: int) -> dict:
    path = f"{folder.name}/{name}.pem"
    made = issue(pca, authority, subject, seconds, path, TemplateArn=f"arn:aws:acm-pca:::template/{template}/V1")
    issued[name] = {"authority": authority, "path": path, "serial": made}
    return {"path": path}


def revoke(name: str) -> dict:
    known = issued[name]
    pca.revoke_certificate(
        CertificateAuthorityArn=known["authority"],
        CertificateSerial=known["serial"],
        RevocationReason="KEY_COMPROMISE",
    )
    return {"serial": known["serial"]}


def told(call: dict) -> tuple:
    """What a context is made for: a session is used again within its own alone."""
    return call.get("identity"), call.get("version", "1.3")


def context_for(identity: str | None, version: str) -> ssl.SSLContext:
    # Who the server is, is no question here: its names are checked by the callers' own tests.
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    context.maximum_version = {"1.2": ssl.TLSVersion.TLSv1_2, "1.3": ssl.TLSVersion.TLSv1_3}[version]
    if identity is not None:
        context.load_cert_chain(issued[identity]["path"])
    return context


kept: dict[tuple, ssl.SSLContext] = {}


def call(asked: dict) -> dict:
    try:
        plain = socket.create_connection((asked["address"], asked["port"]), 15, (asked["source"], 0))
        session = asked.get("session")
        with kept[told(asked)].wrap_socket(
            plain, server_hostname=asked["name"], session=sessions.get(session)
        ) as secure:
            connection = http.client.HTTPConnection(asked["name"])
            connection.sock = secure
            body = b"{" + b" " * (asked["size"] - 2) + b"}" if asked.get("size") else None
            kind = {"Content-Type": "application/json"} if "json" in asked else {}
            if kind:
                body = json.dumps(asked["json"]).encode()
            connection.request(asked["method"], asked["path"], body, kind | asked.get("headers", {}))
            response = connection.getresponse()
            text = response.read(65536)
            if session is not None:
                sessions.setdefault(session, secure.session)
            headers = {name.lower(): value for name, value in response.getheaders()}
            beginning = base64.b64encode(text[:4096]).decode()
            return {"status": response.status, "headers": headers, "body": beginning, "resumed": secure.session_reused}
    except (OSError, http.client.HTTPException) as error:
        return {"none": f"{type(error).__name__}: {error}"}


for line in sys.stdin:
    asked = json.loads(line)
    if "issue" in asked:
        answer = issued_as(**asked["issue"])
    elif "revoke" in asked:
        answer = revoke(asked["revoke"])
    else:
        calls = asked["calls"]
        for each in {told(call) for call in calls} - kept.keys():
            kept[each] = context_for(*each)
        with concurrent.futures.ThreadPoolExecutor(max(1, len(calls))) as pool:
            answer = list(pool.map(call, calls))
    print(json.dumps(answer), flush=True)
