"""Keys and requests, made here, and the authorities that sign. A key never leaves the host (BRK-5.1, BRK-SEC.27)."""

from __future__ import annotations

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from .settings import Settings, Wanted, client, parameter

# The one template that makes no authority and takes no purpose from the request (ADR 18).
TEMPLATE = "arn:aws:acm-pca:::template/EndEntityCertificate/V1"
LONGEST_COMMON_NAME = 64


def new_key() -> ec.EllipticCurvePrivateKey:
    return ec.generate_private_key(ec.SECP256R1())


def pem(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


def request(key: ec.EllipticCurvePrivateKey, names: tuple[str, ...], unit: str = "") -> bytes:
    """A request for these names; the first is the common name, too, where it fits. The unit, if any, is what it is a member of."""
    subject = [x509.NameAttribute(NameOID.COMMON_NAME, names[0][:LONGEST_COMMON_NAME])]
    if unit:
        subject.insert(0, x509.NameAttribute(NameOID.ORGANIZATIONAL_UNIT_NAME, unit))
    builder = x509.CertificateSigningRequestBuilder().subject_name(x509.Name(subject))
    alternatives = x509.SubjectAlternativeName([x509.DNSName(name) for name in names])
    return builder.add_extension(alternatives, critical=False).sign(key, hashes.SHA256()).public_bytes(
        serialization.Encoding.PEM
    )


def authority_of(settings: Settings, wanted: Wanted) -> bytes:
    """Whom to trust: the authority's own certificate, from AWS and not from whoever brings a certificate."""
    arn = parameter(settings, wanted.authority_parameter)
    found = client(settings, "acm-pca").get_certificate_authority_certificate(CertificateAuthorityArn=arn)
    parts = (found["Certificate"], found.get("CertificateChain", ""))
    return "".join(f"{part.strip()}\n" for part in parts if part.strip()).encode()


def signed(settings: Settings, wanted: Wanted, csr: bytes) -> bytes:
    """Has the authority sign a request; waits for it."""
    arn = parameter(settings, wanted.authority_parameter)
    authority = client(settings, "acm-pca")
    issued = authority.issue_certificate(
        CertificateAuthorityArn=arn,
        Csr=csr,
        SigningAlgorithm="SHA256WITHECDSA",
        TemplateArn=TEMPLATE,
        Validity={"Type": "DAYS", "Value": wanted.days},
    )["CertificateArn"]
    waiter = authority.get_waiter("certificate_issued")
    waiter.wait(CertificateAuthorityArn=arn, CertificateArn=issued, WaiterConfig={"Delay": 0.3, "MaxAttempts": 200})
    made = authority.get_certificate(CertificateAuthorityArn=arn, CertificateArn=issued)
    return f"{made['Certificate'].strip()}\n".encode()
