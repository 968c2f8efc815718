"""Cards that say which answers do not fit together, beside the question or in a list, with links to change them."""

from collections.abc import Collection, Mapping
from functools import partial
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QWidget

from desktop.ui.desk import Desk, Place
from desktop.ui.parts import Button, announce, card, label, line, row
from wizards.governance.contradictions import Found
from wizards.planning import spoken

_LINKS: Final = 2


def show_beside(desk: Desk, frames: Mapping[str, QFrame]) -> None:
    """Put each contradiction under the first question on the page by which it can be mended; take away what is over.

    `frames`: the card of each question that is shown. A card that says the same as before is left alone.
    """
    beside: dict[str, list[Found]] = {question: [] for question in frames}
    for found in desk.open.plan().contradictions:
        question = next((q for q in found.change if q in frames), None)
        if question is not None:
            beside[question].append(found)
    for question, frame in frames.items():
        said = [spoken.contradiction(found, desk.lang) for found in beside[question]]
        if said != (frame.property("clashes") or []):
            frame.setProperty("clashes", said)
            _replace(frame, [clash_card(desk, found, here=frames) for found in beside[question]])


def _replace(frame: QFrame, cards: list[QFrame]) -> None:
    layout = frame.layout()
    for old in [child for child in frame.findChildren(QFrame) if child.property("clash")]:
        old.hide()
        old.setParent(None)
        old.deleteLater()
    last = _last_of(frame)
    for made in cards:
        if layout is not None:
            layout.addWidget(made)
        announce(made, made.accessibleName())
        for link in made.findChildren(Button):  # the keyboard comes to it after what stands above it
            if last is not None:
                QWidget.setTabOrder(last, link)
            last = link


def _last_of(frame: QWidget) -> QWidget | None:
    """The last widget of a frame that Tab reaches."""
    found: QWidget | None = None
    at = frame.nextInFocusChain()
    while at is not None and at is not frame:
        if frame.isAncestorOf(at) and at.focusPolicy() & Qt.FocusPolicy.TabFocus:
            found = at
        at = at.nextInFocusChain()
    return found


def clash_card(desk: Desk, found: Found, here: Collection[str] = ()) -> QFrame:
    """What does not fit together, what to do, and where to change it; no link to a question that is shown `here`."""
    made = card(*_said(desk, found, here), kind="notice", spacing=6)
    made.setProperty("clash", found.contradiction.id)
    made.setAccessibleName(spoken.contradiction(found, desk.lang))
    return made


def clash_list(desk: Desk, wanted: Collection[str] | None = None) -> list[QFrame]:
    """One card with every contradiction, or with those that concern the `wanted` questions; none where all fits."""
    items: list[QWidget] = []
    for found in desk.open.plan().contradictions:
        if wanted is None or not frozenset(found.change).isdisjoint(wanted):
            items += [*([line()] if items else []), *_said(desk, found, ())]
    return [card(label(desk.say("clash.title"), "heading"), *items, kind="notice", spacing=6)] if items else []


def _said(desk: Desk, found: Found, here: Collection[str]) -> list[QWidget]:
    items: list[QWidget] = [
        label(spoken.contradiction(found, desk.lang), "strong"),
        label(desk.text(found.contradiction.mend)),
    ]
    links = _links(desk, found, here)[:_LINKS]
    if links:
        holder = QWidget()
        holder.setLayout(row(*links, None))
        items.append(holder)
    return items


def _links(desk: Desk, found: Found, here: Collection[str]) -> list[QWidget]:
    """A link to each page by which it can be mended, named by the subject of that page."""
    bank, pages = desk.open.bank, desk.open.pages()
    of_question = {question.id: page for page in pages for question in page.questions}
    shown = {of_question[question].id for question in here if question in of_question}
    links: dict[str, QWidget] = {}
    for question in found.change:
        page = of_question.get(question)
        if page is None or page.id in shown or page.id in links:
            continue
        what = desk.text(bank.topic_of[question].title)
        link = Button(desk.say("clash.change", what=what), partial(desk.go, Place("page", page.id)), kind="link")
        link.setAccessibleDescription(spoken.contradiction(found, desk.lang))
        links[page.id] = link
    return list(links.values())
