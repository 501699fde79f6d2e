"""Serial numbers of a host's certificates: of those that lie there, and of those that its listeners show.

Usage: serials.py '[[port, address, opening]]'; `opening` is what goes before TLS: "tls" nothing, "proxy" a load balancer's header,
"postgres" and "mysql" the words of these. Prints {"files": [{"path", "serial", "renews"}], "listeners": {PORT: serial}}, where
`renews` says whether the host renews it by itself; of a listener that shows none, why.
"""

import json
import socket
import ssl
import struct
import sys

from cryptography import x509

SECONDS = 10


def exactly(plain, size):
    found = b""
    while len(found) < size:
        part = plain.recv(size - len(found))
        if not part:
            raise ConnectionError("ended before TLS began")
        found += part
    return found


def opened(plain, opening):
    """Brings a connection to where TLS begins."""
    if opening == "proxy":
        plain.sendall(b"PROXY UNKNOWN\r\n")
    elif opening == "postgres":
        plain.sendall(struct.pack(">II", 8, 80877103))
        if exactly(plain, 1) != b"S":
            raise ConnectionError("PostgreSQL offers no TLS")
    elif opening == "mysql":
        length = int.from_bytes(exactly(plain, 4)[:3], "little")
        exactly(plain, length)
        capabilities = 0x200 | 0x800 | 0x8000  # protocol 4.1, TLS, secure connection
        plain.sendall(struct.pack("<IIIB23x", 32 | 1 << 24, capabilities, 1 << 24, 45))


def shown(port, address, opening):
    # Whom it is shown to is no question here: in TLS 1.3 a server shows its certificate before it asks for one.
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    context.minimum_version = ssl.TLSVersion.TLSv1_3
    try:
        with socket.create_connection((address, port), SECONDS) as plain:
            opened(plain, opening)
            with context.wrap_socket(plain) as secure:
                return f"{x509.load_der_x509_certificate(secure.getpeercert(True)).serial_number:x}"
    except OSError as error:
        return f"{type(error).__name__}: {error}"


def lying():
    with open("/etc/platform/certificates.json", encoding="utf-8") as settings:
        wanted = json.load(settings)["certificates"]
    for each in wanted:
        with open(each["certificate"], "rb") as file:
            serial = x509.load_pem_x509_certificate(file.read()).serial_number
        yield {"path": each["certificate"], "serial": f"{serial:x}", "renews": each["issued_by"] == "host"}


listeners = {port: shown(port, address, opening) for port, address, opening in json.loads(sys.argv[1])}
print(json.dumps({"files": list(lying()), "listeners": listeners}))
