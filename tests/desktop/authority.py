"""A time-stamp authority for tests: OpenSSL signs, a small server on this computer hands it on. No tests here."""

import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

_SETTINGS = """
[tsa]
default_tsa = office
[office]
serial = {folder}/serial
signer_digest = sha256
default_policy = 1.3.6.1.4.1.32473.1
digests = sha256, sha384, sha512
accuracy = secs:1
ess_cert_id_alg = sha256
"""


class Authority:
    """One authority: a root, a certificate that signs stamps, and OpenSSL to do it."""

    def __init__(self, folder: Path, name: str, *, valid: tuple[int, int] = (-1, 30), purpose: bool = True) -> None:
        """`valid`: days from today between which the signing certificate holds."""
        folder.mkdir()
        self.folder = folder
        root_key, root = _certificate(f"{name} Root", None, (-400, 400), ca=True)
        key, signer = _certificate(name, (root_key, root), valid, ca=False, purpose=purpose)
        self.root, self.signer = (each.public_bytes(serialization.Encoding.PEM) for each in (root, signer))
        (folder / "root.pem").write_bytes(self.root)
        (folder / "signer.pem").write_bytes(self.signer)
        plain = serialization.NoEncryption()
        form = serialization.PrivateFormat.PKCS8
        (folder / "signer.key").write_bytes(key.private_bytes(serialization.Encoding.PEM, form, plain))
        (folder / "serial").write_text("01\n")
        (folder / "tsa.cnf").write_text(_SETTINGS.format(folder=folder))

    def stamp(self, query: bytes) -> bytes:
        """The answer to a query, as OpenSSL gives it."""
        (self.folder / "query.tsq").write_bytes(query)
        command = "openssl ts -reply -config tsa.cnf -queryfile query.tsq -signer signer.pem -inkey signer.key"
        subprocess.run([*command.split(), "-out", "reply.tsr"], cwd=self.folder, check=True, capture_output=True)
        return (self.folder / "reply.tsr").read_bytes()


def _certificate(
    name: str,
    by: tuple[ec.EllipticCurvePrivateKey, x509.Certificate] | None,
    valid: tuple[int, int],
    *,
    ca: bool,
    purpose: bool = False,
) -> tuple[ec.EllipticCurvePrivateKey, x509.Certificate]:
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(by[1].subject if by else subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now + timedelta(days=valid[0]))
        .not_valid_after(now + timedelta(days=valid[1]))
        .add_extension(x509.BasicConstraints(ca=ca, path_length=None), critical=True)
    )
    if purpose:
        stamping = x509.ExtendedKeyUsage([x509.oid.ExtendedKeyUsageOID.TIME_STAMPING])
        builder = builder.add_extension(stamping, critical=True)
    return key, builder.sign(by[0] if by else key, hashes.SHA256())


@contextmanager
def served(handler: type[BaseHTTPRequestHandler]) -> Iterator[str]:
    """A server on this computer's own address; gives its address, and is gone afterwards."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/tsa"
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)


class Quiet(BaseHTTPRequestHandler):
    """Says nothing on standard error."""

    def log_message(self, *_: object) -> None:
        """No line for each request."""

    def do_POST(self) -> None:
        """Read what was posted, and have the kind of server answer."""
        self.query = self.rfile.read(int(self.headers["Content-Length"]))
        self.reply()

    def reply(self) -> None:
        """What each server does in its own way."""
        raise NotImplementedError

    def answer(self, body: bytes, status: int = 200) -> None:
        """A whole answer."""
        self.send_response(status)
        self.send_header("Content-Type", "application/timestamp-reply")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def handing_on(authority: Authority) -> type[Quiet]:
    """A handler that has the authority stamp what is posted."""

    class Handler(Quiet):
        def reply(self) -> None:
            self.answer(authority.stamp(self.query))

    return Handler
