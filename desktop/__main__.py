"""The entry: `python -m desktop` and the command `guia`. A plain start goes straight to the window."""

import sys


def main() -> None:
    """Run a command, or open the window without loading the commands first: start-up is measured."""
    if len(sys.argv) == 1:
        from desktop import terminal

        if not terminal.has_screen():
            terminal.utf8()
            terminal.stop(terminal.NO_SCREEN, "cli.no-screen")
        from desktop.app import run

        sys.exit(run())
    from desktop.cli import main as commands

    commands()


if __name__ == "__main__":
    main()
