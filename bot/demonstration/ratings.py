"""Maslikhats, their deputies, rounds of the rating, a correction, and letters to deputies."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import cycle

from pydantic import BaseModel, ConfigDict
from sqlalchemy import Connection

from bot.demonstration.moments import at, working
from services.appeals.answering import answer_appeal
from services.appeals.draft import Draft, Recipient
from services.appeals.registration import register_appeal
from services.appeals.verdict import confirm_appeal, rate_appeal
from services.calendar.calendar import load_calendar
from services.clock import local_date
from services.people.model import Role
from services.people.rights import grants_of
from services.ratings.approving import publish_round
from services.ratings.correcting import Wanted, ask_correction, make_correction
from services.ratings.importing import import_table
from services.ratings.places import places_of
from services.ratings.table import DEPUTIES, INDICATORS, LINES, MASLIKHATS, ROUND
from services.tables.model import Row, Table
from storage.people import people_with_role

_HOUR = time(11, 0)
_LATER = timedelta(hours=3)
_ANSWERED = timedelta(days=3)
_SOLVED_FROM = 4  # stars
_MANDATE = timedelta(days=900)


class SeedEntry(BaseModel):
    """An entry of the file; a misspelt key is a mistake."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class SeedBoth(SeedEntry):
    """Words in both languages."""

    kk: str
    ru: str


class SeedMaslikhat(SeedEntry):
    """A maslikhat; place is a KATO prefix. Its deputies by code, as «name; имя; округ»."""

    code: str
    name: SeedBoth
    place: str
    deputies: Mapping[str, str]


class SeedIndicator(SeedEntry):
    """What is measured, with its weight in per cent."""

    code: str
    name: SeedBoth
    unit: SeedBoth = SeedBoth(kk="", ru="")
    weight: Decimal


class SeedRound(SeedEntry):
    """A round: days count back from the start; lines are the score and the values in order.

    awaits: nobody has published it yet.
    """

    code: str
    title: SeedBoth
    begins: int
    ends: int
    counted: int
    brought: int
    awaits: bool = False
    lines: Mapping[str, tuple[Decimal, ...]]


class SeedCorrection(SeedEntry):
    """What was wrong in a round, and the right number."""

    round: str
    deputy: str
    what: str
    value: Decimal
    days_ago: int
    reason: SeedBoth


class SeedLetter(SeedEntry):
    """What was written to a deputy, and answered three days later."""

    topic: str
    text: str
    answer: str


class SeedLetters(SeedEntry):
    """Letters of the crowd to a deputy, a day between them, and how the answers were rated."""

    deputy: str
    place: str
    first: int
    letters: tuple[SeedLetter, ...]
    ratings: tuple[int, ...]


class SeedRatings(SeedEntry):
    """All of it; editor brings, administrator publishes."""

    method: SeedBoth
    maslikhats: tuple[SeedMaslikhat, ...]
    indicators: tuple[SeedIndicator, ...]
    rounds: tuple[SeedRound, ...]
    corrections: tuple[SeedCorrection, ...] = ()
    letters: SeedLetters | None = None


def play_ratings(
    connection: Connection, seed: SeedRatings, staff: Mapping[Role, int], start: datetime
) -> None:
    """Bring the rounds, publish those that do not wait, and correct what was wrong."""
    editor, administrator = staff[Role.EDITOR], staff[Role.ADMINISTRATOR]
    if not grants_of(connection, editor):
        return
    first = at(start, seed.rounds[0].brought, _HOUR)
    import_table(connection, editor, Table(tuple(_places(seed, start))), first)
    for each in seed.rounds:
        moment = at(start, each.brought, _HOUR)
        import_table(connection, editor, Table(tuple(_round(seed, each, start))), moment)
        if not each.awaits:
            publish_round(connection, administrator, each.code, 1, moment + _LATER)
    for number, wrong in enumerate(seed.corrections, start=1):
        moment = at(start, wrong.days_ago, _HOUR)
        reason = wrong.reason
        # No message of a chat has such a number.
        key = f"{editor}:-{number}"
        wanted = Wanted(
            wrong.round, wrong.deputy, wrong.what, wrong.value, reason.kk, reason.ru, key
        )
        asked = ask_correction(connection, editor, wanted, moment)
        make_correction(connection, administrator, asked.id, moment + _LATER)


