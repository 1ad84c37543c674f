"""The members of councils with what they have done, before those who look after them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Connection, RowMapping

from services.councils.activity import Record, is_inactive, window_of
from services.councils.composition import in_order
from services.councils.model import Council, Member, Presence
from services.councils.sight import councils_seen, require_sight
from storage import council_activity as done
from storage import council_reading as rows

# How far back meetings are read: three of them lie within.
_MEETINGS = timedelta(days=400)
PAGE = 8


@dataclass(frozen=True, slots=True)
class MemberLine:
    """A member with what they have done in 90 days, and at the meetings of a year."""

    member: Member
    record: Record
    inactive: bool


@dataclass(frozen=True, slots=True)
class Inactive:
    """A council with its inactive members."""

    council: Council
    members: tuple[Member, ...]


def activity_of(
    connection: Connection, actor: int, code: str, day: date
) -> tuple[Council, tuple[MemberLine, ...]]:
    """Return a council with the activity of its members (a query).

    Raises Refusal for who does not look after it.
    """
    council = require_sight(connection, actor, code, day)
    return council, lines_of(connection, [code], day)[code]


def inactive_seen(connection: Connection, actor: int, day: date) -> tuple[Inactive, ...]:
    """Return the inactive members of all councils into which the actor may look (a query).

    Raises Refusal for who looks into none.
    """
    return inactive_in(connection, councils_seen(connection, actor, day), day)


def inactive_in(
    connection: Connection, councils: Iterable[Council], day: date
) -> tuple[Inactive, ...]:
    """Return the councils among these that have inactive members (a query)."""
    known = {one.code: one for one in councils}
    found = (
        Inactive(known[code], tuple(line.member for line in lines if line.inactive))
        for code, lines in lines_of(connection, known, day).items()
    )
    return tuple(each for each in found if each.members)


def lines_of(
    connection: Connection, codes: Iterable[str], day: date
) -> Mapping[str, tuple[MemberLine, ...]]:
    """Return the members of these councils by council, who leads first (a query)."""
    wanted = list(codes)
    found = rows.members_of(connection, wanted, day)
    sitting: dict[str, list[RowMapping]] = {code: [] for code in wanted}
    for row in found:
        sitting[row["council"]].append(row)
    officials = {row["official"] for row in found}
    answers = done.answers_of(connection, officials, window_of(day), day)
    meetings: dict[str, dict[date, dict[str, Presence]]] = {}
    for row in done.attendance_of(connection, wanted, day - _MEETINGS, day):
        noted = meetings.setdefault(row["council"], {}).setdefault(row["held_on"], {})
        noted[row["official"]] = Presence(row["presence"])
    return {
        code: tuple(
            _line(member, answers.get(member.official, (0, 0)), meetings.get(code, {}), day)
            for member in in_order(here)
        )
        for code, here in sitting.items()
    }


def _line(
    member: Member,
    answers: tuple[int, int],
    meetings: Mapping[date, Mapping[str, Presence]],
    day: date,
) -> MemberLine:
    came = tuple(
        (held, noted.get(member.official, Presence.ABSENT))
        for held, noted in sorted(meetings.items(), reverse=True)
        if held >= member.since
    )
    record = Record(member.since, *answers, came)
    return MemberLine(member, record, is_inactive(record, day))
