"""The commands. Each reads what it needs, prints for people on standard error and for programs on standard output.

Imports of what is slow happen inside the commands: the window must not pay for them, nor `--help`.
"""

import os
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NoReturn, TypeVar

import click

from desktop import clock, terminal
from desktop.terminal import BAD_INPUT, stop

if TYPE_CHECKING:
    from wizards.interview.mistakes import Unreadable
    from wizards.mapping.cells import Sheet

LANGUAGE: Final = click.Choice(["en", "zh-Hant", "pt"])
A_FILE: Final = click.Path(path_type=Path)

F = TypeVar("F", bound=Callable[..., Any])


def lang_option(command: F) -> F:
    """`--lang`, the language of texts; English unless told."""
    return click.option("--lang", type=LANGUAGE, default="en", show_default=True)(command)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="guia", message="%(version)s")
def guia() -> None:
    """Map where your customers' data go, choose what stays on DingTalk, and print your plan. Offline.

    Without a command the window opens.
    """


@guia.command()
@click.argument("name", required=False)
@click.option("--list", "listed", is_flag=True, help="The names, one a line.")
@lang_option
def sample(name: str | None, listed: bool, lang: str) -> None:  # noqa: FBT001
    """A sample business as an answers file."""
    from desktop.content import bank
    from wizards.content.samples import sample_answers

    sectors = bank().sectors
    if listed:
        terminal.out("\n".join(sectors), lang)
        return
    if name not in sectors:
        stop(BAD_INPUT, "cli.no-such-sample", lang, name=name or "–", known=", ".join(sectors))
    terminal.out(document(sample_answers(sectors[name], lang)), lang)


@guia.command()
@lang_option
def schema(lang: str) -> None:
    """The JSON Schema of an answers file."""
    from desktop.content import bank
    from wizards.interview.schema import schema as made

    terminal.out_json(made(bank(), lang), lang, indent=1)


@guia.command()
@click.argument("file", type=A_FILE)
@click.option("--json", "as_json", is_flag=True)
@lang_option
def check(file: Path, as_json: bool, lang: str) -> None:  # noqa: FBT001
    """Every mistake of an answers file, with its place."""
    from wizards.interview.mistakes import Unreadable

    try:
        answers_in(file, lang)
    except Unreadable as error:
        if not as_json:
            refuse(error, lang)
        told = [{"place": m.shown_place, "kind": m.kind, "text": terminal.mistake(m, lang)} for m in error.mistakes]
        terminal.out_json({"ok": False, "mistakes": told, "more": error.more}, lang)
        sys.exit(BAD_INPUT)
    if as_json:
        terminal.out_json({"ok": True, "mistakes": [], "more": 0}, lang)
    else:
        terminal.say("cli.fine", lang)


@guia.command()
@click.argument("file", type=A_FILE)
@click.option("--out", type=A_FILE, help="Write the plan as a PDF.")
@click.option("--json", "as_json", is_flag=True, help="Print the plan as JSON.")
@lang_option
@click.option("--as-of", "as_of", help="The plan as of this day, YYYY-MM-DD.")
def plan(file: Path, out: Path | None, as_json: bool, lang: str, as_of: str | None) -> None:  # noqa: FBT001
    """The plan for an answers file, as a PDF or as JSON."""
    from desktop.content import bank, words
    from wizards.planning.paper import as_json as json_of
    from wizards.planning.plan import plan_of

    if (out is None) != as_json:
        stop(BAD_INPUT, "cli.out-or-json", lang)
    day = day_of(as_of, lang)
    answers = good_answers(file, lang)
    if out is not None:
        refuse_place(out, lang, but=file)
    made = plan_of(bank(), answers, day)
    if out is None:
        terminal.out_json(json_of(bank(), answers, made, lang, words()), lang, indent=1)
        return
    from desktop.reports.pdf import build
    from desktop.reports.plan_paper import plan_paper

    write(out, build(plan_paper(bank(), answers, made, lang, words())), lang)


