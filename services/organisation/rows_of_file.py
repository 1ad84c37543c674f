"""The organisation's file as rows of the tables."""

from collections.abc import Sequence
from graphlib import TopologicalSorter
from typing import Any, Protocol

from services.organisation.file import OrganisationFile, SectionEntry
from services.organisation.shipped import shipped_types

Rows = list[dict[str, Any]]


class Bilingual(Protocol):
    """A text in both languages."""

    @property
    def kk(self) -> str:
        """The text in Kazakh."""

    @property
    def ru(self) -> str:
        """The text in Russian."""


def texts(file: OrganisationFile) -> Rows:
    """Return the bilingual texts by key."""
    found: dict[str, Bilingual] = {"party_name": file.party, **file.texts}
    found |= {f"body.{body.value}": names for body, names in file.bodies.items()}
    return [{"key": key, "kk": words.kk, "ru": words.ru} for key, words in found.items()]


def officials(file: OrganisationFile) -> Rows:
    """Return the officials."""
    return [
        {
            "code": entry.code,
            "body": entry.body.value,
            **_both("name", entry.name),
            **_both("position", entry.position),
        }
        for entry in file.officials
    ]


def offices(file: OrganisationFile) -> Rows:
    """Return the offices, each after its parent."""
    entries = {entry.code: entry for entry in file.offices}
    above = {entry.code: [entry.parent] if entry.parent else [] for entry in file.offices}
    return [
        {
            "code": code,
            "region": entries[code].region,
            "district": entries[code].district,
            "parent": entries[code].parent,
            "head": entries[code].head,
            **_both("name", entries[code].name),
        }
        for code in TopologicalSorter(above).static_order()
    ]


def types(file: OrganisationFile) -> Rows:
    """Return the types of appeals, the shipped ones where the file has none."""
    if file.types is None:
        return [
            {
                "code": kind.code,
                "position": position,
                "emoji": kind.emoji,
                "name_kk": kind.name_kk,
                "name_ru": kind.name_ru,
                "hint_kk": kind.hint_kk,
                "hint_ru": kind.hint_ru,
                "question_kk": kind.question_kk,
                "question_ru": kind.question_ru,
                "term": kind.term,
                "unit": kind.unit.value,
            }
            for position, kind in enumerate(shipped_types())
        ]
    return [
        {
            "code": entry.code.value,
            "position": position,
            "emoji": entry.emoji,
            **_both("name", entry.name),
            **_both("hint", entry.hint),
            **_both("question", entry.question),
            "term": entry.term,
            "unit": entry.unit.value,
        }
        for position, entry in enumerate(file.types)
    ]


def topics(file: OrganisationFile) -> Rows:
    """Return the topics of appeals."""
    pairs = zip(listed(file.topics), file.topics, strict=True)
    return [{**row, "section": entry.section} for row, entry in pairs]


def questions(file: OrganisationFile) -> Rows:
    """Return the questions of the topics."""
    return [
        {
            "topic": topic.code,
            "code": question.code,
            "position": position,
            "kk": question.text.kk,
            "ru": question.text.ru,
        }
        for topic in file.topics
        for position, question in enumerate(topic.questions)
    ]


def stops(file: OrganisationFile) -> Rows:
    """Return the stop messages."""
    return [
        {
            "code": entry.code,
            "position": position,
            "urgent": entry.urgent,
            "phone": entry.phone,
            "topics": list(entry.topics),
            "words": {"kk": list(entry.words.kk), "ru": list(entry.words.ru)},
            **_both("text", entry.text),
        }
        for position, entry in enumerate(file.stops)
    ]


def templates(file: OrganisationFile) -> Rows:
    """Return the templates of answers."""
    return [
        {
            "code": entry.code,
            "position": position,
            "topic": entry.topic,
            **_both("title", entry.title),
            **_both("text", entry.text),
        }
        for position, entry in enumerate(file.templates)
    ]


def calendar(file: OrganisationFile) -> Rows:
    """Return the exceptions to the calendar of working days."""
    return [
        {"day": entry.day, "working": entry.working, **_both("reason", entry.reason)}
        for entry in file.calendar
    ]


def listed(entries: Sequence[SectionEntry]) -> Rows:
    """Return sections, or topics as far as they are like sections, in their order."""
    return [
        {
            "code": entry.code,
            "position": position,
            "emoji": entry.emoji,
            **_both("name", entry.name),
        }
        for position, entry in enumerate(entries)
    ]


def news_topics(file: OrganisationFile) -> Rows:
    """Return the topics of news in their order."""
    return [
        {**row, "responses": entry.responses}
        for row, entry in zip(listed(file.news_topics), file.news_topics, strict=True)
    ]


def _both(field: str, words: Bilingual) -> dict[str, str]:
    return {f"{field}_kk": words.kk, f"{field}_ru": words.ru}
