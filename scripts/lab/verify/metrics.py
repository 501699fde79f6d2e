"""Asks for metrics as Prometheus does. Reads one object of JSON, prints a list of answers in the order of the calls.

{"authority": {"url", "arn", "region", "trusted"}, "names": [NAME], "source": ADDRESS,
 "calls": [{"address", "port", "server", "path", "name", "token"}]}

`names` get a certificate each; a call shows that of its `name`, or none. Answers: {"status", "up": [[METRIC, VALUE]]} with every
sample whose name ends in _up; {"refused": WHY} where the server ended the connection; {"failed": WHY} otherwise.
"""

import concurrent.futures
import datetime
import http.client
import json
import re
import socket
import ssl
import sys
import tempfile
import time

import boto3
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

# As Prometheus' own patience, and some for a machine that is busy.
SECONDS = 20
# X.520; requests of hosts cut their name there.
LONGEST_COMMON_NAME = 64
UP = re.compile(r"^(\w+_up)(?:\{.*\})? (\S+)", re.MULTILINE)

asked = json.load(sys.stdin)
authority = asked["authority"]
pca = boto3.client("acm-pca", endpoint_url=authority["url"], region_name=authority["region"])


def issue(folder: str, name: str) -> str:
    """A client's certificate with its key, by the authority of hosts; the path of the file."""
    key = ec.generate_private_key(ec.SECP256R1())
    request = (
        x509.CertificateSigningRequestBuilder()
        .subject_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name[:LONGEST_COMMON_NAME])]))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    ends = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(hours=1)
    made = pca.issue_certificate(
        CertificateAuthorityArn=authority["arn"],
        Csr=request.public_bytes(serialization.Encoding.PEM),
        SigningAlgorithm="SHA256WITHECDSA",
        Validity={"Type": "ABSOLUTE", "Value": int(ends.timestamp())},
    )["CertificateArn"]
    while True:
        try:
            got = pca.get_certificate(CertificateAuthorityArn=authority["arn"], CertificateArn=made)
            break
        except pca.exceptions.RequestInProgressException:
            time.sleep(0.1)
    path = f"{folder}/{name}.pem"
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    with open(path, "wb") as target:
        target.write(private + got["Certificate"].encode())
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
            return {"status": response.status, "up": UP.findall(response.read().decode())}
    except (OSError, http.client.HTTPException) as error:
        return {"refused" if ended_by_server(error) else "failed": f"{type(error).__name__}: {error}"}


with tempfile.TemporaryDirectory() as folder, concurrent.futures.ThreadPoolExecutor(8) as pool:
    certificates = dict(zip(asked["names"], pool.map(lambda name: issue(folder, name), asked["names"])))
    contexts = {name: context(path) for name, path in {None: None, **certificates}.items()}
    print(json.dumps(list(pool.map(call, asked["calls"]))))
