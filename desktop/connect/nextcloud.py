"""Asks a Nextcloud what the check needs to know. Asks only: nothing on the server is changed, nothing is asked twice.

The password goes to a server only after it has answered as a Nextcloud does, and never again once it was refused.
"""

import ssl
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from typing import Final, NamedTuple

from desktop.connect.terms import Account, Answer, NoAnswer
from desktop.connect.watch import Watch
from desktop.connect.web import Client
from wizards.nextcloud.documents import json_in, responses_in, within
from wizards.nextcloud.facts import Replies, Told, Unseen, Why
from wizards.nextcloud.reading import is_administrator, is_nextcloud

OCS: Final = {"OCS-APIRequest": "true", "Accept": "application/json"}
"""Without the first, each call of this interface is refused with 412."""
USER: Final = "/ocs/v2.php/cloud/user?format=json"
CAPABILITIES: Final = "/ocs/v2.php/cloud/capabilities?format=json"
TAGS: Final = "/remote.php/dav/systemtags/"
NAMES: Final = b"""<?xml version="1.0"?><d:propfind xmlns:d="DAV:" xmlns:oc="http://owncloud.org/ns"><d:prop>
<d:resourcetype/><oc:id/><oc:display-name/></d:prop></d:propfind>"""
_OF_ADMIN: Final = {
    "apps": "/ocs/v2.php/cloud/apps?filter=enabled&format=json",
    "serverinfo": "/ocs/v2.php/apps/serverinfo/api/v1/info?format=json&skipApps=true&skipUpdate=true",
    "workflows": "/ocs/v2.php/apps/workflowengine/api/v1/workflows/global?format=json",
    "retentions": "/ocs/v2.php/apps/files_retention/api/v1/retentions?format=json",
    "twofactor": "/index.php/settings/api/admin/twofactorauth",
}
_NOT_SIGNED_IN: Final = 997
_REFUSED: Final[Mapping[int, Why]] = {401: "signed-out", 403: "needs-admin", 404: "no-app", 503: "maintenance"}
_ENDS: Final = frozenset({"slow", "vanished", "nobody", "unreachable", "name", "busy", "unavailable"})
"""What ends the round: the next question would only be waited for again."""


class Gathered(NamedTuple):
    """What was learned. `trouble` is what broke the round off before its end, if anything did."""

    replies: Replies
    certificate_until: Told[date | None]
    trouble: NoAnswer | None


def gather(client: Client, address: str, account: Account | None, watch: Watch) -> Gathered:
    """Ask `address`, with or without an account. NoAnswer where it cannot be reached, is no Nextcloud, or refuses."""
    replies = knock(client, address, account, watch)
    until = _until(client.certificate)
    trouble = _round(client, address, account, replies, watch)
    return Gathered(replies, until, trouble)


def knock(client: Client, address: str, account: Account | None, watch: Watch) -> dict[str, object]:
    """Is this a Nextcloud, and does it accept the account? NoAnswer where not; the account is tried once."""
    watch.step("nextcloud.asking-server")
    replies: dict[str, object] = {"status": _status(client.ask("GET", address + "/status.php"), address)}
    if account is not None:
        watch.step("nextcloud.asking-account")
        answer = client.ask("GET", address + USER, account=account, headers=OCS)
        refuse(answer, address)
        maintained = within(replies["status"], "maintenance") is True
        replies["user"] = Unseen("maintenance") if maintained and answer.status == 503 else _account(answer, address)
    return replies


def _account(answer: Answer, address: str) -> object:
    """The answer about the account; NoAnswer where it is none, as then nobody knows whether the password was accepted.

    The older form of the interface refuses with 997 inside an answer that is marked as good.
    """
    found = _json(answer)
    if within(found, "ocs", "meta", "statuscode") == _NOT_SIGNED_IN:
        raise NoAnswer("turned-away", host=address)
    if not isinstance(within(found, "ocs", "data", "groups"), list):
        code = "unavailable" if answer.status >= 500 else "no-account-said"
        raise NoAnswer(code, host=address, status=str(answer.status))
    return found


def _round(
    client: Client, address: str, account: Account | None, replies: dict[str, object], watch: Watch
) -> NoAnswer | None:
    """The questions after the first; what broke them off."""
    questions: dict[str, Callable[[], object]] = {
        "capabilities": lambda: _json(client.ask("GET", address + CAPABILITIES, account=account, headers=OCS))
    }
    if account is not None:
        questions["tags"] = lambda: _list(
            client.ask("PROPFIND", address + TAGS, account=account, headers={"Depth": "1"}, body=NAMES)
        )
        for name, path in _OF_ADMIN.items():
            questions[name] = lambda path=path: _json(client.ask("GET", address + path, account=account, headers=OCS))  # type: ignore[misc]
    trouble: NoAnswer | None = None
    said = replies.get("user")
    administrator = is_administrator(said)
    for done, (name, ask) in enumerate(questions.items()):
        if name in _OF_ADMIN and not administrator:
            replies[name] = said if isinstance(said, Unseen) else Unseen("needs-admin")
            continue
        if trouble is not None:
            replies[name] = Unseen("signed-out" if trouble.code == "signed-out" else "broken-off")
            continue
        watch.step("nextcloud.asking-settings", done, len(questions))
        try:
            replies[name] = ask()
        except NoAnswer as error:
            trouble = error if error.code in _ENDS else None
            replies[name] = Unseen("broken-off")
        if replies[name] == Unseen("signed-out"):
            trouble = NoAnswer("signed-out", host=address)
    return trouble


def refuse(answer: Answer, address: str) -> None:
    """NoAnswer where the server turned the question away for everybody or for this account."""
    code = {401: "turned-away", 412: "header-dropped", 429: "busy", 403: "forbidden"}.get(answer.status, "")
    if code:
        raise NoAnswer(code, host=address)


def _status(answer: Answer, address: str) -> object:
    """The answer of `status.php`; NoAnswer where it is not that of a Nextcloud."""
    found = json_in(answer.body) if answer.status == 200 else None
    if is_nextcloud(found):
        return found
    refuse(answer, address)
    code = "unavailable" if answer.status >= 500 else "not-nextcloud"
    raise NoAnswer(code, host=address, status=str(answer.status))


def _json(answer: Answer) -> object:
    if answer.status == 429:
        raise NoAnswer("busy", host=answer.url)
    if answer.status != 200:
        return Unseen(_REFUSED.get(answer.status, "garbled"))
    found = json_in(answer.body)
    return Unseen("garbled") if found is None else found


def _list(answer: Answer) -> object:
    if answer.status != 207:
        return Unseen(_REFUSED.get(answer.status, "garbled"))
    found = responses_in(answer.body)
    return Unseen("garbled") if found is None else found


def _until(certificate: Mapping[str, object]) -> Told[date | None]:
    """The last day of a certificate; None where there was none."""
    if not certificate:
        return None
    try:
        return datetime.fromtimestamp(ssl.cert_time_to_seconds(str(certificate["notAfter"])), UTC).date()
    except (ValueError, KeyError, OverflowError):
        return Unseen("garbled")
