"""Make the folder of a log box: texts, certificates, keys and the page of instructions, in memory. Writes nothing."""

from collections.abc import Iterator
from datetime import datetime

from msgspec import Struct

from desktop import clock
from desktop.logbox.authority import Authority, Pair, ssh_pair
from desktop.logbox.instructions import page
from desktop.logbox.templates import template
from wizards.logbox import folder
from wizards.logbox.folder import File, Moment
from wizards.logbox.line import Line
from wizards.logbox.names import NEXTCLOUD, THIS_COMPUTER, Office, Request, judged
from wizards.logbox.receiver import PORT, READ_PORT, SERVER

PAGE = "INSTRUCTIONS.html"
"""The page of instructions, in the folder."""
_SECRET = 0o600


class Bundle(Struct, frozen=True):
    """A folder that is ready to be written: its files (with keys of others), the line of this computer, the office."""

    files: tuple[File, ...]
    line: Line
    office: Office


def make_bundle(request: Request, lang: str) -> Bundle:
    """The folder that `request` asks for, with instructions in `lang`; wizards.logbox.names.NotUsable says why not."""
    office = judged(request)
    now = datetime.fromisoformat(clock.now())
    authority = Authority(now)
    moment = Moment(int(now.timestamp()), authority.until.date().isoformat())
    read_key, read_public = ssh_pair()
    host_private, host_public = ssh_pair()
    own = authority.client(THIS_COMPUTER)
    line = Line(
        host=office.reach,
        port=PORT,
        read_port=READ_PORT,
        ca=authority.pem,
        cert=own.cert,
        key=own.key,
        read_key=read_key,
        host_key=host_public,
        sender=THIS_COMPUTER,
        until=moment.until,
    )
    files = (
        File(PAGE, page(office, moment, lang)),
        *folder.box(template, office, moment),
        File("box/read_host_key", host_private, _SECRET),
        File("box/read_authorized_keys", f"restrict {read_public}\n"),
        *_certificates(authority, office),
        *_others(office, moment),
    )
    return Bundle(files, line, office)


def this_computer(line: Line) -> tuple[File, ...]:
    """The line as files, for commands and other programs: secrets, for their owner alone."""
    where = line.host if line.read_port == 22 else f"[{line.host}]:{line.read_port}"
    return (
        File("this-computer/ca.pem", line.ca),
        File("this-computer/client.pem", line.cert),
        File("this-computer/client.key", line.key, _SECRET),
        File("this-computer/read.key", line.read_key, _SECRET),
        File("this-computer/known_hosts", f"{where} {line.host_key}\n"),
    )


def _others(office: Office, moment: Moment) -> Iterator[File]:
    yield from folder.nextcloud(template, office, moment)
    for computer in office.computers:
        yield from folder.computer(template, office, moment, computer)
    for site in office.sites:
        yield from folder.site(template, office, moment, site)
    if office.sites:
        yield from folder.central(template, office)


def _certificates(authority: Authority, office: Office) -> Iterator[File]:
    """The authority's certificate wherever it is needed, and a pair for each who sends or receives."""
    addresses = (office.address,) if office.address else ()
    yield from _pair(authority, "box/server", authority.server(office.host, *addresses, SERVER))
    yield from _pair(authority, "box/selftest", authority.client("selftest"))
    yield from _pair(authority, "nextcloud/client", authority.client(NEXTCLOUD))
    for computer in office.computers:
        yield from _pair(authority, f"computer-{computer.id}/client", authority.client(computer.id))
    for site in office.sites:
        name = folder.site_name(site)
        yield from _pair(authority, f"{name}/relay", authority.server(name, SERVER))
    if office.sites:
        yield from _pair(authority, "central/store", authority.server("guia-store"))


def _pair(authority: Authority, path: str, pair: Pair) -> Iterator[File]:
    home, _, name = path.partition("/")
    if name != "selftest":  # stands beside the box's own, with the same authority
        yield File(f"{home}/ca.pem", authority.pem)
    yield File(f"{path}.pem", pair.cert)
    yield File(f"{path}.key", pair.key, _SECRET)
