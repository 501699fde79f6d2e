"""Command line `broker-crl-refresh`: the revocation list of the broker's authority (BRK-10.4, BRK-SEC.8)."""

from __future__ import annotations

import argparse
import datetime
import pathlib
import shlex
import subprocess
import sys

import textfile
from cryptography import x509
from cryptography.hazmat.primitives import serialization

from . import judge, reloads
from .settings import Refused, Settings, alone, client, load, parameter

CLOCKS_DIFFER = datetime.timedelta(minutes=5)
# Reloads of NGINX after a change of the list; those for certificates are owed apart.
OWED = "revocation-reload"


def _number(found: x509.CertificateRevocationList) -> int:
    return found.extensions.get_extension_for_class(x509.CRLNumber).value.crl_number


def parse(data: bytes) -> x509.CertificateRevocationList:
    """AWS publishes DER, NGINX reads PEM."""
    try:
        if data.startswith(b"-----BEGIN"):
            return x509.load_pem_x509_crl(data)
        return x509.load_der_x509_crl(data)
    except ValueError as error:
        raise Refused("revocation list: must be one, got something else") from error


def require(found: x509.CertificateRevocationList, authority: x509.Certificate) -> None:
    """Refuses a list that is not the authority's, or not of now."""
    if found.issuer != authority.subject or not found.is_signature_valid(authority.public_key()):
        raise Refused(f"revocation list: must be signed by {authority.subject.rfc4514_string()}, and is not")
    if found.last_update_utc > judge.now() + CLOCKS_DIFFER:
        raise Refused(f"revocation list: must be of the past, got one of {found.last_update_utc:%Y-%m-%d %H:%M} UTC")
    if found.next_update_utc is None or found.next_update_utc <= judge.now():
        raise Refused(f"revocation list: must not have run out, got one that did at {found.next_update_utc} UTC")


def installed(path: pathlib.Path) -> x509.CertificateRevocationList | None:
    try:
        return parse(path.read_bytes())
    except (FileNotFoundError, Refused):
        return None


def refresh(settings: Settings, revocation: dict) -> None:
    """Fetches and judges the list, and installs one that is another than before: NGINX is then owed a reload."""
    path = pathlib.Path(revocation["file"])
    authority = x509.load_pem_x509_certificate(pathlib.Path(revocation["authority"]).read_bytes())
    key = parameter(settings, revocation["key_parameter"])
    answer = client(settings, "s3").get_object(Bucket=revocation["bucket"], Key=key)
    found = parse(answer["Body"].read())
    require(found, authority)
    before = installed(path)
    if before is not None and before.is_signature_valid(authority.public_key()):
        if _number(found) < _number(before):
            raise Refused(f"revocation list: number must not fall below {_number(before)}, got {_number(found)}")
        if found == before:
            return
    reloads.owe(settings, OWED)
    textfile.replace_file(path, found.public_bytes(serialization.Encoding.PEM))
    print(f"revocation list: installed number {_number(found)} at {path}, {len(list(found))} revoked")


def _running(commands: list[str]) -> list[str]:
    """NGINX alone reads the list; where it does not run yet, it will read the present one."""
    return [
        command
        for command in commands
        if subprocess.run(["systemctl", "is-active", shlex.split(command)[-1]], capture_output=True, check=False).returncode == 0
    ]


def _metrics(settings: Settings, revocation: dict, failed: bool) -> None:
    stamp = settings.state / "revocation.success"
    if not failed:
        stamp.touch()
    present = installed(pathlib.Path(revocation["file"]))
    of = {"path": revocation["file"]}
    ends = [] if present is None else [(of, present.next_update_utc.timestamp())]
    numbers = [] if present is None else [(of, _number(present))]
    revoked = [] if present is None else [(of, len(list(present)))]
    textfile.write(
        settings.metrics,
        "broker-crl",
        [
            ("broker_crl_next_update_timestamp_seconds", "When the installed list runs out: then all are refused.", ends),
            ("broker_crl_number", "Number of the installed list.", numbers),
            ("broker_crl_revoked", "Certificates on it.", revoked),
            ("broker_crl_refresh_failed", "Whether the last refresh failed.", [(of, failed)]),
            (
                "broker_crl_refresh_last_success_timestamp_seconds",
                "Last refresh that found a good list.",
                [(of, stamp.stat().st_mtime)] if stamp.exists() else [],
            ),
        ],
    )


def main(arguments: list[str]) -> int:
    """Exit code 0: the present list is in place and read by NGINX; 1: it is not; 3: it does not name the serial number."""
    parser = argparse.ArgumentParser(prog="broker-crl-refresh", description=__doc__)
    parser.add_argument("--configuration", default="/etc/platform/certificates.json")
    parser.add_argument("--require", metavar="SERIAL", help="fail unless the list then names this serial number (hexadecimal)")
    given = parser.parse_args(arguments)
    settings = load(given.configuration)
    revocation = settings.revocation
    if revocation is None:
        print("revocation: this host checks no peers of the broker's authority", file=sys.stderr)
        return 1
    with alone(settings):
        try:
            refresh(settings, revocation)
            reloads.settle(settings, OWED, _running(revocation["reloads"]))
            _metrics(settings, revocation, failed=False)
        except Exception as error:  # botocore's exceptions are made at run time
            _metrics(settings, revocation, failed=True)
            print(f"{type(error).__name__}: {error}", file=sys.stderr)
            return 1
    return 0 if given.require is None else _required(pathlib.Path(revocation["file"]), given.require)


def _required(path: pathlib.Path, serial: str) -> int:
    present = installed(path)
    wanted = int(serial.replace(":", ""), 16)
    if present is None or present.get_revoked_certificate_by_serial_number(wanted) is None:
        print(f"{serial}: is not on the list yet", file=sys.stderr)
        return 3
    print(f"{serial}: is on the list")
    return 0
