"""Rows from a list: pasted, one a line, or from a file. Shown as boxes to untick before they are added."""

from typing import cast

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from desktop.content import guesses
from desktop.ui.desk import Desk
from desktop.ui.fields.choices import Box
from desktop.ui.file_work import FileWork
from desktop.ui.page import Page
from desktop.ui.parts import Button, card, clear, label, row
from wizards.interview.answers import rows
from wizards.interview.mistakes import MOST_ROWS
from wizards.mapping.cells import Sheet
from wizards.mapping.lists.proposals import Proposal, Question, pasted, proposals
from wizards.planning import spoken

_PAUSE = 250
"""Milliseconds after the last key before the list is read."""


class ListPage(Page):
    """`of` is the question that the rows are for."""

    def __init__(self, desk: Desk, of: str) -> None:
        super().__init__(desk.say(f"list.title-{of}"), desk.say("list.over"))
        self._desk, self._of = desk, cast("Question", of)
        self._offers: list[tuple[Box, Proposal]] = []
        self._typed = QPlainTextEdit()
        self._typed.setAccessibleName(desk.say("list.paste"))
        self._typed.setPlaceholderText(desk.say(f"list.example-{of}"))
        self._typed.setTabChangesFocus(True)
        self._typed.setFixedHeight(150)
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE)
        self._pause.timeout.connect(lambda: self._propose((pasted(self._typed.toPlainText()),)))
        self._typed.textChanged.connect(self._pause.start)
        choose = Button(desk.say("list.choose"), self._choose)
        how, then = label(desk.say(f"list.how-{of}")), label(desk.say("list.then"), "muted")
        self.main.addWidget(card(how, then, self._typed, row(choose, None)))
        self._work = FileWork(desk, choose.setFocus)
        self.main.addWidget(self._work)
        self._found = QVBoxLayout()
        self.main.addLayout(self._found)
        back = Button(desk.say("list.back"), lambda: desk.go(desk.place_of(of)))
        self.main.addLayout(row(back, None))
        self.first(self._typed)

    def _choose(self) -> None:
        file = self._work.choose("list.choose")
        if file is not None:
            self._work.read(file, lambda sheets: self._propose(sheets, from_file=True))

    def _propose(self, sheets: tuple[Sheet, ...], *, from_file: bool = False) -> None:
        """Show what the list would add."""
        clear(self._found)
        desk = self._desk
        there = rows(desk.open.answers, self._of)
        found = proposals(self._of, sheets, there, guesses())
        self._offers = []
        if len(there) >= MOST_ROWS:
            self._found.addWidget(card(label(desk.say("rows.full", limit=str(MOST_ROWS))), kind="notice"))
            return
        if not found:
            if from_file or self._typed.toPlainText().strip():
                self._found.addWidget(card(label(desk.say("list.nothing"), "muted")))
            return
        items: list[QWidget] = [label(desk.say("list.found", count=str(len(found))), "heading")]
        if not all(one.ticked for one in found):
            items.append(label(desk.say("list.own"), "muted"))
        for one in found:
            box = Box(self._said(one))
            box.setChecked(one.ticked)
            box.toggled.connect(self._counted)
            self._offers.append((box, one))
            items.append(box)
        self._add = Button(desk.say("list.add"), self._take, kind="primary")
        self._found.addWidget(card(*items, row(self._add, None), spacing=6))
        self._counted()
        if from_file:
            self._offers[0][0].setFocus()

    def _said(self, one: Proposal) -> str:
        """The name, and in words what was guessed beside it."""
        columns = {column.id: column for column in self._desk.open.bank.questions[self._of].columns}
        yes_no = {True: self._desk.say("answer.yes"), False: self._desk.say("answer.no")}
        told = [
            spoken.answer(columns[key], value, self._desk.lang, "?", yes_no)
            for key, value in one.row.items()
            if key not in {"name", "channel"}
        ]
        return " · ".join([one.name, *told])

    def _counted(self) -> None:
        self._add.setEnabled(any(box.isChecked() for box, _ in self._offers))

    def _take(self) -> None:
        chosen = [one.row for box, one in self._offers if box.isChecked()]
        self._desk.open.add_rows(self._of, chosen)
        self._desk.go(self._desk.place_of(self._of))
