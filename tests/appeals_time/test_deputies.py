"""Rights of those who stand in for somebody, during the absence and after it."""

from datetime import date, datetime

import pytest
from sqlalchemy import Connection

from services.appeals.answering import answer_appeal
from services.appeals.dossier import read_dossier
from services.appeals.queue import assign, begin, release
from services.refusal import Refusal
from services.roadmap.desk import CaseList, list_cases
from storage.appeals import change_appeal
from tests.appeals_time.conftest import (
    CENTRE,
    DISTRICT,
    OPERATOR,
    REGION,
    ROADS,
    at,
    away,
    register,
)

AWAY, BACK = date(2026, 3, 9), date(2026, 3, 16)
DURING, AFTER = date(2026, 3, 11), date(2026, 3, 18)
WORDS = "Құбыр 20.04 күні жөнделеді. Жауапты: су арнасы."
WHY = "Қысқа жауап жеткілікті"


def reads(connection: Connection, appeal: int, person: int, day: date) -> bool:
    """Tell whether the person may read the card on this day, with its citizen."""
    try:
        return not read_dossier(connection, appeal, person, day).by_scope
    except Refusal:
        return False


def answer(connection: Connection, appeal: int, person: int, moment: datetime) -> None:
    """Answer the appeal as it was registered."""
    answer_appeal(connection, appeal, 1, person, WORDS, moment, reason=WHY)


def test_a_deputy_answers_and_may_look_again(connection: Connection) -> None:
    """During the absence everything, afterwards the card that the deputy dealt with."""
    appeal = register(connection)
    away(connection, "mysalbaev", "ulgibaev", AWAY, BACK)

    assert not reads(connection, appeal, ROADS, date(2026, 3, 8))
    listed = list_cases(connection, ROADS, CaseList.OPEN, DURING, after=None, limit=9)
    assert [appeal] == [case.id for case in listed.cases]
    with pytest.raises(Refusal):
        answer(connection, appeal, ROADS, at(AFTER))
    answer(connection, appeal, ROADS, at(DURING))
    assert reads(connection, appeal, ROADS, AFTER)


def test_a_deputy_who_did_nothing_may_look_too(connection: Connection) -> None:
    """Who stood in since the registration knows the case; who stood in before does not."""
    appeal = register(connection)
    away(connection, "mysalbaev", "ulgibaev", AWAY, BACK)
    away(connection, "mysalbaev", "qiyalbaev", date(2026, 2, 1), date(2026, 2, 20))

    assert reads(connection, appeal, ROADS, AFTER)
    assert not reads(connection, appeal, CENTRE, AFTER)


def test_a_deputy_to_come_waits(connection: Connection) -> None:
    """A planned absence opens nothing before its day."""
    appeal = register(connection)
    away(connection, "mysalbaev", "ulgibaev", date(2026, 7, 1), date(2026, 7, 22))

    assert not reads(connection, appeal, ROADS, AFTER)


def test_the_deputy_of_a_deputy(connection: Connection) -> None:
    """Only for the days on which both were away."""
    appeal = register(connection)
    away(connection, "mysalbaev", "ulgibaev", AWAY, BACK)
    away(connection, "ulgibaev", "qiyalbaev", DURING, date(2026, 3, 30))
    away(connection, "ulgibaev", "synamaev", date(2026, 4, 1), date(2026, 4, 9))

    assert reads(connection, appeal, CENTRE, AFTER)
    assert not reads(connection, appeal, REGION, date(2026, 4, 20))


def test_deputies_in_a_circle_end(connection: Connection) -> None:
    """Two who stand in for each other are looked at once."""
    appeal = register(connection)
    away(connection, "mysalbaev", "ulgibaev", AWAY, BACK)
    away(connection, "ulgibaev", "mysalbaev", AWAY, BACK)

    assert reads(connection, appeal, ROADS, AFTER)
    assert not reads(connection, appeal, REGION, AFTER)


def test_the_deputy_of_the_named_official(connection: Connection) -> None:
    """An appeal that was passed on opens to who stands in for its new official."""
    appeal = register(connection, place="615500")
    change_appeal(connection, appeal, 1, {"official": "dolbarova", "level": 1})
    away(connection, "dolbarova", "ulgilenova", AWAY, BACK)

    assert reads(connection, appeal, DISTRICT, DURING)
    listed = list_cases(connection, DISTRICT, CaseList.NAMED, DURING, after=None, limit=9)
    assert [appeal] == [case.id for case in listed.cases]
    assert reads(connection, appeal, DISTRICT, AFTER)
    assert not reads(connection, appeal, CENTRE, AFTER)


def test_who_worked_on_it_may_look_again(connection: Connection) -> None:
    """An appeal that was assigned and given back stays readable for who had it."""
    appeal = register(connection)
    assign(connection, appeal, 1, OPERATOR, DISTRICT, at(DURING))
    begin(connection, appeal, 2, DISTRICT, at(DURING))
    release(connection, appeal, 2, DISTRICT, at(DURING))

    assert reads(connection, appeal, DISTRICT, AFTER)
    assert not reads(connection, appeal, REGION, AFTER)
