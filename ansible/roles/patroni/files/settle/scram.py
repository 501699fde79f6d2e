"""SCRAM verifiers: what the server stores in place of a password (RFC 5802). No password reaches the server."""

import base64
import hashlib
import hmac
import secrets

ITERATIONS = 4096


def keys(password, salt, iterations):
    """StoredKey and ServerKey of RFC 5802."""
    salted = hashlib.pbkdf2_hmac("sha256", password.encode(), salt, iterations)
    client = hmac.digest(salted, b"Client Key", "sha256")
    return hashlib.sha256(client).digest(), hmac.digest(salted, b"Server Key", "sha256")


def verifier(password):
    """What the server stores in place of a password."""
    salt = secrets.token_bytes(16)
    stored, server = (base64.b64encode(key).decode() for key in keys(password, salt, ITERATIONS))
    return f"SCRAM-SHA-256${ITERATIONS}:{base64.b64encode(salt).decode()}${stored}:{server}"


def fits(password, present):
    """Whether a stored verifier is that of a password."""
    try:
        method, head, tail = (present or "").split("$")
        iterations, salt = head.split(":")
        stored, server = (base64.b64decode(key) for key in tail.split(":"))
        found = keys(password, base64.b64decode(salt), int(iterations))
    except ValueError:
        return False
    return method == "SCRAM-SHA-256" and hmac.compare_digest(found[0], stored) and hmac.compare_digest(found[1], server)


def passwords(path):
    """Passwords by login, a line each. Characters beyond ASCII would need preparation that is not done here."""
    with open(path, encoding="utf-8") as lines:
        found = dict(line.rstrip("\n").split(" ", 1) for line in lines)
    for name, password in found.items():
        if not password or not password.isascii() or not password.isprintable():
            raise SystemExit(f"password of {name}: must be printable ASCII, got something else")
    return found
