"""The verbs of a Nextcloud: check it, sign in, sign out, make folders and tags. No Qt; slow, so called from a worker.

The app password is kept in the keychain; where there is none, in the encrypted vault. It stands in no message.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

import msgspec
from msgspec import Struct

from desktop import clock, plain, vault
from desktop.connect.terms import Account, Begun, Item, NoAnswer, State
from desktop.connect.watch import Watch
from desktop.storage.envelope import Keychain
from desktop.storage.store import Store
from desktop.storage.values import Json
from desktop.vault import VaultError
from wizards.nextcloud.documents import audit_in
from wizards.nextcloud.facts import Audit, Facts, Unseen
from wizards.nextcloud.findings import Case, Finding, findings
from wizards.nextcloud.reading import Approach, facts_of, looks_like_app_password
from wizards.nextcloud.rules import STATUSES
from wizards.trail.chain import Deed

if TYPE_CHECKING:
    from desktop.connect.web import Client

AGENT: Final = "Guia (checks and sets up this Nextcloud for its owner)"
"""How Guia is called in the owner's list of devices; Nextcloud shows what a program calls itself."""
LARGEST_AUDIT: Final = 8_000_000
"""Bytes of an audit log that are read, from its end."""
_SETTING: Final = "nextcloud"


class Server(NamedTuple):
    """Where a Nextcloud is, and whom to trust for its certificate; None trusts what the system does."""

    address: str
    authority: Path | None = None


class Result(NamedTuple):
    """What a check found. `trouble` broke it off half way."""

    server: str
    version: str
    findings: tuple[Finding, ...]
    trouble: NoAnswer | None

    @property
    def counts(self) -> dict[str, int]:
        """How many findings there are of each status."""
        return {status: sum(f.status == status for f in self.findings) for status in STATUSES}


class Kept(Struct, frozen=True, forbid_unknown_fields=True):
    """The sign-in that the vault remembers. `password` is empty where the keychain holds it."""

    address: str
    user: str
    authority: str
    keychain: Keychain | None
    password: str

    def __repr__(self) -> str:
        return f"Kept({self.address!r}, ...)"

    @property
    def server(self) -> Server:
        """Where it is."""
        return Server(self.address, Path(self.authority) if self.authority else None)


def server_at(typed: str, authority: Path | None) -> Server:
    """The server whose address an owner typed or pasted; NoAnswer "address" where it is none."""
    from desktop.connect.web import address_of

    return Server(address_of(typed), authority)


def check(
    server: Server,
    account: Account | None,
    audit: Audit | None,
    watch: Watch,
    tier_tags: tuple[tuple[str, ...], ...] = (),
) -> Result:
    """Ask the server, and judge. NoAnswer where it cannot be asked at all, GivenUp."""
    from desktop.connect.nextcloud import gather
    from desktop.content import nextcloud_rules

    with _client(server, watch) as client:
        got = gather(client, server.address, account, watch)
    facts = facts_of(
        got.replies,
        Approach(
            https=server.address.startswith("https:"),
            own_authority=server.authority is not None,
            certificate_until=got.certificate_until,
            signed_in=account is not None,
            app_password=account is not None and looks_like_app_password(account.password),
            audit=audit,
        ),
    )
    found = findings(Case(facts, clock.today(), nextcloud_rules(), tier_tags))
    return Result(server.address, _version(facts), found, got.trouble)


def _version(facts: Facts) -> str:
    return "" if isinstance(facts.version, Unseen) else facts.version


def read_audit(file: Path) -> Audit:
    """What the end of an audit log holds; OSError where it cannot be read."""
    return audit_in(_lines(plain.end(file, LARGEST_AUDIT)))


def _lines(content: bytes) -> Iterable[str]:
    return content.decode("utf-8", "replace").split("\n")


def _client(server: Server, watch: Watch) -> "Client":
    """A client for a server; NoAnswer where its authority's file cannot be read, or is none."""
    from desktop.connect.web import Client

    try:
        return Client(watch, server.authority, AGENT)
    except OSError as error:
        raise NoAnswer("authority-gone", file=str(server.authority)) from error


