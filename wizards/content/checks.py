"""What must hold between pieces of content; each function returns mistakes as `file: place: what; remedy`."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from typing import Final, get_args

from wizards.content.bank import Bank
from wizards.content.condition import Condition
from wizards.content.law import GRADES
from wizards.content.shapes import Column, Duty, LeafId, Question, StepId, Topic
from wizards.content.text import LANGUAGES, Text

_ARTICLE: Final = re.compile(r"(?:\bArts?\.|\bArticles?|\bartigos?|\barts?\.)\s*(\d+)|第(\d+)條")
_WEAK: Final = GRADES.index("U")
TIER_QUESTION: Final = "tier-routine"
"""Any of the four questions about tiers: their options are the homes."""


def all_mistakes(bank: Bank, files: Mapping[str, str], facts: frozenset[str]) -> list[str]:
    """Every mistake in `bank`; `files` names the file of each topic."""
    found = list(_unique(bank))
    for topic in bank.topics:
        where = files.get(topic.id, topic.id)
        if topic.step not in {step.id for step in bank.steps}:
            found.append(f"{where}: step: no step is called {topic.step!r}; see steps.toml")
        found += (f"{where}: {mistake}" for mistake in _topic(bank, topic, facts))
    for step in bank.steps:
        if step.needs and step.needs not in bank.questions:
            found.append(f"steps.toml: {step.id}: needs: no question is called {step.needs!r}")
    for name, elements in (
        ("reasons.toml", bank.reasons.values()),
        ("claims.toml", bank.claims),
        ("exposure.toml", bank.parts),
    ):
        for element in elements:
            found += (f"{name}: {element.id}: {m}" for m in _sources(bank, element.sources))
    for list_name, sentences in (("where", bank.quick.where), ("gap", bank.quick.gap), ("next", bank.quick.next)):
        if not sentences or sentences[-1].when is not None:
            found.append(f"quick.toml: {list_name}: the last sentence must hold always; leave out its `when`")
        for sentence in sentences:
            found += (f"quick.toml: {list_name}: {m}" for m in _sources(bank, sentence.sources))
            found += (f"quick.toml: {list_name}: {m}" for m in _condition(bank, sentence.when, facts, ""))
    found += (f"routes.toml: {mistake}" for mistake in _routes(bank))
    found += (f"homes.toml: {m}" for m in _homes(bank))
    found += (f"guides.toml: {m}" for m in _guides(bank))
    found += (f"contradictions.toml: {m}" for m in _contradictions(bank, facts))
    return found


def _routes(bank: Bank) -> Iterator[str]:
    """Every step and end of the transfer route has its words, and each step says where its answer is changed."""
    for kind, wanted, there in (
        ("steps", get_args(StepId), bank.route_steps),
        ("leaves", get_args(LeafId), bank.route_leaves),
    ):
        for name in wanted:
            if name not in there:
                yield f"{kind}: {name}: it has no words; write its entry again"
    for step in bank.route_steps.values():
        flows = {column for table, column in bank.columns if table == "flows"}
        if step.column and step.column not in flows:
            yield f"steps ({step.id}): column: flows have no column {step.column!r}{_nearest(step.column, flows)}"
        if step.answer and step.answer not in bank.questions:
            yield (
                f"steps ({step.id}): answer: no question is called {step.answer!r}"
                f"{_nearest(step.answer, bank.questions)}"
            )


def _homes(bank: Bank) -> Iterator[str]:
    """Each option of the tier questions has its home; each kind of a home belongs to a question's options."""
    tiers = bank.questions.get(TIER_QUESTION)
    known = [option.id for option in tiers.options] if tiers else []
    for name in known:
        if [home.home for home in bank.homes.values() if not home.question].count(name) != 1:
            yield f"homes ({name}): the option {name!r} of {TIER_QUESTION} needs exactly one home without `question`"
    for home in bank.homes.values():
        yield from (f"homes ({home.id}): {m}" for m in _sources(bank, home.sources))
        if home.home not in known:
            yield f"homes ({home.id}).home: {TIER_QUESTION} has no option {home.home!r}{_nearest(home.home, known)}"
        if home.question and home.question not in bank.questions:
            near = _nearest(home.question, bank.questions)
            yield f"homes ({home.id}).question: nothing is called {home.question!r} here{near}"
        elif home.question:
            options = [option.id for option in bank.questions[home.question].options]
            for name in home.options:
                if name not in options:
                    yield f"homes ({home.id}).options: {home.question} has no option {name!r}{_nearest(name, options)}"
        texts = (home.short, home.hides, home.proves, home.costs, home.limits, home.transfer)
        yield from (f"homes ({home.id}): {m}" for m in _articles(bank, home.sources, *texts))


