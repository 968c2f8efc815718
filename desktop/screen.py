"""Whether there is a screen. Asks the environment alone, so that a start can ask before anything is loaded."""

import os
import sys


def has_screen() -> bool:
    """Whether there is a screen to open a window on (contract: any of three names; other systems always have one)."""
    names = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    return not sys.platform.startswith("linux") or any(os.environ.get(name) for name in names)
