"""Judges a value by a JSON Schema, for the few keywords that Guia's schema uses; any other is an error of the test."""

import re
from typing import Any

TYPES: dict[str, tuple[type, ...]] = {
    "object": (dict,),
    "array": (list,),
    "string": (str,),
    "integer": (int,),
    "boolean": (bool,),
    "null": (type(None),),
}
SAID_ONLY = {"$schema", "title", "description", "format"}
FOR_KIND = {"properties", "required", "additionalProperties", "items", "maxItems", "uniqueItems"}
FOR_SCALARS = {"type", "const", "enum", "anyOf", "minLength", "maxLength", "pattern", "minimum", "maximum"}


def accepts(schema: dict[str, Any], value: object) -> bool:
    """Whether `value` is valid by `schema`."""
    unknown = schema.keys() - SAID_ONLY - FOR_KIND - FOR_SCALARS
    assert not unknown, unknown
    return (
        _typed(schema, value)
        and ("const" not in schema or value == schema["const"])
        and ("enum" not in schema or any(type(value) is type(one) and value == one for one in schema["enum"]))
        and ("anyOf" not in schema or any(accepts(part, value) for part in schema["anyOf"]))
        and _within(schema, value)
        and _inside(schema, value)
    )


def _typed(schema: dict[str, Any], value: object) -> bool:
    if "type" not in schema:
        return True
    if isinstance(value, bool) and schema["type"] != "boolean":
        return False
    return isinstance(value, TYPES[schema["type"]]) or (
        schema["type"] == "integer" and isinstance(value, float) and value.is_integer()
    )


def _within(schema: dict[str, Any], value: object) -> bool:
    if isinstance(value, str):
        long_enough = schema.get("minLength", 0) <= len(value) <= schema.get("maxLength", len(value))
        return long_enough and re.search(schema.get("pattern", ""), value) is not None
    if isinstance(value, int | float) and not isinstance(value, bool):
        return bool(schema.get("minimum", value) <= value <= schema.get("maximum", value))
    return True


def _inside(schema: dict[str, Any], value: object) -> bool:
    if isinstance(value, dict):
        known = schema.get("properties", {})
        others = schema.get("additionalProperties", True)
        return all(key in value for key in schema.get("required", ())) and all(
            accepts(known[key], item) if key in known else others for key, item in value.items()
        )
    if isinstance(value, list):
        once = not schema.get("uniqueItems") or len({repr(item) for item in value}) == len(value)
        within = len(value) <= schema.get("maxItems", len(value))
        return once and within and all(accepts(schema.get("items", {}), item) for item in value)
    return True
