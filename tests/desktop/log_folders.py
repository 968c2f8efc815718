"""The folder of a log box, made and written for a test, and its settings moved to where a test may write.

Only for tests. Only paths and ports of a file are changed, so what runs is what an owner gets.
"""

import re
import signal
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.logbox.making import Bundle, make_bundle
from desktop.logbox.writing import write_folder
from tests.desktop.boxes import HERE, PATIENCE, free_port, listens, until
from tests.desktop.boxes import _started as started
from tests.desktop.boxes import _tool as tool
from wizards.logbox.names import Request
from wizards.logbox.receiver import SERVER

if TYPE_CHECKING:
    from subprocess import Popen

ASKED = Request(host="logbox", address=HERE, senders=("前台電腦",), sites=("氹仔",), days=30)


def written(out: Path, asked: Request = ASKED, lang: str = "en") -> Bundle:
    """A folder at `out`."""
    made = make_bundle(asked, lang)
    write_folder(out, made.files)
    return made


def doors(own: int = 0, others: int = 0, relp: int = 0) -> dict[int, int]:
    """The ports of a box by their usual numbers: Guia's own, everybody else's, the relays'; 0 for a free one."""
    return {6514: own or free_port(), 6517: others or free_port(), 6515: relp or free_port()}


def moved(source: Path, target: Path, role: str, ports: dict[int, int]) -> Path:
    """The rsyslog settings of a folder, with their role's places below `target` and other ports; gives the new file."""
    for name in ("etc", "spool", "logs", "run"):
        (target / name).mkdir(parents=True, exist_ok=True)
    text = (source / "rsyslog.conf").read_text("utf-8")
    places = {f"/etc/{role}/": "etc", f"/var/lib/{role}": "spool", "/var/log/guia": "logs", f"/run/{role}": "run"}
    for place, name in places.items():
        text = text.replace(place, str(target / name) + ("/" if place.endswith("/") else ""))
    for usual, port in ports.items():
        assert f'port="{usual}"' in text
        text = text.replace(f'port="{usual}"', f'port="{port}"')
    for file in source.iterdir():
        if file.suffix in {".pem", ".key"}:
            (target / "etc" / file.name).write_bytes(file.read_bytes())
    made = target / "etc" / "rsyslog.conf"
    made.write_text(text.replace('address="0.0.0.0"', f'address="{HERE}"'), "utf-8")
    return made


class Running:
    """An rsyslogd with settings of a folder; started, stopped by SIGTERM or killed, and started again."""

    def __init__(self, conf: Path, port: int) -> None:
        self.folder, self._conf, self.port = conf.parent.parent, conf, port
        self._process: Popen[bytes] | None = None

    def start(self) -> None:
        self._process = started(
            [tool("rsyslogd"), "-n", "-f", str(self._conf), "-i", str(self.folder / "run" / "rsyslogd.pid")]
        )
        if self.port:  # 0 for one that only sends
            until(lambda: listens(self.port), "rsyslogd")

    def stop(self, how: int = signal.SIGTERM) -> None:
        """End it, and wait until it has ended."""
        if self._process is not None:
            self._process.send_signal(how)
            self._process.wait(PATIENCE)
            (self.folder / "run" / "rsyslogd.pid").unlink(missing_ok=True)
            self._process = None

    def lines(self) -> list[str]:
        """The whole lines of its log."""
        log = self.folder / "logs" / "audit.log"
        return log.read_text("utf-8").split("\n")[:-1] if log.exists() else []

    def numbers(self) -> list[int]:
        """The numbers of the trail that its log holds, in the order of the log."""
        return [int(found[1]) for line in self.lines() if (found := re.search(r'"seq":(\d+)', line))]


@contextmanager
def at_end(*running: Running) -> Iterator[None]:
    """Whatever happens, all of these are ended."""
    try:
        yield
    finally:
        for one in running:
            one.stop(signal.SIGKILL)


def message(number: int, text: str = "é 澳門", sender: str = "guia-pc") -> bytes:
    """A line of the trail on its way, with its length before it."""
    said = (
        f'<110>1 2026-11-26T04:00:00.000000+00:00 {sender} guia - trail - {{"seq":{number},"text":"{text}"}}'.encode()
    )
    return b"%d %s" % (len(said), said)


@contextmanager
def line_to(
    port: int, made: Bundle, folder: Path, by: str = "", newest: ssl.TLSVersion = ssl.TLSVersion.TLSv1_3
) -> Iterator[ssl.SSLSocket]:
    """An encrypted line to a receiver on this computer: Guia's own, or `by` another folder's certificate."""
    files = {file.path: file.text for file in made.files}
    cert, key = (files[f"{by}/client.pem"], files[f"{by}/client.key"]) if by else (made.line.cert, made.line.key)
    for name, text in {"ca": made.line.ca, "cert": cert, "key": key}.items():
        (folder / f"{name}.mine").write_text(text)
    context = ssl.create_default_context(cafile=folder / "ca.mine")
    if newest < ssl.TLSVersion.TLSv1_2:
        context.minimum_version, context.maximum_version = newest, newest
        context.set_ciphers("ALL:@SECLEVEL=0")
    context.load_cert_chain(folder / "cert.mine", folder / "key.mine")
    plain = socket.create_connection((HERE, port), PATIENCE)
    with context.wrap_socket(plain, server_hostname=SERVER) as line:
        yield line