def _guides(bank: Bank) -> Iterator[str]:
    homes = {home.home for home in bank.homes.values()}
    for guide in bank.guides.values():
        yield from (f"guides ({guide.id}): {m}" for m in _sources(bank, guide.sources))
        yield from (f"guides ({guide.id}): {m}" for m in _articles(bank, guide.sources, guide.intro, guide.money))
        if guide.home not in homes:
            yield f"guides ({guide.id}).home: no home is called {guide.home!r}{_nearest(guide.home, homes)}"
        for name in guide.duties:
            if name not in bank.duties:
                yield f"guides ({guide.id}).duties: no duty is called {name!r}{_nearest(name, bank.duties)}"
            elif bank.duties[name].for_each:
                yield f"guides ({guide.id}).duties: {name!r} falls for each row of a table; a guide takes single duties"


def _contradictions(bank: Bank, facts: frozenset[str]) -> Iterator[str]:
    for one in bank.contradictions:
        where = f"contradictions ({one.id})"
        yield from (f"{where}: {m}" for m in _sources(bank, one.sources))
        yield from (f"{where}.when: {m}" for m in _condition(bank, one.when, facts, one.for_each))
        yield from (f"{where}: {m}" for m in _articles(bank, one.sources, one.text, one.mend))
        if one.for_each and getattr(bank.questions.get(one.for_each), "kind", "") != "rows":
            yield f"{where}.for-each: {one.for_each!r} is not a question with rows"
        if bool(one.for_each) != ("{row}" in one.text.en):
            yield f"{where}.text: write {{row}} in every language where there is a for-each, and only there"
        if not one.change:
            yield f"{where}.change: name at least one question by which it can be mended"
        for name in one.change:
            if name not in bank.questions:
                yield f"{where}.change: nothing is called {name!r} here{_nearest(name, bank.questions)}"


def _unique(bank: Bank) -> Iterator[str]:
    questions = Counter(q.id for t in bank.topics for q in t.questions)
    duties = Counter(d.id for t in bank.topics for d in t.duties)
    for kind, counts in (("questions", questions), ("duties", duties)):
        for name, times in counts.items():
            if times > 1:
                yield f"topics: {kind} ({name}): the id is used {times} times; choose another word"
    order = Counter(q.quick for q in bank.quick_questions)
    if len(bank.quick_questions) > 9 or any(n > 1 for n in order.values()):
        yield "topics: quick: at most nine questions, each with its own place from 1 to 9"


def _topic(bank: Bank, topic: Topic, facts: frozenset[str]) -> Iterator[str]:
    for question in topic.questions:
        where = f"questions ({question.id})"
        yield from (f"{where}: {m}" for m in _sources(bank, question.sources))
        yield from (f"{where}.when: {m}" for m in _condition(bank, question.when, facts, ""))
        yield from (f"{where}: {m}" for m in _asked(bank, question))
        yield from (
            f"{where}: {m}" for m in _articles(bank, question.sources, question.text, question.why, question.hint)
        )
        for column in question.columns:
            yield from (f"{where}.columns ({column.id}): {m}" for m in _asked(bank, column))
            yield from (
                f"{where}.columns ({column.id}).when: {m}" for m in _condition(bank, column.when, facts, question.id)
            )
    for duty in topic.duties:
        yield from (f"duties ({duty.id}): {m}" for m in _duty(bank, duty, facts))


def _asked(bank: Bank, item: Question | Column) -> Iterator[str]:
    if item.kind in {"choice", "many", "counts"} and not item.options:
        yield "options: a choice needs at least one option"
    if len({o.id for o in item.options}) != len(item.options):
        yield "options: an id is used twice"
    if item.ask and item.ask not in bank.duties:
        yield f"ask: no duty is called {item.ask!r}{_nearest(item.ask, bank.duties)}"
    if isinstance(item, Question) and (item.kind == "rows") != bool(item.columns):
        yield "columns: rows need columns, and only rows have them"


