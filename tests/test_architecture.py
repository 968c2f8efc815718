"""The rules of the house, run with everything else: style, types, who may import what, what a tree must not hold."""

import ast
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
OURS = ("desktop", "wizards", "resources", "tests", "packaging")
WRITTEN = {
    "",
    ".cfg",
    ".desktop",
    ".json",
    ".md",
    ".py",
    ".sh",
    ".spec",
    ".svg",
    ".toml",
    ".txt",
    ".xml",
    ".yml",
    ".lock",
}
LONGEST_MODULE = 400
# a folder of somebody's computer, or a place that packages came from, helps nobody else
MACHINE = re.compile(r"(?<![\w.~}])/(?:work|root|home/\w+|Users/\w+|opt/\w+)/|[A-Z]:\\Users\\|pypi\.|pythonhosted")


def modules() -> list[Path]:
    return sorted(file for folder in OURS for file in (ROOT / folder).rglob("*.py"))


def written() -> Iterator[Path]:
    yield from (file for file in ROOT.iterdir() if file.is_file() and file.suffix in WRITTEN and file.name != ".git")
    for folder in (*OURS, "docs", ".ci"):
        for file in (ROOT / folder).rglob("*"):
            made = any(part == "__pycache__" or part.endswith("_cache") for part in file.parts)
            if file.is_file() and file.suffix in WRITTEN and not made:
                yield file


@pytest.mark.parametrize(
    "command",
    [
        ["ruff", "check", "--no-cache", "--output-format", "concise"],
        ["ruff", "format", "--no-cache", "--check"],
        ["mypy", "--no-incremental"],
        ["lint-imports", "--no-cache"],
    ],
    ids=["lint", "format", "types", "imports"],
)
def test_tool_finds_nothing(command: list[str]) -> None:
    program = shutil.which(command[0], path=Path(sys.executable).parent)
    assert program is not None, f"{command[0]} is not in this environment: make test builds one"
    done = subprocess.run([program, *command[1:]], cwd=ROOT, capture_output=True, text=True, check=False, timeout=600)
    assert done.returncode == 0, f"{done.stdout[-6000:]}\n{done.stderr[-2000:]}"


def test_packaging_hides_no_library() -> None:
    assert not (ROOT / "packaging" / "__init__.py").exists()


def test_modules_say_what_they_are() -> None:
    assert [str(file) for file in modules() if not ast.get_docstring(ast.parse(file.read_text("utf-8")))] == []


def test_modules_are_short() -> None:
    lengths = {str(file): len(file.read_text("utf-8").splitlines()) for file in modules()}
    assert {file: lines for file, lines in lengths.items() if lines > LONGEST_MODULE} == {}


def test_no_module_hides_the_standard_library() -> None:
    # `python desktop/x.py` puts that folder first on the path
    assert [str(file) for file in modules() if file.stem in sys.stdlib_module_names - {"__main__"}] == []


def test_tree_names_no_machine() -> None:
    found = []
    for file in written():
        if file != Path(__file__).resolve():
            lines = file.read_text("utf-8").splitlines()
            found += [f"{file}:{n}: {line.strip()[:90]}" for n, line in enumerate(lines, 1) if MACHINE.search(line)]
    assert found == []


def test_one_version_everywhere() -> None:
    version = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    changed = re.search(r"^## (\S+)", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE)
    released = re.search(
        r'<release version="([^"]+)"', next((ROOT / "packaging").rglob("*.metainfo.xml")).read_text("utf-8")
    )
    assert changed is not None
    assert released is not None
    assert (changed[1], released[1]) == (version, version)
