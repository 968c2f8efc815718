"""The box itself: where its files lie, which ports it listens on, who may send. Its configuration as text."""

from typing import Final

from msgspec import Struct

from wizards.logbox.filling import fill, listed
from wizards.logbox.names import THIS_COMPUTER

PORT: Final = 6514
"""Syslog over TLS, as registered for it (RFC 5425)."""
READ_PORT: Final = 6522
RELP_PORT: Final = 6515
FORWARD_PORT: Final = 6517
"""For every sender but Guia, which has `PORT` for itself: nobody else can write into its trail."""
FULL_KB: Final = 65536
"""With less room than this, the box takes nothing more and says that its disk is full."""
EVERY_ADDRESS: Final = "0.0.0.0"  # noqa: S104  # who may come in is settled by certificates and a key
SERVER: Final = "guia-log"
"""A name in the certificate of each box and relay, whatever its address: forwarders ask for it."""


class Receiver(Struct, frozen=True):
    """A box. `address` is the one it listens on; `owner`, `senders` and `sites` are names of certificates.

    A line that says it is of `owner` counts as such only where it came with the certificate of `owner`.

    Folders: `etc` (settings, keys), `spool` (queues), `logs` (what was received), `run` (its process number and its own
    complaints, in memory: they can be written when the disk is full).
    """

    senders: tuple[str, ...]
    sites: tuple[str, ...] = ()
    owner: str = THIS_COMPUTER
    etc: str = "/etc/guia-log"
    spool: str = "/var/lib/guia-log"
    logs: str = "/var/log/guia"
    run: str = "/run/guia-log"
    address: str = EVERY_ADDRESS
    port: int = PORT
    relp_port: int = RELP_PORT
    forward_port: int = FORWARD_PORT
    read_port: int = READ_PORT
    reader: str = "guia-read"
    program: str = "/usr/local/bin/guia-log-read"
    full_kb: int = FULL_KB

    @property
    def log(self) -> str:
        """The file in which received lines are kept."""
        return f"{self.logs}/audit.log"

    @property
    def values(self) -> dict[str, str | int]:
        """What the templates of the box are filled with."""
        return {
            "ETC": self.etc,
            "SPOOL": self.spool,
            "LOGS": self.logs,
            "RUN": self.run,
            "ADDRESS": self.address,
            "PORT": self.port,
            "RELP_PORT": self.relp_port,
            "FORWARD_PORT": self.forward_port,
            "OWNER": self.owner,
            "READ_PORT": self.read_port,
            "READER": self.reader,
            "PROGRAM": self.program,
            "FULL_KB": self.full_kb,
            "SENDERS": listed(self.senders),
            "SITES": listed(self.sites),
        }


def receiver_conf(template: str, relay_template: str, box: Receiver) -> str:
    """The rsyslog configuration of `box`; the part for relays of sites only where there are any."""
    return fill(template + (relay_template if box.sites else ""), box.values)


def reading_conf(template: str, box: Receiver) -> str:
    """The sshd configuration of the service that reads back."""
    return fill(template, box.values)


def running_program(template: str, box: Receiver) -> str:
    """The program that runs the box's rsyslog while there is room on its disk."""
    return fill(template, box.values)


def reading_program(template: str, box: Receiver) -> str:
    """The program that answers: `status`, `last SENDER`, `find NONCE` and nothing else."""
    return fill(template, box.values)
