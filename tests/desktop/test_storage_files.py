"""What lies on the disk: a vault that is gone, newer, damaged or in use is said for what it is, and not touched."""

import contextlib
import json
import subprocess
import sys
import textwrap
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.paths import Paths
from desktop.storage import migrations
from desktop.storage.connection import connect
from desktop.storage.faults import VaultError
from desktop.storage.store import make_vault, open_store

KEY = bytes(range(32))
AT = "2026-11-23T10:15:30.000000Z"
ROOT = Path(__file__).parents[2]


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    made = Paths(tmp_path / "home")
    made.home.mkdir()
    make_vault(made, KEY)
    made.key.write_bytes(b"{}")
    return made


def tree(folder: Path) -> dict[str, bytes]:
    return {str(file.relative_to(folder)): file.read_bytes() for file in sorted(folder.rglob("*")) if file.is_file()}


@contextlib.contextmanager
def refused(code: str) -> Iterator[None]:
    with pytest.raises(VaultError) as caught:
        yield
    assert caught.value.code == code


def test_no_vault_is_no_vault_and_none_is_made(tmp_path: Path) -> None:
    for home in (tmp_path, tmp_path / "nowhere"):
        with refused("no-vault"):
            open_store(Paths(home), KEY)
    assert list(tmp_path.iterdir()) == []


def test_a_missing_or_empty_vault_beside_its_key_is_gone_never_new(paths: Paths) -> None:
    paths.vault.write_bytes(b"")
    with refused("vault-gone"):
        open_store(paths, KEY)
    assert paths.vault.read_bytes() == b""
    paths.vault.unlink()
    with refused("vault-gone"):
        open_store(paths, KEY)
    assert not paths.vault.exists()


def test_nothing_is_readable_in_the_files(paths: Paths) -> None:
    with open_store(paths, KEY) as store:
        store.save({"company-name": "Farol da Guia Lda"}, AT, "answer.given")
        content = b"".join(tree(paths.home).values())
    content += b"".join(tree(paths.home).values())
    for word in (b"SQLite format", b"company-name", b"Farol", b"CREATE TABLE", KEY, KEY.hex().encode()):
        assert word not in content


def test_files_are_their_owners_alone(paths: Paths) -> None:
    with open_store(paths, KEY) as store:
        store.save({"a": 1}, AT, "answer.given")
        modes = {file.name: file.stat().st_mode & 0o777 for file in paths.home.iterdir()}
    del modes["vault.key"]  # written by this test
    assert modes == {"vault.guia": 0o600, "vault.guia-wal": 0o600, "vault.lock": 0o600}


def test_another_process_is_refused_until_this_one_closes_or_dies(paths: Paths) -> None:
    program = textwrap.dedent(
        f"""
        import sys
        from pathlib import Path
        from desktop.paths import Paths
        from desktop.storage.faults import VaultError
        from desktop.storage.store import open_store
        try:
            store = open_store(Paths(Path({str(paths.home)!r})), bytes(range(32)))
        except VaultError as error:
            sys.exit(print(error.code))
        print("open", flush=True)
        sys.stdin.read()
        """
    )
    command = [sys.executable, "-c", program]
    with open_store(paths, KEY) as store:
        other = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=True, timeout=20)
        assert (other.stdout, other.stderr) == ("in-use\n", "")
        with refused("in-use"):
            open_store(paths, KEY)
        store.save({"a": 1}, AT, "answer.given")
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT) as holder:
        assert holder.stdout
        assert holder.stdout.readline() == "open\n"
        with refused("in-use"):
            open_store(paths, KEY)
        holder.kill()
    with open_store(paths, KEY) as store:
        assert store.answers() == {"a": 1}


def test_a_program_that_does_not_know_the_lock_is_kept_out_too(paths: Paths) -> None:
    with (
        open_store(paths, KEY),
        contextlib.closing(connect(paths.vault, KEY)) as stranger,
        pytest.raises(Exception, match="locked"),
    ):
        stranger.execute("SELECT * FROM answers").fetchall()
    with contextlib.closing(connect(paths.vault, KEY)) as stranger:
        stranger.execute("BEGIN EXCLUSIVE")
        with refused("in-use"):
            open_store(paths, KEY)


