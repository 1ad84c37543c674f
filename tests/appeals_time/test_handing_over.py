"""What is open goes to the successor or the queue when somebody leaves; once, and politely."""

from datetime import date, datetime, timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy import Connection

from services.appeals.answering import answer_appeal
from services.appeals.departures import departures_due, follow_departures
from services.appeals.handing_over import Handed, hand_over
from services.appeals.model import AppealStatus
from services.appeals.queue import assign, begin, take_next
from services.appeals.reading import appeal_card
from services.appeals.reminding import remind
from services.organisation.importing import import_organisation, parse_organisation
from storage.appeal_changes import history
from storage.database import Database
from storage.schema.delivery import outbox
from storage.schema.organisation import section_assignments
from storage.schema.people import roles
from tests.appeals_time.conftest import (
    ADMINISTRATOR,
    CITIZEN,
    COLLEAGUE,
    FRIDAY,
    OPERATOR,
    ORGANISATION,
    REGION,
    ROADS,
    WATER,
    at,
    away,
    register,
    row,
    settle,
    told,
)

LATER = FRIDAY + timedelta(days=4)
TODAY = date(2026, 3, 10)
OLD = "{section: water, official: mysalbaev, since: 2026-01-01}"
NEW = "{section: water, official: ulgibaev, since: 2026-03-10}"


def succeed(connection: Connection, day: date = TODAY) -> None:
    """Let another official take over the section of water from this day on."""
    text = ORGANISATION.read_text("utf-8").replace(OLD, NEW.replace(str(TODAY), str(day)), 1)
    import_organisation(connection, parse_organisation(text), TODAY)


def names(connection: Connection, *appeals: int) -> list[str | None]:
    """Return the officials whom these appeals name."""
    return [row(connection, appeal)["official"] for appeal in appeals]


def test_to_the_one_who_is_named(connection: Connection) -> None:
    """Everything open goes there; the most urgent ones are named; the citizen hears nothing."""
    appeals = [
        register(connection, f"d{n}", at=FRIDAY + timedelta(hours=24 * 3 * (n % 2)))
        for n in range(7)
    ]
    before = connection.execute(sa.select(sa.func.count()).select_from(outbox)).scalar_one()

    assert Handed(7, 0, ("ulgibaev",)) == hand_over(connection, "mysalbaev", "ulgibaev", LATER)
    assert ["ulgibaev"] * 7 == names(connection, *appeals)
    [(person, payload)] = told(connection, "handed_over")
    assert (ROADS, "mysalbaev", 7) == (person, payload["official"], payload["count"])
    assert [appeals[n] for n in (0, 2, 4, 6, 1)] == [c["appeal"] for c in payload["cases"]]
    after = connection.execute(sa.select(sa.func.count()).select_from(outbox)).scalar_one()
    assert before + 1 == after
    assert "ulgibaev" == appeal_card(connection, appeals[0], CITIZEN, TODAY).official
    assert AppealStatus.REGISTERED == row(connection, appeals[0])["status"]


def test_twice_is_once(connection: Connection) -> None:
    """The second time nothing is left to hand over, and nobody is told again."""
    register(connection)
    hand_over(connection, "mysalbaev", "ulgibaev", LATER)

    assert Handed(0, 0, ()) == hand_over(connection, "mysalbaev", "ulgibaev", LATER)
    assert 1 == len(told(connection, "handed_over"))


def test_what_is_closed_keeps_its_name(connection: Connection) -> None:
    """An old appeal still names who was responsible at its time, and the history the change."""
    closed, opened = register(connection, "closed"), register(connection, "open")
    words = "Құбыр 20.04 күні жөнделеді. Жауапты: су арнасы."
    answer_appeal(connection, closed, 1, WATER, words, LATER, reason="Қысқа жауап жеткілікті")
    hand_over(connection, "mysalbaev", "ulgibaev", LATER)

    assert ["mysalbaev", "ulgibaev"] == names(connection, closed, opened)
    last = history(connection, opened)[-1]
    assert ("handed_over", None, "mysalbaev", "ulgibaev") == (
        last["kind"],
        last["actor"],
        last["details"]["from"],
        last["details"]["official"],
    )


def test_without_a_name_to_the_successor(connection: Connection) -> None:
    """Whoever answers by the routes now; where that is the same one, nobody: the desk is told."""
    appeal = register(connection)
    assert Handed(1, 1, ()) == hand_over(connection, "mysalbaev", None, LATER)
    assert [None] == names(connection, appeal)
    assert [OPERATOR, COLLEAGUE, ADMINISTRATOR] == [
        person for person, _ in told(connection, "handed_over")
    ]


def test_work_of_an_operator_goes_back(connection: Connection) -> None:
    """Into the queue, or to the colleague who is named; the official stays."""
    back, given = register(connection, "back"), register(connection, "given")
    begin(connection, back, 1, OPERATOR, LATER)
    hand_over(connection, OPERATOR, None, LATER)
    begin(connection, given, 1, OPERATOR, LATER)
    hand_over(connection, OPERATOR, COLLEAGUE, LATER)

    assert (None, COLLEAGUE) == tuple(row(connection, n)["assignee"] for n in (back, given))
    assert ["mysalbaev"] * 2 == names(connection, back, given)
    assert [WATER, COLLEAGUE] == [person for person, _ in told(connection, "handed_over")]
    assert f"Сынақ {OPERATOR}" == told(connection, "handed_over")[0][1]["name"]


