"""What must not be loaded by the first paint: each costs more than the window's own work. Surer than any clock."""

import json
from typing import Final

from tests.benchmarks.measure import program

HEAVY: Final = (
    "PIL",
    "asyncio",
    "click",
    "cryptography",
    "desktop.anchors",
    "desktop.connect",
    "desktop.content",
    "desktop.reports",
    "desktop.session",
    "desktop.sheets",
    "desktop.storage",
    "desktop.ui.fields",
    "desktop.ui.lists",
    "desktop.ui.map",
    "desktop.ui.page",
    "desktop.ui.sheet",
    "httpcore",
    "httpx",
    "importlib.metadata",
    "keyring",
    "msgspec",
    "numpy",
    "pikepdf",
    "python_calamine",
    "reportlab",
    "rfc3161_client",
    "sqlite_utils",
    "ssl",
    "urllib.request",
    "wizards",
    "xlsxwriter",
)
# starts Guia as an owner does, then says what is loaded
START = """
import json, sys
from desktop.screen import has_screen
assert has_screen()
from desktop.app import run
assert run() == 0
print(json.dumps(sorted(sys.modules)))
"""


def loaded_too_early(home: str) -> list[str]:
    """Heavy modules that were loaded when the first picture stood on the screen."""
    loaded = set(json.loads(program("-c", START, home=home)().splitlines()[-1]))
    return [name for name in HEAVY if name in loaded]
