"""The entry: `python -m desktop` and the command `guia`. A plain start goes straight to the window."""

import os
import sys


def main() -> None:
    """Run a command, or open the window without loading the commands first: start-up is measured."""
    if len(sys.argv) == 1:
        from desktop.screen import has_screen

        if not has_screen():
            from desktop import terminal

            terminal.utf8()
            terminal.stop(terminal.NO_SCREEN, "cli.no-screen")
        from desktop.app import run

        code = run()
        # All is closed and on disk; taking Qt and Python apart piece by piece would only keep the owner waiting.
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)
    from desktop.cli import main as commands

    commands()


if __name__ == "__main__":
    main()
