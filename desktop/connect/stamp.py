"""A time-stamp of an authority (RFC 3161): asked for over HTTP, and checked against the certificate the owner gave.

A stamp says that a text was there at that time, in the word of somebody else. The text goes nowhere, only its SHA-256.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Final, Literal

import rfc3161_client as rfc3161
from msgspec import Struct

from desktop.connect.terms import NoAnswer
from desktop.connect.watch import Watch
from desktop.connect.web import Client

if TYPE_CHECKING:
    from cryptography.x509 import Certificate

LARGEST: Final = 64 * 1024
"""Bytes of an answer; a stamp has about four thousand."""
Code = Literal[
    "address", "certificate", "unreachable", "slow", "line", "redirect", "too-large", "answer", "rejected", "other",
    "signature",
]  # fmt: skip


_CODES: Final[Mapping[str, Code]] = {
    "address": "address", "elsewhere": "redirect", "around": "redirect", "slow": "slow", "no-tls": "line",
    "too-large": "too-large", "garbage": "answer", "packed": "answer",
    "name": "unreachable", "nobody": "unreachable", "unreachable": "unreachable", "vanished": "unreachable",
}  # fmt: skip
"""What came instead of an answer, by the code of the HTTP client."""


class StampRefused(Exception):
    """No stamp. `code` says why.

    "address": no http or https address; "certificate": no certificate of an authority in the file; "unreachable";
    "slow"; "line": the certificate of the address is wrong; "redirect": sent to another address, which is not followed;
    "too-large"; "answer": no answer of an authority; "rejected": it gave none; "other": it stamped something else;
    "signature": not signed by that authority, or with a certificate that was not valid at the time.
    """

    def __init__(self, code: Code) -> None:
        self.code = code
        super().__init__(code)


class Stamped(Struct, frozen=True):
    """Who stamped, as its certificate names it, and when (UTC)."""

    by: str
    at: datetime


class Authority:
    """Whom the owner trusts: the certificates of a PEM file, roots and, where given, the one that signs."""

    def __init__(self, pem: bytes) -> None:
        """StampRefused "certificate" where no certificate that may sign others is in it."""
        from cryptography import x509

        try:
            found = x509.load_pem_x509_certificates(pem)
        except ValueError as error:
            raise StampRefused("certificate") from error
        self.roots = [each for each in found if each.issuer == each.subject]
        self.between = [each for each in found if each not in self.roots and _may_sign_others(each)]
        signing = [each for each in found if each not in self.roots and each not in self.between]
        self.signing = signing[0] if len(signing) == 1 else None
        if not self.roots:
            raise StampRefused("certificate")


def ask(url: str, text: bytes, authority: bytes, watch: Watch) -> bytes:
    """Have `text` stamped; the authority's answer (DER), already checked. StampRefused, or GivenUp by the owner."""
    trusted = Authority(authority)
    # an answer without certificates is the smaller one, and one that OpenSSL 3.0 writes as the norm wants it
    builder = rfc3161.TimestampRequestBuilder().data(text).hash_algorithm(rfc3161.HashAlgorithm.SHA256)
    request = builder.cert_request(cert_request=trusted.signing is None).build()
    watch.step("stamp.asking")
    answer = _post(url, request.as_bytes(), watch)
    watch.step("stamp.checking")
    _verified(_decoded(answer), text, trusted, request.nonce)
    return answer


def check(answer: bytes, text: bytes, authority: bytes) -> Stamped:
    """Who stamped `text` and when, by an answer that was kept. StampRefused where it does not hold."""
    return _verified(_decoded(answer), text, Authority(authority), None)


def _may_sign_others(certificate: "Certificate") -> bool:
    from cryptography import x509

    try:
        return bool(certificate.extensions.get_extension_for_class(x509.BasicConstraints).value.ca)
    except (x509.ExtensionNotFound, ValueError):
        return False


def _decoded(answer: bytes) -> rfc3161.TimeStampResponse:
    try:
        decoded = rfc3161.decode_timestamp_response(answer)
    except ValueError as error:
        raise StampRefused("answer") from error
    if decoded.status != rfc3161.PKIStatus.GRANTED:
        raise StampRefused("rejected")
    return decoded


def _verified(decoded: rfc3161.TimeStampResponse, text: bytes, trusted: Authority, nonce: int | None) -> Stamped:
    try:
        info = decoded.tst_info
        verifier = rfc3161.VerifierBuilder(
            tsa_certificate=trusted.signing, intermediates=trusted.between, roots=trusted.roots, nonce=nonce
        ).build()
        verifier.verify_message(decoded, text)
    except rfc3161.VerificationError as error:
        raise StampRefused("other" if _of_other_data(error) else "signature") from error
    except ValueError as error:
        raise StampRefused("answer") from error
    return Stamped(_name(decoded, trusted), info.gen_time)


def _of_other_data(error: rfc3161.VerificationError) -> bool:
    """Whether the signature holds, but for another text or another request; the library says so in words alone."""
    return any(word in str(error) for word in ("Mismatch between messages", "Nonce mismatch"))


def _name(decoded: rfc3161.TimeStampResponse, trusted: Authority) -> str:
    """The name of the certificate that signed."""
    from cryptography import x509

    held = [x509.load_der_x509_certificate(der) for der in decoded.signed_data.certificates]
    signer = next(iter(decoded.signed_data.signer_infos))
    known = [each for each in (*held, trusted.signing) if each is not None]
    by = next(each for each in known if (each.issuer, each.serial_number) == (signer.issuer, signer.serial_number))
    names = by.subject.get_attributes_for_oid(x509.NameOID.COMMON_NAME)
    return str(names[0].value) if names else by.subject.rfc4514_string()


def _post(url: str, body: bytes, watch: Watch) -> bytes:
    kind = {"Content-Type": "application/timestamp-query", "Accept": "application/timestamp-reply"}
    try:
        with Client(watch) as client:
            answer = client.ask("POST", url, headers=kind, body=body)
    except NoAnswer as error:
        raise StampRefused("line" if error.code.startswith("certificate-") else _CODES[error.code]) from error
    if answer.status != 200:
        raise StampRefused("redirect" if 300 <= answer.status < 400 else "answer")
    if len(answer.body) > LARGEST:
        raise StampRefused("too-large")
    return answer.body
