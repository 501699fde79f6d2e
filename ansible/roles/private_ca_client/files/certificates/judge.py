"""Whether a certificate is what it must be."""

from __future__ import annotations

import datetime

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.x509.oid import ExtendedKeyUsageOID

from .settings import Refused

# An authority dates a certificate back by up to an hour, for clocks that are late.
GRACE = datetime.timedelta(hours=2)
BOTH_ENDS = {ExtendedKeyUsageOID.SERVER_AUTH, ExtendedKeyUsageOID.CLIENT_AUTH}


def now() -> datetime.datetime:
    return datetime.datetime.now(datetime.timezone.utc)


def names_of(certificate: x509.Certificate) -> set[str]:
    """Names that a certificate is good for."""
    try:
        found = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except x509.ExtensionNotFound:
        return set()
    return set(found.get_values_for_type(x509.DNSName))


def public_bytes(key) -> bytes:
    return key.public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)


def _purposes(certificate: x509.Certificate) -> set:
    try:
        return set(certificate.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value)
    except x509.ExtensionNotFound:
        return set()


def _is_authority(certificate: x509.Certificate) -> bool:
    try:
        return certificate.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
    except x509.ExtensionNotFound:
        return False


def require_issued_by(certificate: x509.Certificate, authority: x509.Certificate) -> None:
    """Refuses a certificate that the authority has not signed."""
    try:
        certificate.verify_directly_issued_by(authority)
    except (ValueError, TypeError, InvalidSignature) as error:
        got = certificate.issuer.rfc4514_string()
        raise Refused(f"certificate: must be issued by {authority.subject.rfc4514_string()}, got one of {got}") from error


def require(certificate: x509.Certificate, authority: x509.Certificate, key, names: tuple[str, ...], days: int) -> None:
    """Refuses a certificate that is not this host's: authority, key, purpose, names, lifetime."""
    require_issued_by(certificate, authority)
    if public_bytes(certificate.public_key()) != public_bytes(key.public_key()):
        raise Refused("certificate: must be for the key that was made on this host, got another's")
    if _is_authority(certificate):
        raise Refused("certificate: must be no authority's, got one that may issue others")
    if not BOTH_ENDS <= _purposes(certificate):
        got = ", ".join(sorted(each.dotted_string for each in _purposes(certificate))) or "none"
        raise Refused(f"certificate: purpose must be server and client authentication, got {got}")
    missing = sorted(set(names) - names_of(certificate))
    if missing:
        raise Refused(f"certificate: must be good for {', '.join(names)}, got none for {', '.join(missing)}")
    if certificate.not_valid_after_utc <= now():
        raise Refused(f"certificate: must be valid, got one that ended {certificate.not_valid_after_utc:%Y-%m-%d %H:%M} UTC")
    lifetime = certificate.not_valid_after_utc - certificate.not_valid_before_utc
    if lifetime > datetime.timedelta(days=days) + GRACE:
        raise Refused(f"certificate: must live for at most {days} days, got {lifetime.days}")
