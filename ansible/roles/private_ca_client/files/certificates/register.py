"""Command line `broker-certificate-check`: how long certificates of the broker's authority last (BRK-30.2, BRK-30.3)."""

from __future__ import annotations

import argparse
import pathlib
import re
import sys

import textfile
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.x509.oid import NameOID

from . import judge, revocation
from .settings import Refused, Settings, load

SOON_DAYS = 30  # BRK-30.2
DAY = 86_400


def common_name(certificate: x509.Certificate) -> str:
    found = certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
    return str(found[0].value) if found else certificate.subject.rfc4514_string()


def files(settings: Settings) -> list[pathlib.Path]:
    """Certificates that people issued: those of the host, and on main all of the register."""
    own = [each.certificate for each in settings.certificates if each.issued_by == "people" and each.certificate.exists()]
    if settings.register is None:
        return own
    return own + sorted(pathlib.Path(settings.register).rglob("*.crt"))


def status(certificate: x509.Certificate, present: x509.CertificateRevocationList | None) -> str:
    """`revoked`, `expired`, `expiring` within 30 days, or `active`."""
    if present is not None and present.get_revoked_certificate_by_serial_number(certificate.serial_number) is not None:
        return "revoked"
    left = certificate.not_valid_after_utc - judge.now()
    if left.total_seconds() <= 0:
        return "expired"
    return "expiring" if left.total_seconds() < SOON_DAYS * DAY else "active"


def keys(settings: Settings) -> list[pathlib.Path]:
    """Private keys in the register, which must hold none (BRK-SEC.27)."""
    if settings.register is None:
        return []
    found = (path for path in pathlib.Path(settings.register).rglob("*") if path.is_file())
    return [path for path in found if b"PRIVATE KEY-----" in path.read_bytes()]


def check(settings: Settings) -> int:
    """Lists certificates and writes them as metrics. 1 when a file is none, or a private key lies in the register."""
    present = revocation.installed(pathlib.Path(settings.revocation["file"])) if settings.revocation else None
    ends, faults = [], [f"{path}: must be no private key" for path in keys(settings)]
    for path in files(settings):
        try:
            certificate = x509.load_pem_x509_certificate(path.read_bytes())
        except ValueError:
            faults.append(f"{path}: must be a certificate in PEM")
            continue
        state = status(certificate, present)
        serial = f"{certificate.serial_number:x}"
        of = {"name": common_name(certificate), "serial": serial, "status": state, "path": str(path)}
        ends.append((of, certificate.not_valid_after_utc.timestamp()))
        print(f"{state:<9} {certificate.not_valid_after_utc:%Y-%m-%d} {serial:<40} {of['name']}")
    textfile.write(
        settings.metrics,
        "broker-certificates",
        [
            ("broker_certificate_not_after_timestamp_seconds", "End of a certificate of the broker's authority.", ends),
            ("broker_certificate_faults", "Files of the register that must not be there.", [({}, len(faults))]),
            ("broker_certificate_check_timestamp_seconds", "Last check.", [({}, int(judge.now().timestamp()))]),
        ],
    )
    for fault in faults:
        print(fault, file=sys.stderr)
    return 1 if faults else 0


def add(settings: Settings, source: str) -> int:
    """Puts an issued certificate into the register, below the name it was issued for (BRK-5.3)."""
    if settings.register is None or settings.revocation is None:
        raise Refused("register: is on another host, that of the main server")
    certificate = x509.load_pem_x509_certificates(pathlib.Path(source).read_bytes())[0]
    authority = x509.load_pem_x509_certificate(pathlib.Path(settings.revocation["authority"]).read_bytes())
    judge.require_issued_by(certificate, authority)
    name = common_name(certificate)
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}", name):
        raise Refused(f"register: name must be 1 to 64 letters, digits, ., - or _, got {name!r}")
    folder = pathlib.Path(settings.register) / name
    folder.mkdir(mode=0o755, parents=True, exist_ok=True)
    path = folder / f"{certificate.serial_number:x}.crt"
    textfile.replace_file(path, certificate.public_bytes(serialization.Encoding.PEM))
    print(f"{name}: registered as {path}")
    return 0


def main(arguments: list[str]) -> int:
    """Exit code 0: listed or registered; 1: a fault, said on standard error."""
    parser = argparse.ArgumentParser(prog="broker-certificate-check", description=__doc__)
    parser.add_argument("--configuration", default="/etc/platform/certificates.json")
    parser.add_argument("--register", metavar="FILE", help="keep an issued certificate in the register")
    given = parser.parse_args(arguments)
    settings = load(given.configuration)
    try:
        return check(settings) if given.register is None else add(settings, given.register)
    except (Refused, OSError, ValueError) as refused:
        print(refused, file=sys.stderr)
        return 1
