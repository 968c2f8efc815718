"""The papers: all of the plan is in them, in one language, with how sure each source is; sheets fit their page."""

import io
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from typing import Any

import pikepdf
import pytest
from msgspec import Struct, structs

from desktop.content import bank, words
from desktop.reports import document as d
from desktop.reports import papers
from desktop.reports.pdf import build
from desktop.reports.plan import closing, opening
from desktop.reports.plan.case import Case
from desktop.reports.plan.voice import cut, stretches, voice_of
from desktop.reports.plan_paper import plan_paper
from desktop.reports.recovery_paper import recovery_paper
from wizards.content.bank import Bank
from wizards.content.samples import sample_answers
from wizards.content.text import LANGUAGES, Text
from wizards.interview.situation import Situation
from wizards.interview.walk import asked
from wizards.planning import quick, spoken
from wizards.planning.paper import because, lawyer_questions
from wizards.planning.plan import Plan, Task, plan_of
from wizards.trail.anchor import Anchor

DAY = date(2026, 11, 23)
MARK = Anchor(33_000_000, "0123456789abcdef" * 4, "2026-11-23T22:58:59.999999Z")
SAMPLES = ("insurance-broker", "fintech-lender", "building-firm", "clinic", "restaurant", "school")
every_sample = pytest.mark.parametrize("name", SAMPLES)
every_language = pytest.mark.parametrize("lang", LANGUAGES)


def complete(answers: dict[str, Any]) -> dict[str, Any]:
    """The answers with "I do not know" wherever none was given, so that no step is open."""
    while missing := [question.id for question in asked(bank(), answers, DAY) if question.id not in answers]:
        answers = {**answers, **dict.fromkeys(missing)}
    return answers


def unfinished(answers: dict[str, Any]) -> dict[str, Any]:
    """The answers without one of each step: the last that is no table."""
    last = {bank().topic_of[q.id].step: q.id for q in asked(bank(), answers, DAY) if q.kind != "rows"}
    return {key: value for key, value in answers.items() if key not in last.values()}


@cache
def case(name: str, lang: str, *, draft: bool = False) -> Case:
    answers = complete(sample_answers(bank().sectors[name], lang))
    answers = unfinished(answers) if draft else answers
    return Case(bank(), answers, plan_of(bank(), answers, DAY), voice_of(lang, words()))


@cache
def paper(name: str, lang: str, *, draft: bool = False) -> d.Document:
    made = case(name, lang, draft=draft)
    return plan_paper(made.bank, made.answers, made.plan, lang, words())


def said(found: object) -> str:
    """Words as one text."""
    return "".join(span.text for span in stretches(found)) if isinstance(found, str | tuple) else ""


