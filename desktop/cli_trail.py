"""The commands of Guia's own trail: verify it or an export of it, and export it."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from desktop import cli, cli_vault, terminal
from desktop.terminal import BAD_INPUT, FOUND, stop

if TYPE_CHECKING:
    from wizards.trail.anchor import Anchor
    from wizards.trail.export import Form
    from wizards.trail.marks_spoken import Told
    from wizards.trail.pieces import OnLog
    from wizards.trail.verdict import Broken, Unbroken


@click.group()
def trail() -> None:
    """Guia's own trail: whether it is unbroken, and a file of it that a stranger can verify."""


@trail.command()
@click.argument("file", required=False, type=cli.A_FILE, metavar="[EXPORT]")
@click.option("--anchor", "codes", multiple=True, metavar="CODE", help="A mark kept elsewhere, as its code is printed.")
@click.option("--json", "as_json", is_flag=True)
@cli.lang_option
def verify(file: Path | None, codes: tuple[str, ...], as_json: bool, lang: str) -> None:  # noqa: FBT001
    """Whether the vault's trail is unbroken, that of an EXPORT, or that in the log of a box; if not, which entry."""
    from desktop.content import words
    from wizards.trail.log_spoken import told_of_log
    from wizards.trail.pieces import OnLog
    from wizards.trail.spoken import told

    anchors = [_anchor(code, lang) for code in codes]
    found: Unbroken | Broken | Form | OnLog
    lines: tuple[str, ...] = ()
    fine = True
    if file is None:
        found, marks = _of_vault(anchors, lang)
        fine, lines = marks.fine, marks.lines
    else:
        found = _of_file(file, anchors, lang)
    if isinstance(found, OnLog):
        said = told_of_log(found, words(), lang)
    else:
        said = told(found, words(), lang, then="then" if file is None else "then-file")
    fine, lines = fine and said.fine, (said.found, *said.more, *lines)
    if as_json:
        terminal.out_json(_as_json(found) | {"ok": fine, "text": lines}, lang)
    else:
        terminal.out("\n".join(lines), lang)
    sys.exit(0 if fine else FOUND)


@trail.command()
@click.option("--out", required=True, type=cli.A_FILE)
@click.option("--since", type=click.IntRange(min=0), default=0, metavar="N", help="Only the entries after number N.")
@cli.lang_option
def export(out: Path, since: int, lang: str) -> None:
    """Write the trail to a file: JSON lines that anybody can verify, described in docs/trail.md."""
    from desktop.trail import Trail

    cli.refuse_place(out, lang)
    with cli_vault.opened(lang) as store:
        kept = Trail(store)
        if since > kept.last:
            stop(BAD_INPUT, "trail-command.bad-since", lang, since=str(since), last=str(kept.last))
        try:
            kept.export(out, since)
        except OSError as error:
            stop(BAD_INPUT, "cli.unwritable", lang, file=str(out), why=terminal.why(error, lang))
    terminal.say("cli.written", lang, file=str(out))


def _anchor(code: str, lang: str) -> "Anchor":
    from desktop.content import words
    from wizards.trail.anchor_code import Mistyped, read_code

    try:
        return read_code(code)
    except Mistyped as error:
        numbers = ", ".join(str(group) for group in error.groups)
        groups = words()["trail-command.groups" if numbers else "trail-command.no-group"].fill(lang, numbers=numbers)
        stop(BAD_INPUT, "trail-command.bad-anchor", lang, given=code, groups=groups)


def _of_vault(anchors: "list[Anchor]", lang: str) -> "tuple[Unbroken | Broken, Told]":
    """What the trail says by itself and against all marks, and what is said of the list of marks."""
    from desktop.anchors import Anchors
    from desktop.content import words
    from desktop.trail import Trail
    from wizards.trail.marks_spoken import told
    from wizards.trail.verdict import Unbroken

    with cli_vault.opened(lang) as store:
        kept = Anchors(store)
        found = Trail(store).verify(anchors, kept.binding())
        return found, told(kept.check(), words(), lang, unbroken=isinstance(found, Unbroken))


def _of_file(file: Path, anchors: "list[Anchor]", lang: str) -> "Form | Broken | OnLog":
    from desktop.exported import verify_file
    from desktop.on_box import verify_log

    try:
        found = verify_log(file, anchors) or verify_file(file, anchors)
    except OSError as error:
        stop(BAD_INPUT, "cli.unreadable", lang, file=str(file), why=terminal.why(error, lang))
    if found is None:
        stop(BAD_INPUT, "trail-command.not-an-export", lang, file=str(file))
    return found


def _as_json(found: "Unbroken | Broken | Form | OnLog") -> dict[str, Any]:
    import msgspec

    from wizards.trail.export import Form
    from wizards.trail.pieces import OnLog
    from wizards.trail.verdict import Broken

    if isinstance(found, Form):
        return _as_json(found.found) | {"since": found.since}
    if isinstance(found, OnLog):
        log: dict[str, Any] = msgspec.to_builtins(found)
        del log["found"]
        return _as_json(found.found) | {"since": found.begins - 1} | log
    values: dict[str, Any] = msgspec.to_builtins(found)
    return {"ok": not isinstance(found, Broken)} | values


COMMANDS = (trail,)
