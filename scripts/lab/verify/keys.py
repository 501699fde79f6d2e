"""Finds private keys of authorities on a host, whatever their files are called.

Reads {"folders": [path, ...], "certificates": {name: PEM, ...}} on standard input; prints a line for each key that is an
authority's, or that nobody can compare.
"""

import base64
import json
import re
import subprocess
import sys

# Larger files hold no key of their own, and there are gigabytes of them.
LARGEST = "1025k"
KEY = re.compile(r"-----BEGIN ((?:[A-Z]+ )?PRIVATE KEY)-----\s+[A-Za-z0-9+/=\s:,-]+?-----END \1-----")


def told(text: str, *command: str) -> str:
    """What a program makes of a text; empty where it cannot read it."""
    return subprocess.run(command, input=text, capture_output=True, text=True).stdout


def in_ssh(public: str) -> bytes:
    """A public key as files of OpenSSH hold it, in clear text even where the private half is locked."""
    line = told(public, "ssh-keygen", "-i", "-m", "PKCS8", "-f", "/dev/stdin")
    return base64.b64decode(line.split()[1])


def authority_of(kind: str, key: str, authorities: dict[str, str]) -> str | None:
    """The authority whose key this is; empty where it is another's, None where nobody can know."""
    if kind.startswith("OPENSSH"):
        held = base64.b64decode("".join(key.splitlines()[1:-1]))
        return next((name for public, name in authorities.items() if in_ssh(public) in held), "")
    public = told(key, "openssl", "pkey", "-pubout", "-passin", "pass:")
    return authorities.get(public, "") if public else None


def holders(folders: list[str]) -> list[str]:
    """Text files that name a private key."""
    found = subprocess.run(
        ["find", *folders, "-type", "f", "-size", f"-{LARGEST}", "-exec"]
        + ["grep", "--files-with-matches", "--binary-files=without-match", "--null", "PRIVATE KEY-----", "{}", "+"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    return found.stdout.decode(errors="surrogateescape").split("\0")[:-1]


def main(folders: list[str], certificates: dict[str, str]) -> None:
    authorities = {told(text, "openssl", "x509", "-noout", "-pubkey"): name for name, text in certificates.items()}
    if "" in authorities:
        sys.exit(f"{authorities['']}: must be a certificate")
    for path in holders(folders):
        with open(path, encoding="utf-8", errors="replace") as file:
            # A setting has its lines in one.
            text = file.read().replace("\\n", "\n")
        for match in KEY.finditer(text):
            name = authority_of(match[1], match[0], authorities)
            if name:
                print(path, "holds the key of the authority", name)
            elif name is None:
                print(path, "holds a private key that nobody can compare")


asked = json.load(sys.stdin)
main(asked["folders"], asked["certificates"])
