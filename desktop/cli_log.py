"""The group of commands about logs: `guia log ...`. Each command has a file of its own, which adds itself here."""

import click


@click.group()
def log() -> None:
    """The log box of an office: make its folder, prove that lines arrive, and judge the sample of any log."""


COMMANDS = (log,)
