"""Public councils with members who came or did not, an appeal that one has, an application."""

from collections.abc import Iterator, Sequence
from datetime import datetime, time, timedelta
from itertools import cycle, islice

from pydantic import BaseModel, ConfigDict
from sqlalchemy import Connection

from bot.demonstration.moments import at
from services.appeals.model import OPEN, AppealStatus
from services.appeals.to_council import hand_to_council
from services.clock import local_date
from services.councils.applying import Offered, apply_for_council
from services.councils.importing import put_table, shipped_fields
from services.councils.model import Level, level_of
from services.councils.table import FORMS, Sheet
from services.language import Language
from services.people.consent import ConsentKind, current_version
from services.people.consents import give_consent
from services.people.model import Role
from services.places.atlas import atlas
from services.tables.model import Row, Table
from storage.appeals import find_appeal, own_appeals
from storage.people import find_person, people_with_role

_BEGUN = 300  # days ago
_HOUR = time(11, 0)
_SEATS = ("chair", "deputy", "member")
_LEVELS = {Level.REGION: "regions", Level.DISTRICT: "districts"}
_REGION = 2
# Appeals of somebody that are looked at; the newest may be a letter that was answered.
_LATEST = 5

Line = tuple[object, ...]


class SeedEntry(BaseModel):
    """An entry of the file; a misspelt key is a mistake."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class SeedNames(SeedEntry):
    """Words in both languages."""

    kk: str
    ru: str


class SeedPlace(SeedEntry):
    """A place with its councils; place is a KATO prefix, "" the republic.

    missing: fields that have none there yet.
    """

    place: str = ""
    missing: tuple[str, ...] = ()


class SeedMeeting(SeedEntry):
    """A meeting of every council; who is named by a seat came."""

    days_ago: int
    title: SeedNames
    came: tuple[str, ...]


class SeedFormer(SeedEntry):
    """Somebody who sat in a council from its first day until so many days ago."""

    council: str
    kk: str
    ru: str
    days_ago: int


class SeedApplication(SeedEntry):
    """Somebody who offers themselves."""

    person: int
    council: str
    days_ago: int
    name: str
    about: str


class SeedHanded(SeedEntry):
    """The newest appeal of a person that is open still goes to a council."""

    person: int
    council: str


class SeedCouncils(SeedEntry):
    """The councils; chairs by council, names of the other members in turn.

    handed: who gets an open appeal. idle: councils whose plain member never came.
    """

    places: tuple[SeedPlace, ...]
    chairs: dict[str, str]
    names: tuple[SeedNames, ...]
    meetings: tuple[SeedMeeting, ...]
    idle: tuple[str, ...]
    former: tuple[SeedFormer, ...] = ()
    handed: SeedHanded
    application: SeedApplication


def play_councils(
    connection: Connection, seed: SeedCouncils, operator: int, start: datetime
) -> None:
    """Bring the councils as a table, hand one an appeal, let somebody offer themselves."""
    lines = list(_lines(seed, start))
    put_table(connection, _table(lines), start)
    _hand(connection, seed, operator, start)
    wish = seed.application
    person = find_person(connection, wish.person)
    if person is None:
        return
    moment, spoken = at(start, wish.days_ago, _HOUR), Language(person["language"])
    kind = ConsentKind.COUNCILS
    give_consent(connection, wish.person, kind, current_version(kind), spoken, moment)
    offered = Offered(f"seed-{wish.person}", wish.council, wish.name, wish.about)
    apply_for_council(connection, wish.person, offered, spoken, moment)


def _hand(connection: Connection, seed: SeedCouncils, operator: int, start: datetime) -> None:
    council = seed.handed.council
    chair = people_with_role(connection, Role.OFFICIAL.value, seed.chairs.get(council))
    for line in own_appeals(connection, seed.handed.person, None, _LATEST):
        appeal = find_appeal(connection, line["id"])
        if chair and appeal is not None and AppealStatus(appeal["status"]) in OPEN:
            seen = (appeal["id"], appeal["version"], operator)
            hand_to_council(connection, *seen, council, at(start, 1, _HOUR))
            return


def _lines(seed: SeedCouncils, start: datetime) -> Iterator[tuple[str, Line]]:
    today = local_date(start)
    since = today - timedelta(days=_BEGUN)
    fields = shipped_fields()
    for position, one in enumerate(fields, start=1):
        levels = ("yes" if one["regions"] else "no", "yes" if one["districts"] else "no")
        line = (one["code"], position, one["emoji"], one["kk"], one["ru"], *levels)
        yield Sheet.FIELDS, (*line, " ".join(one["topics"]), "no")
    names = cycle(seed.names)
    for place in seed.places:
        region, district = place.place[:_REGION] or None, _district(place.place)
        level = level_of(region, district)
        for one in fields:
            if one["code"] in place.missing or not one.get(_LEVELS.get(level, ""), True):
                continue
            code = "-".join(filter(None, (one["code"], place.place)))
            said = _named(one["kk"], one["ru"], region, district)
            territory = (one["code"], region or "", district or "")
            yield Sheet.COUNCILS, (code, *said, *territory, since, "", "no")
            yield from _people(seed, code, list(islice(names, len(_SEATS))), start)


def _people(
    seed: SeedCouncils, code: str, names: Sequence[SeedNames], start: datetime
) -> Iterator[tuple[str, Line]]:
    today = local_date(start)
    since = today - timedelta(days=_BEGUN)
    members = {seat: f"{code}-{number}" for number, seat in enumerate(_SEATS, start=1)}
    if code in seed.chairs:
        members["chair"] = seed.chairs[code]
    for (seat, official), name in zip(members.items(), names, strict=True):
        own = code in seed.chairs and seat == "chair"
        said = ("", "") if own else (name.kk, name.ru)
        yield Sheet.MEMBERS, (code, official, *said, "", "", seat, since, "")
    for number, left in enumerate(one for one in seed.former if one.council == code):
        last = today - timedelta(days=left.days_ago)
        official, said = f"{code}-left-{number}", (left.kk, left.ru)
        yield Sheet.MEMBERS, (code, official, *said, "", "", "member", since, last)
    for meeting in seed.meetings:
        day = today - timedelta(days=meeting.days_ago)
        yield Sheet.MEETINGS, (code, day, meeting.title.kk, meeting.title.ru)
        for seat, official in members.items():
            there = seat in meeting.came and not (seat == "member" and code in seed.idle)
            came = "present" if there else "absent"
            yield Sheet.ATTENDANCE, (code, day, official, came)


def _named(kk: str, ru: str, region: str | None, district: str | None) -> tuple[str, str]:
    found = None if region is None else atlas().find(region, district)
    if found is None:
        return f"{kk} кеңесі", f"Совет «{ru}»"
    narrow = found.district or found.region
    return f"{kk} кеңесі, {narrow.name_kk}", f"Совет «{ru}», {narrow.name_ru}"


def _district(place: str) -> str | None:
    return place if len(place) > _REGION else None


def _table(lines: Sequence[tuple[str, Line]]) -> Table:
    return Table(
        tuple(
            Row(
                sheet,
                number,
                {
                    column.key: "" if cell is None else str(cell)
                    for column, cell in zip(FORMS[sheet].columns, line, strict=True)
                },
            )
            for number, (sheet, line) in enumerate(lines, start=2)
        )
    )
