"""The way to the page of the owner's Nextcloud, from what speaks of it."""

from desktop.ui.desk import Desk, Place
from desktop.ui.parts import Button
from wizards.content.shapes import Duty


def entry(desk: Desk) -> Button:
    """A button that goes there."""
    return Button(desk.say("nextcloud.entry"), lambda: desk.go(Place("nextcloud")))


def is_about(desk: Desk, duty: Duty) -> bool:
    """Whether a duty stands in the topic of Nextcloud."""
    return any(topic.id == "nextcloud" and duty in topic.duties for topic in desk.open.bank.topics)
