"""Programmes that people can sign up for: forms, sessions ahead, one with a waiting list."""

from datetime import datetime, time, timedelta
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy import Connection

from bot.demonstration.moments import at
from services.clock import local_date
from services.language import Language
from services.programmes.composing import (
    begin_programme,
    change_programme,
    open_programme,
)
from services.programmes.form_building import put_field, put_session
from services.programmes.model import Field as Question
from services.programmes.model import (
    FieldKind,
    Option,
    Programme,
    ProgrammeKind,
    Session,
)
from services.programmes.signing_up import Wanted, sign_up
from services.programmes.topics import OWN, choose_topic

_OPENED = 6  # days ago
_HOUR = time(11, 0)
_REGION = 2
_ALSO = timedelta(minutes=7)


class SeedEntry(BaseModel):
    """An entry of the file; a misspelt key is a mistake."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class SeedWords(SeedEntry):
    """Words in both languages."""

    kk: str
    ru: str


class SeedQuestion(SeedEntry):
    """A question of the form; answer: what everybody who signed up has said, by code."""

    kind: FieldKind
    label: SeedWords
    options: tuple[SeedWords, ...] = ()
    required: bool = True
    answer: str = ""


class SeedMeeting(SeedEntry):
    """A session so many days ahead."""

    days_ahead: Annotated[int, Field(ge=1)]
    hour: time
    title: SeedWords


class SeedProgramme(SeedEntry):
    """A programme of these days ahead; place is a KATO prefix, "" everywhere.

    people: names of those who signed up, each an account of the crowd from `first` on. news: it
    has a topic of its own.
    """

    code: str
    kind: ProgrammeKind = ProgrammeKind.PROJECT
    title: SeedWords
    text: SeedWords
    terms: SeedWords
    venue: SeedWords
    place: str = ""
    begins_in: Annotated[int, Field(ge=1)]
    lasts: Annotated[int, Field(ge=1)]
    capacity: int | None = None
    news: bool = False
    consent: SeedWords | None = None
    form: tuple[SeedQuestion, ...] = ()
    sessions: tuple[SeedMeeting, ...] = ()
    first: int = 0
    people: tuple[str, ...] = ()


def play_programmes(
    connection: Connection,
    entries: tuple[SeedProgramme, ...],
    editor: int,
    crowd: range,
    start: datetime,
) -> None:
    """Let an editor compose and open each, and let people sign up at the hours after."""
    moment = at(start, _OPENED, _HOUR)
    for entry in entries:
        programme = _composed(connection, entry, editor, start, moment)
        for number, name in enumerate(entry.people):
            person = crowd[entry.first + number]
            answers = {f"q{place}": each.answer for place, each in _numbered(entry) if each.answer}
            wanted = Wanted(name, answers, programme.consent_version)
            when = moment + (number + 1) * _ALSO
            sign_up(connection, person, programme.id, wanted, 0, Language.KAZAKH, when)


def _composed(
    connection: Connection, entry: SeedProgramme, editor: int, start: datetime, now: datetime
) -> Programme:
    begins = local_date(start) + timedelta(days=entry.begins_in)
    programme = begin_programme(
        connection,
        editor,
        f"demonstration:{entry.code}",
        {
            "kind": entry.kind.value,
            **_both("title", entry.title),
            **_both("text", entry.text),
            "begins_on": begins,
            "ends_on": begins + timedelta(days=entry.lasts - 1),
        },
        now,
    )
    which = programme.id
    consent = _both("consent", entry.consent) if entry.consent else {}
    changes = {
        **_both("terms", entry.terms),
        **_both("place", entry.venue),
        **consent,
        "region": entry.place[:_REGION] or None,
        "district": entry.place if len(entry.place) > _REGION else None,
        "capacity": entry.capacity,
    }
    programme = change_programme(connection, editor, which, programme.version, changes, now)
    for place, each in _numbered(entry):
        options = tuple(
            Option(f"o{number}", one.kk, one.ru)
            for number, one in enumerate(each.options, start=1)
        )
        question = Question(
            f"q{place}", 0, each.kind, each.label.kk, each.label.ru, options, each.required
        )
        programme = put_field(connection, editor, which, programme.version, question, now)
    for meeting in entry.sessions:
        session = Session(
            0,
            at(start, -meeting.days_ahead, meeting.hour),
            meeting.title.kk,
            meeting.title.ru,
        )
        programme = put_session(connection, editor, which, programme.version, session, now)
    programme = open_programme(connection, editor, which, programme.version, now)
    if entry.news:
        choose_topic(connection, editor, which, OWN, now)
    return programme


def _numbered(entry: SeedProgramme) -> list[tuple[int, SeedQuestion]]:
    return list(enumerate(entry.form, start=1))


def _both(name: str, words: SeedWords) -> dict[str, str]:
    return {f"{name}_kk": words.kk, f"{name}_ru": words.ru}
