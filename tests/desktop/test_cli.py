"""The commands without a vault: sample, schema, check, plan. Exits, streams, and what they leave behind."""

import json
import os
import stat
import sys
from pathlib import Path
from typing import Any, get_args

import pytest

from desktop import content, plain, terminal
from desktop.__main__ import main
from desktop.content import bank, words
from desktop.storage.faults import Code
from tests.wizards.schema_reading import accepts
from tests.wizards.test_reading import HEAD, ONE, SLOW, file
from wizards.content.text import LANGUAGES
from wizards.interview.mistakes import LONGEST_FILE, Mistake, Unreadable
from wizards.interview.reading import read

SAMPLES = ["insurance-broker", "fintech-lender", "building-firm", "clinic", "restaurant", "school"]
DAY = ["--as-of", "2026-11-23"]


class Ran:
    """What a command did: exit code, standard output, standard error."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        self._monkeypatch, self._capsys = monkeypatch, capsys

    def __call__(self, *arguments: str | Path) -> tuple[int, str, str]:
        self._monkeypatch.setattr(sys, "argv", ["guia", *map(str, arguments)])
        with pytest.raises(SystemExit) as ended:
            main()
        said = self._capsys.readouterr()
        assert "Traceback" not in said.err
        code = ended.value.code
        assert code is None or isinstance(code, int)
        return code or 0, said.out, said.err


@pytest.fixture
def guia(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Ran:
    """The command `guia` in this process."""
    return Ran(monkeypatch, capsys)


@pytest.fixture
def sample(tmp_path: Path, guia: Ran) -> Path:
    """A sample's answers file."""
    made = tmp_path / "sample.json"
    made.write_text(guia("sample", "restaurant")[1], encoding="utf-8")
    return made


@pytest.fixture
def work(tmp_path: Path) -> Path:
    """An empty folder; what a command left behind shows there."""
    made = tmp_path / "work"
    made.mkdir()
    return made


# Samples and schema -------------------------------------------------------------------------------------------------


def test_the_samples_are_listed_one_slug_a_line(guia: Ran) -> None:
    assert guia("sample", "--list") == (0, "\n".join(SAMPLES) + "\n", "")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_each_sample_is_read_checked_and_planned(guia: Ran, work: Path, lang: str) -> None:
    for name in SAMPLES:
        made = work / f"{name}.json"
        code, out, err = guia("sample", name, "--lang", lang)
        assert (code, err) == (0, "")
        made.write_text(out, encoding="utf-8")
        assert guia("check", made) == (0, "", words()["cli.fine"].en + "\n")
        code, out, err = guia("plan", made, "--json", "--lang", lang, *DAY)
        assert (code, err) == (0, "")
        plan = json.loads(out)
        assert (plan["lang"], plan["as_of"]) == (lang, "2026-11-23")
        assert plan["tasks"]
        assert len(plan["first_six"]) <= 6


def test_a_sample_that_is_not_there_is_refused_and_the_others_named(guia: Ran) -> None:
    for asked in (["sample", "bakery"], ["sample"], ["sample", ""]):
        code, out, err = guia(*asked)
        assert (code, out) == (2, "")
        assert all(name in err for name in SAMPLES)


def test_the_schema_accepts_the_samples(guia: Ran) -> None:
    for lang in LANGUAGES:
        code, out, err = guia("schema", "--lang", lang)
        assert (code, err) == (0, "")
        for name in SAMPLES:
            assert accepts(json.loads(out), json.loads(guia("sample", name)[1]))


# Usage --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "arguments",
    [
        ["nonsense"],
        [""],
        ["--nonsense"],
        ["check"],
        ["check", "a", "b"],
        ["plan"],
        ["schema", "x"],
        ["schema", "--lang", "zh"],
        ["schema", "--lang", "fr"],
        ["export"],
        ["backup"],
        ["import"],
        ["restore"],
        ["check", "x", "--out", "y"],
    ],
)
def test_wrong_usage_ends_with_2_and_says_so_on_standard_error(guia: Ran, arguments: list[str]) -> None:
    code, out, err = guia(*arguments)
    assert (code, out) == (2, "")
    assert err


def test_help_and_version(guia: Ran) -> None:
    assert guia("--help")[0] == 0
    assert all(guia(command, "-h")[0] == 0 for command in ("sample", "schema", "check", "plan", "import", "restore"))
    assert guia("--version")[1].strip()[0].isdigit()


# Check --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["NaN", "unknown column", "id twice", "half a file", "latin-1", "NUL", "nothing"])
def test_mistakes_are_told_to_people_and_to_programs(guia: Ran, work: Path, name: str) -> None:
    raw, (place, kind) = ONE[name]
    (work / "a.json").write_bytes(raw)
    for lang in LANGUAGES:
        code, out, err = guia("check", work / "a.json", "--json", "--lang", lang)
        assert (code, err) == (2, "")
        said = json.loads(out)
        assert (said["ok"], said["more"]) == (False, 0)
        assert [(one["place"], one["kind"]) for one in said["mistakes"]] == [(place, kind)]
        code, out, err = guia("check", work / "a.json", "--lang", lang)
        assert (code, out) == (2, "")
        assert err == f"{words()['cli.mistakes'].to(lang)}\n{place}: {said['mistakes'][0]['text']}\n"


