"""The folder of a log box, as texts: which file of which template, filled for one office. Keys come from outside.

Pure: takes the texts of the templates, gives the texts of files. Modes: scripts 0755, secrets 0600, the rest 0644.
"""

from collections.abc import Callable, Iterator

from msgspec import Struct

from wizards.logbox.filling import fill, listed
from wizards.logbox.names import NEXTCLOUD, Named, Office
from wizards.logbox.receiver import (
    SERVER,
    Receiver,
    reading_conf,
    reading_program,
    receiver_conf,
    running_program,
)

Template = Callable[[str], str]


class File(Struct, frozen=True):
    """One file of the folder: `path` with forward strokes, `text`, and the mode it gets."""

    path: str
    text: str
    mode: int = 0o644

    def __repr__(self) -> str:
        return f"File({self.path!r}, ...)"  # its text may be a key


class Moment(Struct, frozen=True):
    """When the folder was made, in seconds since 1970, and the day (YYYY-MM-DD) on which its certificates end."""

    made: int
    until: str


def senders(office: Office) -> tuple[str, ...]:
    """Names of the certificates that may send beside Guia: the box's own test, Nextcloud, and each computer."""
    return ("selftest", NEXTCLOUD, *(computer.id for computer in office.computers))


def site_name(site: Named) -> str:
    """The name in the certificate of a site's relay."""
    return f"site-{site.id}"


def receiver(office: Office) -> Receiver:
    """The box of this office, with the usual folders and ports."""
    return Receiver(senders=senders(office), sites=tuple(site_name(site) for site in office.sites))


def box(template: Template, office: Office, moment: Moment) -> Iterator[File]:
    """`box/`: what is copied to the box. Certificates are added by whoever makes them."""
    made = receiver(office)
    values = {
        **made.values,
        "SERVER": SERVER,
        "MADE": moment.made,
        "UNTIL": moment.until,
        "HOST": office.host,
        "DAYS": office.days,
        "RELP_PACKAGE": "rsyslog-relp" if office.sites else "",
    }
    conf = receiver_conf(template("box/rsyslog.conf"), template("box/relays.conf"), made)
    yield File("box/rsyslog.conf", conf)
    yield File("box/sshd_config", reading_conf(template("box/sshd_config"), made))
    yield File("box/guia-log-read", reading_program(template("box/guia-log-read"), made), 0o755)
    yield File("box/guia-log-run", running_program(template("box/guia-log-run"), made), 0o755)
    for name in ("selftest.conf", "guia-log.service", "guia-log-read.service", "guia-log.logrotate"):
        yield File(f"box/{name}", fill(template(f"box/{name}"), values))
    for name in ("install.sh", "undo.sh"):
        yield File(f"box/{name}", fill(template(f"box/{name}"), values), 0o755)
    yield File("box/steps.sh", template("steps.sh"))


def nextcloud(template: Template, office: Office, moment: Moment) -> Iterator[File]:
    """`nextcloud/`: the forwarder beside a Nextcloud."""
    about = "Audit log of Nextcloud to the log of the office"
    yield from _forwarder(template, office, moment, "nextcloud", "nextcloud", Named(NEXTCLOUD, about))


def computer(template: Template, office: Office, moment: Moment, one: Named) -> Iterator[File]:
    """`computer-ID/`: the sign-ins of a Linux computer."""
    yield from _forwarder(template, office, moment, "computer", f"computer-{one.id}", one)


def site(template: Template, office: Office, moment: Moment, one: Named) -> Iterator[File]:
    """`site-ID/`: the relay of a site."""
    role = "guia-log-relay"
    made = Receiver(senders=senders(office), etc=f"/etc/{role}", spool=f"/var/lib/{role}", run=f"/run/{role}")
    values = {**made.values, **_common(office, moment, role), "ABOUT": one.name, "WHAT": "Relay of a site to the log"}
    folder = site_name(one)
    yield File(f"{folder}/rsyslog.conf", fill(template("site/rsyslog.conf"), values))
    yield from _scripts(template, values, "site", folder)


def central(template: Template, office: Office) -> Iterator[File]:
    """`central/`: ready inputs for stores that exist, and what the box hands on to them."""
    values: dict[str, str | int] = {"DAYS": office.days}
    yield File("central/store.conf", fill(template("central/store.conf"), values))
    yield File("central/victorialogs.sh", fill(template("central/victorialogs.sh"), values), 0o755)
    yield File("central/loki.alloy", fill(template("central/loki.alloy"), values))
    yield File("central/opensearch.conf", fill(template("central/opensearch.conf"), values))


def _forwarder(
    template: Template, office: Office, moment: Moment, kind: str, folder: str, one: Named
) -> Iterator[File]:
    role = f"guia-log-{kind}"
    values = {
        **receiver(office).values,
        **_common(office, moment, role),
        "SENDER": one.id,
        "ABOUT": one.name,
        "WHAT": "Forwarder to the log of the office",
        "RUN": f"/run/{role}",
    }
    conf = template(f"{kind}/rsyslog.conf").replace("@FORWARD@", template("forward.conf").strip())
    yield File(f"{folder}/rsyslog.conf", fill(conf, values))
    yield from _scripts(template, values, kind, folder)


def _common(office: Office, moment: Moment, role: str) -> dict[str, str | int]:
    return {"HOST": office.reach, "SERVER": SERVER, "MADE": moment.made, "ROLE": role, "SITES": listed(())}


def _scripts(template: Template, values: dict[str, str | int], kind: str, folder: str) -> Iterator[File]:
    yield File(f"{folder}/install.sh", fill(template(f"{kind}/install.sh"), values), 0o755)
    yield File(f"{folder}/undo.sh", fill(template("forward-undo.sh"), values), 0o755)
    yield File(f"{folder}/steps.sh", template("steps.sh"))
    yield File(f"{folder}/{values['ROLE']}.service", fill(template("forward.service"), values))
