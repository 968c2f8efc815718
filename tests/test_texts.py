"""Every text of the resources: whole in three languages, in plain words, and never surer than its sources.

Reads the packaged resources; judges wording by rules that a machine can keep. What a sentence means is for reviewers.
"""

import ast
import re
import tomllib
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any, Final, cast

import msgspec
import pytest
from PySide6.QtWidgets import QLabel

from desktop.content import bank, words
from desktop.reports.document import (
    Block,
    Bullets,
    Callout,
    Facts,
    Heading,
    Paragraph,
    Register,
    Span,
    Table,
    TaskCard,
    Words,
)
from desktop.reports.plan_paper import plan_paper
from desktop.ui.desk import App, Desk
from desktop.ui.so_far import source_line, why_card
from desktop.ui.theme import LIGHT
from tests.words import refused
from wizards.content.bank import Bank
from wizards.content.law import Record
from wizards.content.samples import sample_answers
from wizards.content.text import LANGUAGES, Text
from wizards.planning import verdict
from wizards.planning.plan import plan_of

ROOT: Final = Path(__file__).parent.parent
RESOURCES: Final = ROOT / "resources"
DAY: Final = date(2026, 11, 23)
LONGEST_SENTENCE: Final = 25
# The same in another language by right, not by neglect.
SAME: Final = {
    "zh-Hant": {"Nextcloud", "Signal", "Guia", "English", "繁體中文", "Português"},
    "pt": {"Nextcloud", "Signal", "Guia", "English", "繁體中文", "Português", "DingTalk", "Hong Kong"},
}
PLACE: Final = re.compile(r"\{([a-z-]+)\}")
SENTENCE_END: Final = re.compile(r"(?<=[.?])[»”\")]*\s+(?=[A-Z0-9\"“{])|\n+")
HALF_WIDTH: Final = re.compile(r"[一-鿿}」』）]\s*[,;:!?()]|[一-鿿]\.(?!\d)|[,;:!?()]\s*[一-鿿]")
# Brazil says "continua usando" and "vai indo"; Portugal "continua a usar". "Está fazendo" is among the refused words.
PROGRESSIVE: Final = re.compile(
    r"\b(?:and|continu|fic|segu)(?:a|am|ar|e|em|ou|aram)\s+(?!quando\b)\w+[aei]ndo\b|\bv(?:ai|ão|em|êm)\s+\w+[aei]ndo\b"
)
# What takes the id of a word.
ASKING: Final = {"say", "spans", "stop", "label", "get"}
GRADES_UNCONFIRMED: Final = frozenset({"U", "ARTICLE"})
SAID_UNCONFIRMED: Final = {"en": "not confirmed", "zh-Hant": "未經證實", "pt": "não confirmad"}

Entry = tuple[str, dict[str, str]]


def texts_in(value: object, place: str) -> Iterator[Entry]:
    """Each text with its place, as `file: path`; elements of lists are called by their ids."""
    if isinstance(value, dict):
        if any(isinstance(value.get(lang), str) for lang in LANGUAGES):
            yield place, value
            return
        for key, inner in value.items():
            yield from texts_in(inner, f"{place}.{key}")
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            name = inner.get("id", number) if isinstance(inner, dict) else number
            yield from texts_in(inner, f"{place}.{name}")


FILES: Final = sorted(RESOURCES.rglob("*.toml"))
TEXTS: Final = [
    entry
    for file in FILES
    for entry in texts_in(tomllib.loads(file.read_text("utf-8")), f"{file.relative_to(RESOURCES).as_posix()}: ")
]
# Texts that only join others, such as ", " and "{label}: {text}", have no letters of their own.
SAID: Final = [
    (place, text) for place, text in TEXTS if re.search(r"\w", PLACE.sub("", text.get("en", "x")).strip("_"))
]


def found(test: Callable[[str, str], object], entries: list[Entry] = SAID) -> list[str]:
    """Where `test(lang, text)` is true."""
    return [
        f"{place} ({lang}): {text[lang]}" for place, text in entries for lang in LANGUAGES if test(lang, text[lang])
    ]


def test_there_is_something_to_read() -> None:
    assert len(FILES) > 30
    assert len(SAID) > 2000


def test_each_text_has_three_languages_and_no_other() -> None:
    assert [place for place, text in TEXTS if set(text) != set(LANGUAGES)] == []


def test_none_is_empty_and_none_has_blanks_around_it() -> None:
    assert found(lambda _, said: not said.strip() or said != said.strip()) == []


def test_none_was_left_in_english() -> None:
    left = [
        f"{place} ({lang}): {text['en']}"
        for place, text in SAID
        for lang, allowed in SAME.items()
        if text[lang] == text["en"] and text["en"] not in allowed
    ]
    assert left == []


def test_places_to_fill_in_are_the_same_in_all_languages() -> None:
    differ = [place for place, text in TEXTS if len({frozenset(PLACE.findall(text[lang])) for lang in LANGUAGES}) > 1]
    assert differ == []