def play_letters(
    connection: Connection, seed: SeedLetters, crowd: Iterable[int], start: datetime
) -> None:
    """Let people write to a deputy who has an account, and rate the answers."""
    accounts = people_with_role(connection, Role.OFFICIAL.value, seed.deputy)
    if not accounts:
        return
    calendar = load_calendar(connection, local_date(start))
    recipient = Recipient(seed.deputy, "")
    said = cycle(seed.letters)
    for number, (person, stars, letter) in enumerate(zip(crowd, seed.ratings, said, strict=False)):
        moment = at(start, seed.first - number, _HOUR)
        draft = Draft(
            f"demo-letter-{number}",
            topic=letter.topic,
            region=seed.place[:2],
            district=seed.place,
            texts={1: letter.text},
            recipient=recipient,
        )
        written = register_appeal(connection, draft, person, moment)
        answered = working(moment + _ANSWERED, calendar)
        version = answer_appeal(
            connection, written.id, 1, accounts[0], letter.answer, answered
        ).version
        if stars >= _SOLVED_FROM:
            confirm_appeal(connection, written.id, version, person, answered + _LATER)
        rate_appeal(connection, written.id, version, person, stars, answered + _LATER)


def _places(seed: SeedRatings, start: datetime) -> list[Row]:
    since = _day(local_date(start) - _MANDATE)
    rows = []
    for number, one in enumerate(seed.maslikhats, start=2):
        region = one.place[:2]
        values = {
            "code": one.code,
            "name_kk": one.name.kk,
            "name_ru": one.name.ru,
            "region": region,
            "district": one.place if one.place != region else "",
        }
        rows.append(Row(MASLIKHATS, number, values))
    people = [(one.code, *each) for one in seed.maslikhats for each in one.deputies.items()]
    for number, (maslikhat, code, said) in enumerate(people, start=2):
        kk, ru, seat = (part.strip() for part in said.split(";"))
        values = {
            "code": code,
            "name_kk": kk,
            "name_ru": ru,
            "maslikhat": maslikhat,
            "constituency_kk": f"{seat} округ",
            "constituency_ru": f"округ {seat}",
            "since": since,
        }
        rows.append(Row(DEPUTIES, number, values))
    return rows


def _round(seed: SeedRatings, each: SeedRound, start: datetime) -> list[Row]:
    today = local_date(start)
    days = {
        "begins_on": each.begins,
        "ends_on": each.ends,
        "as_of": each.counted,
    }
    terms = {name: _day(today - timedelta(days=ago)) for name, ago in days.items()}
    titles = {"title_kk": each.title.kk, "title_ru": each.title.ru}
    methods = {"method_kk": seed.method.kk, "method_ru": seed.method.ru}
    rows = [Row(ROUND, 2, {"code": each.code, **terms, **titles, **methods})]
    rows += [
        Row(
            INDICATORS,
            number,
            {
                "code": one.code,
                "name_kk": one.name.kk,
                "name_ru": one.name.ru,
                "unit_kk": one.unit.kk,
                "unit_ru": one.unit.ru,
                "weight": f"{one.weight}",
            },
        )
        for number, one in enumerate(seed.indicators, start=2)
    ]
    return [*rows, *_lines(seed, each)]


def _lines(seed: SeedRatings, each: SeedRound) -> list[Row]:
    rows: list[Row] = []
    for one in seed.maslikhats:
        own = {code: each.lines[code] for code in one.deputies if code in each.lines}
        places = places_of({code: numbers[0] for code, numbers in own.items()})
        for code, (score, *values) in own.items():
            line = {
                "deputy": code,
                "maslikhat": one.code,
                "score": f"{score}",
                "place": str(places[code]),
            }
            more = {
                indicator.code: f"{value}"
                for indicator, value in zip(seed.indicators, values, strict=True)
            }
            rows.append(Row(LINES, len(rows) + 2, line, more))
    return rows


def _day(day: date) -> str:
    return day.isoformat()
