"""One old PC on this computer: it runs what the window saved on the stick, at places and ports where a test may.

Only for tests. What `sudo sh install.sh` does on a real box (whose test is elsewhere) is done here by hand: places,
ports and the reader's name are changed in the files of the folder, nothing else.
"""

import contextlib
import getpass
import os
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from desktop.connect import readback
from desktop.logbox import making
from tests.desktop.boxes import HERE, PATIENCE, free_port, listens, until
from tests.desktop.boxes import _started as started
from tests.desktop.boxes import _tool as tool
from tests.desktop.log_folders import Running, moved

if TYPE_CHECKING:
    from subprocess import Popen


class OldPc:
    """It waits for a stick. `ports` are those of its log and of reading back."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.ports = free_port(), free_port()
        self._log: Running | None = None
        self._reading: Popen[bytes] | None = None

    def install(self, stick: Path) -> None:
        """What the one line does: the settings of `stick` run from now on."""
        log, reading = self.ports
        conf = moved(stick / "box", self.folder, "guia-log", {6514: log, 6517: free_port()})
        self._log = Running(conf, log)
        self._log.start()
        program = self._placed(stick / "box" / "guia-log-read", 0o700)
        for name in ("read_host_key", "read_authorized_keys"):
            self._placed(stick / "box" / name, 0o600, "etc")
        text = (stick / "box" / "sshd_config").read_text("utf-8")
        swaps = {
            "/etc/guia-log": str(self.folder / "etc"),
            "Port 6522": f"Port {reading}",
            "ListenAddress 0.0.0.0": f"ListenAddress {HERE}",
            "AllowUsers guia-read": f"AllowUsers {getpass.getuser()}",
            "/usr/local/bin/guia-log-read": str(program),
        }
        for usual, here in swaps.items():
            assert usual in text
            text = text.replace(usual, here)
        config = self.folder / "etc" / "sshd_config"
        config.write_text(text, "utf-8")
        if os.geteuid() == 0:  # the package's own service makes it; only root's sshd asks for it
            Path("/run/sshd").mkdir(mode=0o755, exist_ok=True)
        # folders of tests lie below one that everybody writes
        self._reading = started([tool("sshd"), "-D", "-e", "-f", str(config), "-o", "StrictModes=no"])
        until(lambda: listens(reading), "sshd")

    def lines(self) -> list[str]:
        """The whole lines of its log."""
        return self._log.lines() if self._log else []

    def switch_off(self) -> None:
        """Pull the plug."""
        if self._log is not None:
            self._log.stop(signal.SIGKILL)
        if self._reading is not None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self._reading.pid, signal.SIGKILL)
            self._reading.wait(PATIENCE)
            self._reading = None

    def stop_reading(self) -> None:
        """The log goes on; nobody can read back."""
        log, self._log = self._log, None
        self.switch_off()
        self._log = log

    def _placed(self, file: Path, mode: int, where: str = "") -> Path:
        text = file.read_text("utf-8")
        for usual, name in {"/var/log/guia": "logs", "/run/guia-log": "run"}.items():
            text = text.replace(usual, str(self.folder / name))
        made = self.folder / where / file.name
        made.write_text(text, "utf-8")
        made.chmod(mode)
        return made


@contextlib.contextmanager
def old_pc(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[OldPc]:
    """An old PC that is switched off whatever happens; folders made meanwhile name its ports, which are free here."""
    folder.mkdir()
    pc = OldPc(folder)
    monkeypatch.setattr(making, "PORT", pc.ports[0])
    monkeypatch.setattr(making, "READ_PORT", pc.ports[1])
    monkeypatch.setattr(readback, "READER", getpass.getuser())
    try:
        yield pc
    finally:
        pc.switch_off()
