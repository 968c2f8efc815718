"""The commands of the trail: exits, JSON, what must not change, files from strangers, and a stranger's script."""

import contextlib
import json
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from desktop import paths
from desktop.content import words
from desktop.storage.connection import connect
from tests.desktop.test_cli import Ran, guia, sample, work
from tests.desktop.test_cli_vault import PASSPHRASE, keys, opened, quick_to_open, state
from tests.wizards.stranger import script
from wizards.content.text import LANGUAGES
from wizards.trail.anchor_code import code as code_of
from wizards.trail.chain import Deed
from wizards.trail.verdict import Fault

__all__ = ["guia", "keys", "quick_to_open", "sample", "work"]  # fixtures

FAULTS: tuple[Fault, ...] = Fault.__args__  # type: ignore[attr-defined]


@pytest.fixture
def kept(guia: Ran, sample: Path, keys: Path) -> Ran:
    """A vault with the answers of a sample and an entry by hand."""
    assert keys.exists()
    assert guia("import", sample)[0] == 0
    with opened() as store:
        store.write("2026-11-23T10:00:00.000000Z", "joined", Deed(who="hr"), "as it was")
    return guia


def changed(statement: str) -> None:
    """Somebody with the key changes the vault."""
    from desktop import vault

    found = paths.find()
    key = vault.unlock_with_passphrase(found, PASSPHRASE)
    with contextlib.closing(connect(found.vault, key)) as connection:
        for trigger in ("trail_no_update", "trail_no_delete", "notes_no_update"):
            connection.execute(f"DROP TRIGGER {trigger}")
        connection.execute(statement)


def by_script(file: Path, work: Path) -> int:
    """How the script of the page ends."""
    (work / "verify.py").write_text(script(), "utf-8")
    command = [sys.executable, "-I", str(work / "verify.py"), str(file)]
    return subprocess.run(command, capture_output=True, check=False, timeout=30).returncode


@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_unbroken_trail_is_told_in_words(kept: Ran, lang: str) -> None:
    status, out, err = kept("trail", "verify", "--lang", lang)
    assert (status, err) == (0, "")
    with opened() as store:
        count = str(store.last_number())
    assert count in out.split("\n", maxsplit=1)[0]
    assert words()["trail-verdict.no-mark"].to(lang) in out
    assert words()["trail-verdict.not-proven"].to(lang) in out
    assert "{" not in out


def test_an_unbroken_trail_as_json(kept: Ran) -> None:
    status, out, err = kept("trail", "verify", "--json")
    found = json.loads(out)
    assert (status, err, found["ok"], found["begins"], found["pruned"]) == (0, "", True, 1, "")
    with opened() as store:
        assert (found["count"], found["head"]) == (store.last_number(), store.trail()[-1].hash)


def test_looking_changes_nothing(kept: Ran, home: Path) -> None:
    with opened() as store:
        before = store.trail()
    assert kept("trail", "verify")[0] == 0
    with opened() as store:
        assert store.trail() == before
    assert sorted(state(home)) == sorted({"vault.guia", "vault.key"} | {name for name in state(home) if "wal" in name})


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_broken_trail_is_told_with_its_entry(kept: Ran, lang: str) -> None:
    changed("UPDATE trail SET entry = replace(entry, 'answer', 'anchor') WHERE seq = 7")
    status, out, err = kept("trail", "verify", "--lang", lang)
    said = words()["trail-verdict.edited"].fill(lang, seq="7")
    assert (status, out, err) == (1, said + "\n" + words()["trail-verdict.then"].to(lang) + "\n", "")
    found = json.loads(kept("trail", "verify", "--json", "--lang", lang)[1])
    assert (found["ok"], found["seq"], found["how"], found["text"][0]) == (False, 7, "edited", said)


def test_a_changed_note_is_told(kept: Ran) -> None:
    changed("UPDATE notes SET note = '\"as it never was\"'")
    status, out, _ = kept("trail", "verify", "--json")
    assert (status, json.loads(out)["how"]) == (1, "note")


@pytest.mark.parametrize("how", FAULTS)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_fault_has_its_words(how: Fault, lang: str) -> None:
    from wizards.trail.spoken import told
    from wizards.trail.verdict import Broken

    said = told(Broken(12, how, 34, "2026-11-23T10:00:00.000000Z", 5), words(), lang)
    assert not said.fine
    assert "{" not in "".join([said.found, *said.more])
    assert len(said.more) == 3


