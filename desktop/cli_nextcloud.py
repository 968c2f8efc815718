"""The commands about a Nextcloud: `guia nextcloud check`. Opens no vault and changes nothing on the server."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from desktop import cli, plain, terminal
from desktop.connect.watch import Watch
from desktop.terminal import BAD_INPUT, FOUND, stop

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from desktop.connect.terms import Account, NoAnswer
    from desktop.nextcloud import Result, Server
    from wizards.nextcloud.facts import Audit

_LONGEST_PASSWORD: Final = 1000


@click.group()
def nextcloud() -> None:
    """Your own Nextcloud: is it kept up, does it write down who did what, is it closed to others."""


@nextcloud.command()
@click.option("--url", required=True, help="Its address, as in the browser.")
@click.option("--user", help="The account; an administrator sees more. Without one only little shows.")
@click.option("--password-file", type=cli.A_FILE, help="A file whose first line is the app password.")
@click.option("--ca", type=cli.A_FILE, help="Your office's own authority (PEM), trusted in place of the system's.")
@click.option("--audit-log", type=cli.A_FILE, help="Nextcloud's audit.log, or lines of it from the log box.")
@click.option("--json", "as_json", is_flag=True)
@cli.lang_option
def check(
    url: str,
    user: str | None,
    password_file: Path | None,
    ca: Path | None,
    audit_log: Path | None,
    as_json: bool,  # noqa: FBT001
    lang: str,
) -> None:
    """Check a Nextcloud: each point in order, to look at, to put right, or not to be told from here."""
    from desktop.connect.terms import NoAnswer
    from desktop.nextcloud import check as checked

    server, account = _server(url, ca, lang), _account(user, password_file, lang)
    audit = _audit(audit_log, lang)
    try:
        result = checked(server, account, audit, Watch())
    except NoAnswer as error:
        said = _why(error, lang)
        if as_json:
            _print_json({"server": server.address, "version": None, "findings": [], "trouble": said}, lang)
        terminal.err(said)
        sys.exit(FOUND)
    _tell(result, lang, as_json=as_json)
    sys.exit(FOUND if result.trouble is not None or result.counts["fail"] else 0)


def _server(url: str, ca: Path | None, lang: str) -> "Server":
    from desktop.connect.terms import NoAnswer
    from desktop.connect.web import Client
    from desktop.nextcloud import server_at

    try:
        server = server_at(url, ca)
        if ca is not None:
            plain.beginning(ca, 1)
            Client(Watch(), ca)
    except NoAnswer as error:
        terminal.err(_why(error, lang))
        sys.exit(BAD_INPUT)
    except OSError as error:
        stop(BAD_INPUT, "cli.unreadable", lang, file=str(ca), why=terminal.why(error, lang))
    return server


def _account(user: str | None, password_file: Path | None, lang: str) -> "Account | None":
    """Name and password; None where neither was given; exit 2 where they cannot be used."""
    from desktop.connect.terms import Account

    if user is None and password_file is None:
        return None
    if user is None or password_file is None:
        stop(BAD_INPUT, "nextcloud.user-and-password", lang)
    if not user.strip() or ":" in user or not user.isprintable():
        stop(BAD_INPUT, "nextcloud.bad-user", lang)
    try:
        first = plain.beginning(password_file, 4 * _LONGEST_PASSWORD).split(b"\n")[0].rstrip(b"\r")
    except OSError as error:
        stop(BAD_INPUT, "cli.unreadable", lang, file=str(password_file), why=terminal.why(error, lang))
    try:
        password = first.decode("utf-8-sig")
    except UnicodeDecodeError:
        password = ""
    if not password.strip() or len(password) > _LONGEST_PASSWORD or not password.isprintable():
        stop(BAD_INPUT, "nextcloud.no-password", lang, file=str(password_file))
    return Account(user, password)


def _audit(file: Path | None, lang: str) -> "Audit | None":
    from desktop.nextcloud import read_audit

    if file is None:
        return None
    try:
        return read_audit(file)
    except OSError as error:
        stop(BAD_INPUT, "cli.unreadable", lang, file=str(file), why=terminal.why(error, lang))


def _why(error: "NoAnswer", lang: str) -> str:
    from desktop.content import words

    return words()[f"http.{error.code}"].fill(lang, **error.values)


def _tell(result: "Result", lang: str, *, as_json: bool) -> None:
    from desktop.content import nextcloud_rules, words
    from wizards.nextcloud.telling import as_json as json_of
    from wizards.nextcloud.telling import as_lines

    half_way = (
        "" if result.trouble is None else words()["nextcloud.half-way"].fill(lang, why=_why(result.trouble, lang))
    )
    show = _day(lang)
    rules = nextcloud_rules()
    if as_json:
        told = [json_of(finding, rules, lang, show) for finding in result.findings]
        _print_json(
            {
                "server": result.server,
                "version": result.version or None,
                "findings": told,
                "trouble": half_way or None,
            },
            lang,
        )
    else:
        lines = as_lines(result.server, result.version, result.findings, rules, words(), lang, show)
        terminal.out("\n".join(lines), lang)
    if half_way:
        terminal.err(half_way)


def _day(lang: str) -> "Callable[[date], str]":
    """Writes a day as people of that language do."""
    from desktop.content import words
    from desktop.reports.plan.voice import voice_of

    return voice_of(lang, words()).day


def _print_json(value: dict[str, Any], lang: str) -> None:
    terminal.out_json(value, lang, indent=1)


COMMANDS = (nextcloud,)
