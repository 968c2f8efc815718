"""The command that judges the sample of any log: log read."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from desktop import cli, terminal
from desktop.cli_log import log
from desktop.terminal import BAD_INPUT, FOUND, stop

if TYPE_CHECKING:
    from desktop.acceptance import Opened
    from desktop.acceptance_words import Say

LONGEST_WISH = 3650
"""Days: more than ten years of a log is a slip of the hand."""


@log.command("read")
@click.argument("sample", type=cli.A_FILE)
@click.option("--days", type=int, help="How many days back it must reach.")
@click.option("--json", "as_json", is_flag=True)
@cli.lang_option
def read(sample: Path, days: int | None, as_json: bool, lang: str) -> None:  # noqa: FBT001
    """Judge the sample of a log: who, what, when, which data, gaps, clocks. Exit 0 accepted, 1 wanting, 2 no log."""
    from desktop import acceptance, acceptance_words
    from desktop.content import bank, words
    from wizards.acceptance.verdict import RECORD

    if days is not None and not 0 < days <= LONGEST_WISH:
        stop(BAD_INPUT, "acceptance.bad-days", lang)

    def say(word: str, **values: str) -> str:
        return words()[word].fill(lang, **values)

    verdict, wording = _opened(sample, lang).judged(days), acceptance.wording()
    found = acceptance_words.as_json(verdict, wording, bank().records[RECORD], say, lang)
    if as_json:
        terminal.out_json(found, lang, indent=1)
    else:
        lines = [f"{say('acceptance.accepted' if verdict.accepted else 'acceptance.refused')}"]
        lines += [acceptance_words.summary(verdict, say)]
        lines += [_line(check, say, wording.checks[check["id"]].title.to(lang)) for check in found["checks"]]
        lines += [f"{say('acceptance.art16')}: {found['art16']['text']} {found['art16']['law']}"]
        terminal.out("\n".join(lines), lang)
        if verdict.sample.parted:
            terminal.say("acceptance.parted", lang)
        terminal.err(acceptance_words.result(verdict, say))
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


def _line(check: dict[str, Any], say: "Say", title: str) -> str:
    """One check: its status as a word, what it is about, what was found, and where."""
    told = f"[{say('acceptance.status-' + check['status'])}] {title}: {check['text']}"
    if check["places"] and check["status"] != "pass":
        told += " " + say("acceptance.places", places=say("acceptance.comma").join(map(str, check["places"])))
    return told


COMMANDS = (log,)
