"""What an owner typed for a log box, judged: names become harmless ids, and whatever might be obeyed is refused.

A name that is typed ends up in a shell script, in a configuration and in a certificate. So hosts and addresses are of
the letters that such have, and names of sites and computers are letters, digits and blanks of any language: their ids
are of a-z, 0-9 and "-" alone.
"""

import re
from ipaddress import AddressValueError, IPv4Address, IPv4Network
from typing import Final, Literal
from unicodedata import combining, normalize

from msgspec import Struct

THIS_COMPUTER: Final = "guia-pc"
"""The sender that is this computer: Guia itself."""
NEXTCLOUD: Final = "nextcloud"
RESERVED: Final = frozenset({THIS_COMPUTER, NEXTCLOUD, "guia-log", "guia-store", "selftest", "localhost"})
FEWEST_DAYS: Final = 7
MOST_DAYS: Final = 3650
USUAL_DAYS: Final = 365
MOST_NAMES: Final = 100
LONGEST_NAME: Final = 60

_NO_NETWORK: Final = IPv4Network("0.0.0.0/8")
_LABEL: Final = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?")
_OTHER_SIGNS: Final = frozenset(" -_.")

What = Literal["host", "address", "sender", "site", "days", "many"]


class NotUsable(ValueError):
    """Something that was typed cannot be used: `what` it was typed for, and `typed` itself."""

    def __init__(self, what: What, typed: str) -> None:
        super().__init__(what)
        self.what = what
        self.typed = typed


class Request(Struct, frozen=True):
    """What the owner asks for. `address` may be "": then the box is found by its `host` alone."""

    host: str
    address: str = ""
    senders: tuple[str, ...] = ()
    sites: tuple[str, ...] = ()
    days: int = USUAL_DAYS


class Named(Struct, frozen=True):
    """A computer or site: `id` is of a-z, 0-9 and "-", `name` as it was typed."""

    id: str
    name: str


class Office(Struct, frozen=True):
    """A request that can be carried out."""

    host: str
    address: str
    computers: tuple[Named, ...]
    sites: tuple[Named, ...]
    days: int

    @property
    def reach(self) -> str:
        """How others find the box: by its address where there is one, as few offices have names of their own."""
        return self.address or self.host


def judged(request: Request) -> Office:
    """The office that is asked for; NotUsable for the first thing that cannot be used."""
    if not FEWEST_DAYS <= request.days <= MOST_DAYS:
        raise NotUsable("days", str(request.days))
    if len(request.senders) > MOST_NAMES or len(request.sites) > MOST_NAMES:
        raise NotUsable("many", str(max(len(request.senders), len(request.sites))))
    return Office(
        host=host_name(request.host),
        address=_address(request.address) if request.address else "",
        computers=_named("sender", "pc-", request.senders),
        sites=_named("site", "", request.sites),
        days=request.days,
    )


def host_name(typed: str) -> str:
    """A host's name in small letters, or its address; NotUsable for what is neither."""
    found = typed.strip().lower().removesuffix(".")
    if is_address(found):
        return _of_a_computer("host", found)
    labels = found.split(".")
    if len(found) > 253 or labels[-1].isdigit() or not all(_LABEL.fullmatch(label) for label in labels):
        raise NotUsable("host", typed)
    return found


def is_address(text: str) -> bool:
    """Whether this is an IPv4 address, as the boxes of small offices have; a box listens at these alone."""
    try:
        IPv4Address(text)
    except AddressValueError:
        return False
    return True


def _address(typed: str) -> str:
    found = typed.strip().lower()
    if not is_address(found):
        raise NotUsable("address", typed)
    return _of_a_computer("address", found)


def _of_a_computer(what: Literal["host", "address"], found: str) -> str:
    """The address; NotUsable for one that stands for none or for many, as 0.0.0.0 and 255.255.255.255 do."""
    address = IPv4Address(found)
    if address in _NO_NETWORK or address.is_multicast or address.is_reserved:
        raise NotUsable(what, found)
    return found


def _named(what: Literal["sender", "site"], mark: str, typed: tuple[str, ...]) -> tuple[Named, ...]:
    """Each name with an id of its own; the same twice is refused. `mark` begins an id where the name gives none."""
    found: list[Named] = []
    for number, raw in enumerate(typed, 1):
        name = re.sub(" +", " ", raw.strip(" "))
        if not _sayable(name) or any(one.name == name for one in found):
            raise NotUsable(what, raw)
        taken = {one.id for one in found} | RESERVED
        wanted = _ascii(name) or f"{mark}{number}"
        # certificates of relays are called site-...
        found.append(Named(_free(mark + wanted if wanted.startswith("site-") else wanted, taken), name))
    return tuple(found)


def _sayable(name: str) -> bool:
    """Letters and digits of any language, blanks, and a few signs that nothing obeys; at least one letter or digit."""
    fits = 0 < len(name) <= LONGEST_NAME and all(sign.isalnum() or sign in _OTHER_SIGNS for sign in name)
    return fits and any(sign.isalnum() for sign in name)


def _ascii(name: str) -> str:
    plain = "".join(sign for sign in normalize("NFKD", name) if not combining(sign))  # Sé is se
    words = re.findall(r"[a-z0-9]+", plain.lower())
    return "-".join(words)[:32].strip("-")


def _free(wanted: str, taken: frozenset[str] | set[str]) -> str:
    number, free = 2, wanted
    while free in taken:
        free = f"{wanted}-{number}"
        number += 1
    return free
