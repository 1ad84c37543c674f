"""The open figures as JSON, for whoever counts with them: docs/openness-format.md says how."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from services.digests.hiding import SMALLEST
from services.openness.correcting import share_json
from services.openness.figures import COUNTRY, Cell, Share, Told
from services.openness.reading import OpenMonth
from services.organisation.directory import Organisation
from services.places.atlas import atlas

FORMAT, VERSION = "unqosu-openness", 1
_LANGUAGES = ("kk", "ru")

# In both languages, by language.
Both = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Words:
    """What the file says in words, in both languages: of figures by their names, and in all."""

    names: Mapping[str, Both]
    methods: Mapping[str, Both]
    country: Both
    rule: Both


def as_json(
    months: Iterable[OpenMonth], organisation: Organisation, words: Words, made_at: datetime
) -> bytes:
    """Return the file in UTF-8: months from the oldest on, null for what is not told."""
    content = {
        "format": FORMAT,
        "version": VERSION,
        "made_at": made_at.isoformat(timespec="seconds"),
        "party": {"kk": organisation.party.name_kk, "ru": organisation.party.name_ru},
        "smallest": SMALLEST,
        "rule": dict(words.rule),
        "figures": {
            name: {"label": dict(words.names[name]), "method": dict(words.methods[name])}
            for name in words.names
        },
        "months": [
            _month(each, organisation, words)
            for each in sorted(months, key=lambda each: each.month)
        ],
    }
    return json.dumps(content, ensure_ascii=False, indent=1).encode()


def _month(month: OpenMonth, organisation: Organisation, words: Words) -> dict[str, Any]:
    topics = [cell for cell in sorted(month.cells) if cell.topic and month.told(cell).anything]
    cells = [COUNTRY, *(Cell(region=code) for code in atlas().regions), *topics]
    return {
        "month": f"{month.month:%Y-%m}",
        "from": month.since.isoformat(),
        "to": month.last.isoformat(),
        "source": month.source.value,
        "published_at": month.published_at.isoformat(timespec="seconds"),
        "corrected_at": month.corrected_at and month.corrected_at.isoformat(timespec="seconds"),
        "cells": [
            {
                "region": cell.region or None,
                "topic": cell.topic or None,
                "label": _label(cell, organisation, words),
                **_figures(month.told(cell)),
            }
            for cell in cells
        ],
        "corrections": [
            {
                "at": each.at.isoformat(timespec="seconds"),
                "reason": {"kk": each.reason_kk, "ru": each.reason_ru},
                "changes": [
                    {
                        **change,
                        "region": change["region"] or None,
                        "topic": change["topic"] or None,
                    }
                    for change in each.changes
                ],
            }
            for each in month.corrections
        ],
    }


def _label(cell: Cell, organisation: Organisation, words: Words) -> dict[str, str]:
    if cell.region:
        region = atlas().regions[cell.region]
        return {language: region.name(language) for language in _LANGUAGES}
    if cell.topic:
        topic = organisation.topics.get(cell.topic)
        return {language: topic.name(language) if topic else cell.topic for language in _LANGUAGES}
    return dict(words.country)


def _figures(told: Told) -> dict[str, Any]:
    found = {name: getattr(told, name) for name in Told.__slots__}
    shown = {
        name: share_json(value) if isinstance(value, Share) else value
        for name, value in found.items()
    }
    if told.rating is not None:
        shown["rating"] = round(told.rating, 2)
    return shown
