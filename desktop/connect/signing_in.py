"""Signing in without ever seeing the owner's password: login flow v2, and giving its app password back.

Whatever the server names must be on the server that the owner named; the password goes nowhere else.
"""

import time
from typing import Final

from desktop.connect.nextcloud import OCS, refuse
from desktop.connect.terms import Account, Begun, NoAnswer
from desktop.connect.watch import Watch
from desktop.connect.web import Client, on_same_server, quoted
from wizards.nextcloud.documents import json_in, within

START: Final = "/index.php/login/v2"
REVOKE: Final = "/ocs/v2.php/core/apppassword?format=json"
LONGEST: Final = 20 * 60.0
"""Seconds; the server forgets the question after that."""
PAUSE: Final = 2.0
"""Seconds between two looks."""
_HICCUPS: Final = 3
_PASSING: Final = frozenset({"slow", "vanished", "nobody", "unreachable", "busy"})


def begin(client: Client, address: str) -> Begun:
    """Ask the server for a page to sign in on; NoAnswer where it has none, or names another server."""
    answer = client.ask("POST", address + START, headers={"Accept": "application/json"})
    refuse(answer, address)
    found = json_in(answer.body) if answer.status == 200 else None
    login, endpoint, token = (
        within(found, "login"),
        within(found, "poll", "endpoint"),
        within(found, "poll", "token"),
    )
    if not (isinstance(login, str) and isinstance(endpoint, str) and isinstance(token, str) and token):
        raise NoAnswer("no-sign-in", host=address, status=str(answer.status))
    try:
        return Begun(on_same_server(login, address), on_same_server(endpoint, address), token)
    except NoAnswer as error:
        raise NoAnswer("sign-in-elsewhere", **error.values) from error


def granted(client: Client, address: str, begun: Begun, watch: Watch) -> Account:
    """Wait for the owner's word, at most 20 minutes; GivenUp, or NoAnswer "sign-in-late" or what ended the wait."""
    until = time.monotonic() + LONGEST
    hiccups = 0
    watch.step("nextcloud.waiting-browser")  # once: each step is read aloud
    while time.monotonic() < until:
        try:
            account = _look(client, address, begun)
            hiccups = 0
        except NoAnswer as error:
            hiccups += 1
            if error.code not in _PASSING or hiccups > _HICCUPS:
                raise
            account = None
        if account is not None:
            return account
        watch.wait(PAUSE)
    raise NoAnswer("sign-in-late", host=address)


def _look(client: Client, address: str, begun: Begun) -> Account | None:
    """The account, None where the owner has not decided yet."""
    form = f"token={quoted(begun.token)}".encode()
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"}
    answer = client.ask("POST", begun.endpoint, headers=headers, body=form)
    if answer.status == 404:
        return None
    refuse(answer, address)
    if answer.status >= 500:
        raise NoAnswer("unavailable", host=address, status=str(answer.status))
    found = json_in(answer.body) if answer.status == 200 else None
    user, password = within(found, "loginName"), within(found, "appPassword")
    if not (isinstance(user, str) and isinstance(password, str) and user and password):
        raise NoAnswer("no-sign-in", host=address, status=str(answer.status))
    return Account(user, password)


def revoke(client: Client, address: str, account: Account) -> None:
    """Have the server forget an app password. One that it does not know any more is forgotten already.

    NoAnswer where that did not come through: then the owner has to do it in the settings of Nextcloud.
    """
    answer = client.ask("DELETE", address + REVOKE, account=account, headers=OCS)
    if answer.status not in (200, 401):
        refuse(answer, address)
        raise NoAnswer("unavailable", host=address, status=str(answer.status))
