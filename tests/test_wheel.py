"""What `pip install .` brings: all code, all content, all faces, one command."""

import subprocess
import sys
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def test_wheel_is_complete(tmp_path: Path) -> None:
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(build, cwd=ROOT, capture_output=True, check=True, timeout=120)
    with zipfile.ZipFile(next(tmp_path.glob("*.whl"))) as wheel:
        held = {name for name in wheel.namelist() if ".dist-info/" not in name}
        entries = wheel.read(next(name for name in wheel.namelist() if name.endswith("entry_points.txt"))).decode()
    ours = {
        file.relative_to(ROOT).as_posix()
        for folder in ("desktop", "wizards", "resources")
        for file in (ROOT / folder).rglob("*")
        if file.is_file() and not any(part.startswith((".", "__pycache__")) for part in file.parts[len(ROOT.parts) :])
    }
    assert held == ours - {"wizards/ruff.toml"}
    assert "guia = desktop.__main__:main" in entries
