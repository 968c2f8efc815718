"""How long a plan is: pages, the six first on one, what is cut, and the time it takes."""

import time

from desktop.content import bank, words
from desktop.reports import document as d
from desktop.reports import papers
from desktop.reports.pdf import build
from desktop.reports.plan import todo
from desktop.reports.plan_paper import plan_paper
from tests.desktop.test_papers import DAY, MARK, case, every_language, every_sample, everything, pages
from wizards.content.text import LANGUAGES
from wizards.planning.plan import plan_of

# pages of each sample in English, Chinese and Portuguese: a plan that nobody reads to its end helps nobody;
# two of them are the map, as it is and as it will be, one is the DingTalk of the business, one what each home gives;
# the log has a page with the eight controls and the mark to give away, and sizes for whom one computer is not enough
PAGES = {
    "insurance-broker": (29, 25, 30),
    "fintech-lender": (31, 27, 33),
    "building-firm": (28, 24, 30),
    "clinic": (26, 23, 28),
    "restaurant": (25, 22, 26),
    "school": (27, 24, 28),
}


@every_sample
def test_a_plan_is_short_enough_to_be_read(name: str) -> None:
    for lang, most in zip(LANGUAGES, PAGES[name], strict=True):
        made = case(name, lang)
        pdf = papers.plan(made.bank, made.answers, made.plan, lang, words(), {}, MARK)
        assert pages(pdf) <= most + 2, lang


@every_sample
@every_language
def test_the_six_first_stand_on_one_page(name: str, lang: str) -> None:
    made = case(name, lang)
    first = todo.first_six(made)
    assert len(first) == 1 + len(made.plan.first)
    assert pages(build(d.Document(title="x", lang=made.voice.lang, blocks=tuple(first)))) == 1


def test_a_name_that_would_fill_a_page_is_cut_wherever_it_stands() -> None:
    made = case("fintech-lender", "en")
    long = "W" * 4000
    away = {"channel": "email", "place": "elsewhere", "place-name": long, "place-evidence": "in-writing"}
    answers = {**made.answers, "flows": [{**row, **away, "name": long} for row in made.answers["flows"]]}
    text = everything(plan_paper(bank(), answers, plan_of(bank(), answers, DAY), "en", words()))
    assert not [passage for passage in text if "W" * 200 in passage]
    assert any("W" * 99 + "…" in passage for passage in text)


def test_the_longest_answers_become_a_pdf_in_time() -> None:
    made = case("fintech-lender", "zh-Hant")
    rows = made.answers["flows"]
    flows = [{**rows[at % len(rows)], "id": f"f{at}", "name": "長文" * 1998 + str(at)} for at in range(500)]
    answers = {**made.answers, "flows": flows}
    found = plan_of(bank(), answers, DAY)
    start = time.perf_counter()
    papers.plan(bank(), answers, found, "zh-Hant", words(), {})
    assert time.perf_counter() - start < 8
