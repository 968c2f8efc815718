"""What only a process of its own shows: encodings, closed streams, pipes, no screen, being killed, what is imported."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from desktop import paths, vault
from desktop.content import bank, words
from desktop.storage.store import open_store
from tests.wizards.test_reading import file
from wizards.content.samples import sample_answers
from wizards.interview.reading import SCHEMA
from wizards.trail.verdict import Unbroken

GUIA = [sys.executable, "-m", "desktop"]
PASSPHRASE = "twelve characters at least"


def run(*arguments: str | Path, env: dict[str, str] | None = None) -> subprocess.CompletedProcess[bytes]:
    """A command in a process of its own, with nothing on its standard input and at most a minute."""
    return subprocess.run(
        [*GUIA, *map(str, arguments)],
        check=False,
        capture_output=True,
        timeout=60,
        env=env,
        stdin=subprocess.DEVNULL,
    )


def environment(**changes: str | None) -> dict[str, str]:
    """The environment with some names set or taken away."""
    return {name: value for name, value in {**os.environ, **changes}.items() if value is not None}


def shell(line: str, folder: Path) -> subprocess.CompletedProcess[bytes]:
    """A line of the shell in which `guia` is the command."""
    script = f'guia() {{ "{sys.executable}" -m desktop "$@"; }}\n{line}'
    return subprocess.run(
        ["bash", "-c", script], check=False, capture_output=True, timeout=60, env=environment(OUT=str(folder))
    )


@pytest.fixture
def sample(tmp_path: Path) -> Path:
    """A sample's answers file in Chinese."""
    made = tmp_path / "sample.json"
    answers = sample_answers(bank().sectors["clinic"], "zh-Hant")
    made.write_text(json.dumps({"schema": SCHEMA, "answers": answers}, ensure_ascii=False), encoding="utf-8")
    return made


