"""The command that sends the flows out as a spreadsheet and takes them back: flows."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NoReturn

import click

from desktop import cli, terminal
from desktop.terminal import BAD_INPUT, stop

if TYPE_CHECKING:
    from wizards.mapping.sheet.back import Back
    from wizards.mapping.sheet.merge import Conflict, Merged

_QUESTION: Final = "flows"


@click.command()
@click.argument("file", type=cli.A_FILE)
@click.option("--in", "sheet", type=cli.A_FILE, help="Bring this spreadsheet back.")
@click.option("--out", type=cli.A_FILE, help="Write the spreadsheet, or with --in the new answers file.")
@cli.lang_option
def flows(file: Path, sheet: Path | None, out: Path | None, lang: str) -> None:
    """The flows of an answers file as a spreadsheet, and back: what was changed there is taken over."""
    if out is None:
        stop(BAD_INPUT, "sheet.in-or-out", lang)
    for read in (file, sheet):
        cli.refuse_place(out, lang, but=read)
    if sheet is None and out.suffix.lower() != ".xlsx":
        stop(BAD_INPUT, "sheet.ending", lang, file=str(out))
    answers = cli.good_answers(file, lang)
    if sheet is None:
        cli.write(out, _sent(answers, lang), lang)
    else:
        made = _brought(answers, sheet, lang)
        cli.write(out, (cli.document(made) + "\n").encode(), lang)


def _sent(answers: dict[str, Any], lang: str) -> bytes:
    from desktop.content import bank, words
    from desktop.sheets.writing import xlsx
    from wizards.interview.answers import rows
    from wizards.mapping.sheet.out import sheet_of

    return xlsx(sheet_of(bank().questions[_QUESTION], rows(answers, _QUESTION), lang, words()))


def _brought(answers: dict[str, Any], sheet: Path, lang: str) -> dict[str, Any]:
    """The answers with what the spreadsheet changes; exit 2 where it has mistakes, or both sides changed the same."""
    from desktop.content import bank
    from wizards.interview.answers import rows
    from wizards.interview.mistakes import Unreadable
    from wizards.interview.validity import check_value
    from wizards.mapping.sheet.merge import merge, resolved

    back = _read(sheet, lang)
    ours = rows(answers, _QUESTION)
    merged = merge(back.columns, back.base, ours, back.rows, back.fresh)
    for note in back.notes:
        terminal.err(f"{note.shown_place}: {terminal.mistake(note, lang)}")
    if merged.strange:
        terminal.say("sheet.strange", lang)
    if merged.conflicts:
        _stop_for(merged.conflicts, back, lang)
    made = resolved(ours, merged)
    if mistakes := list(check_value(bank().questions[_QUESTION], made, f"$.answers.{_QUESTION}")):
        cli.refuse(Unreadable(mistakes), lang)
    _tell(merged, lang)
    return answers | {_QUESTION: made} if merged.touched else answers


def _read(sheet: Path, lang: str) -> "Back":
    from desktop.content import bank, words
    from wizards.interview.mistakes import Unreadable
    from wizards.mapping.sheet.back import back

    try:
        return back(cli.sheets_in(sheet, lang), bank(), words(), lang, str(sheet))
    except Unreadable as error:
        cli.refuse(error, lang)


def _tell(merged: "Merged", lang: str) -> None:
    if not merged.touched:
        terminal.say("sheet.nothing", lang)
        return
    counts = {kind: str(merged.count(kind)) for kind in ("new", "removed")}
    terminal.say("sheet.summary", lang, cells=str(merged.cells), rows=str(merged.count("changed")), **counts)


def _stop_for(conflicts: "tuple[Conflict, ...]", back: "Back", lang: str) -> NoReturn:
    """Name each conflict and what to do; exit 2."""
    from desktop.content import bank, words
    from wizards.mapping.sheet.wording import columns_of, said

    wordings = columns_of(bank().questions[_QUESTION].columns, words())
    terminal.say("sheet.conflicts", lang, count=str(len(conflicts)))
    for conflict in conflicts:
        values = {"row": conflict.name, "place": back.places.get(conflict.point, "–")}
        if conflict.column:
            wording = wordings[conflict.column]
            values |= {"column": wording.column.text.to(lang)}
            values |= {
                side: said(wording, getattr(conflict, side), lang, words()) for side in ("base", "ours", "theirs")
            }
        terminal.say(f"sheet.conflict-{conflict.kind}", lang, **values)
    terminal.say("sheet.conflict-remedy", lang)
    sys.exit(BAD_INPUT)


COMMANDS = (flows,)
