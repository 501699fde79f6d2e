"""The private authorities behind the API of AWS Private CA: moto signs, but neither as asked nor with a revocation list."""

import base64
import datetime
import json
import pathlib
import secrets
import threading
import time

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from werkzeug import Request, Response

CLIENT, SERVER = ExtendedKeyUsageOID.CLIENT_AUTH, ExtendedKeyUsageOID.SERVER_AUTH
TEMPLATES = {
    "EndEntityCertificate/V1": [SERVER, CLIENT],
    "EndEntityClientAuthCertificate/V1": [CLIENT],
    "EndEntityServerAuthCertificate/V1": [SERVER],
}
# A certificate is not there at once, as at AWS.
SECONDS_TO_ISSUE = 0.2


class Refused(Exception):
    """An error of the API: its name there, and why."""


def now() -> datetime.datetime:
    return datetime.datetime.now(datetime.timezone.utc).replace(microsecond=0)


class Authority:
    """One root authority. Its key stays in this process; its certificate is left for whoever tests."""

    def __init__(self, facts: dict, region: str, folder: pathlib.Path) -> None:
        self.facts = facts
        self.region = region
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.name = x509.Name(
            [
                x509.NameAttribute(NameOID.ORGANIZATION_NAME, facts["organization"]),
                x509.NameAttribute(NameOID.COMMON_NAME, facts["commonName"]),
            ]
        )
        self.issued: dict[str, tuple[x509.Certificate, float]] = {}
        self.revoked: dict[int, datetime.datetime] = {}
        self.number = 0
        self.certificate = (
            self.builder(self.name, self.key.public_key(), now() + datetime.timedelta(days=3650))
            .add_extension(x509.BasicConstraints(True, None), True)
            .add_extension(key_usage(signs_certificates=True), True)
            .sign(self.key, hashes.SHA256())
        )
        (folder / f"{facts['name']}.crt").write_bytes(pem(self.certificate))

    def builder(self, subject: x509.Name, key: object, ends: datetime.datetime) -> x509.CertificateBuilder:
        return (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(self.name)
            .public_key(key)
            .serial_number(x509.random_serial_number())
            .not_valid_before(now() - datetime.timedelta(hours=1))
            .not_valid_after(ends)
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(key), False)
            .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(self.key.public_key()), False)
        )

    def issue(self, request: x509.CertificateSigningRequest, template: str, validity: dict) -> str:
        if not request.is_signature_valid:
            raise Refused("MalformedCSRException", "the request is not signed by its own key")
        if template not in TEMPLATES:
            raise Refused("InvalidArgsException", f"template {template} is not one of {', '.join(TEMPLATES)}")
        ends = self.end(validity)
        most = self.facts.get("mostDays")
        if most is not None and ends > now() + datetime.timedelta(days=most):
            raise Refused("ValidationException", f"a short-lived certificate ends within {most} days")
        builder = self.builder(request.subject, request.public_key(), ends)
        builder = builder.add_extension(x509.BasicConstraints(False, None), True)
        builder = builder.add_extension(key_usage(signs_certificates=False), True)
        builder = builder.add_extension(x509.ExtendedKeyUsage(TEMPLATES[template]), False)
        try:
            names = request.extensions.get_extension_for_class(x509.SubjectAlternativeName)
            builder = builder.add_extension(names.value, names.critical)
        except x509.ExtensionNotFound:
            pass
        if "list" in self.facts:
            place = f"http://{self.facts['list']['bucket']}.s3.{self.region}.amazonaws.com/{self.facts['list']['key']}"
            point = x509.DistributionPoint([x509.UniformResourceIdentifier(place)], None, None, None)
            builder = builder.add_extension(x509.CRLDistributionPoints([point]), False)
        certificate = builder.sign(self.key, hashes.SHA256())
        arn = f"{self.facts['arn']}/certificate/{secrets.token_hex(16)}"
        self.issued[arn] = (certificate, time.monotonic() + SECONDS_TO_ISSUE)
        return arn

    def description(self) -> dict:
        subject = {"Organization": self.facts["organization"], "CommonName": self.facts["commonName"]}
        return {
            "Arn": self.facts["arn"],
            "Status": "ACTIVE",
            "Type": "ROOT",
            "CertificateAuthorityConfiguration": {
                "KeyAlgorithm": "EC_prime256v1",
                "SigningAlgorithm": "SHA256WITHECDSA",
                "Subject": subject,
            },
        }

    def end(self, validity: dict) -> datetime.datetime:
        value, kind = validity["Value"], validity["Type"]
        if kind == "ABSOLUTE":
            return datetime.datetime.fromtimestamp(value, datetime.timezone.utc)
        if kind == "END_DATE":
            return datetime.datetime.strptime(str(value), "%Y%m%d%H%M%S").replace(tzinfo=datetime.timezone.utc)
        return now() + datetime.timedelta(days=value * {"DAYS": 1, "MONTHS": 30, "YEARS": 365}[kind])

    def revocation_list(self) -> bytes:
        self.number += 1
        builder = (
            x509.CertificateRevocationListBuilder()
            .issuer_name(self.name)
            .last_update(now())
            .next_update(now() + datetime.timedelta(days=self.facts["list"]["days"]))
            .add_extension(x509.CRLNumber(self.number), False)
            .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(self.key.public_key()), False)
        )
        for serial, since in self.revoked.items():
            entry = x509.RevokedCertificateBuilder().serial_number(serial).revocation_date(since).build()
            builder = builder.add_revoked_certificate(entry)
        return builder.sign(self.key, hashes.SHA256()).public_bytes(serialization.Encoding.DER)


