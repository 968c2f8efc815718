"""What a sector usually has: confirmed as it stands, each row is a whole flow on the map, in every language."""

from datetime import date

import pytest

from desktop.content import bank
from wizards.content.samples import preset_rows
from wizards.content.shapes import Sector
from wizards.content.text import LANGUAGES
from wizards.interview.answers import Row
from wizards.interview.situation import Situation
from wizards.interview.truth import holds
from wizards.interview.validity import check_answers
from wizards.planning.plan import Plan, plan_of

DAY = date(2026, 11, 23)
SECTORS = [sector for sector in bank().sectors.values() if sector.rows]
# Only the owner knows them; the map and the plan say so where they are open.
OWNERS = {"flows": {"place"}, "plugins": {"vendor", "vendor-place", "needed", "contract"}}

every_sector = pytest.mark.parametrize("sector", SECTORS, ids=lambda sector: sector.id)


def confirmed(sector: Sector, table: str, lang: str = "en") -> list[Row]:
    return [{**row, "id": row["origin"]} for row in preset_rows(sector, table, lang)]


def planned(sector: Sector) -> Plan:
    return plan_of(bank(), {"sector": sector.id, "flows": confirmed(sector, "flows")}, DAY)


def test_a_broker_has_its_map_after_eight_rows() -> None:
    assert len(planned(bank().sectors["insurance-broker"]).flows) == 8


@every_sector
def test_each_row_confirmed_is_a_flow_with_all_that_the_map_draws(sector: Sector) -> None:
    plan = planned(sector)
    assert [flow.id for flow, _, _ in plan.flows] == [row.id for row in sector.rows["flows"]]
    for flow, route, tier in plan.flows:
        assert {"people", "kinds", "channel"} <= flow.row.keys(), flow.id
        assert flow.place or "hosted" in flow.channel_marks, flow.id
        assert flow.leaves == ("unknown" if flow.personal and not flow.place else "no"), flow.id
        assert route.reasons, flow.id
        assert tier.reason in bank().reasons, flow.id


@every_sector
@pytest.mark.parametrize("table", ["flows", "plugins"])
def test_no_cell_of_the_table_stays_empty_but_what_only_the_owner_knows(sector: Sector, table: str) -> None:
    shown = [column for column in bank().questions[table].columns if column.shown]
    rows = confirmed(sector, table)
    situation = Situation(bank(), {table: rows}, DAY)
    for row in rows:
        asked = {c.id for c in shown if holds(c.when, situation, table, row).value is True}
        assert asked - row.keys() - OWNERS[table] == set(), row["origin"]


@every_sector
@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_rows_are_valid_answers_in_each_language(sector: Sector, lang: str) -> None:
    answers = {table: confirmed(sector, table, lang) for table in sector.rows}
    assert list(check_answers(bank(), answers)) == []


@every_sector
def test_a_flow_about_people_says_what_the_authority_asks_of_it(sector: Sector) -> None:
    """The form asks: whose data, which kinds, for what, on which basis, how long."""
    for flow, _, _ in planned(sector).flows:
        wanted = {"people", "kinds", "purpose", "keep"} | ({"basis"} if flow.personal else set())
        assert wanted - flow.row.keys() == set(), flow.id