@pytest.mark.parametrize(
    "said",
    [
        {"LC_ALL": "C", "LANG": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        {"LC_ALL": "POSIX", "PYTHONIOENCODING": "ascii"},
    ],
)
def test_streams_are_utf8_in_any_locale(sample: Path, tmp_path: Path, said: dict[str, str]) -> None:
    env = environment(**said)
    plan = run("plan", sample, "--json", "--lang", "zh-Hant", env=env)
    assert (plan.returncode, plan.stderr) == (0, b"")
    assert "計劃" in plan.stdout.decode()
    assert json.loads(plan.stdout)["lang"] == "zh-Hant"
    named = tmp_path / "答案.json"
    named.write_bytes(file('"staff": NaN'))
    refused = run("check", named, "--lang", "zh-Hant", env=env)
    assert (refused.returncode, refused.stdout) == (2, b"")
    assert words()["cli.mistakes"].zh_hant in refused.stderr.decode()
    assert run("check", tmp_path / "沒有", env=env).returncode == 2


def test_the_three_commands_of_the_contract_one_after_the_other(tmp_path: Path) -> None:
    line = (
        'cd /; f="$OUT/f"; guia sample school --lang pt > "$f" && guia check "$f" && guia plan "$f" --json | head -c 1'
    )
    done = shell(f'export PYTHONPATH="$PWD"; {line}', tmp_path)
    assert (done.returncode, done.stdout) == (0, b"{")
    assert done.stderr.decode() == words()["cli.fine"].en + "\n"


def test_no_stream_that_is_closed_full_or_left_early_brings_a_traceback(sample: Path) -> None:
    lines = {
        f"guia plan '{sample}' --json <&-": 0,
        f"guia plan '{sample}' --json 2>&-": 0,
        f"guia plan '{sample}' --json >&-": 2,
        f"guia plan '{sample}' --json > /dev/full": 2,
        "guia sample restaurant > /dev/full": 2,
        "guia sample --list > /dev/full": 2,
        f"guia check '{sample}' 2> /dev/full": 0,
        "guia check /missing 2> /dev/full": 2,
        f"guia check '{sample}' <&- >&- 2>&-": 0,
        f"guia plan '{sample}' --json | true; exit ${{PIPESTATUS[0]}}": 0,
        f"guia check '{sample}' < /dev/zero": 0,
    }
    begun = {
        line: subprocess.Popen(
            ["bash", "-c", f'guia() {{ "{sys.executable}" -m desktop "$@"; }}\n{line}'],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            stdin=subprocess.DEVNULL,
        )
        for line in lines
    }
    for line, process in begun.items():
        _, err = process.communicate(timeout=60)
        assert process.returncode == lines[line], (line, err)
        assert b"Traceback" not in err, line
        assert b"Exception ignored" not in err, line
        assert err.count(b"\n") <= 1, line


def test_without_a_screen_the_window_says_so(home: Path) -> None:
    bare = environment(DISPLAY=None, WAYLAND_DISPLAY=None, QT_QPA_PLATFORM=None, LC_ALL="C", PYTHONIOENCODING="ascii")
    for names in (bare, {**bare, "DISPLAY": ""}):
        done = run(env=names)
        assert (done.returncode, done.stdout) == (3, b"")
        assert done.stderr.decode() == words()["cli.no-screen"].en + "\n"
    assert not home.exists()


def test_reading_commands_load_neither_window_nor_papers_nor_keychain(sample: Path) -> None:
    code = (
        "import sys; from desktop.__main__ import main; file = sys.argv[1]\n"
        "for arguments in (['sample', 'clinic'], ['check', file], ['plan', file, '--json'], ['schema']):\n"
        "    sys.argv[1:] = arguments\n"
        "    try: main()\n"
        "    except SystemExit as ended: assert not ended.code\n"
        "print(*{'PySide6', 'reportlab', 'keyring', 'pikepdf', 'cryptography'} & set(sys.modules), file=sys.stderr)\n"
    )
    done = subprocess.run([sys.executable, "-c", code, sample], check=False, capture_output=True, timeout=60)
    assert done.returncode == 0
    assert done.stderr.decode().splitlines()[-1] == ""


@pytest.fixture
def keys(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The passphrase file that the environment names."""
    made = tmp_path / "passphrase"
    made.write_text(PASSPHRASE)
    monkeypatch.setenv("GUIA_PASSPHRASE_FILE", str(made))
    return made


def killed_import(file_: Path, seconds: float) -> None:
    """An import that is killed so long after its start."""
    process = subprocess.Popen([*GUIA, "import", str(file_)], stderr=subprocess.DEVNULL)
    time.sleep(seconds)
    process.send_signal(signal.SIGKILL)
    process.wait()


@pytest.mark.usefixtures("keys")
def test_an_import_that_is_killed_changes_all_or_nothing(sample: Path) -> None:
    assert run("import", sample).returncode == 0
    start = time.monotonic()
    assert run("import", sample).returncode == 0
    whole = time.monotonic() - start
    found = paths.find()
    key = vault.unlock_with_passphrase(found, PASSPHRASE)
    with open_store(found, key) as store:
        last = store.answers()
    for part in range(6):
        other = {**last, "staff": 1000 + part}
        sample.write_text(json.dumps({"schema": SCHEMA, "answers": other}), encoding="utf-8")
        # most of the time goes into starting; what counts happens near the end
        killed_import(sample, whole * (0.6 + 0.07 * part))
        with open_store(found, key) as store:
            now = store.answers()
            assert isinstance(store.verify(), Unbroken)
        assert now in (last, other)
        last = now
    assert run("import", sample).returncode == 0


@pytest.mark.usefixtures("keys")
def test_a_first_import_that_is_killed_leaves_a_whole_vault_or_none(sample: Path, home: Path) -> None:
    for part in range(5):
        killed_import(sample, 0.35 + 0.06 * part)
        found = paths.find()
        if vault.exists(found):
            with open_store(found, vault.unlock_with_passphrase(found, PASSPHRASE)) as store:
                assert store.answers() == sample_answers(bank().sectors["clinic"], "zh-Hant")
    assert run("import", sample).returncode == 0
    assert not [left for left in home.iterdir() if left.name.startswith(".staged")]
