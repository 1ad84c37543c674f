"""A country of a million appeals and the two hundred officials who answer for them.

500 days of 2,000 appeals each, in every district and about every topic; some 3 % are open and
one in three of those is late. All counters are filled from the appeals by SQL.
"""

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import cycle

import sqlalchemy as sa
from sqlalchemy import Connection

from services.places.atlas import atlas
from services.roadmap.indicator import Level
from storage.schema.appeals import OPEN
from storage.schema.organisation import offices, officials, sections
from storage.schema.people import people, roles
from storage.schema.roadmap import indicator_assignments, indicators

MILLION = 1_000_000
DAYS = 500
CITIZENS = 1000
OFFICIALS = 200
DISTRICT_OFFICES = 150
FIRST_OFFICIAL = 900_000_001
QUOTED = 500  # one appeal of so many

# Where an appeal lies, what it is about, how old it is, and what chance does with it.
_JUDGED = """
WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < :million),
mixed AS (SELECT n, n * 48271 % 2147483647 AS a FROM numbers),
cases AS (
    SELECT n, (n - 1) / (:million / :days) AS day, a % :places AS place,
        a / :places % :topics AS topic, a / :places / :topics % 1000 AS luck
    FROM mixed
),
aged AS (SELECT *, :days - day AS age FROM cases),
judged AS (
    SELECT *, min(1 + luck * 7 % 28, age - 1) AS span,
        age < 2 OR luck < CASE WHEN age <= 21 THEN 550 WHEN age <= 60 THEN 40 ELSE 5 END AS open
    FROM aged
),
told AS (
    SELECT *, CASE
        WHEN open THEN CASE WHEN luck % 10 < 3 OR age < 3 THEN 'registered'
            WHEN luck % 10 = 3 THEN 'disputed' ELSE 'in_work' END
        WHEN luck % 3 = 0 THEN 'confirmed'
        WHEN age - span < 8 THEN 'answered' ELSE 'closed' END AS status
    FROM judged
)
"""
_MOMENT = (
    "strftime('%Y-%m-%d %H:%M:%S.000000', :begun, '+' || (({}) * 1440 + n % 600) || ' minutes')"
)
_OFFICIAL = (
    "(SELECT official FROM section_assignments AS held WHERE held.section = topics.section)"
)
_ANSWERED = "NOT open OR status = 'disputed'"
_APPEALS = {
    "id": "n",
    "draft_id": "'town-' || n",
    "number": "printf('25-%06d-0', n)",
    "person_id": f"n % {CITIZENS} + 1",
    "language": "'kk'",
    "topic": "topics.code",
    "section": "topics.section",
    "official": _OFFICIAL,
    "office": "CASE WHEN luck <> 999 THEN 'region-' || places.region END",
    "region": "places.region",
    "district": "CASE WHEN luck % 20 > 0 THEN places.district END",
    "text": "'Біздің көшеде екі аптадан бері жарық жоқ, балалар қараңғыда қайтады.'",
    "status": "status",
    "version": "3",
    "registered_at": _MOMENT.format("day"),
    "counted_from": "date(:begun, '+' || day || ' days')",
    "due_on": "date(:begun, '+' || (day + 21) || ' days')",
    "assignee": f"CASE WHEN status = 'in_work' THEN {FIRST_OFFICIAL} END",
    "level": "0",
    "answered_at": f"CASE WHEN {_ANSWERED} THEN {_MOMENT.format('day + span')} END",
    "in_time": f"CASE WHEN {_ANSWERED} THEN span <= 21 END",
    "closer": f"CASE WHEN {_ANSWERED} THEN {_OFFICIAL} END",
    "rating": "CASE WHEN status = 'confirmed' THEN 1 + luck % 5 END",
    "rated_at": "CASE WHEN status IN ('confirmed', 'disputed') "
    f"THEN {_MOMENT.format('min(day + span + 1, day + age - 1)')} END",
    "ended_at": f"CASE WHEN status = 'closed' THEN {_MOMENT.format('day + span + 7')} END",
    "outcome": "CASE status WHEN 'closed' THEN 'unconfirmed' "
    "WHEN 'confirmed' THEN 'confirmed' END",
}
# What an appeal adds to a day: at which of its moments, where, and what.
_HAPPENED: tuple[tuple[str, str, dict[str, str]], ...] = (
    ("registered_at", "1", {"registered": "1"}),
    ("answered_at", "answered_at IS NOT NULL", {"answered": "1", "in_time": "in_time"}),
    (
        "rated_at",
        "status = 'confirmed'",
        {"confirmed": "1", "rated": "1", "rating_sum": "rating", "badly_rated": "rating <= 2"},
    ),
    ("rated_at", "status = 'disputed'", {"disputed": "1", "disputed_in_time": "in_time"}),
    ("ended_at", "status = 'closed'", {"unconfirmed": "1"}),
)
_NOT_OF_OFFICIALS = frozenset({"registered", "badly_rated"})
_PLACE = ("section", "region", "coalesce(district, '')")


