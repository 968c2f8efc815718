"""CONTRIBUTING keeps its word: its examples are taken out of the page and applied to the resources, in memory.

Nothing is written into the tree. A newcomer's mistakes are made one by one, and all at once.
"""

import re
import tomllib
from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, Final

import msgspec
import pytest

from desktop.content import words
from desktop.reports.plan_paper import plan_paper
from tests import test_scenarios, test_texts
from tests.words import refused
from wizards.content.bank import Bank
from wizards.content.loader import ContentError, load
from wizards.content.text import LANGUAGES
from wizards.interview.facts import FACTS
from wizards.interview.schema import schema
from wizards.interview.walk import pages
from wizards.planning.paper import as_json
from wizards.planning.plan import Plan, plan_of

ROOT: Final = Path(__file__).parent.parent
PAGE: Final = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
DAY: Final = date(2026, 11, 23)
BLOCKS: Final = {
    head.split(":")[0]: body
    for head, body in re.findall(r"^```toml\n# ([^\n]+)\n(.*?)^```$", PAGE, re.DOTALL | re.MULTILINE)
}
TOPIC, SCENARIO, LAW = BLOCKS
RESOURCES: Final = "resources/"
BIG_FIRM: Final = {"sector": "retail", "staff": 12}


@cache
def resources() -> dict[str, bytes]:
    """Every file of content as it stands, by its path below resources/."""

    def texts(folder: Traversable, prefix: str) -> dict[str, bytes]:
        found: dict[str, bytes] = {}
        for item in folder.iterdir():
            if item.is_dir() and item.name not in {"words", "fonts", "__pycache__"}:
                found |= texts(item, f"{prefix}{item.name}/")
            elif item.name.endswith(".toml"):
                found[prefix + item.name] = item.read_bytes()
        return found

    return texts(files("resources"), "")


def with_example(example: str = BLOCKS[TOPIC]) -> dict[str, bytes]:
    """The resources with the example at the end of its topic."""
    name = TOPIC.removeprefix(RESOURCES)
    return {**resources(), name: resources()[name] + example.encode()}


def with_law() -> dict[str, bytes]:
    """The resources with the example's version appended to its record, as the page says."""
    name = LAW.removeprefix(RESOURCES)
    until = re.search(r"`(until = [\d-]+)`", PAGE)
    assert until is not None
    before, record, rest = re.split(r'(?m)^(id = "adequacy-list")$', resources()[name].decode())
    own, following = rest.split("[[records]]\n", 1)
    closed = re.sub(r"(?m)^(from = .*)$", rf"\1\n{until[1]}", own)
    assert closed.count("until") == 1
    text = f"{before}{record}{closed}{BLOCKS[LAW]}\n[[records]]\n{following}"
    return {**resources(), name: text.encode()}


@cache
def as_it_stands() -> Bank:
    return load(resources(), FACTS)


@cache
def with_copier() -> Bank:
    return load(with_example(), FACTS)


@cache
def with_hong_kong() -> Bank:
    return load(with_law(), FACTS)


def mistakes(content: Mapping[str, bytes]) -> tuple[str, ...]:
    with pytest.raises(ContentError) as caught:
        load(content, FACTS)
    return caught.value.mistakes


def task_ids(plan: Plan) -> set[str]:
    return {task.id for task in plan.tasks}


def test_the_content_loads() -> None:
    try:
        as_it_stands()
    except ContentError as error:
        pytest.fail("\n" + str(error), pytrace=False)


# A question with a duty ---------------------------------------------------------------------------------------------


def test_the_page_shows_one_example_of_each() -> None:
    assert (TOPIC.split("/")[:2], SCENARIO.split("/")[:2], LAW.split("/")[:2]) == (
        ["resources", "topics"],
        ["tests", "scenarios"],
        ["resources", "law"],
    )
    assert not (ROOT / SCENARIO).exists()


def test_one_file_is_all_that_changes() -> None:
    changed = with_example()
    assert [name for name in changed if changed[name] != resources().get(name)] == [TOPIC.removeprefix(RESOURCES)]
    before, after = as_it_stands(), with_copier()
    assert set(after.questions) - set(before.questions) == {"copier"}
    assert set(after.duties) - set(before.duties) == {"copier-wipe"}


