"""A month that is out is corrected openly, by two people, and tells nothing that was hidden."""

from datetime import UTC, date, datetime

import pytest
import sqlalchemy as sa
from sqlalchemy import Connection

from services.openness import correcting
from services.openness.correcting import Reasons, Status
from services.openness.figures import COUNTRY, Cell, Figures
from services.openness.publishing import bring_month, publish_month
from services.openness.reading import OpenMonth, read_month
from services.people.model import Role
from services.refusal import Refusal
from storage.people import grant_role
from storage.schema.delivery import outbox
from storage.schema.openness import openness_figures
from tests.digests.conftest import CITIZEN, JOINED, OPERATOR, WATER
from tests.digests.counted import WATER_TOPIC, counted

MARCH = date(2026, 3, 1)
NOW = datetime(2026, 7, 20, 5, tzinfo=UTC)
ASKER, SECOND = OPERATOR, WATER
REASONS = Reasons("Бір өңірдің есебі кеш келді.", "Отчёт одного региона пришёл поздно.")
FIGURES = {
    COUNTRY: Figures(120, 100, 80, 60, 40, 30, 120, 5, 12),
    Cell("10"): Figures(70, 60, 50, 40, 25, 20, 80, 5, 12),
    Cell("11"): Figures(43, 38, 28, 20, 15, 10, 40, 4, 11),
    Cell("15"): Figures(7, 2, 2, 0, 0, 0, 0, 3, 3),
}
MENDED = {
    **FIGURES,
    COUNTRY: Figures(135, 104, 81, 60, 40, 30, 120, 5, 13),
    Cell("10"): Figures(73, 60, 50, 40, 25, 20, 80, 5, 12),
    Cell("15"): Figures(19, 6, 3, 0, 0, 0, 0, 3, 13),
}


@pytest.fixture(autouse=True)
def _staff(connection: Connection) -> None:
    """Make two administrators, and let a March be out."""
    for person in (ASKER, SECOND):
        grant_role(connection, person, Role.ADMINISTRATOR.value, None, JOINED)
    bring_month(connection, MARCH, FIGURES, None, NOW)


def ask(connection: Connection, message: int = 7) -> correcting.Asked:
    """Ask for the correction."""
    return correcting.ask_correction(connection, ASKER, MARCH, MENDED, REASONS, message, NOW)


def march(connection: Connection) -> OpenMonth:
    """Return the March that is out."""
    found = read_month(connection, MARCH)
    assert found is not None
    return found


def test_both_values_are_read_by_everybody(connection: Connection) -> None:
    """With the day and the reason; until a second person has let it through nothing changes."""
    asked = ask(connection)
    assert 120 == march(connection).told(COUNTRY).registered
    correcting.decide_correction(connection, SECOND, asked.id, NOW, through=True)
    month = march(connection)

    assert (135, NOW) == (month.told(COUNTRY).registered, month.corrected_at)
    (made,) = month.corrections
    assert (NOW, REASONS) == (made.at, Reasons(made.reason_kk, made.reason_ru))
    assert {
        "region": "", "topic": "", "figure": "registered", "before": 120, "after": 135
    } in made.changes  # fmt: skip


def test_what_was_hidden_stays_hidden(connection: Connection) -> None:
    """A region with 7 appeals that turn out to be 19 is not told: 7 would follow from it."""
    asked = ask(connection)
    correcting.decide_correction(connection, SECOND, asked.id, NOW, through=True)
    month = march(connection)

    assert month.told(Cell("15")).registered is None
    assert all(change["region"] != "15" for change in month.corrections[0].changes)


def test_who_asks_cannot_let_it_through(connection: Connection) -> None:
    """Nor can an operator; the second person is told, and so is who asked."""
    asked = ask(connection)
    for person, words in ((ASKER, "Who asked"), (CITIZEN, "staff only")):
        with pytest.raises(Refusal, match=words):
            correcting.decide_correction(connection, person, asked.id, NOW, through=True)
    correcting.decide_correction(connection, SECOND, asked.id, NOW, through=True)
    told = sa.select(outbox.c.person_id, outbox.c.kind).order_by(outbox.c.id)
    assert [(SECOND, correcting.ASKED), (ASKER, correcting.DECIDED)] == [
        tuple(row) for row in connection.execute(told)
    ]


def test_a_declined_correction_changes_nothing(connection: Connection) -> None:
    """Decided once: letting it through afterwards does nothing either."""
    before = connection.execute(sa.select(openness_figures)).all()
    asked = ask(connection)
    correcting.decide_correction(connection, SECOND, asked.id, NOW, through=False)
    after = correcting.decide_correction(connection, SECOND, asked.id, NOW, through=True)

    assert Status.DECLINED is after.status
    assert before == connection.execute(sa.select(openness_figures)).all()
    assert () == march(connection).corrections


def test_the_newer_request_takes_the_place_of_the_older(connection: Connection) -> None:
    """The same message asks once, another one anew."""
    first = ask(connection)
    assert first.id == ask(connection).id
    second = ask(connection, 8)

    assert [second.id] == [
        each.id for each in correcting.waiting_corrections(connection, SECOND, 9)
    ]
    replaced = correcting.find_correction(connection, ASKER, first.id)
    assert Status.REPLACED is replaced.status


def test_what_is_no_correction(connection: Connection) -> None:
    """The same figures, a reason in one language, and a month that is not out are refused."""
    for month, figures, reasons, words in (
        (MARCH, FIGURES, REASONS, "nothing to correct"),
        (MARCH, MENDED, Reasons("Себеп", " "), "both languages"),
        (date(2026, 4, 1), MENDED, REASONS, "no figures of this month"),
    ):
        with pytest.raises(Refusal, match=words):
            correcting.ask_correction(connection, ASKER, month, figures, reasons, 9, NOW)


def test_a_month_of_the_bot_is_counted_anew(connection: Connection) -> None:
    """Where counters were mended; one that was brought as a table has none."""
    counted(connection, date(2026, 6, 9), "61", WATER_TOPIC, registered=40)
    june = date(2026, 6, 1)
    publish_month(connection, june, NOW)
    with pytest.raises(Refusal, match="nothing to correct"):
        correcting.changes_of(connection, june, correcting.recount(connection, ASKER, june))
    counted(connection, date(2026, 6, 10), "61", WATER_TOPIC, registered=15)
    changes, _hidden = correcting.changes_of(
        connection, june, correcting.recount(connection, ASKER, june)
    )

    assert {(40, 55)} == {(each["before"], each["after"]) for each in changes}
    with pytest.raises(Refusal, match="has not counted"):
        correcting.recount(connection, ASKER, MARCH)
