"""The command that judges the sample of any log: log read."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from desktop import cli, terminal
from desktop.cli_log import log
from desktop.terminal import BAD_INPUT, FOUND, stop

if TYPE_CHECKING:
    from collections.abc import Iterator

    from desktop.acceptance import Opened
    from wizards.acceptance.telling import Say
    from wizards.acceptance.verdict import Verdict
    from wizards.acceptance.wording import Wording

LONGEST_WISH = 3650
"""Days: more than ten years of a log is a slip of the hand."""


@log.command("read")
@click.argument("sample", type=cli.A_FILE)
@click.option("--days", type=int, help="How many days back it must reach.")
@click.option("--json", "as_json", is_flag=True)
@cli.lang_option
def read(sample: Path, days: int | None, as_json: bool, lang: str) -> None:  # noqa: FBT001
    """Judge the sample of a log: who, what, when, which data, gaps, clocks. Exit 0 accepted, 1 wanting, 2 no log."""
    from desktop import acceptance
    from desktop.content import bank, words
    from wizards.acceptance import telling
    from wizards.acceptance.verdict import RECORD

    if days is not None and not 0 < days <= LONGEST_WISH:
        stop(BAD_INPUT, "acceptance.bad-days", lang)

    def say(word: str, **values: str) -> str:
        return words()[word].fill(lang, **values)

    verdict, wording, record = _opened(sample, lang).judged(days), acceptance.wording(), bank().records[RECORD]
    if as_json:
        terminal.out_json(telling.as_json(verdict, wording, record, say, lang), lang, indent=1)
    else:
        terminal.out("\n".join([*_told(verdict, wording, say, lang), telling.law(record, say, lang)]), lang)
        if verdict.sample.parted:
            terminal.say("acceptance.parted", lang)
        terminal.err(telling.result(verdict, say))
    sys.exit(0 if verdict.accepted else FOUND)


def _opened(sample: Path, lang: str) -> "Opened":
    """The sample; exit 2 with the reason where it is no log or cannot be read."""
    from desktop import acceptance
    from desktop.sheets.refused import SheetRefused
    from wizards.acceptance.shapes import NotALog

    try:
        return acceptance.open_sample(sample)
    except NotALog as refused:
        stop(BAD_INPUT, f"acceptance.not-{refused.code}", lang, file=str(sample))
    except SheetRefused as refused:
        stop(BAD_INPUT, f"sheets.{refused.code}", lang, **refused.values)
    except OSError as error:
        stop(BAD_INPUT, "cli.unreadable", lang, file=str(sample), why=terminal.why(error, lang))


def _told(verdict: "Verdict", wording: "Wording", say: "Say", lang: str) -> "Iterator[str]":
    """Line by line: accepted or not, what was read, each check with its status as a word, and the three questions."""
    from wizards.acceptance import telling

    yield say("acceptance.accepted" if verdict.accepted else "acceptance.refused")
    yield telling.summary(verdict, say)
    for found in verdict.findings:
        title, text = wording.checks[found.id].title.to(lang), telling.told(found, wording, say, lang)
        said = say("acceptance.line", title=title, text=text)
        yield say("acceptance.marked", status=say(f"acceptance.status-{found.status}"), text=said)
    yield say("acceptance.line", title=say("acceptance.art16"), text=telling.art16(verdict, say))


COMMANDS = (log,)
