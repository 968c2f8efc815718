"""What every test gets: no screen, no keychain, no network, a home of its own, one time zone and one locale.

Set before Qt, keyring or Guia is imported; programs that a test starts inherit all but the refusal of the network.
"""

import os
import socket
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

RUNTIME = tempfile.mkdtemp(prefix="guia-tests-")  # mode 0700, as Qt wants it
SURROUNDINGS = {
    "LC_ALL": "C.UTF-8",
    "PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring",
    "QT_QPA_PLATFORM": "offscreen",
    "TZ": "CST-8",  # Macao, without asking the system for its table of zones
    "XDG_RUNTIME_DIR": RUNTIME,
}
# what the computer of a developer may have set
REMOVED = (
    "DBUS_SESSION_BUS_ADDRESS",
    "GUIA_EXIT_AFTER_FIRST_PAINT",
    "GUIA_PASSPHRASE_FILE",
    "LANGUAGE",
    "QT_STYLE_OVERRIDE",
)

os.environ.update(SURROUNDINGS)
for name in REMOVED:
    os.environ.pop(name, None)
if hasattr(time, "tzset"):
    time.tzset()

# the same examples each time: a red run can be run again; the long hunts are marked `torture`
settings.register_profile("guia", deadline=None, derandomize=True, database=None)
settings.load_profile("guia")


LOOPBACK = ("127.0.0.1", "::1", "localhost", b"127.0.0.1", b"::1", b"localhost")
_may_use_loopback = False


def _refuse_network(event: str, args: tuple[object, ...]) -> None:
    if event in {"socket.connect", "socket.bind", "socket.sendto"}:
        asked, where = args[0], args[1]
        if isinstance(asked, socket.socket) and asked.family != getattr(socket, "AF_UNIX", None):
            _refuse_unless_here(event, where[0] if isinstance(where, tuple) else where)
    elif event in {"socket.getaddrinfo", "socket.gethostbyname"}:
        _refuse_unless_here(event, args[0])


def _refuse_unless_here(event: str, host: object) -> None:
    if not (_may_use_loopback and host in LOOPBACK):
        pytest.fail(f"the network was asked for: {event} {host!r}")


# below every library, and not to be caught by `except Exception`
sys.addaudithook(_refuse_network)


@pytest.fixture
def loopback() -> Iterator[None]:
    """Servers of this computer, on its own address, may be reached in this test; nothing else."""
    global _may_use_loopback  # noqa: PLW0603  # the hook cannot be taken off again, nor be handed anything
    _may_use_loopback = True
    yield
    _may_use_loopback = False


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Guia's folder for this test alone; it is not there yet."""
    place = tmp_path / "guia-home"
    monkeypatch.setenv("GUIA_HOME", str(place))
    return place


def pytest_sessionfinish() -> None:
    """Remove what Qt left in the runtime folder."""
    for left in Path(RUNTIME).glob("*"):
        left.unlink()
    Path(RUNTIME).rmdir()
