"""A JSON object as an event: an entry of Nextcloud's audit log, one of Guia's own trail, or any other by its keys."""

from collections.abc import Iterator
from typing import Final

from wizards.acceptance import pairs, times
from wizards.acceptance.reader import Reader, Said, merged
from wizards.acceptance.shapes import Event
from wizards.acceptance.vocabulary import address, given

_DEEPEST: Final = 6
_MOST_KEYS: Final = 300
_TRAIL: Final = frozenset({"seq", "at", "action", "prev"})
_CLOSING: Final = frozenset({"closing", "head", "count"})
_CLOUD: Final = frozenset({"reqId", "message", "remoteAddr", "user"})


def event(found: dict[str, object], text: str, place: int, reader: Reader) -> Event | None:
    """The event; None where nothing in the object is of use. `text`: the object as it stands in the file."""
    made = _event(found, text, place, reader)
    return None if made is None else made._replace(closed=True)


def closes(found: dict[str, object], place: int, reader: Reader) -> bool:
    """Whether an object closes an exported trail: no line of the log, but noted for its chain."""
    if not found.keys() >= _CLOSING:
        return False
    reader.close(given(found["head"]), place)
    return True


def _event(found: dict[str, object], text: str, place: int, reader: Reader) -> Event | None:
    if found.keys() >= _TRAIL:
        return _trail(found, text, place, reader)
    if found.keys() >= _CLOUD:
        return _cloud(found, place, reader)
    said = reader.by_role(_flat(found))
    if not said.keys() & {"when", "who", "what", "object", "detail"}:
        return None
    reader.inside["json-lines"] += 1
    made = reader.event(place, said)
    return _spoken(made, said, reader)


def _spoken(made: Event, said: Said, reader: Reader) -> Event:
    """The event with what its text says, where the text alone tells the deed: a known sentence, or pairs."""
    if given(said.get("what")) or "detail" not in said:
        return made
    text = given(said["detail"])
    meaning = reader.known.syslog.find(text)
    if meaning is not None:
        return made._replace(
            who=meaning.said.get("who", "") or made.who,
            what=meaning.sentence.what,
            source=made.source or address(meaning.said.get("source", "")),
            outcome=meaning.sentence.outcome,
            object=meaning.said.get("object", made.object),
            data=meaning.sentence.data,
        )
    paired = pairs.said(text, reader)
    if not paired:
        return made
    inner = merged(made, reader.event(made.place, paired))
    return inner._replace(at=made.at or inner.at, received=made.received)


def kind(found: dict[str, object]) -> str:
    """Which of the three an object is."""
    if found.keys() >= _TRAIL:
        return "guia-trail"
    return "nextcloud" if found.keys() >= _CLOUD else "json-lines"


def _trail(found: dict[str, object], text: str, place: int, reader: Reader) -> Event:
    seq = found["seq"]
    number = seq if isinstance(seq, int) and not isinstance(seq, bool) and 0 < seq < 1 << 53 else None
    if number is not None:
        reader.link(number, text.encode("utf-8", "replace"), given(found["prev"]), place)
    reader.inside["guia-trail"] += 1
    outcome = given(found.get("outcome"))
    return Event(
        place,
        who=given(found.get("who")),
        what=given(found["action"]),
        object=given(found.get("data")) or given(found.get("subject")),
        outcome="failure" if outcome in {"refused", "failed"} else "success",
        at=times.read(found["at"]),
        number=number,
    )


def _cloud(found: dict[str, object], place: int, reader: Reader) -> Event:
    message = str(found["message"])
    meaning = reader.cloud(given(found.get("version"))).find(message)
    reader.inside["nextcloud"] += 1
    made = Event(
        place,
        who=given(found["user"]),
        what=message[:500],
        source=address(given(found["remoteAddr"])),
        at=times.read(found.get("time")),
        told=meaning is not None,
    )
    if meaning is None:
        reader.wonder(message)
        return made._replace(what=_operation(found) or made.what)
    sentence, said = meaning
    return made._replace(
        who=made.who or said.get("who", ""),
        what=sentence.what,
        object=said.get("object", ""),
        outcome=sentence.outcome,
        data=sentence.data,
        ended=sentence.outcome != "",
    )


def _operation(found: dict[str, object]) -> str:
    """The name of the deed that newer versions write beside the sentence, "" before."""
    data = found.get("data")
    return given(found.get("operation")) or (given(data.get("operation")) if isinstance(data, dict) else "")


def _flat(found: dict[str, object]) -> Iterator[tuple[str, object]]:
    """Each value by its whole path, then by its last key; what lies deeper than people nest is left out."""
    flat: list[tuple[str, str, object]] = []
    waiting: list[tuple[str, dict[str, object], int]] = [("", found, 0)]
    while waiting and len(flat) < _MOST_KEYS:
        over, inner, depth = waiting.pop(0)
        for key, value in inner.items():
            if isinstance(value, dict):
                if depth < _DEEPEST:
                    waiting.append((f"{over}{key}.", value, depth + 1))
            elif isinstance(value, list):
                flat.append(
                    (f"{over}{key}", key, ", ".join(given(one) for one in value[:5] if not isinstance(one, dict)))
                )
            else:
                flat.append((f"{over}{key}", key, value))
    yield from ((path, value) for path, _, value in flat)
    yield from ((last, value) for path, last, value in flat if path != last)
