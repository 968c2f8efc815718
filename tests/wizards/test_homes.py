"""Homes, guides and contradictions as content: which home an answer means, and the mistakes that the loader tells."""

import tomllib
from pathlib import Path
from typing import Final

import pytest

from desktop.content import bank
from tests.test_contributing import mistakes, resources
from wizards.governance.homes import home_meant, homes_beside, homes_in_use, kind_of
from wizards.governance.tiers import HOMES, TIERS

RESOURCES: Final = Path(__file__).parent.parent.parent / "resources"


@pytest.mark.parametrize("tier", TIERS)
def test_every_answer_to_a_tier_question_means_a_home(tier: str) -> None:
    options = [option.id for option in bank().questions[f"tier-{tier}"].options]
    assert set(options) == set(HOMES)
    for option in options:
        meant = home_meant(bank(), {}, f"tier-{tier}", option)
        assert meant is not None
        assert meant.home == option


def test_the_other_answers_say_which_kind_of_home_it_is() -> None:
    kinds = {
        state: kind_of(bank(), {"nextcloud-state": state}, "nextcloud")
        for state in ("in-macau", "planned", "abroad", None)
    }
    assert {state: kind.id if kind else "" for state, kind in kinds.items()} == {
        "in-macau": "nextcloud-macau",
        "planned": "nextcloud-macau",
        "abroad": "nextcloud-abroad",
        None: "nextcloud",
    }
    chat = {"tier-internal": "local-chat", "local-chat-which": "zulip"}
    assert [home.id for home in homes_in_use(bank(), chat)] == ["zulip"]
    assert home_meant(bank(), {}, "local-chat-which", "undecided") is None


def test_the_homes_in_use_stand_once_from_the_highest_tier_down() -> None:
    said = {
        "tier-routine": "dingtalk",
        "tier-internal": "dingtalk",
        "tier-confidential": "paper",
        "tier-highly": "signal",
    }
    assert [home.id for home in homes_in_use(bank(), said)] == ["signal", "paper", "dingtalk"]


def test_each_question_about_homes_has_homes_to_compare() -> None:
    assert {home.id for home in homes_beside(bank(), "tier-highly")} == set(HOMES)
    assert len(homes_beside(bank(), "local-chat-which")) == 5
    assert len(homes_beside(bank(), "nextcloud-state")) == 2


@pytest.mark.parametrize("guide", bank().guides, ids=str)
def test_a_guide_names_each_duty_once_and_never_one_before_what_comes_first(guide: str) -> None:
    duties = bank().guides[guide].duties
    assert len(set(duties)) == len(duties) >= 6
    for place, duty in enumerate(duties):
        assert [after for after in bank().duties[duty].after if after in duties[place:]] == [], duty


def test_each_guide_holds_every_duty_of_its_own_topic() -> None:
    for guide in bank().guides.values():
        topic = next(topic for topic in bank().topics if topic.id == guide.id)
        assert {duty.id for duty in topic.duties} <= set(guide.duties)


MISTAKES: Final = {
    "a home for no option": (
        "homes.toml",
        'home = "paper"',
        'home = "papr"',
        ("homes (paper).home", "did you mean 'paper'"),
    ),
    "a kind for no option": ("homes.toml", 'options = ["zulip"]', 'options = ["zulp"]', ("homes (zulip)", "'zulip'")),
    "a kind of no question": (
        "homes.toml",
        'question = "nextcloud-state"\noptions = ["abroad"]',
        'question = "nextcloud-sate"\noptions = ["abroad"]',
        ("homes (nextcloud-abroad).question", "did you mean 'nextcloud-state'"),
    ),
    "an unknown source": (
        "homes.toml",
        '"mattermost-limit", "nextcloud-macau"]',
        '"mattermost-limt", "nextcloud-macau"]',
        ("homes (mattermost)", "did you mean 'mattermost-limit'"),
    ),
    "a guide without its duty": (
        "guides.toml",
        '"signal-leavers"',
        '"signal-leaver"',
        ("guides (signal)", "did you mean 'signal-leavers'"),
    ),
    "a guide with a duty of rows": ("guides.toml", '"signal-leavers"', '"move-flow"', ("guides (signal)", "each row")),
    "a guide to nowhere": ("guides.toml", 'home = "signal"', 'home = "sgnal"', ("guides (signal).home", "'signal'")),
    "a contradiction of nothing": (
        "contradictions.toml",
        'when = { question = "signal-phones", is = false }',
        'when = { question = "signal-phone", is = false }',
        ("contradictions (signal-without-phones).when", "did you mean 'signal-phones'"),
    ),
    "nothing to change": (
        "contradictions.toml",
        'change = ["signal-phones", "tier-highly"]',
        'change = ["signal-fones"]',
        ("contradictions (signal-without-phones).change", "'signal-phones'"),
    ),
    "rows that are not named": (
        "contradictions.toml",
        "but it holds sensitive data: {row}.",
        "but it holds sensitive data.",
        ("contradictions (routine-but-sensitive).text", "{row}"),
    ),
    "an id twice": (
        "contradictions.toml",
        'id = "signal-without-phones"',
        'id = "routine-but-sensitive"',
        ("routine-but-sensitive", "used 2 times"),
    ),
    "a misspelt key": ("guides.toml", 'home = "signal"', 'hme = "signal"', ("guides", "hme", "CONTRIBUTING")),
}


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_is_told_with_file_place_and_remedy(name: str) -> None:
    file, before, after, wanted = MISTAKES[name]
    text = resources()[file].decode()
    assert text.count(before) == 1, name
    told = [
        m for m in mistakes({**resources(), file: text.replace(before, after).encode()}) if m.startswith(f"{file}: ")
    ]
    assert any(all(part in mistake for part in wanted) for mistake in told), told


@pytest.mark.parametrize("file", ["homes.toml", "guides.toml", "contradictions.toml"])
def test_a_missing_file_is_told(file: str) -> None:
    told = mistakes({name: raw for name, raw in resources().items() if name != file})
    assert any(m.startswith(f"{file}: ") and "put it back" in m for m in told)


def test_the_files_say_nothing_of_money_that_no_source_supports() -> None:
    for file in ("homes.toml", "guides.toml"):
        for home in tomllib.loads((RESOURCES / file).read_text("utf-8")).values():
            for one in home:
                if "USD" in str(one) or "MOP" in str(one):
                    assert "necessity-cheaper" in one["sources"], one["id"]
