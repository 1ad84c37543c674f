"""The party as data: a snapshot of its names, Road Map, topics and offices.

Names of the party, its bodies and offices are never code; a file import changes them while the
bot runs.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, RowMapping

from services.language import choose
from services.organisation.intake import (
    AnswerTemplate,
    AppealKind,
    Named,
    StopMessage,
    TermUnit,
    TopicQuestion,
)
from services.organisation.shipped import shipped_types
from services.text.fold import fold
from storage import organisation as rows
from storage.database import Database
from storage.listeners import is_own

__all__ = [
    "AnswerTemplate",
    "AppealKind",
    "Body",
    "Named",
    "NewsTopic",
    "Office",
    "Official",
    "Organisation",
    "Organisations",
    "Section",
    "StopMessage",
    "TermUnit",
    "Topic",
    "TopicQuestion",
    "appeal_types",
    "load_organisation",
    "load_topic",
    "load_topics",
    "stop_messages",
]


class Body(StrEnum):
    """A body of the party; its name in both languages is data: `texts["body.<code>"]`."""

    BUREAU = "bureau"
    POLITICAL_COUNCIL = "council"
    PUBLIC_COUNCIL = "public_council"
    SECRETARIAT = "secretariat"
    DEPUTY = "deputy"  # of a maslikhat


@dataclass(frozen=True, slots=True)
class Section(Named):
    """A section of the Road Map."""

    emoji: str


@dataclass(frozen=True, slots=True)
class Topic(Named):
    """What an appeal is about; belongs to one section.

    questions: what is asked now; former_questions: what old appeals have answered.
    """

    emoji: str
    section: str
    retired: bool
    # Some public council takes appeals of it; told of a topic that is read alone.
    for_council: bool = False
    questions: tuple[TopicQuestion, ...] = ()
    former_questions: tuple[TopicQuestion, ...] = ()

    def question(self, code: str) -> TopicQuestion | None:
        """Return a question by code, also one that is asked no more."""
        known = {question.code: question for question in self.former_questions + self.questions}
        return known.get(code)


@dataclass(frozen=True, slots=True)
class NewsTopic(Named):
    """What a post is about; people switch topics on and off.

    A retired one is kept for the posts that were written about it, and offered no more.
    responses: the topic of appeals to which responses belong; None: the citizen is asked.
    """

    emoji: str
    retired: bool = False
    responses: str | None = None

    @property
    def of_programme(self) -> bool:
        """Tell whether it is the news of one programme, which comes to its own people only."""
        return is_own(self.code)


@dataclass(frozen=True, slots=True)
class Office(Named):
    """A reception office of the party.

    region and district are KATO prefixes, None for the whole country or region; parent is the
    code of the office of the next level, head the code of the official who leads this one.
    """

    region: str | None
    district: str | None = None
    parent: str | None = None
    head: str | None = None


@dataclass(frozen=True, slots=True)
class Official(Named):
    """A named person who answers for something, with the position in both languages."""

    body: str
    position_kk: str
    position_ru: str

    def position(self, language: str) -> str:
        """Return the position in this language."""
        return choose(language, self.position_kk, self.position_ru)


@dataclass(frozen=True, slots=True)
class Organisation:
    """One consistent snapshot; dictionaries by code keep the order of display."""

    party: Named
    sections: dict[str, Section] = field(default_factory=dict)
    topics: dict[str, Topic] = field(default_factory=dict)
    news_topics: dict[str, NewsTopic] = field(default_factory=dict)
    offices: dict[str, Office] = field(default_factory=dict)
    officials: dict[str, Official] = field(default_factory=dict)
    # Other bilingual texts by key, (kk, ru): "state_service" names where state bodies take
    # appeals, and so on.
    texts: dict[str, tuple[str, str]] = field(default_factory=dict)
    types: dict[str, AppealKind] = field(default_factory=dict)
    stops: tuple[StopMessage, ...] = ()
    templates: dict[str, AnswerTemplate] = field(default_factory=dict)

    def templates_for(self, topic: str) -> tuple[AnswerTemplate, ...]:
        """Return the templates in use for the topic, its own ones before those for any."""
        fitting = [
            template
            for template in self.templates.values()
            if not template.retired and template.topic in {topic, None}
        ]
        return tuple(sorted(fitting, key=lambda template: template.topic is None))

    def text(self, key: str, language: str) -> str:
        """Return a bilingual text by key; raises KeyError where the data have none."""
        kk, ru = self.texts[key]
        return choose(language, kk, ru)


class Organisations:
    """Holds the current snapshot for screens; use cases read the tables themselves."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._current: Organisation | None = None

    @property
    def current(self) -> Organisation:
        """Return the snapshot; `refresh` must have run."""
        if self._current is None:
            raise RuntimeError("refresh() has not run yet")
        return self._current

    async def refresh(self) -> Organisation:
        """Read the tables again, at start and after an import."""
        self._current = await self._db.read(load_organisation)
        return self._current


def load_organisation(connection: Connection) -> Organisation:
    """Return the organisation as the tables hold it now."""
    texts = {row["key"]: (row["kk"], row["ru"]) for row in rows.party_texts(connection)}
    name_kk, name_ru = texts.pop("party_name", ("", ""))
    return Organisation(
        party=Named("party", name_kk, name_ru),
        sections={row["code"]: Section(**row) for row in rows.sections(connection)},
        topics=load_topics(connection),
        news_topics={row["code"]: NewsTopic(**row) for row in rows.news_topics(connection)},
        offices={row["code"]: Office(**row) for row in rows.offices(connection)},
        officials={row["code"]: Official(**row) for row in rows.officials(connection)},
        texts=texts,
        types=appeal_types(connection),
        stops=stop_messages(connection),
        templates={row["code"]: AnswerTemplate(**row) for row in rows.templates(connection)},
    )


def appeal_types(connection: Connection) -> dict[str, AppealKind]:
    """Return the types of appeals in their order; the shipped ones where none was imported."""
    kinds = [
        AppealKind(**{**row, "unit": TermUnit(row["unit"])}) for row in rows.types(connection)
    ]
    return {kind.code: kind for kind in kinds or shipped_types()}


def stop_messages(connection: Connection) -> tuple[StopMessage, ...]:
    """Return the stop messages in use, in their order."""
    return tuple(_stop_message(**row) for row in rows.stops(connection))


# The same few hundred words with each appeal; reading and folding them takes longer than to look.
@lru_cache(maxsize=100)
def _stop_message(*, topics: str, words: str, **plain: Any) -> StopMessage:
    heard = (word for spoken in json.loads(words).values() for word in spoken)
    return StopMessage(topics=tuple(json.loads(topics)), words=tuple(map(fold, heard)), **plain)


def load_topics(connection: Connection) -> dict[str, Topic]:
    """Return the topics with their questions in the order of display."""
    questions = [TopicQuestion(**row) for row in rows.questions(connection)]
    return {row["code"]: _topic(row, questions) for row in rows.topics(connection)}


def load_topic(connection: Connection, code: str) -> Topic | None:
    """Return one topic with its questions, None where there is none of this code."""
    row = rows.find_topic(connection, code)
    if row is None:
        return None
    return _topic(row, [TopicQuestion(**each) for each in rows.questions_of(connection, code)])


def _topic(row: RowMapping, questions: Iterable[TopicQuestion]) -> Topic:
    own = [question for question in questions if question.topic == row["code"]]
    return Topic(
        **row,
        questions=tuple(question for question in own if not question.retired),
        former_questions=tuple(question for question in own if question.retired),
    )
