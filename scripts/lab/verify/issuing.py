"""Has an authority of the lab sign a client's certificate."""

import datetime
import time

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

# X.520; requests of hosts cut their name there.
LONGEST_COMMON_NAME = 64


def issue(pca, authority: str, subject: str, seconds: int, path: str, names: tuple[str, ...] = (), **more: str) -> str:
    """Writes a new key and its certificate to the path; `more` goes to the authority. Returns the serial, hexadecimal."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject_name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, subject[:LONGEST_COMMON_NAME])])
    request = x509.CertificateSigningRequestBuilder().subject_name(subject_name)
    if names:
        alternatives = x509.SubjectAlternativeName([x509.DNSName(name) for name in names])
        request = request.add_extension(alternatives, critical=False)
    ends = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(seconds=seconds)
    made = pca.issue_certificate(
        CertificateAuthorityArn=authority,
        Csr=request.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM),
        SigningAlgorithm="SHA256WITHECDSA",
        Validity={"Type": "ABSOLUTE", "Value": int(ends.timestamp())},
        **more,
    )["CertificateArn"]
    certificate = _awaited(pca, authority, made)
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    with open(path, "wb") as target:
        target.write(private + certificate)
    return f"{x509.load_pem_x509_certificate(certificate).serial_number:x}"


def _awaited(pca, authority: str, certificate: str) -> bytes:
    for _ in range(100):
        try:
            got = pca.get_certificate(CertificateAuthorityArn=authority, CertificateArn=certificate)
            return got["Certificate"].encode()
        except pca.exceptions.RequestInProgressException:
            time.sleep(0.1)
    raise TimeoutError(f"{certificate}: is not signed after 10 s")
