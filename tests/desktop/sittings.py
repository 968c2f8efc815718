"""What the scripted owner does in one sitting, told as an owner would tell it."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLabel, QPlainTextEdit

from desktop.content import bank
from desktop.ui.parts import Button
from desktop.ui.plan_page import PlanPage
from tests.desktop.hands import ALT, Key, Lost, tell

if TYPE_CHECKING:
    from tests.desktop.owner import Owner

NOTE = "Done on Monday, the sheet is in the red folder."


def begin(owner: "Owner", lang: str) -> None:
    """First run, quick check, the first two steps with a look back, and a page of the third."""
    hands = owner.hands
    owner.first_run(lang)
    owner.quick_check()
    hands.leads_to(lambda: hands.press(Key.Key_Return))
    _to_the_end_of_the_step(owner)
    _an_answer_that_hides_others(owner)
    hands.leads_to(lambda: hands.press(Key.Key_Return))
    _to_the_end_of_the_step(owner)
    hands.leads_to(lambda: hands.press(Key.Key_Return))
    owner.page()  # one alone: a short step would be at its end after two
    _back_and_forth(owner)
    tell(stopped_at=hands.place.of)


def finish(owner: "Owner", passphrase: str, pdf: Path) -> None:
    """Go on where it was left, to the plan, one task, the PDF and the review."""
    hands = owner.hands
    owner.unlock(passphrase)
    tell(page=hands.place.name)
    hands.leads_to(lambda: hands.activate(hands.say("home.resume")))
    tell(resumed_at=hands.place.of)
    while hands.place.name != "plan":
        if hands.place.name == "answers":
            hands.leads_to(lambda: hands.press(Key.Key_Return))
        else:
            owner.page()
    _one_task(owner)
    owner.save("plan.save", pdf)
    owner.open("review")
    hands.leads_to(lambda: hands.activate(hands.say("review.finish")))
    tell(review=hands.place.name)


def go_on(owner: "Owner", passphrase: str) -> None:
    """Without end: answer what is open, then change one answer after another. Somebody will pull the plug."""
    hands = owner.hands
    owner.said, owner.hurried = {}, True
    if hands.place.name == "first-run":
        owner.first_run("en")
    else:
        owner.unlock(passphrase)
    tell(at_work=True)
    while True:
        if hands.place.name in {"page", "quick"}:
            owner.page()
        elif hands.place.name in {"home", "assessment"}:
            hands.leads_to(lambda: hands.press(Key.Key_Return))
        elif hands.place.name == "answers" and (links := _changes(owner)) and owner.chance.random() < 0.8:
            hands.leads_to(partial(hands.activate, owner.chance.choice(links)))
        else:
            owner.open("assessment")


def _changes(owner: "Owner") -> list[str]:
    """The links of the check page that lead to an answer."""
    before = owner.hands.say("check.change-named", question="")
    return [name for b in owner.hands.seen(Button) if (name := b.accessibleName()).startswith(before)]


def _to_the_end_of_the_step(owner: "Owner") -> None:
    while owner.hands.place.name == "page":
        owner.page()
    if owner.hands.place.name != "answers":
        raise Lost(f"the step ended on {owner.hands.place}")


def _an_answer_that_hides_others(owner: "Owner") -> None:
    """Say that nobody has a mainland account: a notice names what that hides; undo brings it back."""
    hands = owner.hands
    hidden = bank().questions["accounts"].text.to(hands.app.lang)
    before = hands.place
    texts = owner.change("mainland-accounts", value=False)
    if not any(hidden in text for text in texts):
        raise Lost(f"nothing says that {hidden!r} is hidden: {texts}")
    hands.activate(hands.say("page.undo"))
    hands.until(lambda: not any(hidden in label.text() for label in hands.seen(QLabel)))
    owner.go_on(hands.place.of)
    if hands.place != before:
        raise Lost(f"the change did not lead back to the answers, but to {hands.place}")


def _back_and_forth(owner: "Owner") -> None:
    """A page back by the keyboard's own way, and on again."""
    hands = owner.hands
    here = hands.place
    hands.leads_to(lambda: hands.press(Key.Key_Left, ALT))
    owner.go_on(hands.place.of)
    if hands.place != here:
        raise Lost(f"{here} is not where Continue leads, but {hands.place}")


def _one_task(owner: "Owner") -> None:
    """Open a task from the plan, tick it with a note, and go back."""
    hands = owner.hands
    (page,) = hands.seen(PlanPage)
    links = [b for b in hands.seen(Button, page) if b.property("kind") == "link"]
    first = next(link.accessibleName() for link in links if link.accessibleName().startswith("1."))
    hands.leads_to(lambda: hands.activate(first))
    task = hands.place.of
    hands.tab_to(lambda widget: isinstance(widget, QPlainTextEdit), "the note")
    hands.type(NOTE)
    hands.activate(hands.say("task.tick"))
    hands.until(lambda: any(text == NOTE for text in hands.texts()))
    tell(ticked=task, note=NOTE)
    hands.leads_to(lambda: hands.activate(hands.say("task.back")))
