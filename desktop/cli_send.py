"""The command that proves a log: `guia log test`. It ends well only where the test was found again."""

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from desktop import cli, terminal
from desktop.cli_log import log
from desktop.terminal import BAD_INPUT, FOUND, stop
from wizards.interview.mistakes import visible

if TYPE_CHECKING:
    from cryptography.x509 import Certificate

    from desktop.connect.readback import Reader
    from wizards.logbox.line import Line

_TO: Final = re.compile(r"(?:\[([0-9A-Fa-f:.]+)\]|([A-Za-z0-9](?:[A-Za-z0-9._-]{0,252})?)):([0-9]{1,5})")


@log.command("test")
@click.option("--to", "to", required=True, metavar="HOST:PORT", help="The log box.")
@click.option("--ca", type=cli.A_FILE, required=True, help="Certificate of your office's authority, PEM.")
@click.option("--cert", type=cli.A_FILE, required=True, help="Certificate of this computer, PEM.")
@click.option("--key", type=cli.A_FILE, required=True, help="Its key, PEM, without a passphrase.")
@click.option("--read-back", type=cli.A_FILE, help="The log as a file that this computer can read.")
@click.option("--read-key", type=cli.A_FILE, help="Or: the key that may read back on the box, over ssh.")
@click.option("--read-port", type=click.IntRange(1, 65535), help="The port of reading back.  [default: 6522]")
@click.option("--known-hosts", type=cli.A_FILE, help="The box's own key, as a file of known hosts.")
@click.option("--json", "as_json", is_flag=True)
@cli.lang_option
def test(  # noqa: PLR0913  # each is an option of the contract
    *,
    to: str,
    ca: Path,
    cert: Path,
    key: Path,
    read_back: Path | None,
    read_key: Path | None,
    read_port: int | None,
    known_hosts: Path | None,
    as_json: bool,
    lang: str,
) -> None:
    """Send a test to a log box and find it again. Sent is not logged: without a way to read back nothing is proven."""
    from desktop.connect.watch import Watch
    from desktop.content import words
    from desktop.logbox.proof import prove

    host, port = _address(to, lang)
    line = _line(host, port, (ca, cert, key), lang)
    reader = _reader(line, read_back, (read_key, read_port, known_hosts), lang)
    told = Watch() if as_json else Watch(lambda word, *_: terminal.say(word, lang))
    proof = prove(line, reader, told)
    text = words()
    said = text[f"send.{proof.result}"].fill(lang, to=to)
    if proof.code:
        more = text[f"send.{proof.code}"].fill(lang, nonce=proof.nonce)
    else:
        more = text["send.seen"].fill(lang, when=f"{proof.at[:19].replace('T', ' ')} UTC")
    said += more if said.endswith("。") else f" {more}"
    if as_json:
        parts = {"result": proof.result, "nonce": proof.nonce, "line": proof.line, "at": proof.at, "code": proof.code}
        terminal.out_json({**parts, "text": said}, lang)
    else:
        terminal.out("\n".join(visible(part) for part in (said, proof.line) if part), lang)
    if proof.result != "logged":
        sys.exit(FOUND)


def _address(to: str, lang: str) -> tuple[str, int]:
    """Host and port; exit 2 for anything else."""
    found = _TO.fullmatch(to)
    if found is None or not 0 < int(found[3]) < 2**16:
        stop(BAD_INPUT, "send.bad-to", lang)
    return found[1] or found[2], int(found[3])


def _line(host: str, port: int, files: tuple[Path, Path, Path], lang: str) -> "Line":
    """The line by three PEM files; exit 2 where they are none, or do not belong together."""
    from cryptography.hazmat.primitives.serialization import load_pem_private_key
    from cryptography.x509 import load_pem_x509_certificate, load_pem_x509_certificates

    from wizards.logbox.line import Line

    ca, cert, key = (terminal.read_file(file, lang) for file in files)
    file = files[0]
    try:
        load_pem_x509_certificates(ca)
        file = files[1]
        mine = load_pem_x509_certificate(cert)
        file = files[2]
        secret = load_pem_private_key(key, None)
        trusted, shown, hidden = (pem.decode("ascii") for pem in (ca, cert, key))
    except TypeError:
        stop(BAD_INPUT, "send.key-locked", lang, file=str(file))
    except ValueError:
        stop(BAD_INPUT, "send.not-pem", lang, file=str(file))
    if secret.public_key() != mine.public_key():
        stop(BAD_INPUT, "send.key-misfit", lang, file=str(file))
    return Line(
        host=host,
        port=port,
        read_port=0,
        ca=trusted,
        cert=shown,
        key=hidden,
        read_key="",
        host_key="",
        sender=_name(mine),
        until="",
    )


def _name(certificate: "Certificate") -> str:
    """The name in a certificate: the first of its names, else its common name."""
    from cryptography.x509 import DNSName, ExtensionNotFound, NameOID, SubjectAlternativeName

    try:
        names = certificate.extensions.get_extension_for_class(SubjectAlternativeName).value
        found = names.get_values_for_type(DNSName)
    except ExtensionNotFound:
        found = []
    common = [str(part.value) for part in certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)]
    return [*found, *common, ""][0]


def _reader(
    line: "Line", file: Path | None, over: tuple[Path | None, int | None, Path | None], lang: str
) -> "Reader | None":
    """The way to read back, None where none is named; exit 2 for half of one, or two."""
    from desktop.connect.readback import FromFile, OverSsh
    from wizards.logbox.receiver import READ_PORT

    key, port, known = over
    if (key is None) != (known is None) or (file is not None and key is not None) or (port and key is None):
        stop(BAD_INPUT, "send.one-way", lang)
    if file is not None:
        try:
            return FromFile(file)
        except OSError as error:
            stop(BAD_INPUT, "cli.unreadable", lang, file=str(file), why=terminal.why(error, lang))
    if key is None or known is None:
        return None
    texts = [terminal.read_file(part, lang).decode("utf-8", "replace") for part in (key, known)]
    return OverSsh(line.host, port or READ_PORT, *texts)


COMMANDS = (log,)
