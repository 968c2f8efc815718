"""What a home gives and costs, under a question about homes: it follows the option that has the keyboard or is chosen.

A line until the keyboard has been in the question, in full from then on, so that nothing moves under a mouse.

Shows what homes.toml says; keeps nothing and chooses nothing.
"""

from functools import partial
from itertools import pairwise
from typing import Final, cast

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QFrame, QGridLayout, QRadioButton, QWidget

from desktop.ui.desk import Desk, Place
from desktop.ui.fields.field import Field
from desktop.ui.parts import Button, card, clear, column, label, line, scale
from desktop.ui.so_far import cited, source_line
from wizards.content.shapes import Home, Question
from wizards.governance.homes import TIER_QUESTIONS, asks_for_home, home_meant, homes_beside
from wizards.planning import spoken

_SAID: Final = ("hides", "proves", "costs", "limits", "transfer")
_ALWAYS: Final = frozenset({"U", "ARTICLE"})
"""Grades of sources that are never folded away."""


def beside(desk: Desk, question: Question, field: QWidget) -> list[QWidget]:
    """What stands under the field of a question about homes; nothing under any other."""
    if not asks_for_home(desk.open.bank, question.id) or not isinstance(field, Field):
        return []
    return [HomesPanel(desk, question, field)]


def glance_card(desk: Desk, question: Question) -> list[QFrame]:
    """All homes of such a question, a line each, with the choice that they come down to."""
    bank = desk.open.bank
    if not asks_for_home(bank, question.id):
        return []
    items: list[QWidget] = [label(desk.say("homes.glance"), "heading"), label(desk.say("homes.choice"))]
    for home in homes_beside(bank, question.id):
        items += [line(), label(desk.text(home.title), "strong"), label(desk.text(home.short), "muted")]
    if question.id in TIER_QUESTIONS:
        items += [line(), label(desk.say("homes.signal"), "muted")]
    return [card(*items, spacing=6)]


class HomesPanel(QWidget):
    """The home at hand. Its height changes only what stands below it."""

    def __init__(self, desk: Desk, question: Question, field: Field) -> None:
        super().__init__()
        self._desk, self._question, self._field = desk, question, field
        self._full = question.id not in TIER_QUESTIONS[1:]  # the first on its page has the keyboard at once
        self._open = False
        self._home = self._meant(self._answer())
        for button in field.findChildren(QRadioButton):
            home = self._meant(str(button.property("option") or ""))
            if home is not None:
                button.setAccessibleDescription(desk.text(home.short))
        self._text, self._sources = column(spacing=8), column(spacing=8)
        # made once, so that the keyboard comes to them in the order in which they are seen
        self._fold = Button(desk.say("homes.sources"), self._unfold, kind="link")
        guides = desk.open.bank.guides.values()
        self._guides = {guide.home: link for guide in guides for link in guide_links(desk, guide.home)}
        self.setLayout(column(self._text, self._fold, self._sources, *self._guides.values(), spacing=6))
        self._kept = QTimer(self, singleShot=True, interval=0)  # after the answer is kept, which may say the kind
        self._kept.timeout.connect(lambda: self._take(self._meant(self._answer())))
        field.given.connect(lambda _: self._kept.start())
        cast("QApplication", QApplication.instance()).focusChanged.connect(self._focused)
        self._show()

    def _answer(self) -> str:
        return str(self._desk.open.answers.get(self._question.id) or "")

    def _meant(self, option: str) -> Home | None:
        session = self._desk.open
        return home_meant(session.bank, session.answers, self._question.id, option)

    def _focused(self, _: QWidget | None, now: QWidget | None) -> None:
        if now is not None and self._field.isAncestorOf(now):
            self._take(self._meant(str(now.property("option") or "")))

    def _take(self, home: Home | None) -> None:
        if home is not self._home or not self._full:
            self._home, self._full, self._open = home, True, False
            self._show()

    def _show(self) -> None:
        clear(self._text)
        clear(self._sources)
        desk, home = self._desk, self._home
        for said in self._flows():
            self._text.addWidget(label(said, "muted"))
        full = home is not None and self._full
        self._fold.setVisible(full)
        for of, link in self._guides.items():
            link.setVisible(home is not None and home.home == of and full)
        if home is None:
            return
        if not full:
            short = desk.say("homes.in-short", home=desk.text(home.title), short=desk.text(home.short))
            self._text.addWidget(label(short, "muted"))
            return
        for item in home_lines(desk, home):
            self._text.addWidget(item)
        self._fold.words.setText(desk.say("homes.no-sources" if self._open else "homes.sources"))
        self._fold.setAccessibleName(f"{self._fold.words.text()}: {desk.text(home.title)}")
        for record in cited(desk, home.sources):
            if self._open or record.grade in _ALWAYS:
                self._sources.addWidget(source_line(desk, record))
        self._in_turn()

    def _in_turn(self) -> None:
        """The keyboard comes to the sources after the button that shows them, then to the guides."""
        sources = [button for button in self.findChildren(Button) if button not in (self._fold, *self._guides.values())]
        for first, then in pairwise([self._fold, *sources, *self._guides.values()]):
            QWidget.setTabOrder(first, then)

    def _unfold(self) -> None:
        self._open = not self._open
        self._show()

    def _flows(self) -> list[str]:
        """The names of the flows in the tier that is asked about; of those that the owner put there, why."""
        desk, bank = self._desk, self._desk.open.bank
        here = [found for found in desk.open.plan().flows if f"tier-{found[2].id}" == self._question.id]
        if not here:
            return []
        chosen = [(flow, tier) for flow, _, tier in here if tier.id != tier.recommended][: spoken.MOST_NAMES]
        return [
            desk.say("homes.flows", flows=spoken.names([flow.name for flow, _, _ in here], desk.lang)),
            *(
                desk.say(
                    "homes.chosen",
                    flow=spoken.names([flow.name], desk.lang),
                    why=spoken.tier_why(bank, flow, tier, desk.lang),
                )
                for flow, tier in chosen
            ),
        ]


def home_lines(desk: Desk, home: Home, *, narrow: bool = False) -> list[QWidget]:
    """The title of a home and its five lines, each beside its name, or under it where there is little room."""
    title = label(desk.text(home.title), "strong")
    if narrow:
        said = [(label(desk.say(f"homes.{word}"), "muted"), label(desk.text(getattr(home, word)))) for word in _SAID]
        return [line(), title, *(part for pair in said for part in pair)]
    grid = QGridLayout()
    grid.setHorizontalSpacing(14)
    grid.setVerticalSpacing(6)
    for place, word in enumerate(_SAID):
        name = label(desk.say(f"homes.{word}"), "muted")
        name.setFixedWidth(round(142 * min(scale(), 1.5)))
        grid.addWidget(name, place, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(label(desk.text(getattr(home, word))), place, 1)
    grid.setColumnStretch(1, 1)
    holder = QWidget()
    grid.setContentsMargins(0, 0, 0, 0)
    holder.setLayout(grid)
    return [line(), title, holder]


def guide_links(desk: Desk, home: str) -> list[QWidget]:
    """A link to each guide for a home."""
    return [
        Button(
            desk.say("homes.guide", title=desk.text(guide.title)),
            partial(desk.go, Place("guide", guide.id)),
            kind="link",
        )
        for guide in desk.open.bank.guides.values()
        if guide.home == home
    ]
