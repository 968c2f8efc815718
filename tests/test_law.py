"""The law records, the claims and what rests on them: whole, in force, graded as the facts say, in plain words.

Reads the packaged resources and the second reading in law_grades.toml. It never opens a source on the network.
"""

import re
import tomllib
from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Final

import msgspec
import pytest

from tests.words import refused
from wizards.content.law import LawFile, Record
from wizards.content.shapes import Claim, Contradiction, Guide, Home, Part, Quick, Reason, Topic
from wizards.content.text import LANGUAGES, Text

RESOURCES: Final = Path(__file__).parent.parent / "resources"
GRADES_READ: Final = tomllib.loads((Path(__file__).parent / "law_grades.toml").read_text())
RECORDS: Final = [
    (path.name, record)
    for path in sorted((RESOURCES / "law").glob("*.toml"))
    for record in msgspec.convert(tomllib.loads(path.read_text()), LawFile).records
]
BY_ID: Final = {record.id: record for _, record in RECORDS}
CLAIMS: Final = msgspec.convert(tomllib.loads((RESOURCES / "claims.toml").read_text())["claims"], list[Claim])
REASONS: Final = msgspec.convert(tomllib.loads((RESOURCES / "reasons.toml").read_text())["reasons"], list[Reason])
PARTS: Final = msgspec.convert(tomllib.loads((RESOURCES / "exposure.toml").read_text())["parts"], list[Part])
HOMES: Final = msgspec.convert(tomllib.loads((RESOURCES / "homes.toml").read_text())["homes"], list[Home])
GUIDES: Final = msgspec.convert(tomllib.loads((RESOURCES / "guides.toml").read_text())["guides"], list[Guide])
CONTRADICTIONS: Final = msgspec.convert(
    tomllib.loads((RESOURCES / "contradictions.toml").read_text())["contradictions"], list[Contradiction]
)
QUICK: Final = msgspec.convert(tomllib.loads((RESOURCES / "quick.toml").read_text()), Quick)
TOPICS: Final = [
    msgspec.convert(tomllib.loads(path.read_text()), Topic) for path in sorted((RESOURCES / "topics").glob("*.toml"))
]
# The day the Act came into force, the day the contract of the Greater Bay Area began, and the day of the facts.
DAYS: Final = (date(2006, 2, 18), date(2024, 9, 10), date(2026, 11, 23))
NAMES_LAW: Final = re.compile(r"Law 8/2005|\b[Tt]he Act\b|\bArts?\. ?\d|\bthe law\b|Personal Data Protection Act")
GRADE_WORDS: Final = re.compile(r"unconfirmed|unverified|\bgrade\b|statute text", re.IGNORECASE)

each_record = pytest.mark.parametrize("record", BY_ID.values(), ids=BY_ID)


def _sourced() -> Iterator[tuple[str, tuple[str, ...], tuple[Text, ...]]]:
    """Everything that tells the owner something and may lean on law: its name, its sources, its texts."""
    for topic in TOPICS:
        for question in topic.questions:
            texts = (question.text, question.why, question.hint, question.find)
            yield f"question {question.id}", question.sources, tuple(t for t in texts if t)
        for duty in topic.duties:
            yield f"duty {duty.id}", duty.sources, (duty.title, duty.why, duty.how.short, duty.how.full, duty.proof)
    for reason in REASONS:
        yield f"reason {reason.id}", reason.sources, (reason.text,)
    for part in PARTS:
        yield f"exposure {part.id}", part.sources, (part.basis,)
    for place, sentence in enumerate((*QUICK.where, *QUICK.gap, *QUICK.next)):
        yield f"quick {place}", sentence.sources, (sentence.text,)
    yield from _of_homes()
    for claim in CLAIMS:
        yield f"claim {claim.id}", claim.sources, (claim.truth,)


def _of_homes() -> Iterator[tuple[str, tuple[str, ...], tuple[Text, ...]]]:
    for home in HOMES:
        said = (home.short, home.hides, home.proves, home.costs, home.limits, home.transfer)
        yield f"home {home.id}", home.sources, said
    for guide in GUIDES:
        yield f"guide {guide.id}", guide.sources, (guide.intro, *([guide.money] if guide.money else []))
    for one in CONTRADICTIONS:
        yield f"contradiction {one.id}", one.sources, (one.text, one.mend)


