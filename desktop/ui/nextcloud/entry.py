"""The way to the page of the owner's Nextcloud, from what speaks of it; and from there to the server, by its name."""

from PySide6.QtCore import QUrl

from desktop.ui.desk import Desk, Place
from desktop.ui.parts import Button
from wizards.content.shapes import Duty


def entry(desk: Desk) -> Button:
    """A button that goes there."""
    return Button(desk.say("nextcloud.entry"), lambda: desk.go(Place("nextcloud")))


def to_server(said: str, address: str) -> str:
    """The words of a button that asks the server at `address`: they say where it goes. Without an address, `said`."""
    typed = address.strip()
    host = QUrl(typed if "//" in typed else f"https://{typed}").host()
    return f"{said}: {host}" if host else said


def is_about(desk: Desk, duty: Duty) -> bool:
    """Whether a duty stands in the topic of Nextcloud."""
    return any(topic.id == "nextcloud" and duty in topic.duties for topic in desk.open.bank.topics)