def test_no_refused_word_is_used() -> None:
    assert found(refused) == []


def test_blanks_stand_alone() -> None:
    # around a dot that parts two statements on one line there is more air
    assert found(lambda _, said: re.search(r"(?<![·•])  +(?!·)", said)) == []


def test_nobody_begs_and_nobody_shouts() -> None:
    assert found(lambda _, said: re.search(r"\b[Pp]lease\b|\b[Pp]or favor,|!|！", said)) == []


def test_hints_end_without_a_full_stop() -> None:
    hints = [(place, text) for place, text in SAID if place.endswith(".hint")]
    assert len(hints) > 50
    assert found(lambda _, said: said[-1] in ".。", hints) == []


LOG_WORDS: Final = frozenset(
    name
    for file in ("log", "log-paper", "marks", "send", "trail")
    for name in tomllib.loads((ROOT / f"resources/words/{file}.toml").read_text())
)
NEVER_ONE: Final = (
    "trail-page.keep-years",
    "trail-page.keep-months",
    "box-page.some-days",
    "box-page.kept-days",
    "hand.too-long",
)
"""Words of the log that count what is never one: years have a word for one, days begin at seven."""


def test_what_the_log_counts_reads_right_for_one() -> None:
    wrong = [
        (key, said)
        for key, text in words().items()
        if key.partition(".")[0] in LOG_WORDS and key not in NEVER_ONE
        for said in (text.en, text.pt)
        if re.search(r"(?<!entry )(?<!entrada )\{(count|whole)\} [a-zç]+s\b", said)
    ]
    assert wrong == []


FOR_A_TECHNICIAN: Final = {"en": "For a technician: ", "zh-Hant": "技術人員參考：", "pt": "Para um técnico: "}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_is_for_a_technician_stands_last_in_a_fault_of_the_box(lang: str) -> None:
    faults = [text.to(lang) for key, text in words().items() if key.startswith("send.")]
    told = [said.partition(FOR_A_TECHNICIAN[lang]) for said in faults if FOR_A_TECHNICIAN[lang] in said]
    assert len(told) > 15
    for before, _, after in told:
        assert before.rstrip().endswith((".", "。"))
        assert sum(map(after.count, ".。")) == 1  # one sentence, the last


def test_english_sentences_are_short() -> None:
    long = [
        f"{place}: {len(sentence.split())} words: {sentence}"
        for place, text in SAID
        for sentence in SENTENCE_END.split(text["en"])
        if len(sentence.split()) > LONGEST_SENTENCE
    ]
    assert long == []


def test_chinese_is_punctuated_in_full_width() -> None:
    assert found(lambda lang, said: lang == "zh-Hant" and HALF_WIDTH.search(said)) == []


def test_portuguese_is_of_portugal() -> None:
    assert found(lambda lang, said: lang == "pt" and PROGRESSIVE.search(said)) == []


# Words that code asks for by id ------------------------------------------------------------------------------------


def _asked_for() -> Iterator[tuple[str, str]]:
    """What code asks for, as a pattern of `section.word`, with its file: strings, and strings with places in them."""
    for file in sorted(p for folder in ("desktop", "wizards") for p in (ROOT / folder).rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "attr", getattr(node.func, "id", "")) in ASKING:
                yield from ((pattern, str(file.relative_to(ROOT))) for part in node.args for pattern in _patterns(part))
            elif isinstance(node, ast.Subscript):
                yield from ((pattern, str(file.relative_to(ROOT))) for pattern in _patterns(node.slice))


def _patterns(node: ast.expr) -> Iterator[str]:
    """The string that an argument is, or the strings among which it chooses."""
    for part in ast.walk(node):
        if isinstance(part, ast.JoinedStr):
            pattern = "".join(re.escape(str(p.value)) if isinstance(p, ast.Constant) else ".+" for p in part.values)
            if re.match(r"[a-z]", pattern) and r"\." in pattern:
                yield pattern
        elif isinstance(part, ast.Constant) and re.fullmatch(r"[a-z-]+\.[\w~-]+[^-\W]", str(part.value)):
            yield re.escape(str(part.value))


def test_no_word_is_missing_that_code_asks_for() -> None:
    sections = {word.split(".")[0] for word in words()}
    asked = [(pattern, file) for pattern, file in _asked_for() if pattern.replace("\\", "").split(".")[0] in sections]
    assert len(asked) > 300
    assert [(p, file) for p, file in asked if not any(re.fullmatch(p, word) for word in words())] == []


def test_no_word_is_left_that_nobody_asks_for() -> None:
    said = {
        file: file.read_text("utf-8") for folder in ("desktop", "wizards") for file in (ROOT / folder).rglob("*.py")
    }
    whole = "\n".join(said.values())
    patterns = {pattern for pattern, _ in _asked_for()}
    # the first picture takes its words by key alone
    left = [word for word in words() if f'"{word}"' not in whole and not word.startswith("opening.")]
    assert [word for word in left if not any(re.fullmatch(pattern, word) for pattern in patterns)] == []