@pytest.mark.parametrize("how", ["name", "version"])
@pytest.mark.parametrize("crashed", [False, True])
def test_a_newer_vault_is_refused_and_not_changed_by_one_byte(paths: Paths, how: str, *, crashed: bool) -> None:
    connection = connect(paths.vault, KEY)
    if how == "name":
        connection.execute("INSERT INTO _sqlite_migrations VALUES (99, 'guia', '9999-later', 'then')")
    else:
        connection.execute("PRAGMA user_version = 99")
    images = tree(paths.home)
    connection.close()
    if crashed:
        for name, content in images.items():
            (paths.home / name).write_bytes(content)
        assert "vault.guia-wal" in images
    kept = {name: content for name, content in tree(paths.home).items() if "-shm" not in name}
    with refused("newer"):
        open_store(paths, KEY)
    after = {name: content for name, content in tree(paths.home).items() if "-shm" not in name}
    assert after == kept | {"vault.lock": b""}


def test_a_wrong_key_opens_nothing_and_says_nothing_on_standard_error(
    paths: Paths, capfd: pytest.CaptureFixture[str]
) -> None:
    before = paths.vault.read_bytes()
    with refused("damaged"):
        open_store(paths, bytes(32))
    assert paths.vault.read_bytes() == before
    assert capfd.readouterr() == ("", "")
    with pytest.raises(ValueError, match="32 bytes"):
        open_store(paths, b"short")


@pytest.mark.parametrize("place", [20, 2000, 5000])
def test_a_flipped_bit_is_damage(paths: Paths, place: int) -> None:
    with open_store(paths, KEY) as store:
        store.save({"a": 1}, AT, "answer.given")
    content = bytearray(paths.vault.read_bytes())
    content[place] ^= 1
    paths.vault.write_bytes(content)
    with refused("damaged"), open_store(paths, KEY) as store:
        store.examine()
    assert paths.vault.read_bytes() == bytes(content)


def test_a_file_cut_short_or_of_another_kind_is_damage(paths: Paths) -> None:
    content = paths.vault.read_bytes()
    for broken in (content[: len(content) // 2], b"not a vault" * 500, b"x"):
        paths.vault.write_bytes(broken)
        with refused("damaged"), open_store(paths, KEY) as store:
            store.examine()
        assert paths.vault.read_bytes() == broken


def test_an_older_vault_is_backed_up_and_then_brought_up_to_date(paths: Paths, monkeypatch: pytest.MonkeyPatch) -> None:
    with open_store(paths, KEY) as store:
        store.save({"a": 1}, AT, "answer.given")
    monkeypatch.setitem(migrations.STEPS, "9001-more", ("CREATE TABLE more (id INTEGER PRIMARY KEY) STRICT",))
    with open_store(paths, KEY) as store:
        assert store.answers() == {"a": 1}
        assert migrations.pending(store._connection) == []
    (backup,) = paths.backups.iterdir()
    assert backup.name == "guia-before-9001-more.guia-backup"
    assert zipfile.ZipFile(backup).namelist() == ["vault.guia", "vault.key"]
    with open_store(paths, KEY):
        assert len(list(paths.backups.iterdir())) == 1
    monkeypatch.undo()
    with refused("newer"):
        open_store(paths, KEY)


def test_a_step_that_fails_leaves_the_vault_as_it_was(paths: Paths, monkeypatch: pytest.MonkeyPatch) -> None:
    with open_store(paths, KEY) as store:
        store.save({"a": 1}, AT, "answer.given")
    with monkeypatch.context() as broken:
        broken.setitem(migrations.STEPS, "9001-bad", ("DROP TABLE answers", "DROP TABLE nothing"))
        with pytest.raises(VaultError):
            open_store(paths, KEY)
    with open_store(paths, KEY) as store:
        assert store.answers() == {"a": 1}


def test_opening_an_up_to_date_vault_needs_no_slow_import(paths: Paths) -> None:
    program = textwrap.dedent(
        f"""
        import sys
        from pathlib import Path
        from desktop.paths import Paths
        from desktop.storage.store import open_store
        with open_store(Paths(Path({str(paths.home)!r})), bytes(range(32))) as store:
            store.save({{"a": 1}}, "now", "answer.given")
            store.answers(), store.tasks(), store.first_seen(["t"], "2026-01-01"), store.undo("now"), store.snapshots()
        import json
        slow = ["sqlite_utils", "keyring", "asyncio", "importlib.metadata", "numpy", "urllib.request", "cryptography"]
        print(json.dumps([name for name in slow if name in sys.modules]))
        """
    )
    shown = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, cwd=ROOT, check=True)
    assert json.loads(shown.stdout) == []
