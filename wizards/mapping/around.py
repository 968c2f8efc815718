"""What answers beside the flows say about every flow: linked lists, authorisations, data back from the mainland."""

from datetime import date
from typing import Final, Literal

from msgspec import Struct

from wizards.content.bank import Bank
from wizards.interview.answers import Answers, rows

Procedure = Literal["nothing", "contract", "assessment"]
"""What mainland law is reported to ask of data sent out of it: none of the three procedures, a filed contract or a
certificate, or a security assessment (legal section 2.7)."""


class Around(Struct, frozen=True):
    """Each None where it is not known yet."""

    combines: bool | None = None
    combining_authorised: bool | None = None
    credit_authorised: bool | None = None
    joined_by_plugin: bool = False
    returned: Procedure | None = None


NOTHING_SAID: Final = Around()


def around_of(bank: Bank, answers: Answers, day: date) -> Around:
    """What `answers` say under the content in force on `day`."""
    uses = answers.get("special-uses")
    return Around(
        combines=None if uses is None else "combine" in uses,
        combining_authorised=answers.get("combine-authorised"),
        credit_authorised=answers.get("credit-authorised"),
        joined_by_plugin=any(row.get("joins") is True for row in rows(answers, "plugins")),
        returned=procedure(bank, day, answers.get("returned-people"), answers.get("returned-sensitive")),
    )


def procedure(bank: Bank, day: date, people: int | None, sensitive: int | None) -> Procedure | None:
    """The procedure for so many persons since 1 January, so many of them with sensitive data; None is not known.

    The limits are values of the law record; on a day without limits nothing is known.
    """
    limits = bank.records["pipl-thresholds"].on(day).values
    contract, assessment, delicate = (
        limits.get(name) for name in ("contract-from", "assessment-from", "sensitive-assessment-from")
    )
    if not (isinstance(contract, int) and isinstance(assessment, int) and isinstance(delicate, int)):
        return None
    if (people or 0) >= assessment or (sensitive or 0) >= delicate:
        return "assessment"
    if people == 0:
        return "nothing"
    if people is None or sensitive is None:
        return None
    return "contract" if people >= contract or sensitive > 0 else "nothing"
