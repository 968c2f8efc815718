"""The log in the plan: each control by name and as unsure as it is, the mark as code and QR, what to choose by size."""

import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest
from msgspec import structs
from PySide6.QtWidgets import QFileDialog, QMessageBox

from desktop.content import bank, words
from desktop.reports import document as d
from desktop.reports import papers
from desktop.reports.pdf import build
from desktop.reports.plan import log
from desktop.reports.plan.case import BoxProof, Case
from desktop.reports.plan.voice import voice_of
from desktop.reports.plan_paper import plan_paper
from desktop.ui.desk import Place
from tests.desktop.hands import Hands
from tests.desktop.pages import go, with_box
from tests.desktop.pdf_reading import scanned, text_of
from tests.desktop.test_papers import DAY, MARK, case, every_language, everything, pages, said
from wizards.content.samples import sample_answers
from wizards.interview.answers import Value
from wizards.planning.plan import plan_of
from wizards.trail.anchor import Anchor
from wizards.trail.anchor_code import code, long_code, read_code

SERVED = {
    "entry": "not-at-all",
    "media": "not-at-all",
    "insertion": "in-part",
    "use": "in-part",
    "access": "in-part",
    "transmission": "in-part",
    "introduction": "fully",
    "transport": "not-at-all",
}
UNCONFIRMED = {"en": "not confirmed", "zh-Hant": "未經證實", "pt": "não confirmado"}


def page(
    lang: str,
    answers: Mapping[str, Value] | None = None,
    anchor: Anchor | None = None,
    box: BoxProof | None = None,
) -> list[d.Block]:
    given = {**sample_answers(bank().sectors["clinic"], lang), **(answers or {})}
    made = Case(bank(), given, plan_of(bank(), given, DAY), voice_of(lang, words()), anchor=anchor, box=box)
    return [*log.log(made), *log.choosing(made)]


def text(blocks: list[d.Block]) -> str:
    return "\n".join(everything(d.Document(title="", lang="en", blocks=tuple(blocks))))


@every_language
def test_each_control_is_answered_by_name_and_never_more_than_a_log_can(lang: str) -> None:
    (table,) = (b for b in page(lang) if isinstance(b, d.Table) and len(b.header) == 3)
    named = bank().records["pdpa-16-list"].on(DAY).values["controls"]
    assert named == list(SERVED)
    assert len(table.rows) == len(SERVED)
    for number, (control, cells) in enumerate(zip(SERVED, table.rows, strict=True), 1):
        name, does, does_not = map(said, cells)
        assert name == f"{number}. {words()[f'log-control.{control}'].to(lang)}"
        assert does.startswith(words()[f"log-control.{SERVED[control]}"].to(lang))
        assert does_not


@every_language
def test_what_is_not_confirmed_is_said_to_be_and_stands_in_no_headline(lang: str) -> None:
    blocks = page(lang)
    (table,) = (b for b in blocks if isinstance(b, d.Table) and len(b.header) == 3)
    assert UNCONFIRMED[lang] in table.header[0]
    (told,) = (said(b.text) for b in blocks if isinstance(b, d.Paragraph) and "/lei08_cn" in said(b.text))
    assert UNCONFIRMED[lang] in told
    assert bank().records["pdpa-16-list"].on(DAY).text.to(lang) in told
    titles = [block.text for block in blocks if isinstance(block, d.Heading)]
    assert not [title for title in titles if re.search(r"16|eight|八|oito", title)]


@every_language
def test_that_measures_are_required_is_said_plainly(lang: str) -> None:
    sure = bank().records["pdpa-16-required"].on(DAY).text.to(lang)
    (told,) = (said(b.text) for b in page(lang) if isinstance(b, d.Paragraph) and sure in said(b.text))
    assert UNCONFIRMED[lang] not in told


@every_language
@pytest.mark.parametrize("scope", ["one-computer", "one-office", "many-sites", None])
@pytest.mark.parametrize("state", ["none", "some", "tested", None])
def test_what_to_set_up_follows_from_the_answers(lang: str, scope: str | None, state: str | None) -> None:
    told = text(page(lang, {"log-scope": scope, "log-state": state, "log-care": ["reader"]}))
    assert words()[f"log-paper.setup-{scope or 'unknown'}"].to(lang) in told
    for each in ("none", "some", "tested"):
        assert (words()[f"log-paper.state-{each}"].to(lang) in told) == (each == state)
    left = bank().questions["log-care"].options[0].text.to(lang)
    assert (left in told) == (state in {"some", "tested"})
    assert (words()["log-choose.title"].to(lang) in told) == (scope in {"one-office", "many-sites"})


PROVEN = BoxProof("192.168.1.20", "2026-11-25T17:04:05.000000Z")
"""In Macao the day after."""


@every_language
@pytest.mark.parametrize("state", ["none", "some", "tested", None])
def test_a_proof_of_the_box_is_named_whatever_the_answer_still_says(lang: str, state: str | None) -> None:
    given: dict[str, Value] = {"log-scope": "one-office", "log-state": state, "log-care": []}
    told = text(page(lang, given, box=PROVEN))
    day = voice_of(lang, words()).day(date(2026, 11, 26))
    assert words()["log-paper.box-proven"].fill(lang, day=day, host=PROVEN.host) in told
    assert words()["log-paper.box-repeat"].to(lang) in told
    for each in ("none", "some", "tested"):
        assert words()[f"log-paper.state-{each}"].to(lang) not in told
    assert (words()["log-paper.box-answer"].to(lang) in told) == (state in {"none", "some"})
    assert words()["log-paper.box-proven"].to(lang).partition("{")[0] not in text(page(lang, given))


