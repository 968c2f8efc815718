"""Where files are, what time it is, and a log that cannot hold an answer."""

import logging
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop import clock, logs, paths


def test_guia_home_moves_everything(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("GUIA_HOME", str(tmp_path / "here"))
    found = paths.find()
    files = [found.vault, found.key, found.lock, found.moves, found.settings, found.log, found.backups, found.replaced]
    assert {file.parent for file in files} == {tmp_path / "here"}
    assert len(set(files)) == len(files)
    assert not found.home.exists()
    paths.prepare(found)
    assert found.home.stat().st_mode & 0o777 == 0o700
    found.home.chmod(0o755)
    paths.prepare(found)
    assert found.home.stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize(
    ("platform", "variables", "place"),
    [
        ("linux", {"XDG_DATA_HOME": "/data"}, "/data/guia"),
        ("linux", {"XDG_DATA_HOME": "not/absolute"}, "/owner/.local/share/guia"),
        ("linux", {}, "/owner/.local/share/guia"),
        ("darwin", {"XDG_DATA_HOME": "/data"}, "/owner/Library/Application Support/Guia"),
        ("win32", {"APPDATA": "/roaming"}, "/roaming/Guia"),
        ("win32", {}, "/owner/AppData/Roaming/Guia"),
    ],
)
def test_each_platform_has_its_place(
    monkeypatch: pytest.MonkeyPatch, platform: str, variables: dict[str, str], place: str
) -> None:
    for name in ("GUIA_HOME", "XDG_DATA_HOME", "APPDATA"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("HOME", "/owner")
    monkeypatch.setattr(sys, "platform", platform)
    assert paths.find().home == Path(place)


def test_a_moment_is_utc_with_microseconds_and_sorts() -> None:
    first, second = clock.now(), clock.now()
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z", first)
    assert first <= second
    assert abs(int(first[:4]) - clock.today().year) <= 1


@pytest.fixture
def log(tmp_path: Path) -> Iterator[Path]:
    place = paths.Paths(tmp_path)
    logs.start(place)
    yield place.log
    logs.stop()


def test_an_event_is_one_line_of_words_and_counts(log: Path) -> None:
    logs.event("backup.made", bytes=61440, milliseconds=12)
    line = log.read_text()
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z INFO backup.made bytes=61440 milliseconds=12\n", line)
    assert log.stat().st_mode & 0o777 == 0o600


def test_nothing_else_gets_in(log: Path) -> None:
    for name in ("Ana's salary", "a\nb", "", "x" * 61, "陳記"):
        with pytest.raises(ValueError, match="event"):
            logs.event(name)
    for counts in ({"name": 1}, {"count": "Ana"}, {"count": True}, {"count": 1.5}):
        with pytest.raises(ValueError, match="count"):
            logs.event("answer.given", **counts)
    with pytest.raises(ValueError, match="event"):
        logs.trouble("Ana's salary", ValueError())
    logging.getLogger("some.library").error("Ana's salary")
    assert log.read_text() == ""
    assert not logging.getLogger("guia.events").propagate


def test_an_error_is_logged_without_its_words(log: Path) -> None:
    try:
        int("Ana's salary")
    except ValueError as error:
        logs.trouble("unforeseen", error)
    line = log.read_text()
    assert "ERROR unforeseen ValueError test_storage_places.py:" in line
    assert "Ana" not in line


def test_the_log_stays_small(log: Path) -> None:
    for number in range(9000):
        logs.event("answer.given", count=number)
    sizes = [file.stat().st_size for file in log.parent.iterdir()]
    assert len(sizes) == 2
    assert max(sizes) <= 256 * 1024