def fill(connection: Connection, now: datetime) -> None:
    """Write officials, indicators, and a million appeals with all their counters."""
    _appoint(connection, now)
    connection.execute(
        sa.text("CREATE TEMP TABLE places (number INTEGER PRIMARY KEY, region, district)")
    )
    places = [
        {"n": n, "region": one.region, "district": one.kato}
        for n, one in enumerate(atlas().districts.values())
    ]
    connection.execute(sa.text("INSERT INTO temp.places VALUES (:n, :region, :district)"), places)
    _write_appeals(connection, now, len(places))
    _count_days(connection, "appeal_days", ("section", "topic", *_PLACE[1:]), frozenset())
    _count_days(connection, "official_days", ("closer",), _NOT_OF_OFFICIALS)
    _count_rest(connection)


def _write_appeals(connection: Connection, now: datetime, places: int) -> None:
    topics = connection.execute(sa.text("SELECT count(*) FROM topics")).scalar_one()
    begun = datetime.combine(now.date() - timedelta(days=DAYS), now.time(), UTC)
    connection.execute(
        sa.text(
            f"INSERT INTO appeals ({', '.join(_APPEALS)}) {_JUDGED} "  # noqa: S608 - our own words
            f"SELECT {', '.join(_APPEALS.values())} FROM told "
            "JOIN temp.places AS places ON places.number = told.place "
            "JOIN (SELECT code, section, row_number() OVER (ORDER BY code) - 1 AS number "
            "FROM topics) AS topics ON topics.number = told.topic"
        ),
        {
            "million": MILLION,
            "days": DAYS,
            "begun": begun.strftime("%Y-%m-%d 02:00:00"),
            "places": places,
            "topics": topics,
        },
    )


def _count_days(
    connection: Connection, table: str, keys: Sequence[str], left_out: Iterable[str]
) -> None:
    """Add up what happened on each day, for each of these keys."""
    columns = list(dict.fromkeys(name for *_, adds in _HAPPENED for name in adds))
    columns = [name for name in columns if name not in left_out]
    known = [f"k{n}" for n in range(len(keys))]
    where = ", ".join(f"{key} AS {name}" for key, name in zip(keys, known, strict=True))
    parts = []
    for moment, condition, adds in _HAPPENED:
        more = ", ".join(f"{adds.get(name, '0')} AS {name}" for name in columns)
        if not set(adds) <= set(left_out):
            parts.append(
                f"SELECT date({moment}, '+5 hours') AS day, {where}, {more} "  # noqa: S608
                f"FROM appeals WHERE {condition}"
            )
    named = ", ".join("official" if key == "closer" else key for key in keys)
    named = named.replace(_PLACE[2], "district")
    connection.execute(
        sa.text(
            f"INSERT INTO {table} (day, {named}, {', '.join(columns)}) "  # noqa: S608
            f"SELECT day, {', '.join(known)}, {', '.join(f'sum({name})' for name in columns)} "
            f"FROM ({' UNION ALL '.join(parts)}) GROUP BY day, {', '.join(known)}"
        )
    )


