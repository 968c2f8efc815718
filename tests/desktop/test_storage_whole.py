"""A file is written whole or not at all, whatever fails."""

import os
from pathlib import Path

import pytest

from desktop.storage.whole import write_whole


def test_a_file_is_made_and_replaced(tmp_path: Path) -> None:
    file = tmp_path / "計劃 plan.pdf"
    write_whole(file, b"one")
    write_whole(file, b"two" * 100000)
    assert file.read_bytes() == b"two" * 100000
    assert file.stat().st_mode & 0o777 == 0o600
    assert list(tmp_path.iterdir()) == [file]


@pytest.mark.parametrize("fails", ["open", "fsync", "replace"])
def test_when_it_fails_the_old_file_is_there_and_nothing_else(
    tmp_path: Path, fails: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_given: object, **_named: object) -> None:
        raise OSError(28, "No space left on device")

    file = tmp_path / "plan.pdf"
    file.write_bytes(b"old")
    monkeypatch.setattr(os, fails, broken)
    with pytest.raises(OSError, match="No space"):
        write_whole(file, b"new")
    monkeypatch.undo()
    assert file.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [file]


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "real").write_bytes(b"old")
    (tmp_path / "link").symlink_to("real")
    write_whole(tmp_path / "link", b"new")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real").read_bytes() == b"new"


def test_what_is_no_file_is_not_replaced(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    os.mkfifo(tmp_path / "pipe")
    for name in ("folder", "pipe"):
        with pytest.raises(FileExistsError):
            write_whole(tmp_path / name, b"new")
    with pytest.raises(FileNotFoundError):
        write_whole(tmp_path / "nowhere" / "file", b"new")
    assert sorted(file.name for file in tmp_path.iterdir()) == ["folder", "pipe"]


def test_a_long_name_is_written(tmp_path: Path) -> None:
    write_whole(tmp_path / ("x" * 250), b"new")
    assert (tmp_path / ("x" * 250)).read_bytes() == b"new"