SOURCED: Final = list(_sourced())
# Claims may lean on "nothing was found" and name what they refute; everything else tells the owner what to do.
ADVICE: Final = [told for told in SOURCED if not told[0].startswith("claim ")]


def test_ids_are_unique() -> None:
    assert len(BY_ID) == len(RECORDS)
    assert len({claim.id for claim in CLAIMS}) == len(CLAIMS) >= 16


def test_the_second_reading_and_the_records_name_each_other() -> None:
    assert set(GRADES_READ) == set(BY_ID)


@each_record
def test_place_and_weakest_grade_are_those_of_the_facts(record: Record) -> None:
    assert {"section": record.section, "weakest": record.grade} == GRADES_READ[record.id]


@each_record
def test_three_languages_are_said_and_differ(record: Record) -> None:
    for text in (record.citation, *(v.text for v in record.versions)):
        said = [text.to(lang).strip() for lang in LANGUAGES]
        assert all(said)
        assert len(set(said)) == len(LANGUAGES)


@each_record
def test_versions_follow_each_other_and_cover_the_days(record: Record) -> None:
    for earlier, later in pairwise(record.versions):
        assert earlier.until is not None
        assert earlier.from_ <= earlier.until < later.from_
        assert (later.from_ - earlier.until).days == 1
    assert record.versions[-1].until is None
    for day in DAYS:
        assert record.on(day).text.en


@each_record
def test_a_record_says_where_it_stands(record: Record) -> None:
    assert re.fullmatch(r"https?://[^\s/]+\.[^\s/]+(/\S*)?", record.url)
    assert re.fullmatch(r"(\d+( \d+)*)?", record.article)
    assert record.checked <= DAYS[-1]


@each_record
def test_texts_carry_no_refused_and_no_grade_words(record: Record) -> None:
    for text in (record.citation, *(v.text for v in record.versions)):
        assert not [word for lang in LANGUAGES for word in refused(lang, text.to(lang))]
        assert not GRADE_WORDS.search(text.en)


@pytest.mark.parametrize("claim", CLAIMS, ids=[c.id for c in CLAIMS])
def test_a_claim_is_told_in_plain_words_and_leans_on_records(claim: Claim) -> None:
    assert set(claim.sources) <= set(BY_ID)
    for text in (claim.heard, claim.truth):
        said = [text.to(lang).strip() for lang in LANGUAGES]
        assert all(said)
        assert len(set(said)) == len(LANGUAGES)
        assert not [word for lang in LANGUAGES for word in refused(lang, text.to(lang))]
    assert not re.search(r"\d ?%|1\.8", claim.heard.en + claim.truth.en), "figures without a source stay out"


@pytest.mark.parametrize(("name", "sources"), [(n, s) for n, s, _ in ADVICE], ids=[n for n, _, _ in ADVICE])
def test_nothing_leans_on_weak_records_alone(name: str, sources: tuple[str, ...]) -> None:
    grades = {BY_ID[source].grade for source in sources}
    assert not grades or grades - {"U", "ARTICLE"}, name


@pytest.mark.parametrize(("name", "sources", "texts"), SOURCED, ids=[s[0] for s in SOURCED])
def test_what_names_the_law_has_a_source(name: str, sources: tuple[str, ...], texts: tuple[Text, ...]) -> None:
    if any(NAMES_LAW.search(text.en) for text in texts):
        assert sources, name


@pytest.mark.parametrize(("name", "texts"), [(n, t) for n, _, t in ADVICE], ids=[n for n, _, _ in ADVICE])
def test_no_refuted_figure_is_repeated(name: str, texts: tuple[Text, ...]) -> None:
    for text in texts:
        assert not re.search(r"\b(68|37|38|40) ?%|500,000|1\.8 million", text.en), name


@pytest.mark.parametrize("part", PARTS, ids=[p.id for p in PARTS])
def test_amounts_of_the_exposure_come_from_records_that_are_no_mere_hearsay(part: Part) -> None:
    for amount in (part.low, part.likely, part.high):
        if isinstance(amount, str):
            record, _, value = amount.partition(".")
            assert isinstance(BY_ID[record].on(DAYS[-1]).values[value], int)
            assert BY_ID[record].grade not in {"U", "ARTICLE"}
            assert record in part.sources
