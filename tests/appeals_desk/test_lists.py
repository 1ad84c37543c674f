from collections.abc import Iterator
from datetime import date

import pytest
import sqlalchemy as sa
from sqlalchemy import Connection

from services.appeals.lists import COUNTED, Listed, QueuePage, desk_facts, list_appeals
from services.appeals.lookup import look_up
from services.appeals.queue import begin, take_next
from services.people.colleagues import list_colleagues
from services.people.duty import set_duty
from services.refusal import Refusal
from storage.schema.appeals import appeals, open_appeals
from storage.schema.people import roles
from tests.appeals.conftest import CITIZEN, OFFICIAL
from tests.appeals_desk.conftest import AIDA, DINARA, NOW, file

TODAY = date(2026, 3, 12)


def page(
    connection: Connection,
    kind: Listed,
    of: str = "",
    after: tuple[date, int] | None = None,
    limit: int = 9,
) -> QueuePage:
    """Return a page of a list as Aida sees it."""
    return list_appeals(connection, AIDA, kind, of, TODAY, after=after, limit=limit)


def ids(connection: Connection, kind: Listed, of: str = "") -> list[int]:
    """Return the appeals of the first page."""
    return [line.id for line in page(connection, kind, of).lines]


def test_each_list_holds_its_own(connection: Connection) -> None:
    """Every filter shows what it names, the earliest due first, and what is open only."""
    late = file(connection, "late", due_on=date(2026, 3, 11))
    today = file(connection, "today", due_on=TODAY, status="in_work")
    mine = file(connection, "mine", due_on=date(2026, 3, 20), topic="roads-supply")
    far = file(connection, "far", due_on=date(2026, 4, 9), region="75", office=None)
    file(connection, "ended", due_on=date(2026, 3, 1), status="answered", region="75")
    begin(connection, mine, 1, AIDA, NOW)

    assert [mine] == ids(connection, Listed.MINE)
    assert [late] == ids(connection, Listed.OVERDUE)
    assert [today] == ids(connection, Listed.TODAY)
    assert [late, far] == ids(connection, Listed.NEW)
    assert [far] == ids(connection, Listed.UNROUTED)
    assert [far] == ids(connection, Listed.REGION, "75")
    assert [late, today, mine] == ids(connection, Listed.REGION, "19")
    assert [mine] == ids(connection, Listed.TOPIC, "roads-supply")


def test_pages_by_key_hold_everything_once(connection: Connection) -> None:
    """Leafing through a list of three states shows each appeal once, in the order of the dates."""
    states = ("registered", "in_work", "disputed")
    filed = [
        file(connection, f"a{n}", due_on=date(2026, 4, 1 + n % 4), status=states[n % 3])
        for n in range(11)
    ]

    def leaf() -> Iterator[int]:
        after = None
        more = True
        while more:
            found = page(connection, Listed.REGION, "19", after, 3)
            yield from (line.id for line in found.lines)
            after, more = (found.lines[-1].due_on, found.lines[-1].id), found.more

    assert sorted(filed, key=lambda each: ((filed.index(each)) % 4, each)) == list(leaf())


def test_the_desk_counts(connection: Connection) -> None:
    """The numbers of the desk are those of the lists."""
    for number, due in enumerate((date(2026, 3, 11), TODAY, date(2026, 3, 20))):
        appeal = file(connection, f"a{number}")
        before = connection.scalar(sa.select(appeals.c.due_on).where(appeals.c.id == appeal))
        connection.execute(sa.update(appeals).where(appeals.c.id == appeal).values(due_on=due))
        connection.execute(
            sa.update(open_appeals)
            .where(open_appeals.c.due_on == before)
            .values(count=open_appeals.c.count - 1)
        )
        row = {"section": "water", "due_on": due, "region": "10", "district": "", "count": 1}
        connection.execute(sa.insert(open_appeals).values(row))
    lent = take_next(connection, AIDA, NOW)

    facts = desk_facts(connection, AIDA, NOW)

    assert (2, 1, 3, 0) == (facts.waiting, facts.mine, facts.new, facts.unrouted)
    assert (3, 1, 1) == (facts.open, facts.overdue, facts.today)
    assert (lent, False) == (facts.lent, facts.on_duty)


def test_counting_stops(connection: Connection) -> None:
    """Nobody counts a long list to its end."""
    for number in range(COUNTED + 5):
        file(connection, f"a{number}")

    assert COUNTED == desk_facts(connection, AIDA, NOW).waiting


def test_duty_is_a_word_that_stands(connection: Connection) -> None:
    """On or off, said once or twice; only for those of the desk."""
    for on in (True, True, False, False):
        set_duty(connection, AIDA, NOW, on=on)
        assert on is desk_facts(connection, AIDA, NOW).on_duty
    for other in (CITIZEN, OFFICIAL):
        with pytest.raises(Refusal):
            set_duty(connection, other, NOW, on=True)


def test_an_appeal_is_found(connection: Connection) -> None:
    """By its number, in part of its words, in either alphabet; nothing where nothing is said."""
    first, second = file(connection, "жол"), file(connection, "көпір")
    number = connection.scalar(sa.select(appeals.c.number).where(appeals.c.id == first))

    def found(text: str) -> list[int]:
        lines = look_up(connection, AIDA, text, before=None, limit=9).lines
        return [line.id for line in lines]

    assert [first] == found(str(number))
    assert [second, first] == found("СУ ЖОҚ")
    assert [second] == found("kopir")
    assert not look_up(connection, AIDA, "?!", before=None, limit=9).understood
    with pytest.raises(Refusal):
        look_up(connection, CITIZEN, "су", before=None, limit=9)


def test_what_was_found_comes_in_pages(connection: Connection) -> None:
    """The newest first, then what is older than the last one that was shown."""
    filed = [file(connection, f"a{number}") for number in range(5)]

    first = look_up(connection, AIDA, "су", before=None, limit=3)
    rest = look_up(connection, AIDA, "су", before=first.lines[-1].id, limit=3)

    assert (True, False) == (first.more, rest.more)
    assert filed[::-1] == [line.id for line in (*first.lines, *rest.lines)]


def test_colleagues_by_name(connection: Connection) -> None:
    """Everybody who works here now, in pages; who left is not there."""
    connection.execute(sa.update(roles).where(roles.c.person_id == DINARA).values(until=NOW))
    names = []
    after, more = 0, True
    while more:
        found = list_colleagues(connection, AIDA, after=after, limit=2)
        names += [name for _person, name in found.people]
        after, more = found.people[-1][0], found.more

    assert ["Аида", "Берік", "Сынақ", "Сынақ", "Сынақ"] == names
    with pytest.raises(Refusal):
        list_colleagues(connection, CITIZEN, after=0, limit=2)


@pytest.mark.parametrize("kind", [Listed.MINE, Listed.NEW])
def test_lists_are_for_the_desk(connection: Connection, kind: Listed) -> None:
    """A citizen and an official see no queue."""
    for other in (CITIZEN, OFFICIAL):
        with pytest.raises(Refusal):
            list_appeals(connection, other, kind, "", TODAY, after=None, limit=9)
        with pytest.raises(Refusal):
            desk_facts(connection, other, NOW)