def _count_rest(connection: Connection) -> None:
    """Count open appeals by due date, answers by the working days that they took."""
    place = ", ".join(_PLACE)
    taken = "julianday(date(answered_at, '+5 hours')) - julianday(counted_from)"
    connection.execute(
        sa.text(
            f"INSERT INTO open_appeals (due_on, section, region, district, count) "  # noqa: S608
            f"SELECT due_on, {place}, count(*) FROM appeals WHERE {OPEN} GROUP BY 1, 2, 3, 4"
        )
    )
    connection.execute(
        sa.text(
            "INSERT INTO answer_spans "  # noqa: S608
            "(day, working_days, topic, section, region, district, count) "
            f"SELECT date(answered_at, '+5 hours'), CAST(({taken}) * 5 / 7 AS INTEGER), topic, "
            f"{place}, count(*) FROM appeals WHERE answered_at IS NOT NULL "
            "GROUP BY 1, 2, 3, 4, 5, 6"
        )
    )
    connection.execute(
        sa.text(
            "INSERT INTO quotes "  # noqa: S608
            "(appeal_id, language, text, section, region, district, topic, day, by, at) "
            f"SELECT id, language, text, {place}, topic, date(registered_at, '+5 hours'), "
            f"{FIRST_OFFICIAL}, registered_at FROM appeals WHERE id % {QUOTED} = 0"
        )
    )


def _appoint(connection: Connection, now: datetime) -> None:
    """Give accounts to the Bureau and the secretary, heads of offices, and council members."""
    begun = now - timedelta(days=2 * DAYS)
    codes = _with_offices(connection)
    council = [f"council-{n}" for n in range(OFFICIALS - len(codes))]
    _name(connection, council, "council")
    _assign(connection, council, begun.date())
    codes += council
    numbers = range(FIRST_OFFICIAL, FIRST_OFFICIAL + len(codes))
    connection.execute(
        sa.insert(people), [{"id": n, "name": "?", "joined_at": begun} for n in numbers]
    )
    connection.execute(
        sa.insert(roles),
        [
            {"person_id": n, "role": "official", "official": code, "since": begun}
            for n, code in zip(numbers, codes, strict=True)
        ],
    )


def _with_offices(connection: Connection) -> list[str]:
    """Return the Bureau, the secretary, and the heads that all offices now have."""
    of_bodies = sa.select(officials.c.code).where(officials.c.body != "council")
    codes = list(connection.execute(of_bodies).scalars())
    districts = list(atlas().districts.values())[:DISTRICT_OFFICES]
    parents = [{"parent": f"region-{one.region}", "district": one.kato} for one in districts]
    there = set(connection.execute(sa.select(offices.c.district)).scalars())
    new = [one for one in parents if one["district"] not in there]
    connection.execute(
        sa.insert(offices),
        [
            {**one, "code": f"office-{one['district']}", "region": one["district"][:2]}
            | dict.fromkeys(("name_kk", "name_ru"), "?")
            for one in new
        ],
    )
    headless = connection.execute(sa.select(offices.c.code).where(offices.c.head.is_(None)))
    found = list(headless.scalars())
    _name(connection, [f"head-{code}"[:32] for code in found], "secretariat")
    for code in found:
        values = {"head": f"head-{code}"[:32]}
        connection.execute(sa.update(offices).where(offices.c.code == code).values(**values))
    return codes + [f"head-{code}"[:32] for code in found]


def _name(connection: Connection, codes: Iterable[str], body: str) -> None:
    names = dict.fromkeys(("name_kk", "name_ru", "position_kk", "position_ru"), "?")
    rows = [{"code": code, "body": body, **names} for code in codes]
    connection.execute(sa.insert(officials), rows)


def _assign(connection: Connection, council: Sequence[str], since: date) -> None:
    """Give each member of a council an indicator of some section in some region."""
    named = list(connection.execute(sa.select(sections.c.code)).scalars())
    places = zip(council, cycle(named), cycle(atlas().regions), strict=False)
    words = dict.fromkeys(("name_kk", "name_ru", "unit_kk", "unit_ru"), "?")
    plan = {"start": Decimal(0), "plan": Decimal(100), "level": Level.REGION.value}
    for position, (member, section, region) in enumerate(places):
        values = {"code": f"of-{member}", "section": section, "position": position}
        days = {"begins_on": since, "due_on": since + timedelta(days=3 * DAYS)}
        connection.execute(
            sa.insert(indicators).values(**values, **words, **plan, **days, region=region)
        )
        held = {"indicator": values["code"], "since": since, "official": member}
        connection.execute(sa.insert(indicator_assignments).values(**held))
