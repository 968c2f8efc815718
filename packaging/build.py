"""Builds what this system can build, into dist/: the wheel, the folder with everything in it, and its archive.

`make packages` runs it. What was built is then started as an owner would: it must answer, write a plan and show a
window, or the build fails. Touches nothing outside build/ and dist/. Windows and macOS: see packaging/README.md.
"""

import os
import platform
import shutil
import subprocess
import sys
import tarfile
import tempfile
import time
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DIST = ROOT / "dist"
BUILD = ROOT / "build"
LINUX = ROOT / "packaging" / "linux"
VERSION = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
LARGEST_MB = 205
# these come with what only a debugger reads, a sixth of the whole folder; Qt's own are bare already
HEAVY = (
    "libpython*",
    "python3*/lib-dynload/*.so",
    "sqlcipher3/*.so",
    "cryptography/**/*.so",
    "rfc3161_client/*.so",
)


def main() -> None:
    """Build, try, pack; says what was made and how large it is."""
    DIST.mkdir(exist_ok=True)
    BUILD.mkdir(exist_ok=True)
    run([sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(DIST)])
    draw_icon()
    where = ["--distpath", str(DIST), "--workpath", str(BUILD / "pyinstaller")]
    spec = str(ROOT / "packaging" / "guia.spec")
    run([sys.executable, "-m", "PyInstaller", "--noconfirm", "--log-level", "ERROR", *where, spec])
    folder = DIST / "guia"
    if sys.platform.startswith("linux"):
        heavy = sorted(str(file) for kind in HEAVY for file in (folder / "_internal").glob(kind))
        run(["strip", "--strip-unneeded", *heavy])
        for file in LINUX.iterdir():
            shutil.copy2(file, folder / ("mo.guia.Guia.svg" if file.suffix == ".svg" else file.name))
    check_size(folder)
    try_out(folder / ("guia.exe" if sys.platform == "win32" else "guia"))
    pack(folder)


def draw_icon() -> None:
    """The icon in the kind that Windows or macOS wants, drawn from the one drawing."""
    kind = {"win32": "ico", "darwin": "icns"}.get(sys.platform)
    if kind is None:
        return
    from PySide6.QtCore import QSize
    from PySide6.QtGui import QGuiApplication, QIcon

    application = QGuiApplication([])
    drawn = QIcon(str(LINUX / "guia.svg")).pixmap(QSize(256, 256)).save(str(BUILD / f"guia.{kind}"))
    del application
    if not drawn:
        sys.exit(f"The icon could not be drawn as {kind}.")


def check_size(folder: Path) -> None:
    """Stop where the folder grew past what an owner should have to fetch."""
    size = sum(file.stat().st_size for file in folder.rglob("*") if file.is_file() and not file.is_symlink()) / 1e6
    print(f"dist/guia: {size:.0f} MB", flush=True)
    if size > LARGEST_MB:
        sys.exit(f"That is more than {LARGEST_MB} MB: something new came in, see UNUSED in packaging/guia.spec.")


