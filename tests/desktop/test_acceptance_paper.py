"""The result page of a log's acceptance is one page whatever is found, and keeps to the norm of accessible PDFs."""

from datetime import date
from pathlib import Path
from typing import Final

import pytest
from msgspec import structs

from desktop.acceptance import open_sample, wording
from desktop.content import bank, words
from desktop.reports import papers
from desktop.reports.acceptance_paper import Judged
from tests.desktop.log_samples import FOLDER
from tests.desktop.pdf_reading import failures, spoken, words_of
from wizards.acceptance.finding import Finding
from wizards.acceptance.verdict import CHECKS, RECORD, Verdict
from wizards.content.text import LANGUAGES

DAY: Final = date(2026, 11, 26)
FIGURES: Final = dict.fromkeys(("first", "last", "from", "to", "file"), "2026-11-26 14:05 +08:00") | {
    **dict.fromkeys(("days", "wanted", "round", "hours", "minutes", "count", "lost", "failed", "bytes"), "123,456"),
    "zone": "+08:00",
    "zones": "+08:00, +00:00, +01:00",
    "version": "31.0.6.2",
}


def longest(lang: str) -> Verdict:
    """A verdict in which each check says the longest that it can, with places of six figures."""
    real = open_sample(FOLDER / "nextcloud-31.0.6.jsonl").judged(30)
    found = []
    for check in wording().checks.values():
        say = max(check.says, key=lambda name, check=check: len(check.says[name].to(lang)))  # type: ignore[misc]
        found.append(Finding(check.id, "fail", say, 123_456, 234_567, FIGURES, tuple(range(234_561, 234_566))))
    sample = structs.replace(real.sample, parted=True, inside="guia-trail", format="rsyslog-iso")
    return structs.replace(real, findings=tuple(found), sample=sample, accepted=False)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_longest_result_fits_one_page(lang: str) -> None:
    name, business = (
        "a-very-long-name-of-a-file-" * 8 + ".log",
        "Companhia de Seguros e Corretagem da Baía, Limitada " * 3,
    )
    judged = Judged(name, "0123456789abcdef" * 4, longest(lang), wording(), bank().records[RECORD])
    pdf = papers.acceptance(judged, business, DAY, lang, words())
    assert {word.page for word in words_of(pdf)} == {1}
    assert failures(pdf) == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_says_each_check_and_what_is_not_confirmed(lang: str) -> None:
    opened = open_sample(FOLDER / "nextcloud-31.0.6.jsonl")
    judged = Judged(opened.name, opened.digest, opened.judged(365), wording(), bank().records[RECORD])
    pdf = papers.acceptance(judged, "Baía", DAY, lang, words())
    assert pdf == papers.acceptance(judged, "Baía", DAY, lang, words())
    said = "".join(spoken(pdf).split())
    for text in [wording().checks[name].title.to(lang) for name in CHECKS]:
        assert "".join(text.split()) in said
    assert "".join(words()["grade.U"].to(lang).split()) in said
    assert bank().records[RECORD].url in said
    assert [secret for secret in ("/admin/files", "curl", "127.0.0.1", "finance") if secret in said] == []
    assert Path(opened.name).name in said