def test_a_good_file_is_said_to_be_good(guia: Ran, sample: Path) -> None:
    assert guia("check", sample, "--json") == (0, '{"ok": true, "mistakes": [], "more": 0}\n', "")
    assert guia("check", sample, "--lang", "pt") == (0, "", words()["cli.fine"].pt + "\n")


def test_every_mistake_is_told_in_one_run_and_the_many_are_counted(guia: Ran, work: Path) -> None:
    (work / "a.json").write_bytes(file(",".join(f'"k{n}": 1' for n in range(1500))))
    code, out, err = guia("check", work / "a.json")
    assert (code, out) == (2, "")
    assert len(err.splitlines()) == 1 + 1000 + 1
    assert "500" in err.splitlines()[-1]
    assert json.loads(guia("check", work / "a.json", "--json")[1])["more"] == 500


def test_a_terminal_is_not_disturbed_by_what_a_file_holds(guia: Ran, work: Path) -> None:
    (work / "a.json").write_bytes(file(r'"\u001b[2J\u202e\nx": 1'))
    for out in (guia("check", work / "a.json")[2], guia("check", work / "a.json", "--json")[1]):
        assert "\x1b" not in out
        assert "\u202e" not in out
        assert "u001b[2J" in out
    missing = guia("check", work / "a\nNo mistakes found.\x1b[2J")[2]
    assert missing.count("\n") == 1
    assert "\x1b" not in missing


def test_marks_in_texts_are_kept_in_the_plan_and_escaped(guia: Ran, work: Path) -> None:
    row = {"id": "a", "name": "\u202eevil\x1b[2J {step}\u2028", "kinds": ["health"], "channel": "dingtalk-chat"}
    (work / "a.json").write_text(
        json.dumps({"schema": "guia.answers/1", "answers": {"flows": [row]}}), encoding="utf-8"
    )
    assert guia("check", work / "a.json")[0] == 0
    code, out, _ = guia("plan", work / "a.json", "--json")
    assert code == 0
    assert out.isascii() or not {"\u202e", "\x1b", "\u2028"} & set(out)
    plan = json.loads(out)
    assert plan["flows"][0]["name"] == row["name"]
    assert any(row["name"] in task["title"] for task in plan["tasks"])


# Files that are none ------------------------------------------------------------------------------------------------


def test_what_is_no_readable_file_is_refused(guia: Ran, sample: Path, work: Path) -> None:
    pipe, loop = work / "pipe", work / "loop"
    os.mkfifo(pipe)
    loop.symlink_to(loop)
    for bad in (
        work,
        work / "missing",
        sample / "below",
        pipe,
        loop,
        Path("/dev/zero"),
        Path("/dev/null"),
        work / ("x" * 300),
    ):
        for command in (
            ["check"],
            ["check", "--json"],
            ["plan", "--json"],
            ["plan", "--out", work / "p.pdf"],
            ["import"],
        ):
            code, out, err = guia(*command, bad)
            assert (code, out) == (2, ""), bad
            assert err.count("\n") == 1
    assert sorted(work.iterdir()) == [loop, pipe]