def _duty(bank: Bank, duty: Duty, facts: frozenset[str]) -> Iterator[str]:
    yield from _sources(bank, duty.sources)
    yield from (f"when: {m}" for m in _condition(bank, duty.when, facts, duty.for_each))
    yield from (f"except: {m}" for m in _condition(bank, duty.except_, facts, duty.for_each))
    if duty.instead and duty.instead not in bank.duties:
        yield f"instead: no duty is called {duty.instead!r}{_nearest(duty.instead, bank.duties)}"
    for name in duty.after:
        if name not in bank.duties:
            yield f"after: no duty is called {name!r}{_nearest(name, bank.duties)}"
    if duty.for_each and bank.questions.get(duty.for_each, None) is None:
        yield f"for-each: no question is called {duty.for_each!r}"
    if duty.for_each and "{row}" not in duty.title.en:
        yield "title: a duty for each row names the row; write {row} in the title of every language"
    known = [bank.records[s] for s in duty.sources if s in bank.records]
    if known and all(GRADES.index(record.grade) >= _WEAK for record in known):
        yield "sources: an unconfirmed statement (U, ARTICLE) is never the only ground of a duty; add a firmer source"
    if any(_numbers(duty.title.to(lang)) for lang in LANGUAGES):
        yield "title: no article numbers in a title; say what happens in life"
    if not 1 <= duty.weight <= 100 or not 0 < duty.effort_hours <= 200:
        yield "weight goes from 1 to 100, effort-hours from 0.1 to 200"
    yield from _articles(bank, duty.sources, duty.why, duty.how.short, duty.how.full, duty.proof, duty.lawyer)


def _sources(bank: Bank, names: Iterable[str]) -> Iterator[str]:
    for name in names:
        if name not in bank.records:
            yield f"sources: no law record is called {name!r}{_nearest(name, bank.records)}"


def _articles(bank: Bank, sources: Iterable[str], *texts: Text | None) -> Iterator[str]:
    """An article named in a text must be the article of one of its sources: so each statement traces to a record."""
    cited = {number for s in sources if s in bank.records for number in re.findall(r"\d+", bank.records[s].article)}
    for text in texts:
        for lang in LANGUAGES if text else ():
            for number in sorted(_numbers(text.to(lang)) - cited) if text else ():
                yield f"{lang}: names article {number}, but no source of it does; add the record to sources"


def _numbers(text: str) -> set[str]:
    return {a or b for a, b in _ARTICLE.findall(_arabic(text))}


def _arabic(text: str) -> str:
    """第十九條 as 第19條, so that one pattern finds articles in all languages."""
    return re.sub(r"第([一二三四五六七八九十]+)條", lambda m: f"第{_han(m[1])}條", text)


def _han(number: str) -> int:
    digits = "一二三四五六七八九"
    tens, ten, ones = number.partition("十")
    if not ten:
        return digits.index(tens) + 1
    return (digits.index(tens) + 1 if tens else 1) * 10 + (digits.index(ones) + 1 if ones else 0)


def _condition(bank: Bank, condition: Condition | None, facts: frozenset[str], rows: str) -> Iterator[str]:
    """Mistakes of a condition; `rows` is the table whose columns it may name."""
    if condition is None:
        return
    forms = [
        n for n in ("all", "any", "not_", "some", "question", "column", "fact") if getattr(condition, n) is not None
    ]
    if len(forms) != 1:
        yield f"a condition says exactly one thing, here: {', '.join(forms) or 'nothing'}"
        return
    for part in (*(condition.all or ()), *(condition.any or ()), condition.not_):
        yield from _condition(bank, part, facts, rows)
    if condition.some is not None:
        if getattr(bank.questions.get(condition.some), "kind", "") != "rows":
            yield f"some: {condition.some!r} is not a question with rows"
        yield from _condition(bank, condition.where, facts, condition.some)
    if condition.question is not None:
        yield from _names(condition, condition.question, bank.questions.get(condition.question), bank.questions)
    if condition.column is not None:
        here = {c: column for (q, c), column in bank.columns.items() if q == rows}
        yield from _names(condition, condition.column, here.get(condition.column), here)
    if condition.fact is not None and condition.fact not in facts:
        yield f"no fact is called {condition.fact!r}{_nearest(condition.fact, facts)}"


def _names(condition: Condition, name: str, item: Question | Column | None, known: Iterable[str]) -> Iterator[str]:
    if item is None:
        yield f"nothing is called {name!r} here{_nearest(name, known)}"
        return
    wanted = [condition.is_] if isinstance(condition.is_, str) else list(condition.one_of or ())
    options = {option.id for option in item.options}
    for value in wanted:
        if item.kind in {"choice", "many"} and value not in options:
            yield f"{name} has no option {value!r}{_nearest(str(value), options)}"


def _nearest(name: str, known: Iterable[str]) -> str:
    near = get_close_matches(name, list(known), n=1)
    return f"; did you mean {near[0]!r}" if near else ""