def passages(value: object) -> Iterator[str]:
    """Each piece of text of a block that is read as one: a cell, a field, a source, a paragraph."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, d.Register):
        for caption, entries in value.groups:
            yield from (caption, *(f"{said(term)} {said(text)}" for term, text in entries))
    elif isinstance(value, tuple) and value and all(isinstance(part, d.Span) for part in value):
        yield said(value)
    elif isinstance(value, tuple | Struct):
        for part in value if isinstance(value, tuple) else structs.astuple(value):
            yield from passages(part)


def everything(document: d.Document) -> list[str]:
    return [text for block in document.blocks for text in passages(block)]


def pages(pdf: bytes) -> int:
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        return len(opened.pages)


def with_every_duty(made: Case) -> Case:
    """The case with every duty of the content as a task."""
    tasks = tuple(Task(duty.id, duty, duty.phase, DAY, ()) for duty in made.bank.duties.values())
    return Case(made.bank, made.answers, structs.replace(made.plan, tasks=tasks), made.voice)


@every_sample
@every_language
def test_the_plan_of_every_sample_becomes_a_pdf(name: str, lang: str) -> None:
    made = case(name, lang)
    pdf = papers.plan(made.bank, made.answers, made.plan, lang, words(), {})
    assert pdf.startswith(b"%PDF-")
    assert pages(pdf) < 60


@every_sample
@every_language
def test_no_answer_that_brought_a_task_is_a_dash(name: str, lang: str) -> None:
    made = case(name, lang)
    tasks = made.plan.tasks
    said = [one["answer"] for task in tasks for one in because(made.bank, made.answers, task, lang, words())]
    assert said
    assert "–" not in said


@every_sample
@every_language
def test_every_task_stands_in_full(name: str, lang: str) -> None:
    made = case(name, lang)
    cards = {b.title: b for b in paper(name, lang).blocks if isinstance(b, d.TaskCard) and b.main[0]}
    for task in made.plan.tasks:
        card = cards[spoken.title(made.bank, task, lang)]
        text = "\n".join(passages(card))
        assert spoken.filled(made.bank, task, lang, task.duty.why.to(lang)) in text
        assert spoken.filled(made.bank, task, lang, task.duty.how.short.to(lang)) in text
        assert task.duty.proof.to(lang) in text
        assert card.number == str(made.numbers[task.id])
        assert len(card.chips) == 4


@every_sample
@every_language
def test_the_steps_of_a_duty_stand_once_and_are_pointed_to(name: str, lang: str) -> None:
    made = case(name, lang)
    text = everything(paper(name, lang))
    for duty in {task.duty.id: task for task in made.plan.tasks}.values():
        steps, _, letter = spoken.filled(made.bank, duty, lang, duty.duty.how.full.to(lang)).partition("\n\n")
        for step in steps.splitlines():
            assert step in text or re.sub(r"^(\d+[.)]|[一二三四五六七八九十]+、|[-–•]) *", "", step) in text
        assert not letter or text.count(letter) == 1


@every_sample
@every_language
def test_every_flow_and_every_reason_stands(name: str, lang: str) -> None:
    made = case(name, lang)
    text = everything(paper(name, lang))
    whole = "\n".join(text)
    for flow, route, tier in made.plan.flows:
        assert flow.name in text
        assert made.bank.reasons[tier.reason].text.to(lang) in whole
        for why in route.reasons:
            before, place, after = made.bank.reasons[why.reason].text.to(lang).partition("{place}")
            option = made.bank.option("flows", "place", why.place) if place else None
            named = why.name or (option.text.to(lang) if option else "")
            assert any(before in said and named in said and after in said for said in text)
        for step in route.not_known:
            assert any(made.bank.route_steps[step].name.to(lang) in said for said in text), step
    for ground in made.plan.verdict.reasons:
        assert made.bank.reasons[ground.reason].text.fill(lang, count=str(ground.count)) in whole


@every_sample
@every_language
def test_every_source_stands_with_its_grade_in_words(name: str, lang: str) -> None:
    made = case(name, lang)
    groups = [group for b in closing.sources(made) if isinstance(b, d.Register) for group in b.groups]
    for record in closing.every_source(made):
        grade = words()[f"grade.{record.grade}"].to(lang)
        alike = [entry for caption, entries in groups if grade in caption for entry in entries]
        statement = record.on(DAY).text.to(lang)
        entry = next(e for e in alike if record.citation.to(lang) in said(e[0]) and statement in said(e[1]))
        assert isinstance(entry[0], tuple)
        assert entry[0][0].url
        assert made.voice.day(record.checked) in "".join(caption for caption, _ in groups) + said(entry[1])


@every_sample
@every_language
def test_what_else_the_plan_holds(name: str, lang: str) -> None:
    made = case(name, lang)
    whole = "\n".join(everything(paper(name, lang)))
    assert whole.count(made.voice.say("paper-end.text")) == 1
    assert made.voice.day(DAY) in whole
    assert made.plan.content in whole
    for question in lawyer_questions(made.bank, made.plan, lang):
        assert question in whole
    for unknown in made.plan.unknowns:
        column = made.bank.columns.get((unknown.question, unknown.column))
        assert (column or made.bank.questions[unknown.question]).text.to(lang) in whole
    for claim in made.bank.claims:
        assert claim.truth.to(lang) in whole
    for exposed in made.plan.exposure:
        assert exposed.part.basis.to(lang) in whole
        assert made.voice.money(exposed.high) in whole
        assert exposed.grade is None or made.voice.say(f"grade.{exposed.grade}") in whole


@every_sample
def test_nothing_in_a_paper_waits_for_a_value(name: str) -> None:
    for lang in LANGUAGES:
        assert [text for text in everything(paper(name, lang)) if re.search(r"\{[a-z]+\}", text)] == []


@every_sample
@every_language
def test_draft_stands_exactly_while_steps_are_open(name: str, lang: str) -> None:
    whole, open_one = paper(name, lang), paper(name, lang, draft=True)
    word = words()["paper.draft"].to(lang)
    assert (whole.draft, open_one.draft) == ("", word)
    warnings = [b for b in open_one.blocks if isinstance(b, d.Callout) and b.kind == "warning"]
    steps = case(name, lang, draft=True).plan.open_steps
    assert len(steps) == len(bank().steps)
    for step in steps:
        title = next(s.title.to(lang) for s in bank().steps if s.id == step)
        assert title in said(warnings[0].text)
    draft = words()["paper-standing.draft"].to(lang)
    assert draft in {b.title for b in open_one.blocks if isinstance(b, d.Callout)}
    assert draft not in {b.title for b in whole.blocks if isinstance(b, d.Callout)}


@every_sample
@every_language
@pytest.mark.parametrize("draft", [False, True])
def test_where_you_stand_is_one_page(name: str, lang: str, *, draft: bool) -> None:
    made = case(name, lang, draft=draft)
    alone = d.Document(title="x", lang=made.voice.lang, blocks=tuple(opening.standing(made)))
    assert pages(build(alone)) == 1


@every_sample
def test_no_english_stands_in_chinese(name: str) -> None:
    whole = "\n".join(everything(paper(name, "zh-Hant")))
    sections = ("paper", "month", "grade", "phase", "role", "verdict", "route", "leaves", "tier", "answer")
    for key, text in words().items():
        english = re.sub(r"\{\w+\}", "", text.en).strip(" :;,.()")
        if key.startswith(sections) and len(english) > 2 and text.en != text.zh_hant:
            assert not re.search(rf"\b{re.escape(english)}\b", whole), key


def unsure(source: Bank) -> tuple[Bank, Mapping[str, str]]:
    """The content with a name of its own for each source that is not confirmed; the names with the address to check."""
    names = {r.id: f"unsure-{at}" for at, r in enumerate(source.records.values()) if r.grade in {"U", "ARTICLE"}}
    marked = {
        key: structs.replace(r, citation=Text(names[key], names[key], names[key])) if key in names else r
        for key, r in source.records.items()
    }
    return structs.replace(source, records=marked), {name: source.records[key].url for key, name in names.items()}


@every_language
def test_what_is_not_confirmed_says_so_and_where_to_check(lang: str) -> None:
    content, names = unsure(bank())
    made = with_every_duty(case("insurance-broker", lang))
    document = plan_paper(content, made.answers, made.plan, lang, words())
    confirmed = [words()[f"grade.{grade}"].to(lang) for grade in ("U", "ARTICLE")]
    seen = 0
    for text in everything(document):
        for name in (name for name in names if re.search(rf"{name}\b", text)):
            seen += 1
            assert any(grade in text for grade in confirmed)
            assert names[name] in text
    assert seen > 10
    for block in document.blocks:
        if isinstance(block, d.Heading | d.Callout):
            assert not [name for name in names for text in passages(block) if name in text]


@every_language
def test_a_task_says_what_weak_ground_it_rests_on(lang: str) -> None:
    made = with_every_duty(case("clinic", lang))
    document = plan_paper(made.bank, made.answers, made.plan, lang, words())
    cards = {b.title: b for b in document.blocks if isinstance(b, d.TaskCard) and b.main[0]}
    for task in made.plan.tasks:
        weak = [r for s in task.duty.sources if (r := made.bank.records[s]).grade not in {"S", "A"}]
        why = said(dict(cards[made.title(task)].fields)[made.voice.say("paper-tasks.why")])
        assert why.startswith(task.duty.why.to(lang))
        reserved = why.removeprefix(task.duty.why.to(lang))
        assert bool(reserved) == bool(weak)
        if weak:
            assert any(r.citation.to(lang) in reserved and made.voice.say(f"grade.{r.grade}") in reserved for r in weak)


@every_language
def test_an_empty_assessment_is_a_draft_that_says_what_is_missing(lang: str) -> None:
    plan = plan_of(bank(), {}, DAY)
    document = plan_paper(bank(), {}, plan, lang, words())
    text = everything(document)
    for word in ("paper.no-name", "paper-flows.none", "paper-log.none", "paper-routing.none", "paper-people.none"):
        assert words()[word].to(lang) in text
    assert document.draft
    assert build(document).startswith(b"%PDF-")


def test_what_is_done_is_ticked() -> None:
    made = case("restaurant", "en")
    first = made.plan.tasks[0]
    document = plan_paper(made.bank, made.answers, made.plan, "en", words(), {first.id: "2026-12-01"})
    done = [b for b in document.blocks if isinstance(b, d.TaskCard) and b.done]
    assert {card.title for card in done} == {made.title(first)}
    assert "done on 1 December 2026" in done[0].chips


def test_the_owners_words_stay_as_they_are() -> None:
    name = '<b>Wong & Sons</b> {day} %s \\ "quoted"'
    answers = {**case("restaurant", "en").answers, "business-name": name}
    document = plan_paper(bank(), answers, plan_of(bank(), answers, DAY), "en", words())
    assert document.business == name
    assert name in everything(document)


def test_equal_plans_make_equal_papers() -> None:
    made = case("school", "pt")
    again = plan_of(made.bank, dict(made.answers), DAY)
    assert plan_paper(made.bank, made.answers, again, "pt", words()) == paper("school", "pt")


@pytest.mark.parametrize(
    ("lang", "day", "money", "hours"),
    [
        ("en", "23 November 2026", "MOP 20,000", "1,234.5"),
        ("zh-Hant", "2026 年 11 月 23 日", "20,000 澳門元", "1,234.5"),
        ("pt", "23 de Novembro de 2026", "20 000 patacas", "1 234,5"),
    ],
)
def test_days_and_amounts_as_the_language_writes_them(lang: str, day: str, money: str, hours: str) -> None:
    voice = voice_of(lang, words())
    assert voice.day(DAY) == day
    assert voice.money(20_000) == money
    assert voice.number(1234.5) == hours
    assert voice.number(0.5).endswith("5")
    assert voice.number(3.0) == "3"


def test_a_long_text_is_cut_with_a_sign() -> None:
    assert cut("abc", 3) == "abc"
    assert cut("abcdef", 4) == "abc…"


def monday(answers: Mapping[str, Any], lang: str) -> bytes:
    plan: Plan = plan_of(bank(), answers, DAY)
    sentences = quick.sentences(Situation(bank(), answers, DAY))
    return papers.monday(bank(), answers, plan, sentences, lang, words(), MARK)


@every_sample
@every_language
def test_the_monday_sheet_fits_one_page(name: str, lang: str) -> None:
    answers = case(name, lang).answers
    assert pages(monday(answers, lang)) == 1
    assert pages(monday({}, lang)) == 1


@every_language
@pytest.mark.parametrize("long", ["長" * 4000, "W" * 4000, "word " * 800])
def test_the_monday_sheet_of_a_business_with_an_extremely_long_name(lang: str, long: str) -> None:
    answers = dict(case("clinic", lang).answers)
    answers["business-name"] = long
    answers["flows"] = [{**row, "name": long} for row in answers["flows"]]
    assert pages(monday(answers, lang)) == 1


@every_language
@pytest.mark.parametrize("phrase", ["tulip-harbor-4821-quiet-stone-lantern", "長 phrase of one's own " * 12])
def test_the_recovery_sheet_fits_one_page_and_holds_the_passphrase_once(lang: str, phrase: str) -> None:
    document = recovery_paper(phrase, lang, words())
    assert [block.text for block in document.blocks if isinstance(block, d.Code)] == [phrase]
    assert everything(document).count(phrase) == 1
    assert phrase not in (document.title, document.subject, document.business, *document.keywords)
    assert pages(papers.recovery(phrase, lang, words())) == 1


def test_reportlab_waits_until_a_paper_is_made() -> None:
    code = "import sys, desktop.reports.papers; sys.exit('reportlab' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
