"""The command that counts a member list: roster."""

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from desktop import cli, terminal
from desktop.terminal import BAD_INPUT, stop


@click.command()
@click.argument("file", type=cli.A_FILE)
@click.option("--groups", type=cli.A_FILE, help="A list of groups with their members: says which mix +853 and +86.")
@click.option("--json", "as_json", is_flag=True)
@cli.lang_option
def roster(file: Path, groups: Path | None, as_json: bool, lang: str) -> None:  # noqa: FBT001
    """Count a member list exported from DingTalk: accounts by dialling code. Names and numbers are not kept."""
    from desktop.content import vocabulary
    from wizards.mapping.lists import groups as grouped
    from wizards.mapping.lists.roster import NoPeople, count, layouts
    from wizards.mapping.lists.roster import as_json as json_of

    words, sheets = vocabulary(), cli.sheets_in(file, lang)
    try:
        tables = layouts(sheets, words)
    except NoPeople:
        stop(BAD_INPUT, "roster.no-people", lang, file=str(file))
    found: dict[str, Any] = json_of(count(sheets, tables, words), lambda about, values: _note(about, values, lang))
    if groups is not None:
        try:
            named = grouped.mixed(cli.sheets_in(groups, lang), sheets, tables, words)
        except grouped.NoGroups:
            stop(BAD_INPUT, "roster.no-groups", lang, file=str(groups))
        found["mixed_groups"] = [group.name for group in named if group.mixed]
    if as_json:
        terminal.out_json(found, lang)
        return
    _tell(found, lang)


def _note(about: str, values: Mapping[str, str], lang: str) -> str:
    from desktop.content import words

    return words()[f"roster.note-{about}"].fill(lang, **values)


def _tell(found: Mapping[str, Any], lang: str) -> None:
    """The counts as lines; notes to standard error, each with its cell."""
    from desktop.content import bank, words

    kinds = {option.id: option.text.to(lang) for option in bank().questions["accounts"].options}
    lines = [f"{found['accounts'][kind]:>7}  {said}" for kind, said in kinds.items()]
    lines.append(f"{found['rows']:>7}  " + words()["roster.members"].to(lang))
    if "mixed_groups" in found:
        lines.append(words()["roster.mixed"].fill(lang, groups=" · ".join(found["mixed_groups"]) or "–"))
    terminal.out("\n".join(lines), lang)
    for note in found["notes"]:
        terminal.err(": ".join(part for part in (note["sheet"], note["cell"], note["text"]) if part))
    sys.stderr.flush()


COMMANDS = (roster,)