class Authorities:
    """The API, as boto3 and the command line speak it."""

    def __init__(self, facts: dict, s3: object) -> None:
        folder = pathlib.Path(facts["files"]["authorities"])
        self.all = {each["arn"]: Authority(each, facts["region"], folder) for each in facts["authorities"]}
        self.s3 = s3
        self.lock = threading.Lock()

    def publish_lists(self) -> None:
        for authority in self.all.values():
            place = authority.facts.get("list")
            if place is not None:
                self.s3.put_object(Bucket=place["bucket"], Key=place["key"], Body=authority.revocation_list())

    def __call__(self, environ: dict, start_response: object):
        request = Request(environ)
        action = request.headers.get("X-Amz-Target", "").rpartition(".")[2]
        try:
            with self.lock:
                status, body = 200, self.act(action, json.loads(request.get_data() or b"{}"))
        except Refused as refused:
            status, body = 400, {"__type": refused.args[0], "message": refused.args[1]}
        answer = Response(json.dumps(body), status, content_type="application/x-amz-json-1.1")
        return answer(environ, start_response)

    def act(self, action: str, given: dict) -> dict:
        if action == "ListCertificateAuthorities":
            return {"CertificateAuthorities": [each.description() for each in self.all.values()]}
        authority = self.all.get(given.get("CertificateAuthorityArn", ""))
        if authority is None:
            raise Refused("ResourceNotFoundException", f"no authority {given.get('CertificateAuthorityArn')}")
        if action == "IssueCertificate":
            request = x509.load_pem_x509_csr(base64.b64decode(given["Csr"]))
            template = given.get("TemplateArn", "arn:aws:acm-pca:::template/EndEntityCertificate/V1")
            arn = authority.issue(request, template.partition(":template/")[2], given["Validity"])
            return {"CertificateArn": arn}
        if action == "GetCertificate":
            certificate, ready = authority.issued.get(given["CertificateArn"], (None, 0))
            if certificate is None:
                raise Refused("ResourceNotFoundException", f"no certificate {given['CertificateArn']}")
            if time.monotonic() < ready:
                raise Refused("RequestInProgressException", "the certificate is being issued")
            chain = pem(authority.certificate).decode()
            return {"Certificate": pem(certificate).decode(), "CertificateChain": chain}
        if action == "GetCertificateAuthorityCertificate":
            return {"Certificate": pem(authority.certificate).decode()}
        if action == "DescribeCertificateAuthority":
            return {"CertificateAuthority": authority.description()}
        if action == "RevokeCertificate" and "list" in authority.facts:
            serial = int(given["CertificateSerial"].replace(":", ""), 16)
            if not any(certificate.serial_number == serial for certificate, _ in authority.issued.values()):
                raise Refused("ResourceNotFoundException", f"no certificate {given['CertificateSerial']}")
            authority.revoked[serial] = now()
            self.publish_lists()
            return {}
        raise Refused("InvalidRequestException", f"{action or 'no action'} is not offered by this authority")


def pem(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(serialization.Encoding.PEM)


def key_usage(*, signs_certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=True,
        content_commitment=False,
        key_encipherment=not signs_certificates,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=signs_certificates,
        crl_sign=signs_certificates,
        encipher_only=False,
        decipher_only=False,
    )
