"""A scripted owner at the real window, by the keyboard alone. Run as a program of its own, so that it can be killed.

Prints one line of JSON for each page that it left, with the answers that the page showed as given.
"""

import argparse
import random
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QLineEdit, QMessageBox

from desktop import app as program
from desktop.content import bank
from desktop.ui import work
from desktop.ui.fields.field import Field
from desktop.ui.fields.rows import RowForm, Rows
from desktop.ui.parts import Button
from tests.desktop import sittings
from tests.desktop.hands import CTRL, Hands, Key, Lost, Shown, shown, tell
from wizards.interview.answers import Value

NAMES: Final = {"en": "Lighthouse Trading", "zh-Hant": "松山貿易行", "pt": "Comércio do Farol"}
# what the journey needs to be so; all else is left to chance
SAID: Final[dict[str, Value]] = {
    "sector": "insurance-broker",
    "staff": 11,
    "mainland-accounts": True,
    "accounts": {"+853": 9, "+86": 3},
    "plugins-known": True,
}
DAY: Final = "2027-03-15"
OWN_ROW: Final = {"en": "Birthday cards", "zh-Hant": "生日賀卡", "pt": "Cartões de aniversário"}


class Owner:
    """Somebody who answers Guia's questions; `seed` decides what is said."""

    def __init__(self, hands: Hands, seed: int) -> None:
        self.hands = hands
        self.chance = random.Random(seed)  # noqa: S311 - no secret hangs on it
        self.said = SAID | {"business-name": NAMES[hands.app.lang]}
        self.hurried = False

    # Beginning ------------------------------------------------------------------------------------------------------

    def first_run(self, lang: str) -> None:
        """Choose a language, take the passphrase and make the vault."""
        hands = self.hands
        hands.activate(hands.say(f"language.{lang}"))
        hands.until(lambda: hands.app.lang == lang)
        self.said["business-name"] = NAMES[lang]
        hands.activate(hands.say("first.begin"))
        hands.until(self._codes)
        tell(passphrase=self._codes()[0].text())
        hands.tab_to_name(hands.say("first.kept"))
        hands.press(Key.Key_Space)
        hands.leads_to(lambda: hands.activate(hands.say("first.make")))

    def _codes(self) -> list[QLabel]:
        return [label for label in self.hands.seen(QLabel) if label.property("role") == "code"]

    def unlock(self, passphrase: str) -> None:
        """Open the vault by the passphrase."""
        hands = self.hands
        hands.tab_to_name(hands.say("unlock.phrase"))
        hands.type(passphrase)
        hands.leads_to(lambda: hands.press(Key.Key_Return))

    def quick_check(self) -> None:
        """From home through the nine questions to the result, and on to the steps."""
        hands = self.hands
        hands.leads_to(lambda: hands.activate(hands.say("home.quick")))
        while hands.place.name == "quick":
            self.page()
        hands.leads_to(lambda: hands.activate(hands.say("quick.go-on")))

    # Answering ------------------------------------------------------------------------------------------------------

    def page(self) -> None:
        """Answer what the page asks and continue; what it showed as given is told once another page is there."""
        hands, place = self.hands, self.hands.place
        done: set[str] = set()
        while fields := [field for field in hands.fields() if isinstance(field, Field) and field.item.id not in done]:
            done.add(fields[0].item.id)
            hands.give(fields[0], self.value(fields[0]))
        if any(isinstance(field, Rows) for field in hands.fields()):
            self._rows()
        self.go_on(place.of)

    def go_on(self, of: str) -> None:
        """Continue, by one of its two ways."""
        hands = self.hands
        given: Shown = {}
        for field in hands.fields():
            given |= shown(field)
        if self.chance.random() < 0.5:
            hands.leads_to(lambda: hands.activate(hands.say("page.continue")))
        else:
            hands.leads_to(lambda: hands.press(Key.Key_Return, CTRL))
        tell(page=of, answers=given)

    def value(self, field: Field) -> Value:
        """What this owner says."""
        item, chance = field.item, self.chance
        if item.id in self.said:
            return self.said[item.id]
        ids = [option.id for option in item.options]
        match item.kind:
            case "yes-no":
                return chance.choice([True, False, True, False, None])
            case "choice":
                return chance.choice([*ids, *ids, None])
            case "many":
                picked = [option for option in ids if chance.random() < 0.3][:5]
                return chance.choice([picked, picked, picked, []])
            case "counts":
                return {ids[0]: chance.randint(1, 90)}
            case "number":
                return chance.randint(20, 900)
            case "date":
                return DAY
            case _:
                return f"Note {chance.randint(1, 999)}"

    def _rows(self) -> None:
        """Take what the sector has, one of it with a change, turn one down, and add one by typing."""
        hands = self.hands
        offers = self._offers("rows.take")[: 1 if self.hurried else None]
        for number, name in enumerate(offers):
            if number == 1:
                hands.activate(self._offers("rows.drop")[0])
            elif number == 2:
                hands.activate(self._offers("rows.take-changed")[0])
                self._fill(2, {})
            else:
                hands.activate(name)
        hands.activate(hands.say("rows.add"))
        self._fill(2 if self.hurried else 4, {"name": OWN_ROW[hands.app.lang]})

    def _offers(self, word: str) -> list[str]:
        before = self.hands.say(word) + ": "
        return [b.accessibleName() for b in self.hands.seen(Button) if b.accessibleName().startswith(before)]

    def _fill(self, most: int, said: dict[str, Value]) -> None:
        """Fill some cells of the open row and close it."""
        hands = self.hands
        done: set[str] = set()
        while cells := [cell for cell in hands.fields() if isinstance(cell, Field) and cell.item.id not in done]:
            if len(done) == most:
                break
            cell = next((c for c in cells if c.item.id in said), cells[0] if not done else self.chance.choice(cells))
            done.add(cell.item.id)
            if cell.item.id in said or cell.item.id != "name":
                hands.give(cell, said.get(cell.item.id) or self.value(cell))
        hands.activate(hands.say("rows.done"))
        hands.until(lambda: not hands.seen(RowForm))

    # Looking back ---------------------------------------------------------------------------------------------------

    def change(self, question: str, value: Value) -> list[str]:
        """From the check page, change one answer; the texts that stood on its page after that."""
        hands = self.hands
        text = bank().questions[question].text.to(hands.app.lang)
        hands.leads_to(lambda: hands.activate(hands.say("check.change-named", question=text)))
        (field,) = [f for f in hands.fields() if isinstance(f, Field) and f.item.id == question]
        hands.give(field, value)
        return hands.texts()

    def open(self, name: str) -> None:
        """Go to one of the places in the rail."""
        self.hands.leads_to(lambda: self.hands.activate(self.hands.say(f"place.{name}")))

    def save(self, word: str, out: Path) -> None:
        """Save a paper: name the file in the dialog, wait for the word that it is saved, and close that."""
        hands = self.hands
        hands.tab_to_name(hands.say(word))
        QTimer.singleShot(100, hands.app.window, lambda: self._name_file(out))
        hands.press(Key.Key_Return)
        hands.until(lambda: hands.seen(QMessageBox), 60)
        said = hands.seen(QMessageBox)[0].text()
        hands.press(Key.Key_Return)
        hands.until(lambda: not hands.seen(QMessageBox))
        hands.app.window.activateWindow()  # a window manager does this; without a screen there is none
        tell(pdf=str(out), said=said)

    def _name_file(self, out: Path) -> None:
        dialog = QApplication.activeModalWidget()
        if not isinstance(dialog, QFileDialog):
            raise Lost("no dialog asks for a file")
        self.hands.tab_to(lambda widget: isinstance(widget, QLineEdit), "the file's name")
        self.hands.type(str(out))
        self.hands.press(Key.Key_Return)


