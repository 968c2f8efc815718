"""The main path at the real window with a real vault, by the keyboard alone: first run to printed plan and review."""

import shutil
import subprocess
from pathlib import Path

import pytest

from desktop.content import bank
from desktop.paths import Paths
from desktop.session import Session
from desktop.storage.values import Json
from tests.desktop.owner import NAMES, OWN_ROW, SAID
from tests.desktop.sittings import NOTE
from tests.desktop.watch import acknowledged, first_of, lost, opened, sitting
from wizards.interview.walk import pages, resume_at


def printed(pdf: Path) -> str:
    program = shutil.which("pdftotext")
    assert program is not None, "pdftotext is not installed: apt-get install poppler-utils"
    done = subprocess.run([program, "-layout", str(pdf), "-"], capture_output=True, check=True, timeout=60)
    return done.stdout.decode()


@pytest.mark.parametrize(("lang", "seed"), [("en", 11), ("zh-Hant", 22), ("pt", 33)])
def test_from_first_run_to_plan_and_review(home: Path, tmp_path: Path, lang: str, seed: int) -> None:
    errors, pdf = tmp_path / "errors", tmp_path / "o meu plano 計劃.pdf"
    before = sitting(home, "begin", "--lang", lang, "--seed", str(seed), errors=errors)
    passphrase = first_of(before, "passphrase")
    given = acknowledged(before)
    assert len(given) > 30
    with opened(home, passphrase) as store:
        assert lost(store, given) == []
        half = dict(store.answers())

    more = ("--passphrase", passphrase, "--pdf", str(pdf), "--seed", str(seed + 1))
    after = sitting(home, "finish", *more, errors=errors)
    # home first, and from there exactly the question that was next
    assert [line["page"] for line in after[:3] if "page" in line] == ["unlock", "home"]
    assert first_of(after, "resumed_at") == first_of(before, "stopped_at")
    assert first_of(after, "resumed_at") == next_page(half)
    assert first_of(after, "review") == "home"

    given += acknowledged(after)
    with opened(home, passphrase) as store:
        assert lost(store, given) == []
        answers = store.answers()
        for question, value in {**SAID, "business-name": NAMES[lang]}.items():
            assert answers[question] == value
        names = [name for question, shown in given if question == "flows" for name in shown]
        assert OWN_ROW[lang] in names
        assert len(names) > 5
        assert store.tasks()[first_of(after, "ticked")].note == NOTE
        session = Session(bank(), store)
        assert session.resume_at() is None
        assert [head.kind for head in store.snapshots()] == ["plan", "review"]
        asked = {question.id for page in session.pages() for question in page.questions}
        assert asked <= set(dict(given))
    assert pdf.read_bytes().startswith(b"%PDF")
    assert pdf.stat().st_size > 20_000
    assert pdf.stat().st_mode & 0o077 == 0
    text = printed(pdf)
    assert NAMES[lang] in text
    assert OWN_ROW[lang] in text
    assert not list(Paths(home).home.glob(".*"))


def next_page(answers: dict[str, Json]) -> str:
    from desktop.clock import today

    found = resume_at(bank(), answers, today())
    assert found is not None
    assert found in pages(bank(), answers, today())
    return found.id