def day_of(as_of: str | None, lang: str) -> date:
    """The day that `--as-of` names, today without it; exit 2 for no day, or one on which some law is not known."""
    from desktop.content import bank
    from wizards.interview.validity import FIRST_DAY, LAST_DAY, as_day

    day = clock.today() if as_of is None else as_day(as_of)
    if day is None or not FIRST_DAY <= day <= LAST_DAY:
        stop(BAD_INPUT, "cli.bad-day", lang)
    missing = next((r.id for r in bank().records.values() if not r.in_force(day)), "")
    if missing:
        stop(BAD_INPUT, "cli.no-law-on-day", lang, record=missing)
    return day


def answers_in(file: Path, lang: str) -> dict[str, Any]:
    """The answers in `file`; exit 2 where it cannot be read, Unreadable where it has mistakes."""
    from desktop.content import bank
    from wizards.interview.reading import read

    return read(terminal.read_file(file, lang), bank())


def good_answers(file: Path, lang: str) -> dict[str, Any]:
    """The answers in `file`; exit 2 with every mistake where it has any."""
    from wizards.interview.mistakes import Unreadable

    try:
        return answers_in(file, lang)
    except Unreadable as error:
        refuse(error, lang)


def sheets_in(file: Path, lang: str) -> "tuple[Sheet, ...]":
    """The sheets of a spreadsheet or list; exit 2 with the reason where it is not read."""
    from desktop.sheets.reading import SheetRefused, read

    try:
        return read(terminal.read_file(file, lang), str(file))
    except SheetRefused as refused:
        stop(BAD_INPUT, f"sheets.{refused.code}", lang, **refused.values)


def document(answers: dict[str, Any]) -> str:
    """The text of an answers file."""
    from desktop.session import answers_file

    return answers_file(answers).decode().rstrip("\n")


def refuse(error: "Unreadable", lang: str) -> NoReturn:
    """Say the mistakes and stop with exit 2."""
    terminal.say("cli.mistakes", lang)
    for mistake in error.mistakes:
        terminal.err(f"{mistake.shown_place}: {terminal.mistake(mistake, lang)}")
    if error.more:
        terminal.say("cli.more-mistakes", lang, count=str(error.more))
    sys.exit(BAD_INPUT)


def refuse_place(out: Path, lang: str, but: Path | None = None) -> None:
    """Exit 2 where `out` is a file never to be replaced: one of the vault's own, or `but`, which is being read."""
    from desktop import paths

    real, home = Path(os.path.realpath(out)), Path(os.path.realpath(paths.find().home))
    own = real.parent == home and (real.name.startswith("vault.") or real.name == "settings.json")
    if own or (but is not None and real == Path(os.path.realpath(but))):
        stop(BAD_INPUT, "cli.not-there", lang, file=str(out))


def write(out: Path, content: bytes, lang: str) -> None:
    """Put `content` at `out` whole or not at all; exit 2 where that fails."""
    from desktop.storage.whole import write_whole

    try:
        write_whole(out, content)
    except OSError as error:
        stop(BAD_INPUT, "cli.unwritable", lang, file=str(out), why=terminal.why(error, lang))
    terminal.say("cli.written", lang, file=str(out))


def whole() -> click.Group:
    """Every command, also those of the other files."""
    from desktop import (
        cli_bundle,
        cli_flows,
        cli_log,
        cli_map,
        cli_nextcloud,
        cli_roster,
        cli_routes,
        cli_sample,
        cli_send,
        cli_trail,
        cli_vault,
    )

    for file in (
        cli_vault,
        cli_roster,
        cli_map,
        cli_routes,
        cli_flows,
        cli_trail,
        cli_log,
        cli_bundle,
        cli_send,
        cli_sample,
        cli_nextcloud,
    ):
        for command in file.COMMANDS:
            guia.add_command(command)
    return guia


def main() -> None:
    """The entry point: runs a command; no traceback reaches the owner."""
    terminal.utf8()
    try:
        whole()()
    except Exception as error:  # noqa: BLE001  # the last resort: explain, keep a line without answers
        terminal.last_resort(error)
        sys.exit(1)