def test_marks_kept_elsewhere_are_compared(kept: Ran, work: Path) -> None:
    with opened() as store:
        mark = store.checkpoint("2026-11-23T10:00:00.000000Z", "accountant")
    code = code_of(mark)
    status, out, _ = kept("trail", "verify", "--anchor", code, "--json")
    assert (status, json.loads(out)["held"]) == (0, mark.count)
    assert kept("trail", "export", "--out", work / "t.jsonl")[0] == 0
    status, out, _ = kept("trail", "verify", work / "t.jsonl", "--anchor", code.lower(), "--json")
    assert (status, json.loads(out)["held"]) == (0, mark.count)
    other = code_of(type(mark)(mark.count - 1, mark.head, mark.at))
    for where in ([], [work / "t.jsonl"]):
        status, out, _ = kept("trail", "verify", *where, "--anchor", code, "--anchor", other, "--json")
        found = json.loads(out)
        assert (status, found["how"], found["seq"]) == (1, "rewritten", mark.count - 1)
    assert kept("trail", "export", "--out", work / "rest.jsonl", "--since", str(mark.count + 1))[0] == 0
    status, out, _ = kept("trail", "verify", work / "rest.jsonl", "--anchor", code, "--json")
    assert (status, json.loads(out)["past"], json.loads(out)["ok"]) == (1, 1, False)  # asked for, and not shown
    assert kept("trail", "verify", work / "rest.jsonl")[0] == 0


@pytest.mark.parametrize("code", ["", "GUIA", "GUIA-00000-00000-00000-00000-00000-00000", "x" * 9999, "\x1b[2J"])
def test_a_code_that_is_none_is_bad_input(guia: Ran, code: str) -> None:
    status, out, err = guia("trail", "verify", "--anchor", code)
    assert (status, out) == (2, "")
    assert "\x1b" not in err


def test_an_old_copy_put_back_is_found_by_the_list_of_marks_beside_the_vault(kept: Ran, home: Path) -> None:
    from desktop.anchors import Anchors

    old = (home / "vault.guia").read_bytes()
    with opened() as store:
        Anchors(store).give("accountant")
    (home / "vault.guia").write_bytes(old)
    status, out, _ = kept("trail", "verify", "--json")
    assert (status, json.loads(out)["how"]) == (1, "short")


def test_an_export_verifies_by_the_command_and_by_the_script(kept: Ran, work: Path) -> None:
    out = work / "t.jsonl"
    with opened() as store:
        entries = store.trail()
    assert kept("trail", "export", "--out", out, "--lang", "pt") == (
        0,
        "",
        words()["cli.written"].fill("pt", file=str(out)) + "\n",
    )
    lines = out.read_bytes().split(b"\n")
    assert [line.decode() for line in lines[:-2]] == [link.text for link in entries]
    assert out.stat().st_mode & 0o077 == 0
    assert kept("trail", "verify", out)[0] == by_script(out, work) == 0
    with opened() as store:
        last = json.loads(store.trail()[-1].text)
    assert (last["action"], last["who"], last["data"], last["channel"]) == ("trail.export", "command", "trail", "file")
    assert kept("trail", "export", "--out", out, "--since", str(len(entries)))[0] == 0
    assert len(out.read_bytes().splitlines()) == 2
    assert kept("trail", "verify", out)[0] == by_script(out, work) == 0


@pytest.mark.parametrize(
    "change",
    [
        lambda whole: whole.replace(b'"seq":9', b'"seq":8', 1),
        lambda whole: whole.replace(b"answers", b"Answers", 1),
        lambda whole: whole.replace(b"\n", b"\r\n"),
        lambda whole: b"\xef\xbb\xbf" + whole,
        lambda whole: whole[:-1],
        lambda whole: whole + b"\n",
        lambda whole: whole + b"x",
        lambda whole: whole[: whole.rindex(b"\n", 0, -1) + 1],
        lambda whole: whole[whole.index(b"\n") + 1 :],
        lambda whole: whole[: len(whole) // 2],
        lambda whole: whole.replace(b'"count":', b'"Count":'),
        lambda whole: whole + whole,
    ],
)
def test_a_changed_export_is_found_by_the_command_and_by_the_script(
    change: Callable[[bytes], bytes], kept: Ran, work: Path
) -> None:
    out = work / "t.jsonl"
    kept("trail", "export", "--out", out)
    out.write_bytes(change(out.read_bytes()))
    before = out.read_bytes()
    status, said, err = kept("trail", "verify", out)
    assert (status, err) == (1, "")
    assert words()["trail-verdict.then-file"].en in said
    assert by_script(out, work) == 1
    assert out.read_bytes() == before


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\n",
        b"hello\n",
        b"{}\n",
        b'{"schema":"guia.answers/1"}',
        b"\x00" * 200_000,
        b"%PDF-1.7\n\xff\xfe",
        b"[" * 200_000,
        b"<86>1 2026-11-23T10:00:00Z pc sshd - - - session opened\n" * 3,
        b'<86>1 2026-11-23T10:00:00Z pc sshd - - - session opened\n<110>1 - pc guia - a - {"action":"a"}\n',
    ],
)
def test_what_is_no_export_is_bad_input(guia: Ran, work: Path, content: bytes) -> None:
    (work / "x").write_bytes(content)
    said = words()["trail-command.not-an-export"].fill("en", file=str(work / "x"))
    assert guia("trail", "verify", work / "x") == (2, "", said + "\n")


