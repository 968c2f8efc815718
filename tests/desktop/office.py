"""LibreOffice at work: opens a spreadsheet without a screen, edits it by a Basic macro, saves it. Only for tests."""

import os
import shutil
import signal
import subprocess
from pathlib import Path
from typing import Final
from xml.sax.saxutils import escape

import pytest

PATIENCE: Final = 180
"""Seconds; the first start of a profile on a busy computer."""
XLSX: Final = "Calc MS Excel 2007 XML"
ODS: Final = "calc8"
_LIBRARY: Final = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE library:library PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "library.dtd">
<library:library xmlns:library="http://openoffice.org/2000/library" library:name="Standard" library:readonly="false"
 library:passwordprotected="false">
 <library:element library:name="Edits"/>
</library:library>
"""
_LIBRARIES: Final = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE library:libraries PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "libraries.dtd">
<library:libraries xmlns:library="http://openoffice.org/2000/library" xmlns:xlink="http://www.w3.org/1999/xlink">
 <library:library library:name="Standard" xlink:href="$(USER)/basic/Standard/script.xlb/" xlink:type="simple"
  library:link="false"/>
</library:libraries>
"""
_MODULE: Final = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Edits" script:language="StarBasic">
{}
</script:module>
"""
# else the first start of a profile puts its own, empty library in place of ours
_SETTINGS: Final = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema"
 xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
 <item oor:path="/org.openoffice.Setup/Office"><prop oor:name="ooSetupInstCompleted" oor:op="fuse">
  <value>true</value></prop></item>
</oor:items>
"""
_BASIC: Final = """Sub Edit
  Dim hidden(0) As New com.sun.star.beans.PropertyValue
  hidden(0).Name = "Hidden"
  hidden(0).Value = True
  Dim kind(0) As New com.sun.star.beans.PropertyValue
  kind(0).Name = "FilterName"
  document = StarDesktop.loadComponentFromURL("{source}", "_blank", 0, hidden())
  flows = document.Sheets.getByIndex(0)
{edits}
{saves}
  document.close(True)
  StarDesktop.terminate()
End Sub
"""


def needed() -> str:
    """The program; the test is left out where there is none, but never where everything is tested (CI)."""
    program = shutil.which("soffice")
    if program is None and os.environ.get("CI"):
        pytest.fail("soffice is missing: packaging/system.sh test installs it")
    if program is None:
        pytest.skip("LibreOffice is not here: soffice edits the spreadsheet in this test")
    return program


def edit(folder: Path, source: Path, edits: str, saved: dict[Path, str]) -> None:
    """Open `source`, run `edits` (Basic, on the sheet `flows`), and save under each name in its format."""
    program = needed()
    saves = "\n".join(
        f'  kind(0).Value = "{kind}"\n  document.storeToURL("{target.as_uri()}", kind())'
        for target, kind in saved.items()
    )
    user = folder / "profile" / "user"
    basic = user / "basic"
    (basic / "Standard").mkdir(parents=True)
    (user / "registrymodifications.xcu").write_text(_SETTINGS, encoding="utf-8")
    (basic / "script.xlc").write_text(_LIBRARIES, encoding="utf-8")
    (basic / "Standard" / "script.xlb").write_text(_LIBRARY, encoding="utf-8")
    macro = _BASIC.format(source=source.as_uri(), edits=edits, saves=saves)
    (basic / "Standard" / "Edits.xba").write_text(_MODULE.format(escape(macro)), encoding="utf-8")
    command = [program, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--norestore"]
    _run([*command, "macro:///Standard.Edits.Edit"], folder)
    missing = [str(target) for target in saved if not target.is_file()]
    assert not missing, "LibreOffice saved nothing"


def _run(command: list[str], home: Path) -> None:
    """Run to the end; where that does not come, end the program with all that it started."""
    with subprocess.Popen(
        command,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "HOME": str(home), "XDG_RUNTIME_DIR": str(home)},
        start_new_session=True,
    ) as running:
        try:
            running.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            os.killpg(running.pid, signal.SIGKILL)
            pytest.fail(f"LibreOffice did not end within {PATIENCE} seconds")
