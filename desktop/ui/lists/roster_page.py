"""Counts the accounts from a member list: choose the file, see what was found, correct the columns, use the counts.

What was read stands in memory until the counts are used or the page is left; only counts and names of groups are kept.
"""

from typing import TYPE_CHECKING, Any, Final

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop import plain
from desktop.content import vocabulary
from desktop.sheets import limits
from desktop.storage.faults import VaultError
from desktop.storage.tasks import Proof
from desktop.ui.desk import Desk
from desktop.ui.fields.choices import Box
from desktop.ui.file_work import FileWork, Job
from desktop.ui.footing import FootingCard
from desktop.ui.lists.columns_card import ColumnsCard
from desktop.ui.page import Page
from desktop.ui.parts import Button, card, clear, label, row
from desktop.ui.so_far import source_line
from desktop.ui.unlock import said_of
from wizards.interview.answers import rows
from wizards.interview.mistakes import MOST_ROWS
from wizards.mapping.cells import Sheet, folded
from wizards.mapping.lists import groups, roster, table
from wizards.mapping.lists.table import Layout

if TYPE_CHECKING:
    from pathlib import Path

TASK: Final = "accounts-list"
"""The task that the count settles; the file is kept as its proof, where the owner wants that."""
_NOTES: Final = 40
"""Notes shown; a list of thousands of bare numbers has thousands of the same."""


