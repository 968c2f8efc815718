"""What the readers of all formats share: the words, the known sentences, and what they note on the way."""

import hashlib
from collections import Counter
from collections.abc import Iterable
from datetime import datetime

import msgspec

from wizards.acceptance import times
from wizards.acceptance.sentences import Known, Sentences, bare
from wizards.acceptance.shapes import Event, Outcome, Seal, Stamp
from wizards.acceptance.vocabulary import Role, Vocabulary, address, given

Said = dict[Role, object]
MOST_STRANGE = 50
"""Kinds of unknown sentences that are kept to be shown."""


class Reader:
    """Reads one sample. `latest`: the time of the file, from which years that are not written are reckoned."""

    def __init__(self, words: Vocabulary, known: Known, latest: datetime) -> None:
        self.words, self.known, self.latest = words, known, latest
        self.versions: Counter[str] = Counter()
        self.strange: Counter[str] = Counter()
        self.inside: Counter[str] = Counter()
        self._links: dict[int, tuple[str, str, int]] = {}
        self._twice_at = 0
        self._closed: tuple[str, int] | None = None
        self.claimed = 0
        self._clouds: dict[str, Sentences] = {}

    def cloud(self, version: str) -> Sentences:
        """The sentences of a version of Nextcloud, which is noted."""
        self.versions[version] += 1
        if version not in self._clouds:
            major = version.partition(".")[0]
            self._clouds[version] = self.known.of_version(int(major) if major.isdigit() and len(major) < 4 else 0)
        return self._clouds[version]

    def wonder(self, text: str) -> None:
        """Note a sentence that is not known."""
        said = bare(text)
        if said in self.strange or len(self.strange) < MOST_STRANGE:
            self.strange[said] += 1

    def link(self, seq: int, text: bytes, prev: str, place: int) -> None:
        """Note an entry of a chain: its own text, and the hash of the one before that it names."""
        digest = hashlib.sha256(text).hexdigest()
        if seq in self._links and self._links[seq][0] != digest:
            self._twice_at = self._twice_at or place
        self._links[seq] = (digest, prev, place)

    def close(self, head: str, place: int) -> None:
        """Note the record that ends an exported chain, which names the hash of the last entry."""
        self._closed = head, place

    def seal(self) -> tuple[Seal, int]:
        """Whether the lines are sealed, and the line at which the chain breaks."""
        if not self._links:
            return ("claimed", 0) if self.claimed else ("none", 0)
        broken = [
            place
            for seq, (_, prev, place) in self._links.items()
            if seq - 1 in self._links and self._links[seq - 1][0] != prev
        ]
        if self._twice_at:
            broken.append(self._twice_at)
        if self._closed is not None and self._links[max(self._links)][0] != self._closed[0]:
            broken.append(self._closed[1])
        return ("broken", min(broken)) if broken else ("held", 0)

    def by_role(self, pairs: Iterable[tuple[str, object]]) -> Said:
        """Values by what they stand for; of two for the same, the first that says something."""
        said: Said = {}
        weak: Said = {}
        for key, value in pairs:
            role = self.words.role(key)
            into = weak if role == "what" and self.words.is_weak(key) else said
            if role is not None and role not in into and given(value):
                into[role] = value
        return {**weak, **said}

    def event(self, place: int, said: Said, *, day_first: bool = True) -> Event:
        """An event from what is said by role."""
        what = given(said.get("what"))
        detail = given(said.get("detail"))
        target = given(said.get("object"))
        self.claimed += "seal" in said
        deed = what or detail
        number = given(said.get("number"))
        return Event(
            place,
            who=given(said.get("who")),
            what=deed,
            object=target or (detail if what else ""),
            outcome=self.outcome(given(said.get("outcome")), deed),
            source=address(given(said.get("source"))),
            at=_zoned(times.read(said.get("when"), day_first=day_first), given(said.get("zone"))),
            received=times.read(said.get("received"), day_first=day_first),
            number=int(number) if number.isascii() and number.isdigit() and len(number) < 18 else None,
            host=given(said.get("host")),
            prose=not target and bool(what and detail),
            data=not self.words.is_sign_in(deed),
        )

    def outcome(self, said: str, deed: str) -> Outcome:
        """What is said of the outcome, else what the deed itself says: `login_failed`, 登入失敗, AUDIT_SUCCESS."""
        if said:
            return self.words.outcome(said)
        return self.words.outcome(deed) or ("failure" if self.words.fails(deed) else "")


def _zoned(stamp: Stamp | None, zone: str) -> Stamp | None:
    """A time whose zone stands beside it."""
    if stamp is None or stamp.zoned or not zone:
        return stamp
    offset = times.offset(zone)
    return stamp if offset is None else stamp._replace(at=stamp.at.replace(tzinfo=offset), zoned=True)


def merged(first: Event, over: Event) -> Event:
    """An event of syslog with what its message says of itself."""
    return first._replace(
        who=over.who or first.who,
        what=over.what or first.what,
        object=over.object or first.object,
        outcome=over.outcome or first.outcome,
        source=over.source or first.source,
        at=over.at or first.at,
        received=first.at if over.at is not None else over.received,
        number=first.number if over.number is None else over.number,
        host=first.host or over.host,
        prose=over.prose,
        data=over.data,
        ended=over.ended,
        torn=over.torn,
        closed=over.closed,
        told=over.told,
    )


def decoded(text: str) -> dict[str, object] | None:
    """The JSON object of a text; None where it is none."""
    try:
        found = msgspec.json.decode(text)
    except (msgspec.MsgspecError, RecursionError, ValueError):
        return None
    return found if isinstance(found, dict) else None