# How sure a statement is (design: every statement about law carries its grade) ------------------------------------


def test_no_title_and_no_question_rests_on_unconfirmed_records_alone() -> None:
    told = [(q.id, q.sources) for q in bank().questions.values()]
    told += [(d.id, d.sources) for d in bank().duties.values()]
    told += [(r.id, r.sources) for r in bank().reasons.values()]
    told += [(h.id, h.sources) for h in bank().homes.values()]
    told += [(g.id, g.sources) for g in bank().guides.values()]
    told += [(c.id, c.sources) for c in bank().contradictions]
    assert [name for name, sources in told if sources and _grades(sources) <= GRADES_UNCONFIRMED] == []


def test_the_quick_result_rests_on_nothing_unconfirmed() -> None:
    # three sentences that are shown large and without their sources
    quick = bank().quick
    told = [*quick.where, *quick.gap, *quick.next]
    assert [s.text.en for s in told if _grades(s.sources) & GRADES_UNCONFIRMED] == []


def test_the_reasons_of_a_verdict_rest_on_nothing_unconfirmed() -> None:
    # the window says them on its first page, without their sources
    named = re.findall(r'Ground\("([a-z-]+)"', Path(verdict.__file__).read_text("utf-8"))
    assert len(named) > 10
    assert [name for name in named if _grades(bank().reasons[name].sources) & GRADES_UNCONFIRMED] == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_words_of_the_grades_say_what_is_not_confirmed(lang: str) -> None:
    for grade in GRADES_UNCONFIRMED:
        assert SAID_UNCONFIRMED[lang] in words()[f"grade.{grade}"].to(lang)


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_window_says_of_each_unconfirmed_source_that_it_is(lang: str) -> None:
    desk = _desk(lang)
    unconfirmed = [record for record in bank().records.values() if record.grade in GRADES_UNCONFIRMED]
    assert len(unconfirmed) > 10
    for record in unconfirmed:
        line = source_line(desk, record)
        assert SAID_UNCONFIRMED[lang] in " ".join(label.text() for label in line.findChildren(QLabel)), record.id


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_unconfirmed_source_of_a_question_hides_behind_a_firm_one(lang: str) -> None:
    desk = _desk(lang)
    doubtful = [q for q in bank().questions.values() if _grades(q.sources) & GRADES_UNCONFIRMED]
    assert doubtful
    for question in doubtful:
        shown = why_card(desk, question)
        said = " ".join(label.text() for label in shown.findChildren(QLabel))
        assert SAID_UNCONFIRMED[lang] in said, question.id


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("sample", ["insurance-broker", "clinic"])
def test_a_paper_names_no_unconfirmed_source_without_saying_so(sample: str, lang: str) -> None:
    doubtful = _all_unconfirmed(bank())
    answers = sample_answers(doubtful.sectors[sample], lang)
    paper = plan_paper(doubtful, answers, plan_of(doubtful, answers, DAY), lang, words())
    named = [said for block in paper.blocks for said in _statements(block) if "⟦" in said]
    assert len(named) > 50
    assert [said for said in named if SAID_UNCONFIRMED[lang] not in said] == []
    assert [said for said in named if "https://check.example/" not in said] == []
    assert [block for block in paper.blocks if isinstance(block, Heading) and "⟦" in block.text] == []


def _grades(sources: tuple[str, ...]) -> set[str]:
    return {bank().records[source].grade for source in sources}


def _desk(lang: str) -> Desk:
    """A desk with the content and no owner."""
    return Desk(
        words=words(),
        lang=lang,
        colours=LIGHT,
        go=lambda _: None,
        back=lambda: None,
        app=cast("App", None),
        session=cast("Any", SimpleNamespace(bank=bank())),
    )


def _all_unconfirmed(whole: Bank) -> Bank:
    """The bank as if nothing in it were confirmed, each citation recognisable."""

    def doubted(record: Record) -> Record:
        mark = f"⟦{record.id}⟧"
        return msgspec.structs.replace(
            record, grades=("U",), citation=Text(mark, mark, mark), url=f"https://check.example/{record.id}"
        )

    return msgspec.structs.replace(whole, records={name: doubted(r) for name, r in whole.records.items()})


def _plain(said: Words) -> str:
    spans = (Span(said),) if isinstance(said, str) else said
    return "".join(span.text for span in spans)


def _statements(block: Block) -> Iterator[str]:
    """What is read together: a field, a row, an item, a source."""
    match block:
        case TaskCard():
            yield from (_plain(said) for _, said in (block.main, *block.points, *block.fields))
        case Register():
            yield from (f"{_plain(term)} {_plain(said)}" for _, entries in block.groups for term, said in entries)
        case Table():
            yield from (" ".join(map(_plain, row)) for row in block.rows)
        case Bullets():
            yield from map(_plain, block.items)
        case Callout():
            yield from map(_plain, (block.text, *block.items))
        case Facts():
            yield from (_plain(said) for _, said in block.lines)
        case Paragraph():
            yield _plain(block.text)
        case _:
            yield ""