def test_the_question_is_asked_of_those_whom_it_concerns() -> None:
    bank = with_copier()

    def asked(answers: dict[str, Any]) -> bool:
        return any(q.id == "copier" for page in pages(bank, answers, DAY) for q in page.questions)

    assert asked(BIG_FIRM)
    assert not asked({**BIG_FIRM, "staff": 5})
    assert not asked({**BIG_FIRM, "staff": None})


def test_the_schema_knows_the_question() -> None:
    for lang in LANGUAGES:
        made = schema(with_copier(), lang)["properties"]["answers"]["properties"]["copier"]
        assert made["title"]
        assert made["anyOf"][0] == {"enum": ["ourselves", "supplier", "nobody"]}


def test_the_duty_falls_when_answered_so_and_only_then() -> None:
    bank = with_copier()
    falls = {said: task_ids(plan_of(bank, {**BIG_FIRM, "copier": said}, DAY)) for said in ("nobody", "ourselves", None)}
    assert "copier-wipe" in falls["nobody"]
    assert "copier-wipe" not in falls["ourselves"]
    assert "find-out:copier" not in falls["ourselves"]
    assert "find-out:copier" in falls[None], "I do not know is never a silent no"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_plan_says_task_reason_and_source(lang: str) -> None:
    bank, answers = with_copier(), {**BIG_FIRM, "copier": "nobody"}
    plan = plan_of(bank, answers, DAY)
    task = next(t for t in as_json(bank, answers, plan, lang, words())["tasks"] if t["id"] == "copier-wipe")
    duty = bank.duties["copier-wipe"]
    assert task["title"] == duty.title.to(lang)
    assert task["due"] == (DAY + timedelta(days=30)).isoformat()
    assert [given["question"] for given in task["why"]["answers"]] == ["copier"]
    assert [source["id"] for source in task["sources"]] == ["pdpa-15-harm"]
    paper = plan_paper(bank, answers, plan, lang, words())
    assert duty.title.to(lang) in {getattr(block, "title", "") for block in paper.blocks}


def test_the_scenario_of_the_page_holds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bank = with_copier()
    monkeypatch.setattr(test_scenarios, "bank", lambda: bank)
    file = tmp_path / Path(SCENARIO).name
    file.write_text(BLOCKS[SCENARIO], "utf-8")
    test_scenarios.test_scenario(file)
    assert "copier-wipe" in tomllib.loads(BLOCKS[SCENARIO])["must"]


def test_other_businesses_keep_their_tasks() -> None:
    for file in test_scenarios.FILES:
        said = test_scenarios.scenario(file)
        answers = {key: test_scenarios.clean(value) for key, value in test_scenarios.answers_of(said).items()}
        day = said.get("day", DAY)
        before, after = (task_ids(plan_of(bank, answers, day)) for bank in (as_it_stands(), with_copier()))
        # a step that was complete has one open question more, where the firm is large enough to be asked
        assert after - before <= {"finish:rollout"}, file.stem
        assert before <= after, file.stem


def test_the_examples_are_written_as_texts_should_be() -> None:
    for block in (TOPIC, LAW):
        for place, text in test_texts.texts_in(tomllib.loads(BLOCKS[block]), block):
            for lang in LANGUAGES:
                assert refused(lang, text[lang]) == [], place
            assert not test_texts.HALF_WIDTH.search(text["zh-Hant"]), place
            assert not test_texts.PROGRESSIVE.search(text["pt"]), place
            for sentence in test_texts.SENTENCE_END.split(text["en"]):
                assert len(sentence.split()) <= test_texts.LONGEST_SENTENCE, place


# A change of the law ------------------------------------------------------------------------------------------------


def test_a_version_appended_is_in_force_from_its_day() -> None:
    before, after = as_it_stands(), with_hong_kong()
    first = tomllib.loads(BLOCKS[LAW])["records"]["versions"][0]["from"]
    last = first - timedelta(days=1)
    answers = {
        **BIG_FIRM,
        "flows": [
            {"id": "a", "name": "Orders", "kinds": ["contact"], "channel": "email", "place": "hong-kong"},
            {"id": "b", "name": "Returns", "kinds": ["contact"], "channel": "email", "place": "mainland"},
        ],
    }

    def routes(bank: Bank, day: date) -> list[str]:
        return [route.outcome for _, route, _ in plan_of(bank, answers, day).flows]

    assert routes(before, first) == ["none", "none"]
    assert routes(after, last) == routes(before, last) == ["none", "none"]
    assert routes(after, first) == routes(after, date(2099, 1, 1)) == ["adequacy", "none"]
    assert after.records["adequacy-list"].on(last) == msgspec.structs.replace(
        before.records["adequacy-list"].on(last), until=last
    )


