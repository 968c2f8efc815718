"""What README and CONTRIBUTING say of the code is so: commands, files, conditions, facts, marks, grades, shapes.

Reads the two pages and the packaged resources; judges no wording.
"""

import re
import tomllib
from pathlib import Path
from typing import Final, get_args

import click
import msgspec

from desktop import cli
from desktop.content import bank
from wizards.content.checks import all_mistakes
from wizards.content.condition import Condition
from wizards.content.law import GRADES, Record, Version
from wizards.content.shapes import (
    Claim,
    Column,
    Contradiction,
    Duty,
    Guide,
    Home,
    How,
    Kind,
    Option,
    Part,
    PresetRow,
    Question,
    Reason,
    RouteLeaf,
    RouteStep,
    Sector,
    Sentence,
    Step,
    Topic,
)
from wizards.interview.facts import FACTS

ROOT: Final = Path(__file__).parent.parent
PAGE: Final = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
README: Final = (ROOT / "README.md").read_text("utf-8")


def rows(after: str) -> list[list[str]]:
    """The cells of the first table that follows the words `after`."""
    table = re.search(r"(?:^\|.*\n)+", PAGE[PAGE.index(after) :], re.MULTILINE)
    assert table is not None
    return [[cell.strip() for cell in line.strip("|").split(" | ")] for line in table[0].splitlines()[2:]]


def codes(cell: str) -> list[str]:
    return re.findall(r"`([^`]+)`", cell)


def test_the_conditions_of_the_page_are_conditions() -> None:
    whole = bank()
    shown = [code for first, *_ in rows("| write |") for code in codes(first)]
    assert len(shown) > 10
    for code in shown:
        condition = msgspec.convert(tomllib.loads(f"when = {code}")["when"], Condition)
        of_row = condition.column is not None or condition.fact == "route"
        probe = msgspec.structs.replace(
            whole.duties["notice-write"], id="probe", when=condition, for_each="flows" if of_row else ""
        )
        topics = (*whole.topics[:-1], msgspec.structs.replace(whole.topics[-1], duties=(probe,)))
        told = all_mistakes(msgspec.structs.replace(whole, topics=topics), {}, frozenset(FACTS))
        assert [m for m in told if "probe).when" in m or "probe): when" in m] == [], code


def test_facts_marks_and_grades_of_the_page_are_those_of_the_code() -> None:
    assert sorted(code for first, *_ in rows("| fact |") for code in codes(first)) == sorted(FACTS)
    assert [code for first, *_ in rows("| grade |") for code in codes(first)] == list(GRADES)
    whole = bank()
    options = [o for q in whole.questions.values() for o in (*q.options, *(o for c in q.columns for o in c.options))]
    used = {mark for option in options for mark in option.marks}
    assert {code for first, *_ in rows("| mark |") for code in codes(first)} == used


def test_the_shapes_of_the_page_are_those_of_the_code() -> None:
    shown = {first: codes(" ".join(rest)) for first, *rest in rows("| in | keys |")}
    assert set(shown["`kind`"]) == set(get_args(Kind))
    known: dict[str, tuple[type[msgspec.Struct], ...]] = {
        "a topic": (Topic,),
        "a question": (Question,),
        "an option": (Option,),
        "a column": (Column,),
        "a duty": (Duty, How),
        "a law record": (Record,),
        "a version": (Version,),
        "a sector": (Sector, PresetRow),
        "a claim": (Claim,),
        "a reason": (Reason,),
        "a step of the transfer route": (RouteStep,),
        "an end of the transfer route": (RouteLeaf,),
        "a sentence of the quick check": (Sentence,),
        "a part of the exposure": (Part,),
        "a step": (Step,),
        "a home": (Home,),
        "a guide": (Guide,),
        "a contradiction": (Contradiction,),
    }
    for name, shapes in known.items():
        keys = {key for shape in shapes for key in _keys(shape)}
        assert keys <= set(shown[name]), name


def _keys(shape: type[msgspec.Struct]) -> list[str]:
    return [field.encode_name for field in msgspec.structs.fields(shape)]


def test_files_that_the_pages_name_exist() -> None:
    named = {
        code
        for page in (PAGE, README)
        for code in codes(page)
        if re.match(r"(desktop|wizards|resources|tests|packaging|docs)/", code)
    }
    assert len(named) > 15
    assert [name for name in named if not list(ROOT.glob(name.removesuffix("/")))] == []


def test_readme_names_every_command_and_no_other() -> None:
    program = cli.whole()
    there = set(program.list_commands(click.Context(program)))
    assert set(re.findall(r"^guia ([a-z]+)\b", README, re.MULTILINE)) == there
