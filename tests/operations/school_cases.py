"""Commands of attendance, certificates and the news of programmes, each run twice."""

from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy import Connection

from services.programmes import (
    attendance,
    attendance_table,
    certificates,
    topics,
)
from services.programmes import certificate_changing as changing
from services.programmes import certificate_giving as giving
from services.programmes.certificate import Reason
from services.programmes.model import programme_of
from services.rights.certificates import forget_due
from services.tables.reading import read_table
from storage import certificates as kept
from storage.programmes import find_draft, find_programme
from tests.operations.seeded import ADMINISTRATOR, CITIZEN, NOW, Seeded
from tests.programmes_school.school import enrol, found_school, hold_sessions

BOT = "unqosu_bot"
_NAME = "Айгүл Сынамалы"
_BEGAN = NOW - timedelta(days=3)


def school(connection: Connection) -> tuple[int, int]:
    """Return a school with one session and one participant, by their numbers; made once."""
    there = find_draft(connection, "table:school")
    if there is None:
        days = {"begins_on": _BEGAN.date(), "ends_on": _BEGAN.date()}
        programme = found_school(connection, region="10", **days)
        hold_sessions(connection, programme, [_BEGAN])
    else:
        programme = int(there["id"])
    return programme, enrol(connection, programme, CITIZEN, _NAME)


def certified(connection: Connection) -> str:
    """Return the number of the first certificate of the participant; issued once."""
    programme, signup = school(connection)
    if not kept.of_signup(connection, signup):
        attendance.mark(connection, ADMINISTRATOR, programme, 1, signup, NOW, present=True)
        certificates.issue_certificates(connection, ADMINISTRATOR, programme, BOT, NOW)
    return str(kept.of_signup(connection, signup)[0]["number"])


def _mark(connection: Connection, now: datetime) -> None:
    programme, signup = school(connection)
    attendance.mark(connection, ADMINISTRATOR, programme, 1, signup, now, present=True)


def _table(connection: Connection) -> bytes:
    programme, signup = school(connection)
    line = f"{programme};1;{signup};yes"
    return f"programme;session;participant;present\r\n{line}".encode()


def _import(connection: Connection, now: datetime) -> None:
    table = read_table(_table(connection), "a.csv", attendance_table.FORMS)
    attendance_table.import_table(connection, ADMINISTRATOR, table, NOW)
    assert now >= NOW


def _put(connection: Connection, now: datetime) -> None:
    table = read_table(_table(connection), "a.csv", attendance_table.FORMS)
    attendance_table.put_table(connection, table, now)


def _issue(connection: Connection, now: datetime) -> None:
    programme, signup = school(connection)
    attendance.mark(connection, ADMINISTRATOR, programme, 1, signup, NOW, present=True)
    certificates.issue_certificates(connection, ADMINISTRATOR, programme, BOT, now)


def _give(connection: Connection, now: datetime) -> None:
    number, signup = school(connection)
    programme = find_programme(connection, number)
    assert programme is not None
    came = programme_of(programme), signup, 1, _NAME, (1, 1)
    giving.give(connection, *came, ADMINISTRATOR, BOT, now)


def _forget(connection: Connection, now: datetime) -> None:
    if now == NOW:
        certified(connection)
    forget_due(connection, now + timedelta(days=2000), 10)


def _hear(connection: Connection) -> None:
    programme, _signup = school(connection)
    topics.choose_topic(connection, ADMINISTRATOR, programme, topics.OWN, NOW)
    topics.hear_programme(connection, CITIZEN, programme, heard=True)


def _retire(connection: Connection, now: datetime) -> None:
    if now == NOW:
        _hear(connection)
    topics.retire_topics(connection, now + timedelta(days=60))


CASES: dict[str, Callable[[Connection, Seeded, datetime], object]] = {
    "services.programmes.attendance.mark": lambda c, _, now: _mark(c, now),
    "services.programmes.attendance.mark_rest": lambda c, _, now: attendance.mark_rest(
        c, ADMINISTRATOR, school(c)[0], 1, now
    ),
    "services.programmes.attendance.read_roll": lambda c, _, __: attendance.read_roll(
        c, ADMINISTRATOR, school(c)[0], 1, 0, NOW
    ),
    "services.programmes.attendance_table.import_table": lambda c, _, now: _import(c, now),
    "services.programmes.attendance_table.put_table": lambda c, _, now: _put(c, now),
    "services.programmes.certificate_changing.correct_name": lambda c, _, now: (
        changing.correct_name(c, ADMINISTRATOR, certified(c), "Айгүл Сынамалықызы", BOT, now)
    ),
    "services.programmes.certificate_giving.give": lambda c, _, now: _give(c, now),
    "services.programmes.certificate_giving.tell_holder": lambda c, _, now: giving.tell_holder(
        c, giving.GIVEN, giving.certificate_now(c, certified(c)), {"bot": BOT}, now
    ),
    "services.programmes.certificates.issue_certificates": lambda c, _, now: _issue(c, now),
    "services.programmes.certificates.read_book": lambda c, _, __: certificates.read_book(
        c, ADMINISTRATOR, school(c)[0], 0, NOW
    ),
    "services.programmes.certificate_changing.read_certificate": lambda c, _, __: (
        changing.read_certificate(c, ADMINISTRATOR, certified(c), NOW)
    ),
    "services.programmes.certificate_changing.revoke_certificate": lambda c, _, now: (
        changing.revoke_certificate(c, ADMINISTRATOR, certified(c), Reason.MISTAKE, now)
    ),
    "services.programmes.topics.choose_topic": lambda c, _, now: topics.choose_topic(
        c, ADMINISTRATOR, school(c)[0], topics.OWN, now
    ),
    "services.programmes.topics.hear_programme": lambda c, _, __: _hear(c),
    "services.rights.certificates.forget_due": lambda c, _, now: _forget(c, now),
    "services.programmes.topics.retire_topics": lambda c, _, now: _retire(c, now),
}
