"""The command that sends the flows out as a spreadsheet and takes them back: flows."""

import click

_COMMANDS: tuple[click.Command, ...] = ()


def add_to(group: click.Group) -> None:
    """Add the commands of this file."""
    for command in _COMMANDS:
        group.add_command(command)
