"""The page of instructions of a log box's folder: one HTML file that opens by double click and can be printed.

Takes its words from the resources; knows no key and no certificate.
"""

from html import escape
from typing import Final

from desktop.content import words
from desktop.logbox.templates import template
from wizards.logbox.folder import Moment, site_name
from wizards.logbox.names import Office, is_address
from wizards.logbox.receiver import FORWARD_PORT, PORT, READ_PORT, RELP_PORT

INSTALL: Final = "sudo sh install.sh"
FOLDER: Final = "guia-log"
"""The name of the folder on the stick, unless it is taken there."""
FAULTS: Final = ("E1", "E2", "E3", "E4", "E5", "E6", "E7", "E8", "W1", "W2", "N1", "N2", "N3", "C1", "U1", "U2")
"""The signs that the scripts show, each explained."""


def install(folder: str) -> str:
    """The two lines that are typed on the box, for a folder of this name on the stick."""
    return f"sudo mount /dev/sdb1 /mnt\nsudo sh /mnt/{folder}/box/install.sh"


def page(office: Office, moment: Moment, lang: str) -> str:
    """The whole page for `office`, in `lang`."""
    made = _Page(office, moment, lang)
    body = "\n".join((*made.opening(), *made.box(), *made.others(), *made.faults(), *made.later()))
    values = {"@LANG@": lang, "@TITLE@": escape(words()["logbox.title"].to(lang)), "@BODY@": body}
    text = template("instructions.html")
    for place, value in values.items():
        text = text.replace(place, value)
    return text


class _Page:
    """The parts of the page, each as lines of HTML."""

    def __init__(self, office: Office, moment: Moment, lang: str) -> None:
        self._office = office
        self._lang = lang
        self._values = {
            "host": office.host,
            "folder": FOLDER,
            "reach": office.reach,
            "days": str(office.days),
            "until": moment.until,
            "port": str(PORT),
            "read": str(READ_PORT),
            "relp": str(RELP_PORT),
            "forward": str(FORWARD_PORT),
        }

    def opening(self) -> list[str]:
        return [
            f"<h1>{self._say('title')}</h1>",
            self._p("about"),
            f'<p class="note">{self._say("secret")}</p>',
        ]

    def box(self) -> list[str]:
        known = is_address(self._office.reach)
        steps = [
            self._say("box-debian"),
            self._say("box-install"),
            self._say("box-sign-in"),
            self._say("box-cable" if known else "box-cable-name") + _command("hostname -I"),
            *([self._say("box-fixed")] if known else []),
            self._say("box-copy") + _command(install(FOLDER)) + self._say("box-root"),
            self._say("box-ready") + _command("sudo umount /mnt"),
            self._say("box-test"),
            self._say("box-by-hand") + _command("sudo guia-log-read find WORD"),
        ]
        network = [self._p("network")]
        if self._office.sites:
            network.append(self._p("network-sites"))
        return [self._part("box"), _steps(steps), self._part("network"), *network]

    def others(self) -> list[str]:
        office = self._office
        made = [self._part("nextcloud"), self._p("nextcloud"), _command(INSTALL)]
        if office.computers:
            folders = [(one.name, f"computer-{one.id}") for one in office.computers]
            made += [self._part("computers"), self._p("computers"), _command(INSTALL), self._folders(folders)]
        if office.sites:
            folders = [(one.name, site_name(one)) for one in office.sites]
            made += [self._part("sites"), self._p("sites"), _command(INSTALL), self._folders(folders)]
            made.append(self._p("sites-computers"))
        return made

    def faults(self) -> list[str]:
        signs = [sign for sign in FAULTS if sign != "C1" or self._office.computers]
        rows = [f"<tr><th>{sign}</th><td>{self._say(f'fault-{sign}')}</td></tr>" for sign in signs]
        return [self._part("faults"), self._p("faults"), "<table>", *rows, "</table>"]

    def later(self) -> list[str]:
        undo = _command("sudo sh /etc/guia-log/undo.sh --keep-log\nsudo sh /etc/guia-log/undo.sh --delete-log")
        told = [self._p(f"later-{name}") for name in ("until", "more", "staff", "undo")]
        return [self._part("later"), *told, undo]

    def _say(self, word: str) -> str:
        return escape(words()[f"logbox.{word}"].fill(self._lang, **self._values), quote=False)

    def _p(self, word: str) -> str:
        return f"<p>{self._say(word)}</p>"

    def _part(self, word: str) -> str:
        return f"<h2>{self._say(f'part-{word}')}</h2>"

    def _folders(self, folders: list[tuple[str, str]]) -> str:
        said = words()["logbox.folder-of"]
        told = (escape(said.fill(self._lang, name=name, folder=folder)) for name, folder in folders)
        return "<ul>" + "".join(f"<li>{one}</li>" for one in told) + "</ul>"


def _command(text: str) -> str:
    return f"<pre><code>{escape(text)}</code></pre>"


def _steps(steps: list[str]) -> str:
    return "<ol>" + "".join(f"<li>{step}</li>" for step in steps) + "</ol>"
