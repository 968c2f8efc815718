"""What a spreadsheet that came back changes: a card for each change and each conflict, and how it is taken over."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame, QWidget

from desktop.storage.faults import VaultError
from desktop.ui.desk import Desk
from desktop.ui.parts import Button, announce, card, clear, column, label, row
from desktop.ui.sheet.cards import Cards, Choices, Side, conflict_card, touched_card
from desktop.ui.sheet.send_out import QUESTION
from desktop.ui.unlock import said_of
from wizards.interview.answers import rows
from wizards.interview.mistakes import Mistake, visible
from wizards.interview.validity import check_value
from wizards.mapping.sheet.merge import Conflict, Point, Touched, merge, resolved
from wizards.mapping.sheet.wording import columns_of

if TYPE_CHECKING:
    from wizards.mapping.sheet.back import Back


def sentence(desk: Desk, mistake: Mistake) -> str:
    """A mistake or a remark with its cell."""
    said = desk.say(f"mistake.{mistake.kind}", **mistake.values)
    return visible(desk.say("sheet.named", row=mistake.place, text=said))


class Found(QWidget):
    """All of it; the keyboard starts at `otherwise` where there is nothing to choose."""

    def __init__(self, desk: Desk, back: "Back", otherwise: QWidget) -> None:
        super().__init__()
        session = desk.open
        self._desk, self._otherwise = desk, otherwise
        self._ours = rows(session.answers, QUESTION)
        self._merged = merge(back.columns, back.base, self._ours, back.rows, back.fresh)
        self._wordings = columns_of(session.bank.questions[QUESTION].columns, desk.words)
        self._sides: dict[Point, Side] = {}
        self._without: set[str] = set()
        self._shown: dict[Point, Choices] = {}
        self._layout = column(spacing=14)
        self.setLayout(self._layout)
        self._layout.addWidget(self._summary(back.notes))
        if self._merged.conflicts:
            self._layout.addWidget(self._conflicts(unknown=back.base is None))
        if self._merged.touched:
            makers = [partial(self._touched, one) for one in self._merged.touched]
            self._layout.addWidget(label(desk.say("sheet.found"), "heading"))
            self._layout.addWidget(Cards(desk, makers))
        self._state = label("", "muted")
        self._take = Button(desk.say("sheet.take-over"), self._take_over, kind="primary")
        choices = next(iter(self.findChildren(Choices)), None)
        self._first: QWidget = choices.first() if choices is not None else otherwise
        self._layout.addWidget(self._state)
        self._layout.addLayout(row(self._take, None))
        self._count()
        self._take.setVisible(bool(self._merged.conflicts or self._merged.touched))

    def first(self) -> QWidget:
        """Where the keyboard starts."""
        return self._first

    def last(self) -> QWidget:
        """Where Tab leaves it."""
        return self._take

    def _summary(self, notes: Sequence[Mistake]) -> QFrame:
        desk, merged = self._desk, self._merged
        counts = {kind: str(merged.count(kind)) for kind in ("new", "removed")}
        said = desk.say("sheet.summary", cells=str(merged.cells), rows=str(merged.count("changed")), **counts)
        if not merged.touched and not merged.conflicts:
            said = desk.say("sheet.nothing")
        items = [label(said, "strong"), label(desk.say("sheet.found-text"), "muted")]
        if merged.strange:
            items.append(label(desk.say("sheet.strange"), "error"))
        if notes:
            items += [label(desk.say("sheet.notes"), "strong"), *(label(sentence(desk, note)) for note in notes)]
        return card(*items, kind="accent", spacing=6)

    # Conflicts ------------------------------------------------------------------------------------------------------

    def _conflicts(self, *, unknown: bool) -> QWidget:
        desk = self._desk
        text = desk.say("sheet.unknown-text" if unknown else "sheet.both-text")
        items: list[QWidget] = [label(desk.say("sheet.both"), "heading"), label(text, "muted")]
        holder = QWidget()
        made = column(*items, spacing=8)
        if len(self._merged.conflicts) > 1:
            mine = Button(desk.say("sheet.all-mine"), lambda: self._all("ours"))
            theirs = Button(desk.say("sheet.all-theirs"), lambda: self._all("theirs"))
            made.addLayout(row(mine, theirs, None))
        made.addWidget(Cards(desk, [partial(self._conflict, one) for one in self._merged.conflicts]))
        holder.setLayout(made)
        return holder

    def _conflict(self, conflict: Conflict) -> QFrame:
        told = partial(self._decide, conflict.point)
        made, choices = conflict_card(self._desk, self._wordings, conflict, self._sides.get(conflict.point), told)
        self._shown[conflict.point] = choices
        return made

    def _decide(self, point: Point, side: Side) -> None:
        self._sides[point] = side
        self._count()

    def _all(self, side: Side) -> None:
        """Every conflict at once, those that are not shown yet as well."""
        for conflict in self._merged.conflicts:
            self._sides[conflict.point] = side
        for choices in self._shown.values():
            choices.choose(side)
        self._count()

    # Changes --------------------------------------------------------------------------------------------------------

    def _touched(self, touched: Touched) -> QFrame:
        side: Side = "ours" if touched.row in self._without else "theirs"
        return touched_card(self._desk, self._wordings, touched, side, partial(self._keep, touched.row))

    def _keep(self, row_id: str, side: Side) -> None:
        if side == "ours":
            self._without.add(row_id)
        else:
            self._without.discard(row_id)
        self._count()

    # Taking over ----------------------------------------------------------------------------------------------------

    def _result(self) -> list[dict[str, object]]:
        theirs = {point for point, side in self._sides.items() if side == "theirs"}
        return resolved(self._ours, self._merged, self._without, theirs)

    def _count(self) -> None:
        """Say what is still to be decided; until then nothing can be taken over."""
        still = len(self._merged.conflicts) - len(self._sides)
        self._take.setEnabled(not still)
        said = self._desk.say("sheet.to-decide", count=str(still)) if still else ""
        self._say(said)

    def _say(self, text: str, role: str = "muted") -> None:
        self._state.setProperty("role", role)
        self._state.style().polish(self._state)
        self._state.setText(text)
        self._state.setVisible(bool(text))
        if role == "error":
            announce(self._state, text)

    def _take_over(self) -> None:
        desk, session = self._desk, self._desk.open
        made = self._result()
        if made == [dict(one) for one in self._ours]:
            self._say(desk.say("sheet.nothing-taken"))
            return
        mistake = next(check_value(session.bank.questions[QUESTION], made, QUESTION), None)
        if mistake is not None:
            self._say(sentence(desk, mistake), "error")
            return
        try:
            session.answer(QUESTION, made)
        except VaultError as error:
            self._say(said_of(desk, error), "error")
            return
        self._finish()

    def _finish(self) -> None:
        """Say that it is done and how to take it back."""
        desk = self._desk
        clear(self._layout)
        undo = Button(desk.say("page.undo"), self._undo)
        self._layout.addWidget(card(label(desk.say("sheet.done")), row(undo, None), kind="accent"))
        self._otherwise.setFocus()

    def _undo(self) -> None:
        self._desk.open.undo()
        self._desk.go(self._desk.place_of(QUESTION))
