"""Sample businesses and first rows, made from a sector's preset in one language."""

from typing import Any

from wizards.content.shapes import Sector
from wizards.content.text import Text


def preset_rows(sector: Sector, question: str, lang: str) -> list[dict[str, Any]]:
    """The sector's usual rows for a rows question, each with its preset's id as `origin`; ids are given later."""
    found = []
    for row in sector.rows.get(question, ()):
        made: dict[str, Any] = {"origin": row.id, "name": row.name.to(lang), **row.values}
        found.append(made | {column: text.to(lang) for column, text in row.texts.items()})
    return found


def sample_answers(sector: Sector, lang: str) -> dict[str, Any]:
    """The answers of the sector's sample business, with its texts in `lang`."""
    answers: dict[str, Any] = {name: text.to(lang) for name, text in sector.sample_texts.items()}
    answers.update(sector.sample)
    answers.update(dict.fromkeys(sector.sample_unknown))
    for question in dict.fromkeys([*sector.rows, *sector.sample_rows]):
        said = sector.sample_rows.get(question, {})
        made = [
            _row(p.id, {"origin": p.id, "name": p.name, **p.values, **p.texts}, said.get(p.id, {}), lang)
            for p in sector.rows.get(question, ())
        ]
        known = {row["id"] for row in made}
        made += [_row(row_id, {}, values, lang) for row_id, values in said.items() if row_id not in known]
        answers[question] = made
    return answers


def _row(row_id: str, preset: dict[str, Any], said: dict[str, Any], lang: str) -> dict[str, Any]:
    merged = {**preset, **said}
    return {"id": row_id, **{k: v.to(lang) if isinstance(v, Text) else v for k, v in merged.items()}}