def test_no_permission_and_other_causes_are_said_in_each_language(
    guia: Ran, sample: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for cause in (PermissionError(13, "x"), OSError(5, "Input/output error"), OSError(28, "x")):

        def fail(*_: object, cause: OSError = cause) -> bytes:
            raise cause

        monkeypatch.setattr(plain, "beginning", fail)
        for lang in LANGUAGES:
            code, _, err = guia("check", sample, "--lang", lang)
            assert code == 2
            assert "{" not in err


def test_a_huge_file_is_refused_without_being_read_whole(guia: Ran, work: Path) -> None:
    with (work / "huge.json").open("wb") as opened:
        opened.truncate(LONGEST_FILE * 500)
    code, out, err = guia("check", work / "huge.json", "--json")
    assert (code, err) == (2, "")
    assert json.loads(out)["mistakes"][0]["kind"] == "file-too-large"


@pytest.mark.parametrize("name", ["long words", "as many NaN as parts allow"])
def test_a_hostile_file_is_answered_whole(guia: Ran, work: Path, name: str) -> None:
    (work / "a.json").write_bytes(SLOW[name]())
    code, out, err = guia("check", work / "a.json", "--json")
    assert (code, err) == (2, "")
    assert json.loads(out)["more"] > 0


# Plan ---------------------------------------------------------------------------------------------------------------


def test_a_plan_is_asked_for_as_a_file_or_as_json_and_not_both(guia: Ran, sample: Path, work: Path) -> None:
    assert guia("plan", sample)[0] == 2
    assert guia("plan", sample, "--json", "--out", work / "p.pdf")[0] == 2
    assert list(work.iterdir()) == []


@pytest.mark.parametrize(
    "day",
    ["2026-02-29", "2026-13-01", "20261123", "2026-11-23T00:00", "today", "", "2026-W48-1", "0001-01-01", "9999-12-31"],
)
def test_a_day_that_is_none_is_refused(guia: Ran, sample: Path, work: Path, day: str) -> None:
    code, out, err = guia("plan", sample, "--json", "--as-of", day)
    assert (code, out) == (2, "")
    assert "--as-of" in err
    assert guia("plan", sample, "--out", work / "p.pdf", "--as-of", day)[0] == 2
    assert list(work.iterdir()) == []


def test_a_day_before_the_law_is_refused_and_a_leap_day_is_a_day(guia: Ran, sample: Path) -> None:
    code, out, err = guia("plan", sample, "--json", "--as-of", "2006-02-17")
    assert (code, out) == (2, "")
    assert "--as-of" in err
    code, out, _ = guia("plan", sample, "--json", "--as-of", "2028-02-29")
    assert code == 0
    plan = json.loads(out)
    assert plan["as_of"] == "2028-02-29"
    assert {task["due"] for task in plan["tasks"] if task["phase"] == "now"} <= {"2028-03-07"}


def test_the_json_of_a_plan_is_equal_byte_for_byte(guia: Ran, sample: Path) -> None:
    assert guia("plan", sample, "--json", *DAY) == guia("plan", sample, "--json", *DAY)


def test_a_plan_is_written_as_a_pdf(guia: Ran, sample: Path, work: Path) -> None:
    out = work / "計劃 plano.pdf"
    code, said, err = guia("plan", sample, "--out", out, "--lang", "pt", *DAY)
    assert (code, said) == (0, "")
    assert str(out) in err
    assert out.read_bytes().startswith(b"%PDF")
    assert [found.name for found in work.iterdir()] == [out.name]


def test_nothing_is_left_where_a_plan_cannot_be_written(
    guia: Ran, sample: Path, work: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desktop.reports.pdf.build", lambda _: b"%PDF", raising=False)
    pipe = work / "pipe"
    os.mkfifo(pipe)
    before = sample.read_bytes()
    for out in (work / "no" / "p.pdf", work, pipe, Path("/dev/full"), sample / "p.pdf", work / ("x" * 300), sample):
        code, said, err = guia("plan", sample, "--out", out, *DAY)
        assert (code, said) == (2, ""), out
        assert err.count("\n") == 1
    assert sample.read_bytes() == before
    assert stat.S_ISFIFO(pipe.stat().st_mode)
    assert list(work.iterdir()) == [pipe]


def test_mistakes_in_the_answers_leave_no_plan(guia: Ran, work: Path) -> None:
    (work / "a.json").write_bytes(ONE["NaN"][0])
    for wanted in (["--json"], ["--out", str(work / "p.pdf")]):
        code, out, err = guia("plan", work / "a.json", *wanted)
        assert (code, out) == (2, "")
        assert "$.answers.staff" in err
    assert [found.name for found in work.iterdir()] == ["a.json"]


# The last resort, and the words --------------------------------------------------------------------------------------


def test_the_unforeseen_is_said_without_a_traceback_or_an_answer(
    guia: Ran, sample: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail() -> object:
        raise RuntimeError("Long Table Restaurant")

    monkeypatch.setattr(content, "bank", fail)
    code, out, err = guia("check", sample)
    assert (code, out) == (1, "")
    assert "RuntimeError" in err
    assert "Long Table" not in err
    assert "Long Table" not in (home / "guia.log").read_text()
    monkeypatch.setenv("GUIA_HOME", "~nobody-of-that-name/guia")
    assert guia("check", sample)[0] == 1


def test_there_are_words_for_every_mistake_and_no_others() -> None:
    raws = [raw for raw, _ in ONE.values()]
    raws += [b"[" * (LONGEST_FILE + 1), HEAD + b'"a":' + b"[]," * 300_000 + b"}}"]
    kinds: dict[str, Mistake] = {}
    for raw in raws:
        try:
            read(raw, bank())
        except Unreadable as error:
            kinds |= {mistake.kind: mistake for mistake in error.mistakes}
    told = {word for word in words() if word.startswith("mistake.")}
    # those of a spreadsheet have a test beside it
    assert {f"mistake.{kind}" for kind in kinds} == {word for word in told if not word.startswith("mistake.sheet-")}
    for mistake in kinds.values():
        for lang in LANGUAGES:
            said = terminal.mistake(mistake, lang)
            assert said
            assert "{wanted}" not in said
            assert not [name for name in ("nearest", "options", "low", "high", "limit") if "{" + name + "}" in said]


def test_there_are_words_for_every_fault_of_a_vault_and_no_others() -> None:
    assert {f"vault.{code}" for code in get_args(Code)} == {word for word in words() if word.startswith("vault.")}
    for code in get_args(Code):
        texts: list[Any] = [words()[f"vault.{code}"].to(lang) for lang in LANGUAGES]
        assert len({*texts}) == 3
        assert all(texts)


def test_there_are_words_for_each_cause_that_a_file_can_have() -> None:
    causes = {*terminal._WHY.values(), "not-plain", "other"}
    assert {f"cause.{cause}" for cause in causes} == {word for word in words() if word.startswith("cause.")}