def test_files_that_cannot_be_read_are_bad_input(guia: Ran, work: Path) -> None:
    for place in (work / "nothing", work):
        status, out, err = guia("trail", "verify", place)
        assert (status, out) == (2, "")
        assert str(place) in err


@pytest.mark.parametrize(
    "content",
    [
        b'{"action":"' + b"x" * 3_000_000,
        b'{"action":' + b"[" * 3_000_000 + b"\n",
        b'{"action":' + b'{"a":' * 600_000 + b"\n",
        b'{"action":NaN,"prev":"0"}\n' * 1000,
        b'{"action":"\\ud800","prev":"0"}\n',
        b'{"action":"a","action":"b","prev":"0"}\n',
        b'{"seq":' + b"9" * 3_000_000 + b'}\n{"closing":"guia.trail/1"}\n',
        b'{"closing":"guia.trail/1"}\n' + b"\n" * 3_000_000,
        b'{"closing":"guia.trail/1","count":1e999}\n',
        b'\xff{"closing":"guia.trail/1"\x00}\n',
    ],
)
def test_a_hostile_export_ends_in_a_verdict_and_soon(guia: Ran, work: Path, content: bytes) -> None:
    (work / "x").write_bytes(content)
    begun = time.monotonic()
    status, out, err = guia("trail", "verify", work / "x")
    # where nothing is left of an export, that is said instead
    assert (status, bool(out), bool(err)) in {(1, True, False), (2, False, True)}
    assert time.monotonic() - begun < 10


def test_ten_gigabytes_without_an_end_are_not_read(guia: Ran, work: Path) -> None:
    for begun, told in ((b'{"action":"', 1), (b"", 2)):
        with (work / "x").open("wb") as file:
            file.write(begun)
            file.truncate(10 * 1024**3)  # holes, no blocks of the disk
        started = time.monotonic()
        assert guia("trail", "verify", work / "x")[0] == told
        assert time.monotonic() - started < 10


def test_bad_numbers_and_places_of_an_export_are_bad_input_and_leave_nothing(kept: Ran, work: Path, home: Path) -> None:
    with opened() as store:
        entries = store.trail()
    vault = (home / "vault.guia").read_bytes()
    out = work / "t.jsonl"
    wrong: list[list[str | Path]] = [
        ["--out", out, "--since", str(len(entries) + 1)],
        ["--out", out, "--since", "-1"],
        ["--out", out, "--since", "x"],
        ["--out", out, "--since", "9" * 30],
        ["--out", home / "vault.guia"],
        ["--out", home / "vault.key"],
        ["--out", work / "no" / "t.jsonl"],
        ["--out", work],
        [],
    ]
    for arguments in wrong:
        status, said, err = kept("trail", "export", *arguments)
        assert (status, said) == (2, ""), arguments
        assert "Traceback" not in err
    assert not out.exists()
    assert (home / "vault.guia").read_bytes() == vault
    with opened() as store:
        assert store.trail() == entries


@pytest.mark.parametrize("command", [("verify",), ("verify", "--json"), ("export", "--out", "t.jsonl")])
def test_without_a_vault_the_exit_says_so(guia: Ran, command: tuple[str, ...], home: Path) -> None:
    status, out, err = guia("trail", *command)
    assert (status, out) == (5, "")
    assert err
    assert not (home / "vault.guia").exists()
    assert not Path("t.jsonl").exists()
