"""Cards for what a spreadsheet changes: one for each row, one for each conflict, each with two plain choices."""

from collections.abc import Callable, Sequence
from typing import Final, Literal

from msgspec import UNSET
from PySide6.QtWidgets import QFrame, QWidget

from desktop.ui.desk import Desk
from desktop.ui.fields.choices import Radio
from desktop.ui.parts import Button, card, chip, column, label, row
from wizards.interview.answers import named
from wizards.mapping.sheet.merge import Conflict, Touched
from wizards.mapping.sheet.wording import Wording, said

Side = Literal["ours", "theirs"]
_COLOUR: Final = {"new": "green", "changed": "blue", "removed": "yellow"}
_AT_ONCE: Final = 30


class Choices(QWidget):
    """Two radio buttons; `told` hears which side was chosen. Nothing is chosen beforehand unless told so."""

    def __init__(
        self, named: Callable[[str], str], texts: tuple[str, str], chosen: Side | None, told: Callable[[Side], object]
    ) -> None:
        super().__init__()
        self._buttons: dict[Side, Radio] = {}
        sides: tuple[Side, Side] = ("ours", "theirs")
        for side, text in zip(sides, texts, strict=True):
            button = Radio(text)
            button.setAccessibleName(named(text))
            button.setChecked(side == chosen)
            button.clicked.connect(lambda _=False, side=side: told(side))
            self._buttons[side] = button
        self.setLayout(column(*self._buttons.values(), spacing=8))

    def first(self) -> QWidget:
        """Where the keyboard starts: what is chosen, else the first."""
        return next((one for one in self._buttons.values() if one.isChecked()), self._buttons["ours"])

    def choose(self, side: Side) -> None:
        """Choose for the owner, who asked for all at once."""
        self._buttons[side].setChecked(True)


class Cards(QWidget):
    """Cards one below the other, so many at once; a button brings more."""

    def __init__(self, desk: Desk, makers: Sequence[Callable[[], QFrame]]) -> None:
        super().__init__()
        self._desk, self._waiting = desk, list(makers)
        self._layout = column(spacing=14)
        self.setLayout(self._layout)
        self._more: Button | None = None
        self._last: Radio | None = None
        self._bring()

    def _bring(self) -> None:
        if self._more is not None:
            self._more.hide()
            self._more.deleteLater()
            self._more = None
        now, self._waiting = self._waiting[:_AT_ONCE], self._waiting[_AT_ONCE:]
        for number, make in enumerate(now):
            made = make()
            self._layout.addWidget(made)
            for radio in made.findChildren(Radio):
                if self._last is not None:  # what comes later stands where it is seen, for Tab as well
                    self.setTabOrder(self._last, radio)
                self._last = radio
            if number == 0 and self.isVisible() and (first := made.findChild(Choices)) is not None:
                first.first().setFocus()
        if self._waiting:
            text = self._desk.say("sheet.show-more", count=str(min(_AT_ONCE, len(self._waiting))))
            self._more = Button(text, self._bring)
            self._layout.addLayout(row(self._more, None))
            if self._last is not None:
                self.setTabOrder(self._last, self._more)


def conflict_card(
    desk: Desk, wordings: dict[str, Wording], conflict: Conflict, chosen: Side | None, told: Callable[[Side], object]
) -> tuple[QFrame, Choices]:
    """What was sent, and the choice between what is here and what came back."""
    if conflict.column:
        wording = wordings[conflict.column]
        title = desk.say("sheet.of", row=conflict.name, column=desk.text(wording.column.text).rstrip("?？"))
        values = [said(wording, value, desk.lang, desk.words) for value in (conflict.ours, conflict.theirs)]
        base = said(wording, conflict.base, desk.lang, desk.words)
        under = "" if conflict.unknown else desk.say("sheet.sent", base=base)
    else:
        title = conflict.name
        values = [desk.say(f"sheet.{word}") for word in _row_words(conflict)]
        under = desk.say(f"sheet.case-{conflict.kind}")
    texts = desk.say("sheet.mine", value=values[0]), desk.say("sheet.theirs", value=values[1])
    choices = Choices(_named(desk, title), texts, chosen, told)
    lines = [label(title, "strong"), *([label(under, "muted")] if under else [])]
    return card(*lines, choices, spacing=8), choices


def _named(desk: Desk, row_name: str) -> Callable[[str], str]:
    """The name of a choice for assistive technology, which may meet it without its card."""
    return lambda text: desk.say("sheet.named", row=row_name, text=text)


def _row_words(conflict: Conflict) -> tuple[str, str]:
    return ("row-here", "row-gone") if conflict.theirs is None else ("row-gone", "row-here")


def touched_card(
    desk: Desk, wordings: dict[str, Wording], touched: Touched, chosen: Side, told: Callable[[Side], object]
) -> QFrame:
    """One row as the sheet changes it, with the choice to leave it as it is."""
    name = named(touched.content) if touched.content.get("name") else desk.say("sheet.unanswered")
    head = row(label(name, "strong"), chip(desk.say(f"sheet.{touched.kind}"), _COLOUR[touched.kind]))
    head.setStretch(0, 1)
    choices = Choices(
        _named(desk, name),
        (desk.say("sheet.keep-as-is"), desk.say("sheet.take-change")),
        chosen,
        told,
    )
    return card(head, *(label(line) for line in _lines(desk, wordings, touched)), choices, spacing=8)


def _lines(desk: Desk, wordings: dict[str, Wording], touched: Touched) -> list[str]:
    def spoken(name: str, value: object) -> str:
        return said(wordings[name], value, desk.lang, desk.words)

    def heading(name: str) -> str:
        return desk.text(wordings[name].column.text).rstrip("?？")

    if touched.kind == "new":
        given = [(name, touched.content[name]) for name in wordings if touched.content.get(name, UNSET) is not UNSET]
        return [desk.say("sheet.cell", column=heading(n), after=spoken(n, value)) for n, value in given if n != "name"]
    return [
        desk.say(
            "sheet.from-to",
            column=heading(edit.column),
            before=spoken(edit.column, edit.before),
            after=spoken(edit.column, edit.after),
        )
        for edit in touched.edits
    ]