def started() -> Hands:
    """The real program, as its entry builds it, on its first page."""
    app = program.build()
    hands = Hands(app)
    app.window.painted.connect(app.begin)
    app.window.show()
    hands.until(lambda: hands.place.name != "opening")
    tell(page=hands.place.name)
    return hands


def ended(hands: Hands) -> None:
    """Close the window as the window system does, and leave as the program does."""
    hands.app.window.close()
    work.wait()
    hands.app.close()
    tell(end=True)


def main(arguments: Iterable[str]) -> None:
    """One sitting: `begin` to the third step, `finish` from there to the review, or `on` without end."""
    parser = argparse.ArgumentParser()
    parser.add_argument("sitting", choices=["begin", "finish", "on"])
    parser.add_argument("--lang", default="en")
    parser.add_argument("--passphrase", default="")
    parser.add_argument("--pdf", type=Path, default=Path("plan.pdf"))
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args(list(arguments))
    owner = Owner(started(), given.seed)
    match given.sitting:
        case "begin":
            sittings.begin(owner, given.lang)
        case "finish":
            sittings.finish(owner, given.passphrase, given.pdf)
        case _:
            sittings.go_on(owner, given.passphrase)
    ended(owner.hands)


if __name__ == "__main__":
    main(sys.argv[1:])
