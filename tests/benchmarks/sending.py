"""Sending a trail to a log box and proving that it is there, against the same lines through a bare encrypted socket.

A real rsyslogd and sshd on this computer; the bare one is done when the file has all its lines, and proves nothing.
"""

import getpass
import socket
import time
from collections.abc import Iterator
from itertools import count
from typing import Final

from desktop.connect import readback
from desktop.connect.tls import both_known
from desktop.connect.watch import Watch
from desktop.logbox.sending import Shipped, send_trail
from tests.benchmarks.measure import Ratio, alternating, thrown_away
from tests.desktop.boxes import at_work
from wizards.trail.chain import Link, append
from wizards.trail.wire import of_entry

ENTRIES: Final = 10_000
ROUNDS: Final = 3
AT: Final = "2026-11-23T10:15:30.000000Z"


def measure() -> Iterator[Ratio]:
    links: list[Link] = []
    for position in range(ENTRIES):
        links.append(append(links[-1] if links else None, AT, "answer.given", f"question-{position}", "ab" * 32))
    usual, readback.READER = readback.READER, getpass.getuser()  # type: ignore[misc]  # whoever measures reads
    with thrown_away() as folder, at_work(folder / "box") as box:
        number = count()
        context = both_known(box.line.ca, box.line.cert, box.line.key)

        def ours() -> None:
            shipped = send_trail(box.other(sender=f"ours-{next(number)}"), links, Watch())
            assert shipped == Shipped(ENTRIES, ENTRIES)

        def bare() -> None:
            frames = b"".join(of_entry(f"bare-{next(number)}", link) for link in links)
            before = box.log.read_bytes().count(b"\n") if box.log.exists() else 0
            plain = socket.create_connection((box.line.host, box.line.port), 10)
            with context.wrap_socket(plain, server_hostname=box.line.host) as line:
                line.sendall(frames)
                while box.log.read_bytes().count(b"\n") < before + ENTRIES:
                    time.sleep(0.01)

        ratio, taken, _ = alternating(ours, bare, ROUNDS)
    readback.READER = usual  # type: ignore[misc]
    told = f"{ENTRIES / taken:,.0f} entries a second, proven"
    yield Ratio("sending a trail, and proving it", ratio, "a bare encrypted socket", told=told)
