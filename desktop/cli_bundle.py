"""The command that makes the folder of a log box: log bundle."""

import errno
from pathlib import Path

import click

from desktop import cli, terminal
from desktop.cli_log import log
from desktop.terminal import BAD_INPUT, stop
from wizards.logbox.names import FEWEST_DAYS, MOST_DAYS, USUAL_DAYS


@log.command()
@click.option("--out", required=True, type=cli.A_FILE, help="A new folder; it will hold keys.")
@click.option("--host", required=True, help="The name of the box, or its address.")
@click.option("--address", default="", help="Its address, where the office has no names.")
@click.option("--sender", "senders", multiple=True, help="A further Linux computer that sends its sign-ins.")
@click.option("--site", "sites", multiple=True, help="A site that gets a relay of its own.")
@click.option("--days", type=int, default=USUAL_DAYS, show_default=True, help="How long lines are kept.")
@cli.lang_option
def bundle(
    out: Path, host: str, address: str, senders: tuple[str, ...], sites: tuple[str, ...], days: int, lang: str
) -> None:
    """Make the folder that turns a Debian computer into the log of the office: settings, certificates, instructions."""
    from desktop.logbox.making import PAGE, make_bundle, this_computer
    from desktop.logbox.writing import write_folder
    from wizards.logbox.names import NotUsable, Request

    try:
        made = make_bundle(Request(host, address, senders, sites, days), lang)
    except NotUsable as error:
        bounds = {"fewest": str(FEWEST_DAYS), "most": str(MOST_DAYS)}
        stop(BAD_INPUT, f"logbox.bad-{error.what}", lang, typed=error.typed[:100], **bounds)
    try:
        with terminal.orderly():
            write_folder(out, (*made.files, *this_computer(made.line)))
    except OSError as error:
        if error.errno == errno.ENOTEMPTY:
            stop(BAD_INPUT, "logbox.not-empty", lang, folder=str(out))
        stop(BAD_INPUT, "cli.unwritable", lang, file=str(out), why=terminal.why(error, lang))
    terminal.say("logbox.made", lang, folder=str(out), page=PAGE, until=made.line.until)


COMMANDS = (log,)
