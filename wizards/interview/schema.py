"""The JSON Schema of an answers file, made from the bank so that it can never lag behind the questions."""

from typing import Any

from wizards.content.bank import Bank
from wizards.content.shapes import Column, Question
from wizards.interview.mistakes import LONGEST_TEXT, MOST_ROWS
from wizards.interview.reading import SCHEMA
from wizards.interview.validity import HIGHEST, LONGEST_ID

# years 1900 to 2199, no NUL, no blank in an id: as `validity` and `reading` have it
_DAY = "^(19|20|21)[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$"
_ID = {"type": "string", "minLength": 1, "maxLength": LONGEST_ID, "pattern": "^[^\\s\\u0000-\\u001f]+$"}
_TEXT = {"type": "string", "maxLength": LONGEST_TEXT, "pattern": "^[^\\u0000]*$"}


def schema(bank: Bank, lang: str = "en") -> dict[str, Any]:
    """A JSON Schema (draft 2020-12) with titles in `lang`."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Guia answers",
        "type": "object",
        "additionalProperties": False,
        "required": ["schema", "answers"],
        "properties": {
            "schema": {"const": SCHEMA},
            "answers": {
                "type": "object",
                "additionalProperties": False,
                "properties": {q.id: {"title": q.text.to(lang), **_question(q, lang)} for q in bank.questions.values()},
            },
        },
    }


def _question(question: Question, lang: str) -> dict[str, Any]:
    if question.kind == "rows":
        columns = {c.id: {"title": c.text.to(lang), **_nullable(_cell(c))} for c in question.columns}
        row = {
            "type": "object",
            "additionalProperties": False,
            "required": ["id"],
            "properties": {
                "id": _ID,
                "origin": _TEXT,
                **columns,
            },
        }
        return _nullable({"type": "array", "maxItems": MOST_ROWS, "items": row})
    if question.kind == "counts":
        count = {"type": "integer", "minimum": 0, "maximum": HIGHEST}
        counts = {option.id: count for option in question.options}
        return _nullable({"type": "object", "additionalProperties": False, "properties": counts})
    return _nullable(_cell(question))


def _cell(item: Question | Column) -> dict[str, Any]:
    options = [option.id for option in item.options]
    match item.kind:
        case "yes-no":
            return {"type": "boolean"}
        case "choice":
            return {"enum": options}
        case "many":
            return {"type": "array", "uniqueItems": True, "items": {"enum": options}}
        case "number":
            low, high = (item.minimum, item.maximum) if isinstance(item, Question) else (0, HIGHEST)
            return {"type": "integer", "minimum": low, "maximum": high}
        case "date":
            return {"type": "string", "format": "date", "pattern": _DAY}
        case _:
            return _TEXT


def _nullable(shape: dict[str, Any]) -> dict[str, Any]:
    """`null` is "I do not know", which every question accepts."""
    return {"anyOf": [shape, {"type": "null"}]}
