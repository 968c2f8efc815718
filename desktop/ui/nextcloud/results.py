"""What a check found: by status, each with its remedy and its task; and keeping it as the proof of a task."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QFrame, QWidget

from desktop import clock
from desktop.content import nextcloud_rules
from desktop.nextcloud import Result
from desktop.storage.tasks import Proof
from desktop.ui import work
from desktop.ui.desk import Desk, Place
from desktop.ui.nextcloud.bench import Bench
from desktop.ui.parts import Button, announce, beside, card, chip, column, label, line, row
from desktop.ui.plan_page import find
from desktop.ui.so_far import STATUS_COLOUR
from wizards.nextcloud.findings import Finding, proven
from wizards.nextcloud.rules import STATUSES, Status
from wizards.nextcloud.telling import as_lines, remedy, text
from wizards.planning import spoken
from wizards.planning.plan import Task


def result_cards(desk: Desk, bench: Bench, result: Result) -> list[QWidget]:
    """The cards of a result: what it came to, what it proves, then each status with its findings."""
    counts = {status: str(count) for status, count in result.counts.items()}
    version = result.version or desk.say("nextcloud.version-unknown")
    head: list[QWidget] = [
        label(desk.say("nextcloud.server-line", server=result.server, version=version), "heading"),
        label(desk.say("nextcloud.found", **counts)),
    ]
    head.append(_copying(desk, result))
    if result.trouble is not None:
        why = bench.reason(result.trouble)
        head.append(label(desk.say("nextcloud.half-way", why=why), "error"))
    cards: list[QWidget] = [card(*head, spacing=6)]
    tasks = [find(desk.open.plan(), task) for task in sorted(proven(result.findings))]
    cards += [_proof(desk, bench, result, task) for task in tasks if task is not None]
    for status in STATUSES:
        found = [finding for finding in result.findings if finding.status == status]
        if found:
            cards.append(_group(desk, status, found))
    cards.append(_sources(desk))
    return cards


def _lines(desk: Desk, result: Result) -> str:
    """The whole result as a text of today."""
    rules = nextcloud_rules()
    lines = as_lines(result.server, result.version, result.findings, rules, desk.words, desk.lang, desk.day)
    return "\n".join([desk.day(clock.today()), *lines, ""])


def _copying(desk: Desk, result: Result) -> QWidget:
    """What was found and what to do, for whoever runs the server: it is seldom the owner."""
    done = label(desk.say("nextcloud.copied"), "muted", wrap=False)
    done.hide()

    def copy() -> None:
        QGuiApplication.clipboard().setText(_lines(desk, result))
        done.show()
        announce(done, desk.say("nextcloud.copied"))

    holder = QWidget()
    holder.setLayout(beside(Button(desk.say("nextcloud.copy"), copy), done, stretch=False))
    return holder


def _group(desk: Desk, status: Status, found: list[Finding]) -> QFrame:
    items: list[QWidget] = []
    for finding in found:
        items += [line(), _entry(desk, finding)] if items else [_entry(desk, finding)]
    holder = QWidget()
    holder.setLayout(row(chip(desk.say(f"nextcloud.status-{status}"), STATUS_COLOUR[status]), None))
    return card(holder, *items, spacing=10)


def _entry(desk: Desk, finding: Finding) -> QWidget:
    rules, lang = nextcloud_rules(), desk.lang
    items: list[QWidget] = [
        label(desk.text(finding.check.title), "strong"),
        label(text(finding, rules, lang, desk.day)),
    ]
    todo = remedy(finding, lang, desk.day)
    if todo:
        items.append(label(f"→ {todo}"))
    task = find(desk.open.plan(), finding.check.task)
    if task is not None and finding.status != "pass":
        title = desk.say("nextcloud.task", title=spoken.title(desk.open.bank, task, lang))
        items.append(Button(title, partial(desk.go, Place("task", task.id)), kind="link"))
    holder = QWidget()
    holder.setLayout(column(*items, spacing=4))
    return holder


def _proof(desk: Desk, bench: Bench, result: Result, task: Task) -> QFrame:
    """A task that this result proves done, with the button that keeps it."""
    title = spoken.title(desk.open.bank, task, desk.lang)
    keep = Button(desk.say("nextcloud.proof"), lambda: _keep(desk, bench, result, task, made.hide), kind="primary")
    made = card(label(title, "heading"), label(desk.say("nextcloud.proof-why")), keep, kind="accent", spacing=8)
    return made


def _keep(desk: Desk, bench: Bench, result: Result, task: Task, then: Callable[[], object]) -> None:
    session, day = desk.open, clock.today()
    proof = Proof(f"nextcloud-{day.isoformat()}.txt", _lines(desk, result).encode())
    counts = {status: str(count) for status, count in result.counts.items()}
    note = desk.say(
        "nextcloud.proof-note", day=desk.day(day), server=result.server, version=result.version or "–", **counts
    )
    title = spoken.title(session.bank, task, desk.lang)

    def done(_: None) -> None:
        if work.awaits(bench):
            then()
            bench.tell(desk.say("nextcloud.proof-kept", title=title))

    def failed(error: Exception) -> None:
        if work.awaits(bench):
            bench.tell(bench.reason(error), "notice")

    work.run(lambda: session.tick(task.id, note, proof), done, failed)


def _sources(desk: Desk) -> QFrame:
    items: list[QWidget] = [label(desk.say("nextcloud.sources"), "heading")]
    for source in nextcloud_rules().sources:
        cite = Button(desk.text(source.citation), partial(QDesktopServices.openUrl, QUrl(source.url)), kind="link")
        cite.setAccessibleDescription(desk.say("source.opens", url=source.url))
        cite.setToolTip(desk.say("source.opens", url=source.url))
        said = desk.say("source.checked", grade=desk.say(f"grade.{source.grade}"), day=desk.day(source.checked))
        items += [cite, label(said, "muted")]
    return card(*items, spacing=4)
