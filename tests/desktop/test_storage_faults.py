"""Power, disk and processes fail: no acknowledged answer is lost, the old state stays, the true cause is told."""

import contextlib
import errno
import json
import os
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop import vault
from desktop.paths import Paths
from desktop.storage.faults import VaultError
from desktop.storage.store import make_vault, open_store
from wizards.trail.verdict import Unbroken

KEY = bytes(range(32))
AT = "2026-11-23T10:15:30.000000Z"
ROOT = Path(__file__).parents[2]
OPENING = """
import sys
from pathlib import Path
from desktop.paths import Paths
from desktop.storage.faults import VaultError
from desktop.storage.store import open_store
store = open_store(Paths(Path(sys.argv[1])), bytes(range(32)))
"""
SAVING = f"""{OPENING}
number = int(sys.argv[2])
while True:
    number += 1
    store.save({{"n": number, f"q{{number % 7}}": "x" * (number * 37 % 5000)}}, "now", "answer.given")
    print(number, flush=True)
"""
FILLING = f"""{OPENING}
import json
from datetime import date
from desktop.storage import backups
kept, codes = 0, []
try:
    while kept < 500:
        store.save({{f"q{{kept}}": str(kept) * 20000}}, "now", "answer.given")
        kept += 1
except VaultError as error:
    codes.append(error.code)
try:
    backups.daily(store, date(2026, 11, 23))
except VaultError as error:
    codes.append(error.code)
print(json.dumps([kept, codes, len(store.answers()) == kept == len(store.trail())]))
"""
LIMITED = """
import resource, signal
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (1500000, 1500000))
"""


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    made = Paths(tmp_path / "home")
    made.home.mkdir()
    make_vault(made, KEY)
    made.key.write_bytes(b"{}")
    return made


def test_a_killed_process_loses_no_acknowledged_answer(paths: Paths) -> None:
    dice = random.Random(853)  # noqa: S311 - when to kill, nothing secret
    last = 0
    for _ in range(10):
        command = [sys.executable, "-c", SAVING, str(paths.home), str(last)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as saver:
            assert saver.stdout
            said = int(saver.stdout.readline())
            time.sleep(dice.random() * 0.05)
            saver.kill()
            said = max([said, *(int(line) for line in saver.stdout if line.endswith("\n"))])
        with open_store(paths, KEY) as store:
            last = store.answers()["n"]  # type: ignore[assignment]
            assert said <= last <= said + 1, "acknowledged but not there, or there without being asked for"
            # two entries a save, the last two for the last save: answers and trail are of one piece
            assert len(store.trail()) == last * 2
            assert [json.loads(link.text)["subject"] for link in store.trail()[-2:]] == ["n", f"q{last % 7}"]
            assert isinstance(store.verify(), Unbroken)


@contextlib.contextmanager
def small_disk(folder: Path) -> Iterator[bool]:
    """A disk of 2 MB, or False where this user may not mount one."""
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(folder)], capture_output=True, check=False
    )
    try:
        yield mounted.returncode == 0
    finally:
        if mounted.returncode == 0:
            subprocess.run(["umount", "-l", str(folder)], check=True)


def test_a_full_disk_is_said_and_keeps_what_was_acknowledged(tmp_path: Path) -> None:
    with small_disk(tmp_path / "small") as mounted:
        paths = Paths(tmp_path / "small")
        make_vault(paths, KEY)
        paths.key.write_bytes(b"{}")
        command = [sys.executable, "-c", FILLING, str(paths.home)]
        if not mounted:
            command[2] = LIMITED + FILLING
        done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=True, timeout=60)
        kept, codes, whole = json.loads(done.stdout)
        assert 3 < kept < 500
        # a limit on the size of files is not the same fault to SQLite, but it is no other answer to the owner
        assert set(codes) == {"disk-full"} if mounted else {*codes} <= {"disk-full", "disk-error"}
        assert whole
        if mounted:
            assert list(paths.backups.iterdir()) == []
        assert not list(paths.home.glob(".*"))
        with open_store(paths, KEY) as store:
            assert store.answers() == {f"q{number}": str(number) * 20000 for number in range(kept)}
            assert isinstance(store.verify(), Unbroken)


def test_a_vault_is_made_whole_or_not_at_all_on_a_full_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_room(_file: int) -> None:
        raise OSError(errno.ENOSPC, "no room")

    with small_disk(tmp_path / "small") as mounted:
        paths = Paths(tmp_path / "small")
        if mounted:
            (paths.home / "ballast").write_bytes(b"\0" * 2080000)
        else:
            monkeypatch.setattr(os, "fsync", no_room)
        with pytest.raises(VaultError) as caught:
            vault.create(paths, "correct horse battery", use_keychain=False)
        assert caught.value.code == "disk-full"
        assert not vault.exists(paths)
        monkeypatch.undo()
        (paths.home / "ballast").unlink(missing_ok=True)
        vault.create(paths, "correct horse battery", use_keychain=False)


def test_a_disk_that_cannot_be_written_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def read_only(*_given: object) -> None:
        raise OSError(errno.EROFS, "read-only")

    with small_disk(tmp_path / "small") as mounted:
        paths = Paths(tmp_path / "small")
        make_vault(paths, KEY)
        before = paths.vault.read_bytes()
        if mounted:
            subprocess.run(["mount", "-o", "remount,ro", str(paths.home)], check=True)
        else:
            monkeypatch.setattr(os, "open", read_only)
        with pytest.raises(VaultError) as caught:
            open_store(paths, KEY)
        monkeypatch.undo()
        assert caught.value.code == "read-only"
        assert paths.vault.read_bytes() == before


@pytest.mark.parametrize("how", ["cut", "flipped"])
def test_what_a_power_cut_leaves_is_one_whole_state(paths: Paths, how: str) -> None:
    """The file of newest pages, cut or changed anywhere: an earlier state, with answers and trail of one piece."""
    with open_store(paths, KEY) as store:
        for number in range(1, 31):
            store.save({"n": number, "text": "x" * (number * 97 % 3000)}, AT, "answer.given")
        image = {file.name: file.read_bytes() for file in paths.home.iterdir()}
    beside = image["vault.guia-wal"]
    dice = random.Random(853)  # noqa: S311 - where to cut, nothing secret
    states = set()
    for _ in range(15):
        place = dice.randrange(len(beside))
        torn = beside[:place] if how == "cut" else beside[:place] + bytes([beside[place] ^ 1]) + beside[place + 1 :]
        for name, content in (image | {"vault.guia-wal": torn}).items():
            (paths.home / name).write_bytes(content)
        with open_store(paths, KEY) as store:
            store.examine()
            kept = store.answers().get("n", 0)
            assert isinstance(kept, int)
            assert len(store.trail()) == kept * 2
            assert isinstance(store.verify(), Unbroken)
            states.add(kept)
    assert len(states) > 5
