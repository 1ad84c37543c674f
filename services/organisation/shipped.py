"""The types of appeals for data that do not name their own."""

from functools import cache
from pathlib import Path

import yaml

from services.organisation.intake import AppealKind, TermUnit

_FILE = Path(__file__).with_name("types.yaml")


@cache
def shipped_types() -> tuple[AppealKind, ...]:
    """Return the six types in their order, as `types.yaml` beside this module has them."""
    content = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    return tuple(
        AppealKind(
            code=entry["code"],
            name_kk=entry["name"]["kk"],
            name_ru=entry["name"]["ru"],
            emoji=entry["emoji"],
            hint_kk=entry["hint"]["kk"],
            hint_ru=entry["hint"]["ru"],
            question_kk=entry["question"]["kk"],
            question_ru=entry["question"]["ru"],
            term=entry["term"],
            unit=TermUnit(entry["unit"]),
        )
        for entry in content["types"]
    )
