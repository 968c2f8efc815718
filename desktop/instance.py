"""One window for each folder of Guia's: a second start raises the first window and ends.

Only a lock file decides who is first, so nothing of the local socket is loaded before the first paint, and a crash
leaves nothing that counts. The vault's own lock stays what protects the answers. The socket carries no content.
"""

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QLockFile

from desktop.paths import Paths, prepare

if TYPE_CHECKING:
    from PySide6.QtCore import QDeadlineTimer
    from PySide6.QtNetwork import QLocalServer, QLocalSocket

ANSWER: Final = b"here"
PATIENCE_MS: Final = 3000
"""How long a second start waits for a first one that may still be painting."""


class Instance:
    """This start of Guia on the folder of `paths`. Keep it for as long as the window lives."""

    def __init__(self, paths: Paths) -> None:
        self._paths = paths
        self._lock = QLockFile(str(paths.window))
        # never by age: a window may stay open for months; a process that died is found out by its number
        self._lock.setStaleLockTime(0)
        self._server: QLocalServer | None = None

    def alone(self) -> bool:
        """Whether no other window is open on this folder. True as well where no lock can be made, as on a full disk."""
        try:
            prepare(self._paths)
        except OSError:
            return True
        return self._lock.tryLock(0) or self._lock.error() is not QLockFile.LockError.LockFailedError

    def raise_other(self) -> bool:
        """Have the other window come to the front; False if it does not answer."""
        from PySide6.QtCore import QDeadlineTimer, QThread
        from PySide6.QtNetwork import QLocalSocket

        left = QDeadlineTimer(PATIENCE_MS)
        while not left.hasExpired():
            socket = QLocalSocket()
            socket.connectToServer(socket_name(self._paths.home))
            if _answered(socket, left):
                return True
            QThread.msleep(50)
        return False

    def listen(self, come: Callable[[], object]) -> None:
        """From now on, call `come` when Guia is started again. Call it after the first paint: it loads a library."""
        from PySide6.QtNetwork import QLocalServer

        if not self._lock.isLocked():
            return
        name = socket_name(self._paths.home)
        # the lock is ours, so a socket of that name was left by a process that died
        QLocalServer.removeServer(name)
        server = QLocalServer()
        server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        server.newConnection.connect(lambda: _answer(server, come))
        server.listen(name)
        self._server = server

    def close(self) -> None:
        """Let another start be the first."""
        if self._server is not None:
            self._server.close()
        self._lock.unlock()


def socket_name(home: Path) -> str:
    """The socket for a folder: a short name, because systems allow about a hundred characters for the whole path."""
    import hashlib
    import tempfile

    digest = hashlib.sha256(os.fsencode(os.path.realpath(home))).hexdigest()[:20]
    if sys.platform == "win32":
        return f"guia-{digest}"
    # the folder of this login alone, where there is one
    return str(Path(os.environ.get("XDG_RUNTIME_DIR") or tempfile.gettempdir()) / f"guia-{digest}")


def _answered(socket: "QLocalSocket", left: "QDeadlineTimer") -> bool:
    if not socket.waitForConnected(left.remainingTime()):
        return False
    return socket.waitForReadyRead(left.remainingTime()) and socket.readAll().data() == ANSWER


def _answer(server: "QLocalServer", come: Callable[[], object]) -> None:
    while (asking := server.nextPendingConnection()) is not None:
        asking.write(ANSWER)
        asking.flush()
        asking.disconnected.connect(asking.deleteLater)
        asking.disconnectFromServer()
        come()
