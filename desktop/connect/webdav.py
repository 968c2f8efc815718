"""Makes folders and tags for the tiers, and nothing else: what is there already is left as it is.

Called only for the button that names each of them.
"""

import json
from typing import Final, NamedTuple

from desktop.connect.nextcloud import NAMES, OCS, TAGS, USER, refuse
from desktop.connect.terms import Account, Answer, Item, NoAnswer, State
from desktop.connect.watch import Watch
from desktop.connect.web import Client, quoted
from wizards.nextcloud.documents import json_in, responses_in, within
from wizards.nextcloud.reading import tag_names

_MADE: Final = 201


class Place(NamedTuple):
    """The account's own folder on the server."""

    address: str
    folder: str


def place_of(client: Client, address: str, account: Account) -> Place:
    """Where the account's files are; its id may be another than the name that it signs in with."""
    answer = client.ask("GET", address + USER, account=account, headers=OCS)
    refuse(answer, address)
    name = within(json_in(answer.body), "ocs", "data", "id") if answer.status == 200 else None
    if not isinstance(name, str) or not name:
        raise NoAnswer("no-list", host=address, status=str(answer.status))
    return Place(address, f"{address}/remote.php/dav/files/{quoted(name)}/")


def look(client: Client, place: Place, account: Account, items: list[Item], watch: Watch) -> dict[Item, State]:
    """Which of them are there already. Changes nothing."""
    watch.step("nextcloud.looking")
    folders = {_last(one["href"]) for one in _listed(client, place.folder, account) if "href" in one}
    tags = set(tag_names(_listed(client, place.address + TAGS, account)))
    return {
        item: "there" if (quoted(item.name) in folders if item.kind == "folder" else item.name in tags) else "new"
        for item in items
    }


def make(client: Client, place: Place, account: Account, items: list[Item], watch: Watch) -> dict[Item, State]:
    """Make those that are not there; what became of each. One that fails does not stop the others."""
    found = look(client, place, account, items, watch)
    for done, item in enumerate(items):
        watch.step("nextcloud.making", done, len(items))
        if found[item] == "new":
            put = _folder if item.kind == "folder" else _tag
            found[item] = _became(item, put(client, place, account, item))
    return found


def _listed(client: Client, url: str, account: Account) -> list[dict[str, str]]:
    answer = client.ask("PROPFIND", url, account=account, headers={"Depth": "1"}, body=NAMES)
    refuse(answer, url)
    found = responses_in(answer.body) if answer.status == 207 else None
    if found is None:
        raise NoAnswer("no-list", host=url, status=str(answer.status))
    return found


def _folder(client: Client, place: Place, account: Account, item: Item) -> Answer:
    return client.ask("MKCOL", place.folder + quoted(item.name), account=account)


def _tag(client: Client, place: Place, account: Account, item: Item) -> Answer:
    wanted = {"name": item.name, "userVisible": True, "userAssignable": True}
    headers = {**OCS, "Content-Type": "application/json"}
    return client.ask("POST", place.address + TAGS, account=account, headers=headers, body=json.dumps(wanted).encode())


def _became(item: Item, answer: Answer) -> State:
    """A name that is taken is there: somebody was quicker, or it is hidden from this account."""
    if answer.status == 429:
        raise NoAnswer("busy", host=answer.url)
    if answer.status == (405 if item.kind == "folder" else 409):
        return "there"
    states: dict[int, State] = {_MADE: "made", 401: "forbidden", 403: "forbidden"}
    return states.get(answer.status, "failed")


def _last(href: str) -> str:
    """The last part of an address, escaped in one way only: servers escape in several."""
    return quoted(_unquoted(href.rstrip("/").rsplit("/", 1)[-1]))


def _unquoted(part: str) -> str:
    held = bytearray()
    raw = part.encode("utf-8", "replace")
    at = 0
    while at < len(raw):
        pair = raw[at + 1 : at + 3]
        if raw[at : at + 1] == b"%" and len(pair) == 2 and all(byte in b"0123456789abcdefABCDEF" for byte in pair):
            held.append(int(pair, 16))
            at += 3
        else:
            held.append(raw[at])
            at += 1
    return held.decode("utf-8", "replace")
