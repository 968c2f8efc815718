"""A box of the tests leaves nothing behind: neither when a test closes it, nor when the whole run is killed."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.desktop.boxes import at_work, until

ROOT = Path(__file__).parents[2]
RUN = """
import sys, time
from pathlib import Path
from tests.desktop.boxes import at_work
with at_work(Path(sys.argv[1])) as box:
    print(box.log.parent, box._receiver.pid, box._reading.pid, flush=True)
    time.sleep(600)
"""


def lives(pid: str) -> bool:
    """Whether a process runs; one that ended and waits for its parent does not."""
    try:
        return bool(Path(f"/proc/{pid}/cmdline").read_bytes())
    except OSError:
        return False


@pytest.mark.usefixtures("loopback")
def test_a_box_that_is_closed_takes_its_folder_with_it(tmp_path: Path) -> None:
    with at_work(tmp_path / "box", reading=False) as box:
        folder = box.log.parent
        assert folder.is_dir()
    assert not folder.exists()


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="looks at processes where Linux shows them")
def test_a_run_that_is_killed_leaves_no_service_and_no_folder(tmp_path: Path) -> None:
    command = [sys.executable, "-c", RUN, str(tmp_path / "box")]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as run:
        assert run.stdout is not None
        folder, *services = run.stdout.readline().split()
        try:
            assert Path(folder).is_dir()
            assert all(map(lives, services))
        finally:
            run.kill()
    until(lambda: not any(map(lives, services)), "the end of the services")
    until(lambda: not Path(folder).exists(), "the end of the folder")
