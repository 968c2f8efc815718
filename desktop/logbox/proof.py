"""The test of a log box: a word that nobody can guess is sent, and looked for. Sent is never shown as logged.

A verb: handed a line and a way to read back, it gives what is proven, as codes; the words stand in resources.
"""

import contextlib
import json
import re
import secrets
import time
from hashlib import sha256
from typing import Final, Literal

from msgspec import Struct

from desktop import clock
from desktop.connect.delivery import Ended, deliver
from desktop.connect.reach import LineFault
from desktop.connect.readback import Reader, ReadFault
from desktop.connect.watch import Watch
from wizards.logbox.line import Line
from wizards.trail.wire import framed

Result = Literal["logged", "not-found", "not-sent", "cannot-look"]
"""Found again; sent and not found, which counts as not logged; not even sent; sent, and nobody could look."""

PATIENCE: Final = 6.0
"""Seconds in which a line that arrived can be read back; rsyslog writes it in a few hundredths of one."""

_LINGER: Final = 0.3
"""Seconds in which a box that does not accept our certificate ends the line."""
_BETWEEN: Final = 0.2
_LETTERS: Final = 20
_COLOURS: Final = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")


class Proof(Struct, frozen=True):
    """What is proven, `at` which time (UTC). `line` as the box holds it, only with "logged"; `code` why, else."""

    result: Result
    nonce: str
    at: str
    line: str = ""
    code: str = ""


def prove(line: Line, reader: Reader | None, watch: Watch, patience: float = PATIENCE) -> Proof:
    """Send a test and find it again. Without a reader the best result is "cannot-look"; GivenUp."""
    nonce = secrets.token_hex(_LETTERS // 2)
    watch.step("send.step-sending")
    try:
        ended = deliver(line, [probe(line.sender, nonce, clock.now())], watch, _LINGER)
    except LineFault as fault:
        return Proof("not-sent", nonce, clock.now(), code=_closed(fault.code, reader, watch))
    if reader is None:
        return Proof("cannot-look", nonce, clock.now(), code="nobody-looked" if ended == "quiet" else ended)
    watch.step("send.step-looking")
    try:
        # a line that was ended on us may have arrived all the same, but nothing more will come of it
        found = _look(reader, nonce, watch, patience if ended == "quiet" else min(patience, 1.0))
        if found is not None:
            return Proof("logged", nonce, clock.now(), found)
        return Proof("not-found", nonce, clock.now(), code=_reason(reader, ended, watch))
    except ReadFault as fault:
        return Proof("cannot-look", nonce, clock.now(), code=fault.code)


def probe(sender: str, nonce: str, at: str) -> bytes:
    """The frame of a test. It carries, besides its word, an answer that Guia shows nowhere."""
    said = {"guia": "log-test", "nonce": nonce, "answer": _answer(nonce), "at": at}
    return framed(sender, at, "test", json.dumps(said, separators=(",", ":")))


def pasted(text: str, nonce: str) -> Proof:
    """Whether a line that the owner pastes is the one that was sent, however a terminal wrapped or quoted it.

    Codes: "paste-half" for the word alone, as Guia itself shows it; "paste-stale" for the line of another test;
    "paste-cut" for a line of a test that is not whole; "paste-other" for anything else.
    """
    plain = re.sub(r"[^0-9a-z]", "", _COLOURS.sub("", text).lower())
    whole = f"nonce{nonce}answer{_answer(nonce)}"
    if whole in plain:
        return Proof("logged", nonce, clock.now(), " ".join(text.split()))
    others = re.findall(rf"nonce([0-9a-f]{{{_LETTERS}}})answer", plain)
    if nonce in plain:
        code = "paste-half"
    elif any(f"nonce{other}answer{_answer(other)}" in plain for other in others):
        code = "paste-stale"
    else:
        code = "paste-cut" if "guialogtest" in plain else "paste-other"
    return Proof("not-found", nonce, clock.now(), code=code)


def _answer(nonce: str) -> str:
    return sha256(nonce.encode()).hexdigest()[:8]


def _look(reader: Reader, nonce: str, watch: Watch, patience: float) -> str | None:
    until = time.monotonic() + patience
    while True:
        found = reader.find(nonce, watch)
        if found is not None or time.monotonic() >= until:
            return found
        watch.wait(_BETWEEN)


def _closed(code: str, reader: Reader | None, watch: Watch) -> str:
    """Why nothing was sent: a box that takes nothing more before its disk is full closes its port, and says so."""
    if reader is not None and code in {"port-closed", "closed", "slow"}:
        with contextlib.suppress(ReadFault):
            told = reader.complaint(watch)
            return f"box-{told}" if told else code
    return code


def _reason(reader: Reader, ended: Ended, watch: Watch) -> str:
    """Why the line is not there: by what the box says of itself, else by how it ended the line."""
    told = reader.complaint(watch)
    if told:
        return f"box-{told}"
    return "not-there" if ended == "quiet" else ended
