"""A clean Debian in a folder, made by debootstrap, for tests that install into it. Needs root. Only for tests.

What is started in it shares the network of this computer, and the kernel's view of it.
"""

import hashlib
import os
import shlex
import shutil
import signal
import stat
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tests.desktop.boxes import PATIENCE, listens, until
from tests.desktop.boxes import _started as started
from tests.desktop.boxes import _tool as tool

if TYPE_CHECKING:
    from subprocess import Popen

SUITE: Final = "bookworm"
# what apt, dpkg, debconf and the C library keep of every package that ever came and went; none of it is a file of ours
OF_PACKAGES: Final = frozenset(
    {
        "dev",
        "media",
        "proc",
        "sys",
        "tmp",
        "run/adduser",
        "run/runit",
        "var/cache/apt",
        "var/cache/debconf/config.dat-old",
        "var/cache/debconf/templates.dat-old",
        "var/cache/ldconfig/aux-cache",
        "var/lib/apt/extended_states",
        "var/lib/apt/lists",
        "var/lib/dpkg/tmp.ci",
        "var/lib/dpkg/status-old",
        "var/log/apt",
        "var/log/dpkg.log",
        "etc/group-",
        "etc/gshadow-",
        "etc/passwd-",
        "etc/shadow-",
    }
)

Listing = dict[str, tuple[str, int, int, str]]


class Root:
    """A Debian in a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._seen: dict[tuple[int, int], str] = {}

    def run(self, *command: str) -> "subprocess.CompletedProcess[str]":
        """Run a command in it, as root, without the surroundings of the tests."""
        return subprocess.run(
            ["chroot", self.folder, *command],
            env={"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "HOME": "/root"},
            capture_output=True,
            text=True,
            check=False,
            timeout=300,
        )

    def cut_off(self, command: list[str], sign: Path) -> None:
        """Run a command in it until the file `sign` is there; then kill all that runs in it, as a power cut does."""
        process: Popen[bytes] = started(["chroot", str(self.folder), *command])
        until(sign.exists, f"{sign.name}", 60)
        while found := self._processes():
            for number in found:
                with suppress(ProcessLookupError):
                    os.kill(number, signal.SIGKILL)
        process.wait(PATIENCE)

    def _processes(self) -> list[int]:
        """What runs in it, by the kernel."""
        found = []
        for entry in Path("/proc").glob("[0-9]*"):
            with suppress(OSError):
                if (entry / "root").readlink() == self.folder and "\nState:\tZ" not in (entry / "status").read_text():
                    found.append(int(entry.name))
        return found

    def bring(self, source: Path) -> str:
        """Copy a folder into it, as from a stick that knows no modes; gives where it is."""
        shutil.copytree(source, self.folder / "media" / source.name, copy_function=shutil.copyfile)
        return f"/media/{source.name}"

    def listing(self, but: frozenset[str] = frozenset()) -> Listing:
        """Every file: kind and mode, owner, group, and what is in it."""
        found: Listing = {}
        for place, folders, files in os.walk(self.folder):
            here = Path(place).relative_to(self.folder)
            folders[:] = [name for name in folders if (here / name).as_posix() not in OF_PACKAGES | but]
            for name in (*folders, *files):
                path = (here / name).as_posix()
                if path not in OF_PACKAGES | but:
                    found[path] = self._told(self.folder / path)
        return found

    def _told(self, path: Path) -> tuple[str, int, int, str]:
        seen = path.lstat()
        content = ""
        if stat.S_ISLNK(seen.st_mode):
            content = str(path.readlink())
        elif stat.S_ISREG(seen.st_mode):
            # the kernel notes each change in a file's ctime, which nobody can set: what is as it was is not read again
            key = (seen.st_ino, seen.st_ctime_ns)
            if key not in self._seen:
                self._seen[key] = hashlib.sha256(path.read_bytes()).hexdigest()
            content = self._seen[key]
        return stat.filemode(seen.st_mode), seen.st_uid, seen.st_gid, content

    @contextmanager
    def service(self, unit: str, port: int) -> Iterator[None]:
        """Start a service by the command line of its unit, as the user of its unit; ended afterwards."""
        lines = (self.folder / "etc" / "systemd" / "system" / unit).read_text("utf-8").splitlines()
        said = dict(line.split("=", 1) for line in lines if "=" in line)
        as_user = ["setpriv", "--reuid", said["User"], "--regid", said["Group"], "--init-groups", "--"]
        process: Popen[bytes] = started(["chroot", str(self.folder), *as_user, *shlex.split(said["ExecStart"])])
        try:
            until(lambda: listens(port), unit)
            yield
        finally:
            os.killpg(process.pid, signal.SIGTERM)
            process.wait(PATIENCE)
            until(lambda: not listens(port), f"the end of {unit}")


def mirror() -> str:
    """Where this computer's own apt takes Debian from."""
    asked = ["apt-get", "indextargets", "--format", "$(REPO_URI) $(SUITE) $(CODENAME)", "Created-By: Packages"]
    said = subprocess.run(asked, capture_output=True, text=True, check=True).stdout.splitlines()
    found = [line.split()[0] for line in said if SUITE in line.split()[1:] and "security" not in line]
    return found[0] if found else "http://deb.debian.org/debian"


@contextmanager
def clean_debian(folder: Path) -> Iterator[Root]:
    """A Debian with systemd and nothing else beyond its smallest set; removed afterwards.

    It lies in memory: packages are written with much waiting for the disk, and all of it is thrown away.
    """
    making = [tool("debootstrap"), "--variant=minbase", "--include=systemd,systemd-sysv", SUITE, str(folder), mirror()]
    folder.mkdir()
    with mounted("tmpfs", folder, "size=8g,mode=755"):
        made = subprocess.run(making, capture_output=True, text=True, check=False, timeout=300)
        assert made.returncode == 0, made.stdout[-2000:]
        with mounted("proc", folder / "proc", "ro"):
            yield Root(folder)


@contextmanager
def mounted(kind: str, folder: Path, options: str) -> Iterator[None]:
    """A file system of the kernel at `folder`; taken off again whatever happens."""
    subprocess.run(["mount", "-t", kind, "-o", options, "none", str(folder)], check=True)
    try:
        yield
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)
