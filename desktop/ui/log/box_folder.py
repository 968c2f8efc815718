"""Makes the folder of a log box: the form, where to save it, and certificates made in a worker."""

import errno
from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.connect.watch import Watch
from desktop.logbox.instructions import FOLDER
from desktop.ui.desk import Desk
from desktop.ui.log.box_form import BoxForm
from desktop.ui.parts import Button, announce, column, label, row
from desktop.ui.save_paper import unwritten
from desktop.ui.waiting import Waiting


class MakeFolder(QWidget):
    """Form and button. `made` hears of the folder once it is on the disk and its line is kept."""

    def __init__(self, desk: Desk, form: BoxForm, *, made: Callable[[Path], object]) -> None:
        super().__init__()
        self._desk, self.form, self._made = desk, form, made
        self._waiting = Waiting(desk)
        self._wrong = label("", "error")
        self._wrong.hide()
        save = Button(desk.say("box-page.save"), self._save, kind="primary")
        self.form.host.returnPressed.connect(save.click)
        where = label(desk.say("box-page.save-hint"), "muted")
        self.setLayout(column(self.form, where, row(save, None), self._waiting, self._wrong))

    def _save(self) -> None:
        desk = self._desk
        self._wrong.hide()
        asked = self.form.request()
        if asked is None or self._waiting.busy:
            return
        chosen = QFileDialog.getExistingDirectory(self, desk.say("box-page.save-where"), str(Path.home()))
        if not chosen:
            return
        try:
            out = _free(Path(chosen))
        except OSError as error:  # a folder that may not be looked into
            self._refuse(Path(chosen), error)
            return
        session, lang = desk.open, desk.lang

        def make(watch: Watch) -> Path:
            from desktop.logbox.making import make_bundle
            from desktop.logbox.writing import write_folder

            watch.step("box-page.making")
            bundle = make_bundle(asked, lang)
            watch.step("box-page.writing")
            write_folder(out, bundle.files)
            session.box.keep(bundle)
            return out

        self._waiting.begin(make, self._made, lambda error: self._refuse(out, error))

    def _refuse(self, out: Path, error: Exception) -> None:
        if isinstance(error, OSError) and error.errno == errno.ENOTEMPTY:
            said = self._desk.say("logbox.not-empty", folder=str(out))
        else:
            said = unwritten(self._desk, out, error)
        self._wrong.setText(said)
        self._wrong.show()
        announce(self._wrong, said)


def _free(where: Path) -> Path:
    """A folder that is not there yet: keys of two boxes must never be mixed."""
    number, out = 2, where / FOLDER
    while out.exists():
        number, out = number + 1, where / f"{FOLDER}-{number}"
    return out
