"""Reporting a fact, returning it with a question, and replying."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy import Connection

from services.appeals.model import AttachmentKind
from services.refusal import Refusal
from services.roadmap.board import read_fact, read_history, read_indicator
from services.roadmap.editing import add_indicator, assign_indicator, retire_indicator
from services.roadmap.fact import Evidence, Fact
from services.roadmap.indicator import Level
from services.roadmap.reporting import may_report, report_fact, reportable
from services.roadmap.returning import may_reply, may_return, reply_to_return, return_fact
from services.tables.cells import an_amount
from storage.organisation_writes import add_absence
from storage.schema.delivery import outbox
from storage.schema.people import roles
from tests.digests.conftest import CITIZEN, OPERATOR, UTILITIES, WATER
from tests.roadmap.conftest import (
    ADMINISTRATOR,
    COUNCIL,
    HEAD,
    LOCAL,
    NOW,
    SECRETARY,
    TODAY,
    WATER_NATION,
)

PHOTO = Evidence(8, AttachmentKind.PHOTO, "file", "unique", "қақпа.jpg")
LATER = NOW + timedelta(hours=1)


def report(
    connection: Connection, person: int = COUNCIL, code: str = "water.nation", **changed: Any
) -> Fact:
    """Report of an indicator."""
    said: dict[str, Any] = {
        "value": Decimal("92.5"),
        "comment": "Үш ауылға су келді",
        "evidence": [PHOTO],
        "message_id": 7,
        "now": NOW,
    }
    return report_fact(connection, person, code, **(said | changed))


def told(connection: Connection) -> list[tuple[int, str]]:
    """Return who was told what, in order."""
    statement = sa.select(outbox.c.person_id, outbox.c.kind).order_by(outbox.c.id)
    return [(row.person_id, row.kind) for row in connection.execute(statement)]


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("1250", "1250"),
        (" 1 250,5 ", "1250.5"),
        ("1\u00a0250.505", "1250.505"),
        ("98,5 %", "98.5"),
        ("−3", "-3"),
        ("-0", "0"),
        ("+7", "7"),
    ],
)
def test_an_amount(text: str, amount: str) -> None:
    """A number is read as people here write it."""
    assert amount == str(an_amount(text))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "көп",
        "12-14",
        "1,2,3",
        "1.2345",
        "1e5",
        "²",
        "٣",
        "NaN",
        "9" * 14,
        "1000000000000",
        "--5",
    ],
)
def test_no_amount(text: str) -> None:
    """Anything else is refused."""
    with pytest.raises(Refusal):
        an_amount(text)


def test_a_report(connection: Connection) -> None:
    """Value, comment and photo are kept once for a message; the next level is told."""
    fact = report(connection)
    again = report(connection, value=Decimal(99), now=LATER)
    assert fact == again
    assert (Decimal("92.5"), (PHOTO,), "kenesova", COUNCIL) == (
        fact.value,
        fact.evidence,
        fact.official,
        fact.by,
    )
    line = read_indicator(connection, "water.nation", TODAY, actor=COUNCIL)
    assert (fact, 25) == (line.fact, line.percent)
    assert [(WATER, "fact_reported")] == told(connection)


def test_the_head_of_a_region_hears_of_its_districts(connection: Connection) -> None:
    """What is reported of a district is told to the head of the region's office."""
    report(connection, LOCAL, "water.sairam")
    assert [(HEAD, "fact_reported")] == told(connection)


@pytest.mark.parametrize("person", [LOCAL, WATER, HEAD, OPERATOR, ADMINISTRATOR, CITIZEN])
def test_others_report_nothing(connection: Connection, person: int) -> None:
    """Only who answers for an indicator reports of it."""
    with pytest.raises(Refusal):
        report(connection, person)
    assert not may_report(connection, person, "water.nation", TODAY)


def test_a_deputy_reports(connection: Connection) -> None:
    """Who stands in for the responsible one reports on their behalf, as long as they do."""
    assert ["water.sairam"] == [each.code for each in reportable(connection, LOCAL, TODAY)]
    away = {"official": "kenesova", "deputy": "kenesov"}
    days = {"since": date(2026, 3, 1), "until": date(2026, 3, 10)}
    add_absence(connection, away | days)
    assert ["water.nation", "water.sairam"] == [
        each.code for each in reportable(connection, LOCAL, TODAY)
    ]
    fact = report(connection, LOCAL)
    assert (LOCAL, "kenesova") == (fact.by, fact.official)
    with pytest.raises(Refusal):
        report(connection, LOCAL, message_id=8, now=NOW + timedelta(days=10))


@pytest.mark.parametrize(
    "changed",
    [
        {"comment": " "},
        {"comment": "я" * 1001},
        {"value": Decimal("1.2345")},
        {"value": Decimal(10) ** 12},
        {"value": Decimal("NaN")},
        {"evidence": [PHOTO] * 11},
        {"evidence": [Evidence(1, AttachmentKind.VOICE, "file", "unique")]},
        {"code": "nothing"},
    ],
)
def test_what_is_not_taken(connection: Connection, changed: dict[str, Any]) -> None:
    """Too much, nothing, or a file that shows nothing is refused."""
    with pytest.raises(Refusal):
        report(connection, **changed)