class Nextcloud:
    """The owner's Nextcloud, as `session.nextcloud`."""

    def __init__(self, store: Store) -> None:
        self._store = store

    # Signing in and out -----------------------------------------------------------------------------------------

    @property
    def kept(self) -> Kept | None:
        """The sign-in that is remembered; None where there is none, or a newer Guia keeps it otherwise."""
        raw = self._store.setting(_SETTING)
        try:
            return None if raw is None else msgspec.convert(raw, Kept)
        except msgspec.ValidationError:
            return None

    def begin(self, server: Server, watch: Watch) -> Begun:
        """Ask for a page to sign in on."""
        from desktop.connect.signing_in import begin

        with _client(server, watch) as client:
            self._is_nextcloud(client, server, watch)
            return begin(client, server.address)

    def wait(self, server: Server, begun: Begun, watch: Watch) -> Kept:
        """Wait for the owner's word in the browser, then keep the sign-in."""
        from desktop.connect.signing_in import granted

        with _client(server, watch) as client:
            account = granted(client, server.address, begun, watch)
        return self._keep(server, account)

    def typed(self, server: Server, account: Account, watch: Watch) -> Kept:
        """Try an app password that the owner typed, once, then keep it. NoAnswer: it was not accepted, nothing kept."""
        with _client(server, watch) as client:
            self._is_nextcloud(client, server, watch, account)
        return self._keep(server, account)

    def disconnect(self, watch: Watch) -> NoAnswer | None:
        """Have the server forget the app password, then forget it here; what hindered the first, if anything.

        Here it is forgotten either way. GivenUp: nothing was forgotten, unless the server had done so already.
        """
        from desktop.connect.signing_in import revoke

        kept = self.kept
        trouble: NoAnswer | None = None
        if kept is not None:
            try:
                account = self.account(kept)
                with _client(kept.server, watch) as client:
                    revoke(client, kept.address, account)
            except NoAnswer as error:
                trouble = error
            self._forget(kept)
        return trouble

    def account(self, kept: Kept) -> Account:
        """Name and app password; NoAnswer "keychain" where the keychain does not give it."""
        if kept.keychain is None:
            return Account(kept.user, kept.password)
        try:
            return Account(kept.user, vault.secret(kept.keychain))
        except VaultError as error:
            raise NoAnswer("keychain") from error

    def _is_nextcloud(self, client: "Client", server: Server, watch: Watch, account: Account | None = None) -> None:
        from desktop.connect.nextcloud import knock

        knock(client, server.address, account, watch)

    def _keep(self, server: Server, account: Account) -> Kept:
        """Keep it in the keychain, else in the vault; one that was kept before is let go here."""
        before = self.kept
        keychain: Keychain | None = None
        try:
            keychain = vault.keep_secret("nextcloud", account.password)
        except VaultError:
            keychain = None
        kept = Kept(
            server.address,
            account.user,
            str(server.authority) if server.authority else "",
            keychain,
            "" if keychain else account.password,
        )
        value: Json = msgspec.to_builtins(kept)
        try:
            self._store.set_setting(_SETTING, value)
        except VaultError:
            if keychain is not None:
                self._let_go(keychain)  # nothing would know of it any more
            raise
        if before is not None and before.keychain is not None:
            self._let_go(before.keychain)
        self._record("nextcloud.connected", "done", None)
        return kept

    def _forget(self, kept: Kept) -> None:
        self._store.set_setting(_SETTING, None)
        if kept.keychain is not None:
            self._let_go(kept.keychain)
        self._record("nextcloud.disconnected", "done", None)

    def _let_go(self, place: Keychain) -> None:
        """Take it out of the keychain; one that does not answer keeps a password that opens nothing any more."""
        try:
            vault.forget_secret(place)
        except VaultError:
            return

    # Checking and making ----------------------------------------------------------------------------------------

    def check(
        self, server: Server, kept: Kept | None, audit: Audit | None, watch: Watch, tags: tuple[tuple[str, ...], ...]
    ) -> Result:
        """Check, and write into the trail how many findings there were of each kind, and nothing else."""
        result = check(server, self.account(kept) if kept else None, audit, watch, tags)
        counts: dict[str, Json] = dict(result.counts)
        self._record("nextcloud.checked", "done" if result.trouble is None else "failed", counts)
        return result

    def look(self, kept: Kept, items: list[Item], watch: Watch) -> dict[Item, State]:
        """Which folders and tags are there already."""
        from desktop.connect.webdav import look, place_of

        with _client(kept.server, watch) as client:
            account = self.account(kept)
            self._is_nextcloud(client, kept.server, watch)
            return look(client, place_of(client, kept.address, account), account, items, watch)

    def make(self, kept: Kept, items: list[Item], watch: Watch) -> dict[Item, State]:
        """Make folders and tags that are not there yet."""
        from desktop.connect.webdav import make, place_of

        with _client(kept.server, watch) as client:
            account = self.account(kept)
            self._is_nextcloud(client, kept.server, watch)
            made = make(client, place_of(client, kept.address, account), account, items, watch)
        whole = all(state in ("made", "there") for state in made.values())
        counts: dict[str, Json] = {"made": sum(state == "made" for state in made.values()), "of": len(made)}
        self._record("nextcloud.made", "done" if whole else "failed", counts)
        return made

    def _record(self, action: str, outcome: Literal["done", "failed"], content: Json) -> None:
        deed = Deed(who="owner", channel="nextcloud", outcome=outcome)
        self._store.record(clock.now(), action, "nextcloud", content, deed)
