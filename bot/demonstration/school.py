"""A school that is over: who signed up, who came to which session, their certificates."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta

from pydantic import BaseModel, ConfigDict
from sqlalchemy import Connection

from bot.demonstration.moments import at
from services.clock import local_date
from services.language import Language
from services.people.consent import ConsentKind, current_version
from services.people.consents import give_consent
from services.programmes.attendance import mark
from services.programmes.certificates import issue_certificates
from services.programmes.importing import put_table
from services.programmes.signing_up import Wanted, sign_up
from services.programmes.table import PROGRAMMES, SESSIONS
from services.programmes.topics import OWN, choose_topic, hear_programme
from services.tables.model import Row, Table
from storage.programmes import find_draft

_OPENED = timedelta(days=14)
_SIGNED_UP = timedelta(days=10)
_MARKED = timedelta(hours=2)
_ISSUED = timedelta(hours=20)


class SeedEntry(BaseModel):
    """An entry of the file; a misspelt key is a mistake."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class SeedBoth(SeedEntry):
    """Words in both languages."""

    kk: str
    ru: str


class SeedSession(SeedEntry):
    """A session so many days before the start."""

    days_ago: int
    title: SeedBoth


class SeedParticipant(SeedEntry):
    """Somebody by their account; missed are the numbers of sessions; news: they asked for it."""

    id: int
    name: str
    language: Language = Language.KAZAKH
    missed: tuple[int, ...] = ()
    news: bool = False


class SeedSchool(SeedEntry):
    """A school; all its sessions begin at the same hour."""

    code: str
    title: SeedBoth
    text: SeedBoth
    place: SeedBoth
    hour: time
    certificate_from: int
    sessions: tuple[SeedSession, ...]
    people: tuple[SeedParticipant, ...]


def play_school(
    connection: Connection, seed: SeedSchool, editor: int, bot: str, start: datetime
) -> None:
    """Open the school, let people come, and issue certificates to who came often enough."""
    moments = [at(start, session.days_ago, seed.hour) for session in seed.sessions]
    put_table(connection, _table(seed, moments), moments[0] - _OPENED)
    row = find_draft(connection, f"table:{seed.code}")
    if row is None:
        raise LookupError(seed.code)
    programme, signed_up = int(row["id"]), moments[0] - _SIGNED_UP
    choose_topic(connection, editor, programme, OWN, moments[0] - _OPENED)
    signups = {each: _sign_up(connection, programme, each, signed_up) for each in seed.people}
    for number, moment in enumerate(moments, start=1):
        for each, signup in signups.items():
            present = number not in each.missed
            now = moment + _MARKED
            mark(connection, editor, programme, number, signup, now, present=present)
    issue_certificates(connection, editor, programme, bot, moments[-1] + _ISSUED)


def _sign_up(connection: Connection, programme: int, each: SeedParticipant, now: datetime) -> int:
    kind = ConsentKind.PROGRAMMES
    give_consent(connection, each.id, kind, current_version(kind), each.language, now)
    wanted = Wanted(each.name, {}, 1)
    signup = sign_up(connection, each.id, programme, wanted, 0, each.language, now)
    if each.news:
        hear_programme(connection, each.id, programme, heard=True)
    return signup.id


def _table(seed: SeedSchool, moments: list[datetime]) -> Table:
    """Return the table that brings the school."""
    first, last = local_date(moments[0]), local_date(moments[-1])
    whole = {
        "code": seed.code,
        "kind": "school",
        **_both("title", seed.title),
        **_both("text", seed.text),
        **_both("place", seed.place),
        "begins_on": _day(first),
        "ends_on": _day(last),
        "sign_up_until": _day(first),
        "certificate_from": str(seed.certificate_from),
        "state": "open",
    }
    sessions = [
        {
            "programme": seed.code,
            "number": str(number),
            "starts_at": f"{moment:%d.%m.%Y %H:%M}",
            **_both("topic", session.title),
        }
        for number, (session, moment) in enumerate(
            zip(seed.sessions, moments, strict=True), start=1
        )
    ]
    rows = [Row(PROGRAMMES, 2, whole)]
    rows += [Row(SESSIONS, number, values) for number, values in enumerate(sessions, start=2)]
    return Table(tuple(rows))


def _both(key: str, words: SeedBoth) -> Mapping[str, str]:
    return {f"{key}_kk": words.kk, f"{key}_ru": words.ru}


def _day(day: date) -> str:
    return f"{day:%d.%m.%Y}"
