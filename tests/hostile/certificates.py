"""An authority of our own, and certificates that it did and did not sign."""

from __future__ import annotations

import ssl
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

Key = ec.EllipticCurvePrivateKey
HOME = "127.0.0.1"
GOOD, EXPIRED, OTHER_HOST, UNTRUSTED, SELF_SIGNED = (
    "good",
    "expired",
    "other_host",
    "untrusted",
    "self_signed",
)
KINDS = (GOOD, EXPIRED, OTHER_HOST, UNTRUSTED, SELF_SIGNED)


class Authority:
    """Signs certificates; `file` is its own, which a client trusts with SSL_CERT_FILE."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.key, self.certificate = _self_signed("An authority", is_authority=True)
        self.file = folder / "authority.pem"
        self.file.write_bytes(self.certificate.public_bytes(serialization.Encoding.PEM))
        self._stranger = _self_signed("Nobody's authority", is_authority=True)

    def context(self, kind: str) -> ssl.SSLContext:
        """What a server needs to show a certificate of this kind."""
        if kind == SELF_SIGNED:
            key, certificate = _self_signed("127.0.0.1", is_authority=False)
        else:
            issuer = self._stranger if kind == UNTRUSTED else (self.key, self.certificate)
            host = "192.0.2.7" if kind == OTHER_HOST else HOME
            key, certificate = _signed(issuer, host, days=-1 if kind == EXPIRED else 10)
        file = self.folder / f"{kind}.pem"
        file.write_bytes(
            key.private_bytes(
                serialization.Encoding.PEM,
                serialization.PrivateFormat.PKCS8,
                serialization.NoEncryption(),
            )
            + certificate.public_bytes(serialization.Encoding.PEM)
        )
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(file)
        return context


def _self_signed(name: str, *, is_authority: bool) -> tuple[Key, x509.Certificate]:
    key = ec.generate_private_key(ec.SECP256R1())
    builder = _builder(key, name, name, days=10).add_extension(
        x509.BasicConstraints(ca=is_authority, path_length=None), critical=True
    )
    if not is_authority:
        builder = builder.add_extension(_host(HOME), critical=False)
    return key, builder.sign(key, hashes.SHA256())


def _signed(
    issuer: tuple[Key, x509.Certificate], host: str, *, days: int
) -> tuple[Key, x509.Certificate]:
    key = ec.generate_private_key(ec.SECP256R1())
    signer, certificate = issuer
    name = certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)[0].value
    builder = _builder(key, host, str(name), days=days).add_extension(_host(host), critical=False)
    return key, builder.sign(signer, hashes.SHA256())


def _host(host: str) -> x509.SubjectAlternativeName:
    return x509.SubjectAlternativeName([x509.IPAddress(ip_address(host))])


def _builder(key: Key, subject: str, issuer: str, *, days: int) -> x509.CertificateBuilder:
    now = datetime.now(UTC)
    return (
        x509.CertificateBuilder()
        .subject_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, subject)]))
        .issuer_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, issuer)]))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=30))
        .not_valid_after(now + timedelta(days=days))
    )
