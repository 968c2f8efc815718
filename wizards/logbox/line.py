"""What one computer needs to reach a log box: kept in the vault, or in files that only its owner reads."""

from msgspec import Struct


class Line(Struct, frozen=True):
    """The way to one box. Keys are secrets: they stand in no log, no paper and no message.

    `host` is a name or an address, right for the box's certificate. `ca`, `cert` and `key` are PEM; `read_key` is an
    OpenSSH private key that can do nothing but read back; `host_key` is the box's own, as "ssh-ed25519 AAAA...".
    `sender` is the name in the certificate, and the HOSTNAME of what is sent. `until` is the day (YYYY-MM-DD) on which
    the first certificate ends.
    """

    host: str
    port: int
    read_port: int
    ca: str
    cert: str
    key: str
    read_key: str
    host_key: str
    sender: str
    until: str

    def __repr__(self) -> str:
        return f"Line({self.host!r}, ...)"
