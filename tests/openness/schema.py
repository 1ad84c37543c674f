"""As much of JSON Schema as docs/openness-format.md uses."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

DOCUMENT = Path(__file__).resolve().parents[2] / "docs/openness-format.md"
_TYPES: dict[str, tuple[type, ...]] = {
    "object": (dict,),
    "array": (list,),
    "string": (str,),
    "integer": (int,),
    "number": (int, float),
    "null": (type(None),),
}


def schema() -> dict[str, Any]:
    """Return the schema in the document."""
    found: dict[str, Any] = json.loads(
        DOCUMENT.read_text("utf-8").partition("```json\n")[2].partition("```")[0]
    )
    return found


def faults(value: Any, rule: dict[str, Any], root: dict[str, Any], at: str = "$") -> list[str]:
    """Return where a value is not as the rule says."""
    if "$ref" in rule:
        return faults(value, root["$defs"][rule["$ref"].rpartition("/")[2]], root, at)
    if "anyOf" in rule:
        found = [faults(value, each, root, at) for each in rule["anyOf"]]
        return [] if [] in found else found[0]
    return [*_own(value, rule, at), *_inside(value, rule, root, at)]


def _own(value: Any, rule: dict[str, Any], at: str) -> Iterator[str]:
    kinds = rule.get("type", [])
    kinds = [kinds] if isinstance(kinds, str) else kinds
    if kinds and not isinstance(value, tuple(one for kind in kinds for one in _TYPES[kind])):
        yield f"{at}: {value!r} is no {kinds}"
    if "const" in rule and value != rule["const"]:
        yield f"{at}: {value!r} is not {rule['const']!r}"
    if "enum" in rule and value not in rule["enum"]:
        yield f"{at}: {value!r} is none of {rule['enum']}"
    if isinstance(value, str) and not re.search(rule.get("pattern", ""), value):
        yield f"{at}: {value!r} does not match"
    if isinstance(value, int | float) and not (
        rule.get("minimum", value) <= value <= rule.get("maximum", value)
    ):
        yield f"{at}: {value} is out of bounds"


def _inside(value: Any, rule: dict[str, Any], root: dict[str, Any], at: str) -> Iterator[str]:
    if isinstance(value, list):
        for number, each in enumerate(value):
            yield from faults(each, rule.get("items", {}), root, f"{at}[{number}]")
    if not isinstance(value, dict):
        return
    if not rule.get("minProperties", 0) <= len(value) <= rule.get("maxProperties", len(value)):
        yield f"{at}: {len(value)} properties"
    yield from (f"{at}: no {name}" for name in rule.get("required", ()) if name not in value)
    more = rule.get("additionalProperties", {})
    for name, each in value.items():
        known = rule.get("properties", {}).get(name, more)
        if known is False:
            yield f"{at}: {name} is not foreseen"
        else:
            yield from faults(each, known, root, f"{at}.{name}")