def test_nothing_else_changes_by_a_version() -> None:
    before, after = as_it_stands(), with_hong_kong()
    assert {name for name in after.records if after.records[name] != before.records[name]} == {"adequacy-list"}


def test_a_day_without_a_version_is_an_error_never_the_nearest() -> None:
    record = with_hong_kong().records["adequacy-list"]
    with pytest.raises(LookupError, match="adequacy-list"):
        record.on(record.versions[0].from_ - timedelta(days=1))


# A newcomer's mistakes: what is changed in the example, what the message must hold ---------------------------------

MISTAKES: Final = {
    "unknown option": ('is = "nobody"', 'is = "nobdy"', ("copier-wipe", "'nobdy'", "did you mean 'nobody'")),
    "unknown question": ('question = "copier"', 'question = "copyer"', ("copier-wipe", "did you mean 'copier")),
    "unknown source": (
        'weight = 38\nsources = ["pdpa-15-harm"]',
        'weight = 38\nsources = ["pdpa-15-ham"]',
        ("copier-wipe", "sources", "did you mean 'pdpa-15-harm'"),
    ),
    "article not cited": (
        "Under Art. 15 of",
        "Under Art. 19 of",
        ("copier", "article 19", "add the record to sources"),
    ),
    "unconfirmed alone": (
        'weight = 38\nsources = ["pdpa-15-harm"]',
        'weight = 38\nsources = ["pdpa-16-list"]',
        ("copier-wipe", "sources", "unconfirmed", "add a firmer source"),
    ),
    "missing language": ('proof.pt = "', '# proof.pt = "', ("duties", "proof", "pt", "CONTRIBUTING")),
    "misspelt key": ("weight = 38", "wieght = 38", ("duties", "wieght", "CONTRIBUTING")),
    "wrong TOML": ('"supplier", text', '"supplier, text', ("line", "check quotes, commas and brackets")),
}


def spoilt(name: str) -> str:
    example: str = BLOCKS[TOPIC]
    before, after, _ = MISTAKES[name]
    assert example.count(before) == 1, name
    return example.replace(before, after)


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_is_told_with_file_place_and_remedy(name: str) -> None:
    wanted = MISTAKES[name][2]
    told = [m for m in mistakes(with_example(spoilt(name))) if m.startswith(TOPIC.removeprefix(RESOURCES) + ": ")]
    assert any(all(part in mistake for part in wanted) for mistake in told), told


def test_all_mistakes_are_told_in_one_run() -> None:
    content = resources()
    for number, name in enumerate(MISTAKES):
        # each in a topic of its own, with ids of its own
        head = f'id = "new-{number}"\nstep = "routing"\norder = {number}\n'
        title = 'title = { en = "New", zh-Hant = "新", pt = "Novo" }\n'
        own = re.sub(r'"(copier(?:-wipe)?)"', rf'"\1-{number}"', spoilt(name))
        content = {**content, f"topics/new-{number}.toml": (head + title + own).encode()}
    told = mistakes(content)
    for number, (_, _, wanted) in enumerate(MISTAKES.values()):
        own_told = [m for m in told if m.startswith(f"topics/new-{number}.toml: ")]
        assert any(all(part in mistake for part in wanted) for mistake in own_told), (wanted, own_told)


def test_several_mistakes_of_one_file_are_told_together() -> None:
    example = BLOCKS[TOPIC]
    for name in ("unknown option", "article not cited", "unconfirmed alone"):
        before, after, _ = MISTAKES[name]
        example = example.replace(before, after)
    told = "\n".join(mistakes(with_example(example)))
    assert "'nobdy'" in told
    assert "article 19" in told
    assert "add a firmer source" in told


def test_an_id_used_twice_is_told() -> None:
    content = with_example(BLOCKS[TOPIC].replace('"copier-wipe"', '"devices-lock"'))
    assert any("devices-lock" in m and "choose another word" in m for m in mistakes(content))
