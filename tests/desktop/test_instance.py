"""A second start raises the first window and ends; a crash leaves nothing in the way; commands are told who is in."""

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop.instance import Instance, socket_name
from desktop.paths import Paths

ROOT = Path(__file__).resolve().parents[2]
# the window stays open until it is killed; says when it can be raised
STAYS = """
import sys
from desktop import app, instance
listen = instance.Instance.listen
def told(self, come):
    listen(self, come)
    print("ready", flush=True)
instance.Instance.listen = told
sys.exit(app.run())
"""


@contextmanager
def window(code: str = "from desktop.app import run; raise SystemExit(run())") -> Iterator[subprocess.Popen[str]]:
    with subprocess.Popen([sys.executable, "-c", code], cwd=ROOT, stdout=subprocess.PIPE, text=True) as started:
        try:
            yield started
        finally:
            started.kill()


@pytest.fixture
def first(home: Path) -> Instance:
    instance = Instance(Paths(home))
    assert instance.alone()
    return instance


def test_second_start_raises_the_first_and_ends_well(first: Instance, qtbot: QtBot) -> None:
    came: list[float] = []
    first.listen(lambda: came.append(time.monotonic()))
    begun = time.monotonic()
    with window() as second:
        qtbot.waitUntil(lambda: bool(came), timeout=10_000)
        assert second.wait(timeout=10) == 0
    first.close()
    assert len(came) == 1
    assert came[0] - begun < 5


def test_second_start_while_the_first_one_is_still_painting_waits_for_it(first: Instance, qtbot: QtBot) -> None:
    came: list[bool] = []
    with window() as second:
        qtbot.wait(700)
        first.listen(lambda: came.append(True))
        qtbot.waitUntil(lambda: bool(came), timeout=10_000)
        assert second.wait(timeout=10) == 0
    first.close()


def test_first_that_does_not_answer_is_not_waited_for_without_end(
    first: Instance, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desktop.instance.PATIENCE_MS", 200)
    second = Instance(Paths(home))
    assert not second.alone()
    assert not second.raise_other()
    first.close()
    assert second.alone()
    second.close()


def test_crash_leaves_nothing_in_the_way(home: Path, qtbot: QtBot) -> None:
    with window(STAYS) as killed:
        assert killed.stdout is not None
        assert killed.stdout.readline() == "ready\n"
        assert Path(socket_name(home)).is_socket()
        assert Path(socket_name(home)).stat().st_mode & 0o077 == 0
        killed.kill()
    assert Path(socket_name(home)).is_socket()

    instance = Instance(Paths(home))
    assert instance.alone()
    came: list[bool] = []
    instance.listen(lambda: came.append(True))
    with window() as second:
        qtbot.waitUntil(lambda: bool(came), timeout=10_000)
        assert second.wait(timeout=10) == 0
    instance.close()
    assert not Path(socket_name(home)).exists()


def test_folders_do_not_disturb_each_other(first: Instance, tmp_path: Path) -> None:
    other = Instance(Paths(tmp_path / "other"))
    assert other.alone()
    assert socket_name(tmp_path / "other") != socket_name(first._paths.home)
    other.close()
    first.close()


def test_folder_that_cannot_be_made_does_not_keep_the_window_away(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    instance = Instance(Paths(tmp_path / "file" / "home"))
    assert instance.alone()
    instance.listen(lambda: None)
    instance.close()
