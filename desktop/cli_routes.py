"""The command that walks the transfer route of every flow: routes. For programs as JSON, for people as plain lines."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from desktop import cli, terminal

if TYPE_CHECKING:
    from collections.abc import Iterator


@click.command()
@click.argument("file", type=cli.A_FILE)
@click.option("--json", "as_json", is_flag=True, help="Print the routes as JSON.")
@cli.lang_option
@click.option("--as-of", "as_of", help="The routes as of this day, YYYY-MM-DD.")
def routes(file: Path, as_json: bool, lang: str, as_of: str | None) -> None:  # noqa: FBT001
    """The way by which each flow may leave Macao, step by step, now and after the move."""
    from desktop.content import bank
    from wizards.interview.mistakes import visible
    from wizards.interview.walk import settle
    from wizards.planning.routed import as_json as json_of

    day = cli.day_of(as_of, lang)
    told = json_of(settle(bank(), cli.good_answers(file, lang), day), lang)
    if as_json:
        terminal.out_json(told, lang, indent=1)
    else:
        terminal.out("\n".join(visible(line) for line in _lines(told["flows"], lang)), lang)


def _lines(flows: list[dict[str, Any]], lang: str) -> "Iterator[str]":
    """Every flow with its end and the steps to it, as people read it."""
    from desktop.content import words

    if not flows:
        yield words()["routes.no-flows"].to(lang)
    for flow in flows:
        yield flow["name"]
        yield from _way(flow, lang)
        if "after" in flow:
            yield "  " + words()["routes.after"].to(lang)
            yield from _way(flow["after"], lang)
        yield ""


def _way(way: dict[str, Any], lang: str) -> "Iterator[str]":
    from desktop.content import bank, words

    leaf = bank().route_leaves[way["leaf"]].text.to(lang)
    yield "  " + words()["routes.end"].fill(lang, route=words()[f"route.{way['route']}"].to(lang), leaf=leaf)
    for step in way["steps"]:
        yield "    " + words()["routes.step"].fill(
            lang, question=step["question"], found=words()[f"found.{step['found']}"].to(lang)
        )
        for reason in step["reasons"]:
            yield f"      {reason['text']}"
            yield from dict.fromkeys(_source(source, lang) for source in reason["sources"])


def _source(source: dict[str, str], lang: str) -> str:
    """Where it says so, how sure that is, and when it was looked at."""
    from desktop.content import words

    grade = words()[f"grade.{source['grade']}"].to(lang)
    said = words()["routes.source"].fill(lang, source=source["article"], grade=grade, day=source["checked"])
    return "        " + said


COMMANDS = (routes,)
