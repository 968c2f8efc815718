"""Which contract accounts fall under: each kind has one, numbers add up, and nothing strange stops it."""

from hypothesis import given
from hypothesis import strategies as st

from desktop.content import bank
from wizards.mapping.footing import contracts_of

KINDS = [option.id for option in bank().questions["accounts"].options]
COUNTS = st.dictionaries(st.sampled_from(KINDS) | st.text(max_size=4), st.integers(0, 100_000))


def parties(counts: dict[str, int]) -> dict[str, int]:
    return {found.party: found.number for found in contracts_of(counts)}


def test_the_number_registered_decides_the_contract() -> None:
    counts = {"+853": 8, "+852": 1, "+86": 3, "other": 2, "email": 4, "unknown": 1}
    assert parties(counts) == {"singapore": 15, "mainland": 3, "not-clear": 1}


def test_one_contract_where_nobody_has_a_mainland_number() -> None:
    assert parties({"+853": 6, "email": 1, "+86": 0}) == {"singapore": 7}
    assert contracts_of({"+853": 6, "email": 1, "+86": 0})[0].kinds == ("+853", "email")


@given(COUNTS)
def test_the_numbers_add_up_and_each_kind_stands_once(counts: dict[str, int]) -> None:
    found = contracts_of(counts)
    assert sum(contract.number for contract in found) == sum(counts.values())
    kinds = [kind for contract in found for kind in contract.kinds]
    assert sorted(kinds) == sorted(kind for kind, number in counts.items() if number)
    assert all(contract.number > 0 for contract in found)


@given(COUNTS)
def test_each_contract_has_its_sentence_with_a_source(counts: dict[str, int]) -> None:
    for contract in contracts_of(counts):
        reason = bank().reasons[contract.reason]
        assert reason.sources
        assert all("{count}" in text for text in (reason.text.en, reason.text.zh_hant, reason.text.pt))
