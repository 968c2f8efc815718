"""What is typed for a log box: ids that can be used, names that are kept, and nothing that a shell would obey."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from desktop.logbox.templates import template
from wizards.logbox import folder
from wizards.logbox.filling import NotHarmless, fill
from wizards.logbox.folder import Moment
from wizards.logbox.names import NotUsable, Office, Request, judged

MOMENT = Moment(1_795_000_000, "2029-11-25")
# signs that a shell, rsyslog or sshd means something by, and what ends a line
HOSTILE = "'\"`$;&|<>(){}[]\\\n\r\t\0%@#!*?~=,:/\u2028\u202e\x1b"
TYPED = st.text(st.one_of(st.sampled_from(HOSTILE), st.characters()), max_size=70)


def office(**asked: object) -> Office:
    return judged(Request(**{"host": "logbox", **asked}))  # type: ignore[arg-type]  # as a caller mixes them


def whole(found: Office) -> dict[str, str]:
    """Every text of the folder that names can end up in."""
    files = [
        *folder.box(template, found, MOMENT),
        *folder.nextcloud(template, found, MOMENT),
        *(file for one in found.computers for file in folder.computer(template, found, MOMENT, one)),
        *(file for one in found.sites for file in folder.site(template, found, MOMENT, one)),
    ]
    return {file.path: file.text for file in files}


@given(TYPED)
@example("x; rm -rf /")
@example("$(reboot)")
@example("a\nb")
@example("@HOST@")
@example("-oProxyCommand=x")
@example("log-box.office")
def test_a_hostile_name_of_a_host_is_refused(typed: str) -> None:
    try:
        host = office(host=typed).host
    except NotUsable:
        return
    assert re.fullmatch(r"[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?", host)


@given(TYPED, st.sampled_from(["senders", "sites"]))
@example("Taipa\nreboot", "sites")
@example("a' || reboot '", "senders")
def test_a_hostile_name_of_a_site_or_computer_changes_no_line_of_any_file(typed: str, kind: str) -> None:
    try:
        found = office(**{kind: (typed,)})
    except NotUsable:
        return
    one = (found.computers + found.sites)[0]
    assert re.fullmatch(r"[a-z0-9](?:[a-z0-9-]*[a-z0-9])?", one.id)
    plain = whole(office(**{kind: ("Taipa",)}))
    texts = whole(found)
    assert len(plain) == len(texts)
    for ours, theirs in zip(texts.values(), plain.values(), strict=True):
        # the same file but for the id and, in comments, the name: so nothing was added that anybody obeys
        assert len(ours.splitlines()) == len(theirs.splitlines())
        for line, other in zip(ours.split("\n"), theirs.split("\n"), strict=True):
            assert line.replace(one.id, "taipa") == other or line in {f"# {one.name}", other.replace("taipa", one.id)}


@pytest.mark.parametrize(
    ("typed", "ids"),
    [
        (("氹仔",), ("1",)),
        (("氹仔", "路環"), ("1", "2")),
        (("氹仔 Taipa",), ("taipa",)),
        (("Sé", "São Lázaro"), ("se", "sao-lazaro")),
        (("A B", "a-b"), ("a-b", "a-b-2")),
        (("Loja Avenida da Praia Grande número cinquenta",), ("loja-avenida-da-praia-grande-num",)),
    ],
)
def test_sites_of_any_language_get_an_id_of_their_own_and_keep_their_name(
    typed: tuple[str, ...], ids: tuple[str, ...]
) -> None:
    found = office(sites=typed)
    assert tuple(site.id for site in found.sites) == ids
    assert tuple(site.name for site in found.sites) == typed
    for site in found.sites:
        assert site.name in whole(found)[f"site-{site.id}/rsyslog.conf"]


def test_a_computer_never_takes_the_name_of_guia_or_of_a_relay() -> None:
    found = office(senders=("guia-pc", "Nextcloud", "site 1", "前台"), sites=("1",))
    assert [one.id for one in found.computers] == ["guia-pc-2", "nextcloud-2", "pc-site-1", "pc-4"]
    names = [*folder.senders(found), *(folder.site_name(site) for site in found.sites)]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize(
    ("asked", "what"),
    [
        ({"host": ""}, "host"),
        ({"host": "10.0.0.300"}, "host"),
        ({"host": "-x"}, "host"),
        ({"host": "0.0.0.0"}, "host"),  # noqa: S104  # an address that stands for none
        ({"host": "224.0.0.1"}, "host"),
        ({"address": "255.255.255.255"}, "address"),
        ({"host": "fe80::1%eth0"}, "host"),
        ({"address": "logbox"}, "address"),
        ({"address": "10.0.0.1/24"}, "address"),
        ({"address": "fd00::20"}, "address"),
        ({"host": "fd00::20"}, "host"),
        ({"senders": ("",)}, "sender"),
        ({"senders": ("--",)}, "sender"),
        ({"sites": ("x" * 61,)}, "site"),
        ({"sites": ("Taipa", "Taipa")}, "site"),
        ({"sites": tuple(str(n) for n in range(101))}, "many"),
        ({"days": 6}, "days"),
        ({"days": 3651}, "days"),
    ],
)
def test_what_cannot_be_used_is_refused_by_what_it_was_typed_for(asked: dict[str, object], what: str) -> None:
    with pytest.raises(NotUsable) as refused:
        office(**asked)
    assert refused.value.what == what


def test_the_box_is_reached_by_its_address_where_it_has_one() -> None:
    assert office(host="Log-Box.Office.").reach == "log-box.office"
    assert office(address=" 192.168.1.20 ").reach == "192.168.1.20"


@given(TYPED)
@example("ok")
def test_a_template_takes_no_value_that_could_be_obeyed(typed: str) -> None:
    try:
        filled = fill('target="@HOST@"', {"HOST": typed})
    except NotHarmless:
        return
    assert filled == f'target="{typed}"'
    assert not set(typed) & set("'`$;&|<>(){}\\\n\r\0%@#!*?~=")
