"""The command that draws where data go: map."""

import click

_COMMANDS: tuple[click.Command, ...] = ()


def add_to(group: click.Group) -> None:
    """Add the commands of this file."""
    for command in _COMMANDS:
        group.add_command(command)