@every_language
def test_a_test_that_failed_since_is_not_kept_back(lang: str) -> None:
    told = text(page(lang, box=structs.replace(PROVEN, failed="2026-11-27T01:00:00.000000Z")))
    day = voice_of(lang, words()).day(date(2026, 11, 27))
    assert words()["log-paper.box-failed"].fill(lang, day=day) in told
    assert words()["log-paper.box-repeat"].to(lang) not in told


@pytest.mark.qt_log_ignore("does not support propagateSizeHints")
def test_the_plan_of_the_window_names_the_proof_that_the_vault_holds(
    busy: Hands, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = busy.app.session
    assert session is not None
    session.answer_together({"log-state": "some", "log-care": []})
    with_box(session)
    out = tmp_path / "plan.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, **__: (str(out), ""))
    go(busy, Place("home"))
    busy.activate(busy.say("home.export"))
    busy.until(lambda: busy.seen(QMessageBox))
    busy.seen(QMessageBox)[0].close()
    told = text_of(out.read_bytes())
    for sentence in ("a test word was found again on the log box 192.168.1.20", busy.say("log-paper.box-answer")):
        assert "".join(sentence.split()) in told
    assert "".join(busy.say("log-paper.state-some").split()) not in told


@every_language
def test_the_moment_of_a_mark_is_that_of_macao_and_says_so(lang: str) -> None:
    made = case("restaurant", lang)
    moment = words()["log-mark.moment"].fill(lang, day=made.voice.day(date(2026, 11, 24)), time="06:58")
    assert "Macao" in moment or "Macau" in moment or "澳門" in moment
    whole = "".join(text_of(papers.plan(made.bank, made.answers, made.plan, lang, words(), {}, MARK)).split())
    assert whole.count("".join(moment.split())) == 2  # beside the QR code, and at the end
    assert "22:58" not in whole


def test_without_a_trail_nothing_is_said_of_a_mark() -> None:
    made = case("school", "en")
    document = plan_paper(made.bank, made.answers, made.plan, "en", words())
    assert "GUIA-" not in "\n".join(everything(document))
    assert not [block for block in document.blocks if isinstance(block, d.Scan)]


@every_language
def test_the_mark_is_scanned_and_read_from_the_page(lang: str) -> None:
    made = case("restaurant", lang)
    (found,) = scanned(build(d.Document(title="x", lang=made.voice.lang, blocks=tuple(page(lang, {}, MARK)))))
    assert found == long_code(MARK)
    assert read_code(found) == MARK
    pdf = papers.plan(made.bank, made.answers, made.plan, lang, words(), {}, MARK)
    assert text_of(pdf).count(code(MARK)) == 2  # beside the QR code, and at the end


@every_language
def test_the_monday_sheet_has_the_code_and_no_more(lang: str) -> None:
    from wizards.interview.situation import Situation
    from wizards.planning import quick

    made = case("building-firm", lang)
    sentences = quick.sentences(Situation(bank(), made.answers, DAY))
    pdf = papers.monday(bank(), made.answers, made.plan, sentences, lang, words(), MARK)
    assert pages(pdf) == 1
    assert text_of(pdf).count(code(MARK)) == 1


def test_a_long_list_of_controls_breaks_between_pages() -> None:
    blocks = page("pt", {"log-scope": "many-sites", "log-state": "some", "log-care": []}, MARK)
    assert pages(build(d.Document(title="x", lang="pt", blocks=tuple(blocks)))) <= 3


@pytest.mark.qt_log_ignore("does not support propagateSizeHints")
@pytest.mark.parametrize(
    ("place", "word", "where"), [("home", "home.export", "plan"), ("quick-result", "quick.save-sheet", "monday")]
)
def test_a_paper_of_the_window_carries_a_mark_that_the_trail_meets(
    busy: Hands, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: str, word: str, where: str
) -> None:
    out = tmp_path / "paper.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, **__: (str(out), ""))
    go(busy, Place(place))
    busy.activate(busy.say(word))
    busy.until(lambda: busy.seen(QMessageBox))
    busy.seen(QMessageBox)[0].close()
    session = busy.app.session
    assert session is not None
    (kept,) = session.anchors.known()
    assert kept.where == where
    assert code(kept.anchor) in text_of(out.read_bytes())
    assert session.anchors.check().well
    assert [fate for _, fate in session.anchors.check().fates] == ["met"]


@pytest.mark.qt_log_ignore("does not support propagateSizeHints")
def test_a_paper_that_is_not_saved_leaves_nothing_on_the_list(
    busy: Hands, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = busy.app.session
    assert session is not None
    before = len(session.trail.entries(1000))
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, **__: ("", ""))
    go(busy, Place("home"))
    busy.activate(busy.say("home.export"))
    busy.rest()
    assert len(session.trail.entries(1000)) == before
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, **__: (str(tmp_path / "gone" / "x.pdf"), ""))
    busy.activate(busy.say("home.export"))
    busy.until(lambda: busy.seen(QMessageBox))
    busy.seen(QMessageBox)[0].close()
    assert session.anchors.known() == ()