class RosterPage(Page):
    """`of` is not used."""

    def __init__(self, desk: Desk, of: str) -> None:
        del of
        super().__init__(desk.say("roster.title"), desk.say("list.over"), side=True)
        self._desk, self._words = desk, vocabulary()
        self._file: Path | None = None
        self._problem = ""
        self._sheets: tuple[Sheet, ...] = ()
        self._tables: tuple[Layout, ...] = ()
        self._count: roster.Count | None = None
        self._groups: tuple[groups.Group, ...] | None = None
        self._group_sheets: tuple[Sheet, ...] = ()
        self._choice = choose = Button(desk.say("roster.choose"), self._choose, kind="primary")
        self.first(choose)
        self.main.addWidget(card(label(desk.say("roster.how")), label(desk.say("roster.dropped"), "muted"), choose))
        self._work = FileWork(desk, choose.setFocus)
        self.main.addWidget(self._work)
        self._result = QVBoxLayout()
        self._result.setSpacing(14)
        self.main.addLayout(self._result)
        back = Button(desk.say("list.back"), self._go_back)
        self.main.addLayout(row(back, None))
        record = desk.open.bank.records["dingtalk-two-contracts"]
        self.side.addWidget(
            card(
                label(desk.say("roster.contracts"), "heading"),
                label(desk.say("roster.contracts-text"), "muted"),
                source_line(desk, record),
                spacing=8,
            )
        )
        kept = [proof.name for proof in desk.open.proofs() if proof.task == TASK]
        if kept:
            said = desk.say("roster.kept", files=" · ".join(kept))
            self.side.addWidget(card(label(said, "muted")))
        self.side.addStretch(1)

    # Reading --------------------------------------------------------------------------------------------------------

    def _choose(self) -> None:
        file = self._work.choose("roster.choose")
        if file is None:
            return
        self._problem = ""

        def read(sheets: tuple[Sheet, ...]) -> None:
            try:
                tables = roster.layouts(sheets, self._words)
            except roster.NoPeople:
                self._problem = self._desk.say("roster.no-people", file=file.name)
                first = next((n for n, sheet in enumerate(sheets) if sheet.rows), None)
                if first is None:
                    self._work.say(self._problem)
                    return
                tables = (Layout(first, table.NO_HEADINGS, {}),)  # the owner says which column is what
            self._file, self._sheets, self._groups, self._group_sheets = file, sheets, None, ()
            self._count_by(tables)

        self._work.read(file, read)

    def _recount(self, tables: tuple[Layout, ...]) -> None:
        """Count by what the owner corrected."""
        self._problem = ""
        self._count_by(tables)

    def _count_by(self, tables: tuple[Layout, ...]) -> None:
        """Count by these columns, in a worker: fifty thousand rows take a second or two."""
        sheets, words, group_sheets = self._sheets, self._words, self._group_sheets

        def counted(job: Job) -> tuple[roster.Count, tuple[groups.Group, ...] | None]:
            found = roster.count(sheets, tables, words, job.going)
            return found, groups.mixed(group_sheets, sheets, tables, words) if group_sheets else None

        def show(found: tuple[roster.Count, tuple[groups.Group, ...] | None]) -> None:
            self._tables = tables
            self._count, self._groups = found
            self._show()

        self._work.start(self._desk.say("roster.counting"), counted, show)

    def _choose_groups(self) -> None:
        file = self._work.choose("roster.choose-groups")
        if file is None:
            return

        def read(sheets: tuple[Sheet, ...]) -> None:
            try:
                self._groups = groups.mixed(sheets, self._sheets, self._tables, self._words)
            except groups.NoGroups:
                self._work.say(self._desk.say("roster.no-groups", file=file.name))
                return
            self._group_sheets = sheets
            self._show()

        self._work.read(file, read)

    # What was found -------------------------------------------------------------------------------------------------

    def _show(self) -> None:
        """The counts, the columns, the groups and the notes."""
        clear(self._result)
        if self._count is None:
            return
        self._use = Button(self._desk.say("roster.use"), self._take, kind="primary")
        self._keep = Box(self._desk.say("roster.keep"))
        if self._problem:
            say = [label(self._problem), label(self._desk.say("roster.say-columns"), "strong")]
            self._result.addWidget(card(*say, kind="notice"))
            self._result.addWidget(self._columns())
            self._choice.setFocus()
            return
        for shown in (self._counts(self._count), self._columns(), self._groups_card(), self._notes(self._count)):
            if shown is not None:
                self._result.addWidget(shown)
        self._use.setEnabled(self._count.rows > 0)
        (self._use if self._count.rows else self._choice).setFocus()

    def _counts(self, found: roster.Count) -> QWidget:
        desk = self._desk
        said = {option.id: desk.text(option.text) for option in desk.open.bank.questions["accounts"].options}
        lines: list[QWidget] = [label(desk.say("roster.found", count=str(found.rows)), "heading")]
        for kind, number in found.accounts.items():
            holder = QWidget()
            figure = label(str(number), "strong", wrap=False)
            figure.setFixedWidth(figure.fontMetrics().horizontalAdvance("0000000"))
            made = row(figure, label(said[kind]))
            made.setStretch(1, 1)
            holder.setLayout(made)
            lines.append(holder)
        lines.append(FootingCard(desk, {str(kind): number for kind, number in found.accounts.items()}))
        return card(*lines, self._keep, label(desk.say("roster.keep-why"), "muted"), self._use, spacing=8)

    def _columns(self) -> QWidget:
        return ColumnsCard(self._desk, self._sheets, self._tables, self._words, self._recount)

    def _groups_card(self) -> QWidget:
        desk = self._desk
        items: list[QWidget] = [label(desk.say("roster.groups"), "heading")]
        if self._groups is None:
            items.append(label(desk.say("roster.groups-how"), "muted"))
        else:
            mixed = [group.name for group in self._groups if group.mixed]
            open_ones = sum(group.mixed is None for group in self._groups)
            said = desk.say("roster.mixed", groups=" · ".join(mixed)) if mixed else desk.say("roster.none-mixed")
            items.append(label(said, "strong"))
            if open_ones:
                items.append(label(desk.say("roster.groups-open", count=str(open_ones)), "muted"))
            if "groups" in desk.open.bank.questions:
                items.append(Button(desk.say("roster.take-groups"), self._take_groups))
        items.append(Button(desk.say("roster.choose-groups"), self._choose_groups))
        return card(*items, spacing=8)

    def _notes(self, found: roster.Count) -> QWidget | None:
        if not found.notes:
            return None
        items: list[QWidget] = [label(self._desk.say("roster.notes", count=str(len(found.notes))), "heading")]
        for note in found.notes[:_NOTES]:
            where = " · ".join(part for part in (note.sheet, note.cell) if part)
            text = self._desk.say(f"roster.note-{note.about}", **note.values)
            items.append(label(f"{where}: {text}" if self._desk.lang != "zh-Hant" else f"{where}：{text}", "muted"))
        if len(found.notes) > _NOTES:
            items.append(label(self._desk.say("roster.more-notes", count=str(len(found.notes) - _NOTES)), "muted"))
        return card(*items, spacing=4)

    # Taking over ----------------------------------------------------------------------------------------------------

    def _take(self) -> None:
        """Keep the counts as answers; the file too, if its box is ticked. Everything else is dropped."""
        if self._count is None:
            return
        given: dict[str, Any] = {"accounts": dict(self._count.accounts)}
        if self._count.accounts["+86"]:
            given["mainland-accounts"] = True
        elif not self._count.accounts["unknown"]:
            given["mainland-accounts"] = False
        session, file, keep = self._desk.open, self._file, self._keep.isChecked()
        note = self._desk.say("roster.proof-note", count=str(self._count.rows))

        def done(_: object) -> None:
            self._keep.setChecked(False)  # the file is in the vault, if it was to be
            try:
                session.answer_together(given)
            except VaultError as error:
                self._work.say(said_of(self._desk, error))
                self._use.setFocus()
                return
            self._sheets, self._group_sheets, self._tables = (), (), ()
            self._go_back()

        def kept(_: Job) -> None:
            if keep and file is not None:
                session.tick(TASK, note, Proof(file.name, plain.beginning(file, limits.FILE)))

        self._work.start(self._desk.say("roster.keeping"), kept, done, str(file))

    def _take_groups(self) -> None:
        """Add the groups that are not there yet; of those that are, say what is mixed."""
        session = self._desk.open
        known = {folded(group.name): group for group in self._groups or ()}
        there = [dict(one) for one in rows(session.answers, "groups")]
        for one in there:
            group = known.pop(folded(str(one.get("name", ""))), None)
            if group is not None and group.mixed is not None:
                one["mixed"] = group.mixed
        added = [{"name": g.name} | ({} if g.mixed is None else {"mixed": g.mixed}) for g in known.values()]
        added = added[: MOST_ROWS - len(there)]
        session.add_rows("groups", added, there)
        self._work.tell(self._desk.say("roster.groups-taken", count=str(len(added))))

    def _go_back(self) -> None:
        session = self._desk.open
        asked = {q.id for page in session.pages() for q in page.questions}
        question = "accounts" if "accounts" in asked else "mainland-accounts"
        self._desk.go(self._desk.place_of(question))
