"""Brings every certificate of the host to what it must be, before a third of its life is left."""

from __future__ import annotations

import datetime
import os
import pathlib

from cryptography import x509
from cryptography.hazmat.primitives import serialization

from . import judge, places, reloads, signing
from .settings import Refused, Settings, Wanted

# The host asks anew from the half of a life on: tries fail for days before a third is left, when people are told.
HALF = 2
# People are told of the broker's certificates in their last month (BRK-30.1), so the next request lies ready then.
MONTH = datetime.timedelta(days=30)


def reason(wanted: Wanted, installed: places.Installed) -> str | None:
    """Why a certificate must be made anew; None while it serves."""
    if not installed.is_whole:
        return "there is none"
    certificate = installed.certificate
    try:
        judge.require(certificate, installed.authority, installed.key, wanted.names, wanted.days)
    except Refused as refused:
        return str(refused)
    left = certificate.not_valid_after_utc - judge.now()
    life = certificate.not_valid_after_utc - certificate.not_valid_before_utc
    due = left < life / HALF if wanted.issued_by == "host" else left < MONTH
    return f"{left.days} days of {life.days} are left" if due else None


def renew(settings: Settings, wanted: Wanted) -> bool:
    """Makes key and request, has them signed, checks and installs. True when something was installed."""
    installed = places.Installed(wanted)
    why = reason(wanted, installed)
    if why is None:
        return False
    key = signing.new_key()
    certificate = signing.signed(settings, wanted, signing.request(key, wanted.names, wanted.unit))
    authority = signing.authority_of(settings, wanted)
    trusted = x509.load_pem_x509_certificate(authority)
    judge.require(x509.load_pem_x509_certificate(certificate), trusted, key, wanted.names, wanted.days)
    had_one = installed.is_whole
    places.install(wanted, authority, certificate, signing.pem(key))
    print(f"{wanted.name}: installed at {wanted.certificate}, because {why}")
    return had_one


def pending(settings: Settings, wanted: Wanted) -> tuple[pathlib.Path, pathlib.Path]:
    """Where key and request wait for people."""
    return settings.state / f"{wanted.name}.key", settings.state / f"{wanted.name}.csr"


def prepare(settings: Settings, wanted: Wanted) -> str | None:
    """Leaves a request for people where one is needed; why it is needed, or None."""
    installed = places.Installed(wanted)
    if installed.authority is None:
        places.install(wanted, signing.authority_of(settings, wanted), None, None)
        print(f"{wanted.name}: installed at {wanted.authority}, the authority alone")
    why = reason(wanted, installed)
    if why is None:
        return None
    key_file, request_file = pending(settings, wanted)
    if not _asks_for(request_file, wanted.names) or not key_file.exists():
        key = signing.new_key()
        for path in (key_file, request_file):
            path.unlink(missing_ok=True)
        with open(key_file, "wb", opener=lambda path, flags: os.open(path, flags | os.O_EXCL, 0o600)) as file:
            file.write(signing.pem(key))
        request_file.write_bytes(signing.request(key, wanted.names, wanted.unit))
    print(f"{wanted.name}: awaits its signature, because {why}; request: {request_file}")
    return why


def _asks_for(path: pathlib.Path, names: tuple[str, ...]) -> bool:
    try:
        asked = x509.load_pem_x509_csr(path.read_bytes())
        found = asked.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except (FileNotFoundError, ValueError, x509.ExtensionNotFound):
        return False
    return tuple(found.get_values_for_type(x509.DNSName)) == names


def take(settings: Settings, wanted: Wanted, text: bytes) -> bool:
    """Installs a certificate that people had signed. True when a program must take it instead of another."""
    try:
        certificate = x509.load_pem_x509_certificates(text)[0]
    except ValueError as error:
        raise Refused(f"{wanted.name}: must be given a certificate in PEM, got something else") from error
    installed = places.Installed(wanted)
    if installed.is_whole and certificate == installed.certificate:
        print(f"{wanted.name}: is in place already")
        return False
    key_file, request_file = pending(settings, wanted)
    if not key_file.exists():
        raise Refused(f"{wanted.name}: no request of this host awaits a signature")
    key = serialization.load_pem_private_key(key_file.read_bytes(), None)
    authority = signing.authority_of(settings, wanted)
    judge.require(certificate, x509.load_pem_x509_certificate(authority), key, wanted.names, wanted.days)
    places.install(wanted, authority, certificate.public_bytes(serialization.Encoding.PEM), signing.pem(key))
    key_file.unlink()
    request_file.unlink(missing_ok=True)
    print(f"{wanted.name}: installed at {wanted.certificate}, signed by people")
    return installed.is_whole


def reload_programs(settings: Settings, changed: bool) -> None:
    """Tells programs of a change, and of one that they did not take before."""
    if changed:
        reloads.owe(settings, "reload")
    reloads.settle(settings, "reload", settings.reloads)
