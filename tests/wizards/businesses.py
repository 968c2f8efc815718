"""Businesses that nobody has, for tests of the map: the same seed always gives the same flows."""

from datetime import date
from random import Random
from typing import Any

from desktop.content import bank
from wizards.interview.situation import Situation
from wizards.mapping.drawing.nodes import Drawn

DAY = date(2026, 11, 23)
NAMES = (
    "Delivery orders", "Sick notes", "Claims with medical papers", "病假紙和診斷證明", "外賣訂單",
    "Análises e relatórios de doentes", "Salários", "Site photos of the new tower at the harbour, lots 3 to 17",
    "公司與各地供應商及其員工之間往來的一切電郵與附件副本", "Incompatibilidades", "W", "i",
)  # fmt: skip
NASTY = (
    "W" * 60, "\u202egnp.exe\u202c", "a\nb\tc", "<b>&\"'</b>", "👩\u200d👩\u200d👧 family", "שלום עולם",
    "e\u0301" * 200, "字" * 4000, "x " * 2000, "{name}{count}", "。，、「」" * 20, "\x00 \u200b", "\ufffe\uffff",
    "–—«»ªº€№ﬃЖЩ⸻Å", "Ứng dụng",
)  # fmt: skip


def answers(seed: int, flows: int, *, nasty: bool = False) -> dict[str, Any]:
    """The answers of a business with so many flows."""
    chance = Random(seed)  # noqa: S311  # a business is no secret
    columns = {column.id: [option.id for option in column.options] for column in bank().questions["flows"].columns}
    rows = []
    for number in range(flows):
        name = chance.choice(NASTY if nasty and chance.random() < 0.4 else NAMES)
        row: dict[str, Any] = {"id": f"f{number}", "name": f"{name} {number}" if chance.random() < 0.7 else name}
        for column in ("people", "channel", "place", "place-evidence", "ground"):
            if chance.random() < 0.85:
                row[column] = chance.choice(columns[column])
        if chance.random() < 0.8:
            row["kinds"] = chance.sample(columns["kinds"], chance.randint(1, 3))
        if chance.random() < 0.7:
            row["volume"] = chance.choice((0, 1, 7, 40, 900, 12_000, 10_000_000))
        if row.get("place") == "elsewhere":
            row["place-name"] = chance.choice(("Ireland", "Japan", "東京", *(NASTY if nasty else ())))
        row["notified"] = chance.random() < 0.5
        rows.append(row)
    place = chance.choice(("macau", "singapore", "mainland", None))
    return {"flows": rows, "hosting-place": place, "hosting-evidence": chance.choice(("told", "in-writing", None))}


def drawn(given: dict[str, Any], *, later: bool = False) -> list[Drawn]:
    """What a map is drawn from, now or once the plan is carried out."""
    s = Situation(bank(), given, DAY)
    flows, routes = (s.later, s.later_routes) if later else (s.flows, s.routes)
    return [(flows[i], routes[i], s.tiers[i]) for i in flows]