def try_out(program: Path) -> None:
    """Start what was built, away from the source: help, samples, plans, map, spreadsheets, vault, logs, window."""
    with tempfile.TemporaryDirectory() as place:
        away = Path(place)
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "VIRTUAL_ENV"))}
        around = kept | {"GUIA_HOME": str(away / "home"), "PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring"}
        said = run([str(program), "--help"], cwd=away, env=around)
        if "sample" not in said:
            sys.exit("The built program does not list its commands.")
        for name in run([str(program), "sample", "--list"], cwd=away, env=around).split():
            (away / f"{name}.json").write_text(run([str(program), "sample", name], cwd=away, env=around), "utf-8")
        for lang in ("en", "zh-Hant", "pt"):
            plan = away / f"{lang}.pdf"
            run([str(program), "plan", "restaurant.json", "--lang", lang, "--out", str(plan)], cwd=away, env=around)
            if not plan.read_bytes().startswith(b"%PDF"):
                sys.exit(f"The built program wrote no plan in {lang}.")
        for name in ("map.svg", "map.png"):
            run([str(program), "map", "restaurant.json", "--out", name], cwd=away, env=around)
        # a spreadsheet goes out and comes back: whatever reads and writes them came along
        run([str(program), "flows", "restaurant.json", "--out", "flows.xlsx"], cwd=away, env=around)
        run(
            [str(program), "flows", "restaurant.json", "--in", "flows.xlsx", "--out", "back.json"], cwd=away, env=around
        )
        (away / "members.csv").write_text("姓名,手机号\n陈大文,+853 66123456\n", "utf-8")
        run([str(program), "roster", "members.csv"], cwd=away, env=around)
        (away / "passphrase").write_text("a passphrase for this trial alone", "utf-8")
        opened = around | {"GUIA_PASSPHRASE_FILE": str(away / "passphrase")}
        run([str(program), "import", "restaurant.json"], cwd=away, env=opened)
        run([str(program), "export", "--out", "exported.json"], cwd=away, env=opened)
        # its own trail, sent out, is verified and judged as any log; the folder of a log box has its scripts
        run([str(program), "trail", "export", "--out", "trail.jsonl"], cwd=away, env=opened)
        run([str(program), "trail", "verify", "trail.jsonl"], cwd=away, env=around)
        judged = run([str(program), "log", "read", "trail.jsonl", "--json"], cwd=away, env=around, fine=(0, 1))
        if '"accepted"' not in judged:
            sys.exit("The built program does not judge a log.")
        run(
            [str(program), "log", "bundle", "--out", "box", "--host", "192.0.2.1", "--site", "Taipa"],
            cwd=away,
            env=around,
        )
        if not (away / "box" / "box" / "install.sh").is_file():
            sys.exit("The built program makes no folder of a log box.")
        # nothing answers at this port: the libraries of the network came along, and say so in their words
        run([str(program), "nextcloud", "check", "--url", "https://127.0.0.1:9"], cwd=away, env=around, fine=(1,))
        around |= {"QT_QPA_PLATFORM": "offscreen", "GUIA_EXIT_AFTER_FIRST_PAINT": "1"}
        begun = time.perf_counter()
        run([str(program)], cwd=away, env=around)
        took = time.perf_counter() - begun
        print(
            f"started from an empty folder: help, samples, plans, map, spreadsheets, vault, logs, window ({took:.2f} s)"
        )


def pack(folder: Path) -> None:
    """One file to hand on. Not for macOS, where an image is made and signed by hand."""
    name = f"guia-{VERSION}-{sys.platform}-{platform.machine().lower()}"
    if sys.platform == "win32":
        made = Path(shutil.make_archive(str(DIST / name), "zip", DIST, folder.name))
    elif sys.platform.startswith("linux"):
        made = DIST / f"{name}.tar.xz"
        # the lowest setting: half the size of gzip's best at a fifth of the highest setting's time
        with tarfile.open(made, "w:xz", preset=1) as archive:
            archive.add(folder, f"guia-{VERSION}", filter=as_nobody)
    else:
        return
    print(f"{made.relative_to(ROOT)}: {made.stat().st_size / 1e6:.0f} MB")


def as_nobody(entry: tarfile.TarInfo) -> tarfile.TarInfo:
    """An entry without the name of who built it."""
    entry.uid = entry.gid = 0
    entry.uname = entry.gname = ""
    return entry


def run(command: list[str], cwd: Path = ROOT, env: dict[str, str] | None = None, fine: tuple[int, ...] = (0,)) -> str:
    """What a program printed; ends the build where its exit is none of `fine`, or it takes five minutes."""
    shown = [Path(part).name if part.startswith(str(ROOT)) else part for part in command]
    print("$", *shown[:10], *(["..."] if shown[10:] else []), flush=True)
    done = subprocess.run(
        command,
        cwd=cwd,
        env=env,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        timeout=300,
        check=False,
    )
    if done.returncode not in fine:
        sys.exit(f"{done.stdout}\n{done.stderr}\nfailed with {done.returncode}")
    return done.stdout


if __name__ == "__main__":
    main()