def test_what_is_retired_is_not_reported(connection: Connection) -> None:
    """An indicator that left the board takes no reports; its history can be read."""
    report(connection)
    retire_indicator(connection, ADMINISTRATOR, "water.nation", 1, NOW)
    with pytest.raises(Refusal):
        report(connection, message_id=8)
    assert 1 == len(read_history(connection, COUNCIL, "water.nation", TODAY))


def test_a_question_and_a_reply(connection: Connection) -> None:
    """A report that was returned does not count until its question is replied to."""
    report(connection, value=Decimal(91), message_id=1)
    fact = report(connection)
    assert may_return(connection, WATER, fact.id, LATER)
    asked = return_fact(connection, WATER, fact.id, "Қай ауылдарға?", LATER)
    assert asked == return_fact(connection, WATER, fact.id, "Қай ауылдарға?", LATER)
    assert (True, "Қай ауылдарға?", WATER) == (asked.asked, asked.question, asked.returned_by)
    line = read_indicator(connection, "water.nation", TODAY)
    assert [Decimal(91)] == [each.value for each in line.history]

    assert may_reply(connection, COUNCIL, fact.id, LATER)
    replied = reply_to_return(connection, COUNCIL, fact.id, "Үшеуіне.", LATER)
    assert replied == reply_to_return(connection, COUNCIL, fact.id, "Үшеуіне.", LATER)
    line = read_indicator(connection, "water.nation", TODAY, actor=SECRETARY)
    assert replied == line.fact == read_fact(connection, WATER, fact.id, TODAY)
    assert [
        (WATER, "fact_reported"),
        (WATER, "fact_reported"),
        (COUNCIL, "fact_returned"),
        (WATER, "fact_replied"),
    ] == told(connection)
    for person, command in ((SECRETARY, return_fact), (COUNCIL, reply_to_return)):
        with pytest.raises(Refusal):
            command(connection, person, fact.id, "Тағы да", LATER)


@pytest.mark.parametrize("person", [COUNCIL, LOCAL, UTILITIES, HEAD, OPERATOR, ADMINISTRATOR])
def test_only_a_higher_level_returns(connection: Connection, person: int) -> None:
    """Neither the same level nor other sections, regions and roles return a report."""
    fact = report(connection)
    assert not may_return(connection, person, fact.id, LATER)
    with pytest.raises(Refusal):
        return_fact(connection, person, fact.id, "Неге?", LATER)


@pytest.mark.parametrize("person", [HEAD, WATER, SECRETARY])
def test_every_level_above_returns(connection: Connection, person: int) -> None:
    """The head of the region, the section's official and the executive secretary may ask."""
    fact = report(connection, LOCAL, "water.sairam")
    return_fact(connection, person, fact.id, "Неге?", LATER)
    assert (LOCAL, "fact_returned") == told(connection)[-1]


def test_a_member_for_the_region_returns(connection: Connection) -> None:
    """Who answers for an indicator of the region may ask about its districts in that section."""
    wider = replace(WATER_NATION, code="water.region", level=Level.REGION, region="61")
    add_indicator(connection, ADMINISTRATOR, wider, NOW)
    fact = report(connection, LOCAL, "water.sairam")
    assert not may_return(connection, UTILITIES, fact.id, LATER)
    assign_indicator(connection, ADMINISTRATOR, wider.code, "nobaeva", TODAY, NOW)
    assert may_return(connection, UTILITIES, fact.id, LATER)


def test_the_next_level_that_reads_is_told(connection: Connection) -> None:
    """Where the head of the region has no account, the level above hears of the report."""
    connection.execute(sa.update(roles).where(roles.c.person_id == HEAD).values(until=NOW))
    report(connection, LOCAL, "water.sairam")
    assert [(WATER, "fact_reported")] == told(connection)


def test_only_the_newest_is_returned(connection: Connection) -> None:
    """A report that a newer one has followed is history."""
    old = report(connection)
    report(connection, message_id=8)
    with pytest.raises(Refusal):
        return_fact(connection, WATER, old.id, "Неге?", LATER)
    for unknown in (return_fact, reply_to_return):
        with pytest.raises(Refusal):
            unknown(connection, WATER, 99, "Неге?", LATER)


def test_only_the_responsible_one_replies(connection: Connection) -> None:
    """Nobody else replies, and nobody replies to nothing."""
    fact = report(connection)
    with pytest.raises(Refusal):
        reply_to_return(connection, COUNCIL, fact.id, "Иә", LATER)
    return_fact(connection, WATER, fact.id, "Неге?", LATER)
    assert not may_reply(connection, LOCAL, fact.id, LATER)
    with pytest.raises(Refusal):
        reply_to_return(connection, LOCAL, fact.id, "Иә", LATER)


def test_who_asked_and_left_hears_no_reply(connection: Connection) -> None:
    """A reply goes to nobody who has no role any more."""
    fact = report(connection)
    return_fact(connection, WATER, fact.id, "Неге?", LATER)
    before = told(connection)
    connection.execute(sa.update(roles).where(roles.c.person_id == WATER).values(until=LATER))
    reply_to_return(connection, COUNCIL, fact.id, "Иә", LATER)

    assert before == told(connection)
