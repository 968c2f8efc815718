"""What the sample of a log says and lacks: the verdict, each check, what to ask, how the lines were understood."""

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from desktop.ui.acceptance.sign import Sign
from desktop.ui.desk import Desk
from desktop.ui.parts import Button, card, chip, column, label, line, row, scale
from desktop.ui.so_far import STATUS_COLOUR, source_line
from wizards.acceptance import telling
from wizards.acceptance.finding import Finding
from wizards.acceptance.shapes import Event
from wizards.acceptance.verdict import RECORD, Verdict
from wizards.acceptance.wording import Wording
from wizards.interview.mistakes import visible

_EXAMPLES = 3
_LONGEST = 80


def verdict_card(desk: Desk, verdict: Verdict, buttons: list[QWidget]) -> QWidget:
    """Accepted or not, what that means, what was read, and what can be done with it."""
    word = "acceptance.accepted" if verdict.accepted else "acceptance.refused"
    head = row(Sign("pass" if verdict.accepted else "fail", desk.colours), label(desk.say(word), "heading"))
    head.setStretch(1, 1)
    items: list[QWidget] = [label(telling.result(verdict, desk.say))]
    if verdict.sample.parted:
        items.append(label(desk.say("acceptance.parted"), "strong"))
    items.append(label(telling.summary(verdict, desk.say), "muted"))
    return card(head, *items, *buttons, kind="accent" if verdict.accepted else "notice", spacing=8)


def art16_card(desk: Desk, verdict: Verdict) -> QWidget:
    """Which data, when, by whom; and where the question comes from, with how sure that is."""
    record = desk.open.bank.records[RECORD]
    return card(
        label(desk.say("acceptance.art16"), "heading"),
        label(telling.art16(verdict, desk.say)),
        label(desk.text(record.versions[-1].text), "muted"),
        source_line(desk, record),
        spacing=8,
    )


def checks_card(desk: Desk, verdict: Verdict, wording: Wording) -> QWidget:
    """Each check on its line."""
    items: list[QWidget] = [label(desk.say("acceptance.checks"), "heading")]
    for found in verdict.findings:
        items += [_check(desk, found, wording), line()]
    return card(*items[:-1], spacing=8)


def _check(desk: Desk, found: Finding, wording: Wording) -> QWidget:
    holder = QWidget()
    title = desk.text(wording.checks[found.id].title)
    head = row(
        Sign(found.status, desk.colours),
        label(title, "strong"),
        chip(desk.say(f"acceptance.status-{found.status}"), STATUS_COLOUR[found.status]),
        spacing=8,
    )
    head.setStretch(1, 1)
    said = label(telling.told(found, wording, desk.say, desk.lang), "muted")
    holder.setLayout(column(head, said, spacing=2))
    return holder


def ask_card(desk: Desk, verdict: Verdict, wording: Wording) -> QWidget:
    """Words for whoever keeps the log, ready to be copied."""
    text = telling.letter(verdict, wording, desk.say, desk.lang)
    if not text:
        return card(label(desk.say("acceptance.ask"), "heading"), label(desk.say("acceptance.ask-nothing"), "muted"))
    shown = QPlainTextEdit(text)
    shown.setReadOnly(True)
    shown.setAccessibleName(desk.say("acceptance.ask"))
    shown.setTabChangesFocus(True)
    shown.setFixedHeight(round(190 * scale()))
    done = label("", "muted")

    def copy() -> None:
        QGuiApplication.clipboard().setText(text)
        done.setText(desk.say("acceptance.copied"))

    copied = row(Button(desk.say("acceptance.copy"), copy), done, None)
    return card(label(desk.say("acceptance.ask"), "heading"), shown, copied, spacing=8)


def examples_card(desk: Desk, verdict: Verdict, wording: Wording) -> QWidget:
    """The first lines, by what was understood of them. Shown in the window and nowhere else."""
    items: list[QWidget] = [
        label(desk.say("acceptance.examples"), "heading"),
        label(desk.say("acceptance.examples-why"), "muted"),
    ]
    for event in verdict.sample.events[:_EXAMPLES]:
        items += [line(), label(desk.say("acceptance.example-line", place=str(event.place)), "strong")]
        for name, value in _parts(event):
            if value:
                said = visible(value if len(value) <= _LONGEST else value[:_LONGEST] + "…")
                items.append(label(desk.say("acceptance.line", title=desk.text(wording.checks[name].title), text=said)))
    if verdict.sample.strange:
        items += [line(), label(desk.say("acceptance.strange"), "strong")]
        items += [label(visible(said[:_LONGEST]), "muted") for said in verdict.sample.strange[:_EXAMPLES]]
    return card(*items, spacing=4)


def _parts(event: Event) -> list[tuple[str, str]]:
    at = "" if event.at is None else event.at.at.isoformat(" ", "seconds")
    return [
        ("who", event.who),
        ("what", event.what),
        ("when", at),
        ("object", event.object),
        ("source", event.source),
    ]