def test_an_import_hands_over_by_itself(connection: Connection) -> None:
    """The successor of a section gets what is open once the day has come, in one message."""
    appeals = [register(connection, f"d{n}") for n in range(3)]
    follow_departures(connection, LATER)
    assert not departures_due(connection, LATER)

    succeed(connection)
    assert departures_due(connection, LATER)
    assert 3 == follow_departures(connection, LATER)
    assert not departures_due(connection, LATER)
    assert 0 == follow_departures(connection, LATER)
    assert ["ulgibaev"] * 3 == names(connection, *appeals)
    assert [(ROADS, 3)] == [
        (person, payload["count"]) for person, payload in told(connection, "handed_over")
    ]


def test_departures_are_followed_in_batches(connection: Connection) -> None:
    """What is left over is followed with the next tick."""
    appeals = [register(connection, f"d{n}") for n in range(5)]
    succeed(connection)

    assert [2, 2, 1] == [follow_departures(connection, LATER, limit=2) for _ in range(3)]
    assert not departures_due(connection, LATER)
    assert ["ulgibaev"] * 5 == names(connection, *appeals)


def test_a_future_day_is_waited_for(connection: Connection) -> None:
    """Who takes over next week gets nothing today."""
    appeal = register(connection)
    succeed(connection, date(2026, 3, 16))
    follow_departures(connection, LATER)
    assert ["mysalbaev"] == names(connection, appeal)

    week = at(date(2026, 3, 16), 6)
    assert departures_due(connection, week)
    follow_departures(connection, week)
    assert ["ulgibaev"] == names(connection, appeal)


def test_what_was_passed_on_stays(connection: Connection) -> None:
    """A case at a higher level does not follow the section."""
    appeal = register(connection)
    remind(connection, at(date(2026, 4, 7)))
    succeed(connection, date(2026, 4, 8))
    follow_departures(connection, at(date(2026, 4, 8)))

    assert ["synamaev"] == names(connection, appeal)
    hand_over(connection, "synamaev", None, at(date(2026, 4, 9)))
    assert ["ulgibaev"] == names(connection, appeal)


def test_what_the_way_up_led_to_the_bureau_follows_the_section(connection: Connection) -> None:
    """The new member of the Bureau has it then, not the head of the office below."""
    appeal = register(connection)
    for day in (date(2026, 4, 7), date(2026, 4, 10), date(2026, 4, 15)):
        remind(connection, at(day))
    assert ["mysalbaev"] == names(connection, appeal)
    succeed(connection, date(2026, 4, 16))
    follow_departures(connection, at(date(2026, 4, 16)))

    assert ["ulgibaev"] == names(connection, appeal)
    remind(connection, at(date(2026, 4, 20)))
    assert ["ulgibaev"] == names(connection, appeal)


def test_whose_role_ended_works_no_more(connection: Connection) -> None:
    """What they had begun goes back by itself; who still has another role keeps it."""
    gone, stays = register(connection, "gone"), register(connection, "stays")
    begin(connection, gone, 1, OPERATOR, LATER)
    begin(connection, stays, 1, WATER, LATER)
    over = sa.update(roles).values(until=LATER)
    connection.execute(over.where(roles.c.person_id == OPERATOR))

    assert 1 == follow_departures(connection, LATER)
    assert (None, WATER) == tuple(row(connection, n)["assignee"] for n in (gone, stays))


def test_deputies_hear_of_what_is_assigned(connection: Connection) -> None:
    """An appeal that is handed to somebody away reaches who stands in, who may work on it."""
    appeal = register(connection)
    away(connection, "synamaev", "ulgibaev", TODAY, date(2026, 3, 20))
    assign(connection, appeal, 1, OPERATOR, REGION, LATER)

    assert [REGION, ROADS] == [person for person, _ in told(connection, "appeal_assigned")]
    words = "Құбыр 20.04 күні жөнделеді. Жауапты: су арнасы."
    why = "Қысқа жауап жеткілікті"
    assert 3 == answer_appeal(connection, appeal, 2, ROADS, words, LATER, reason=why).version


@pytest.mark.parametrize("moment", [LATER, LATER + timedelta(days=90)])
def test_a_dated_assignment_names_both(connection: Connection, moment: datetime) -> None:
    """The table of assignments keeps who answered until which day."""
    succeed(connection)
    follow_departures(connection, moment)
    table = section_assignments.c
    found = connection.execute(
        sa.select(table.official, table.until).where(table.section == "water").order_by("since")
    )

    assert [("mysalbaev", TODAY), ("ulgibaev", None)] == [tuple(each) for each in found]


async def test_on_both_databases(database: Database) -> None:
    """Handing over twice is once, on SQLite and on PostgreSQL."""
    await database.write(settle)
    await database.write(register)
    counts = [
        (await database.write(hand_over, "mysalbaev", "ulgibaev", LATER)).count for _ in range(2)
    ]

    assert [1, 0] == counts
    await database.write(follow_departures, LATER)
    assert not await database.read(departures_due, LATER)


def test_what_is_only_lent_stays_in_the_queue(connection: Connection) -> None:
    """Whoever just looks at an appeal does not become the one who works on it."""
    appeal = register(connection)
    assert appeal == take_next(connection, OPERATOR, LATER)
    hand_over(connection, "mysalbaev", "ulgibaev", LATER)

    now_is = row(connection, appeal)
    assert ("ulgibaev", None, None) == (
        now_is["official"],
        now_is["assignee"],
        now_is["leased_until"],
    )
    assert [ROADS] == [person for person, _ in told(connection, "handed_over")]
