"""A board of proposals: some supported by many, some answered, some before a moderator."""

from datetime import datetime, time, timedelta
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy import Connection

from bot.demonstration.moments import at
from services.language import Language
from services.people.model import Role
from services.proposals.answering import Answer, Shown, answer
from services.proposals.draft import Draft
from services.proposals.machine import Step
from services.proposals.moderating import Wording, publish
from services.proposals.suggesting import suggest
from services.proposals.supporting import support
from storage.people import people_with_role
from storage.proposals import find

_HOUR = time(10, 20)
_LATER = timedelta(hours=3)
_REGION = 2


class _Entry(BaseModel):
    """An entry of the file; a misspelt key is a mistake."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class SeedProposalAnswer(_Entry):
    """An official answer so many days ago, in both languages.

    file: the document that shows that it is done, by its id in the seed of the sandbox.
    """

    days_ago: Annotated[int, Field(ge=0)]
    step: Step
    kk: str
    ru: str
    file: str | None = None


class SeedProposal(_Entry):
    """A proposal; place is a KATO prefix, none the whole country.

    Without titles it waits for a moderator. supports: how many of the crowd support it. code: by
    which a story names it.
    """

    code: str = ""
    person: int
    days_ago: Annotated[int, Field(ge=1)]
    topic: str
    language: Language
    text: str
    place: str | None = None
    title_kk: str | None = None
    title_ru: str | None = None
    supports: int = 0
    answers: tuple[SeedProposalAnswer, ...] = ()


def play_proposals(
    connection: Connection, entries: tuple[SeedProposal, ...], crowd: range, start: datetime
) -> None:
    """Let everybody suggest, moderate, support and answer, at the times of the file."""
    moderators = people_with_role(connection, Role.MODERATOR.value)
    administrators = people_with_role(connection, Role.ADMINISTRATOR.value)
    for number, entry in enumerate(entries):
        moment = at(start, entry.days_ago, _HOUR)
        proposal = suggest(connection, _draft(entry, number), entry.person, moment)
        if entry.title_kk is None or entry.title_ru is None or not moderators:
            continue
        wording = Wording(entry.title_kk, entry.title_ru, entry.text)
        publish(connection, moderators[0], proposal, 1, wording, moment + _LATER)
        _support(connection, proposal, entry, crowd[number : number + entry.supports], start)
        for given in entry.answers:
            row = find(connection, proposal)
            if row is not None and administrators:
                said = Answer(given.step, given.kk, given.ru, _files(given))
                when = at(start, given.days_ago, _HOUR) + _LATER
                answer(connection, administrators[0], proposal, row["version"], said, when)


def _support(
    connection: Connection, proposal: int, entry: SeedProposal, people: range, start: datetime
) -> None:
    """Let these people support it, on the days since it came, before any answer."""
    last = max((given.days_ago for given in entry.answers), default=0)
    for number, person in enumerate(people):
        days_ago = entry.days_ago - number % max(entry.days_ago - last, 1)
        moment = min(at(start, days_ago, _HOUR) + 2 * _LATER, start)
        support(connection, proposal, person, moment, wanted=True)


def _files(given: SeedProposalAnswer) -> tuple[Shown, ...]:
    return () if given.file is None else (Shown(1, "document", given.file, given.file),)


def draft_id(code: str | int) -> str:
    """Return the draft of the proposal of this code, or of this place in the file."""
    return f"demonstration-{code}"


def _draft(entry: SeedProposal, number: int) -> Draft:
    place = entry.place
    return Draft(
        id=draft_id(entry.code or number),
        language=entry.language,
        topic=entry.topic,
        region=None if place is None else place[:_REGION],
        district=place if place is not None and len(place) > _REGION else None,
        whole=place is None,
        text=entry.text,
        message=1,
    )
