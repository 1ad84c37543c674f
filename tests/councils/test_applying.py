"""Citizens who offer themselves for a council: their consent, what is kept, who decides."""

from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy import Connection

from services.councils.applying import (
    Offered,
    apply_for_council,
    own_applications,
    take_back_application,
)
from services.councils.deciding import (
    decide_application,
    list_waiting,
    open_application,
)
from services.councils.model import ApplicationStatus
from services.councils.noted import council_notes
from services.digests.model import Period
from services.digests.notes import NoteKind
from services.digests.party import Reader
from services.language import Language
from services.people.consent import ConsentKind
from services.people.consents import withdraw_consent
from services.people.retention import Kind
from services.refusal import ConsentNeeded, Refusal
from services.rights.exporting import own_data
from services.rights.retaining import take
from services.roadmap.scope import scope_of
from storage.schema import metadata
from tests.councils.conftest import ADMINISTRATOR, CHAIR, DEPUTY, HEAD, NOW, TODAY
from tests.digests.conftest import CITIZEN, OPERATOR

ABOUT = "Он жыл су құбырында істедім, ауылдың суын білемін."
OFFERED = Offered("draft", "water-61", "Серік  Болатұлы", ABOUT, "8 701 123 45 67")
APPLICATIONS = metadata.tables["council_applications"]


def offer(connection: Connection, **changed: str) -> int:
    """Let the citizen offer themselves and return the number of the application."""
    offered = replace(OFFERED, **changed)
    return apply_for_council(connection, CITIZEN, offered, Language.KAZAKH, NOW).id


def told(connection: Connection, kind: str) -> list[int]:
    """Return to whom something of this kind was told."""
    outbox = metadata.tables["outbox"]
    statement = sa.select(outbox.c.person_id).where(outbox.c.kind == kind).order_by(outbox.c.id)
    return list(connection.execute(statement).scalars())


def test_nothing_without_a_consent(connection: Connection) -> None:
    """The consent is of its own: without it nothing is kept, taken back it erases everything."""
    withdraw_consent(connection, CITIZEN, ConsentKind.COUNCILS, NOW)
    with pytest.raises(ConsentNeeded):
        offer(connection)
    assert () == own_applications(connection, CITIZEN)


def test_taking_the_consent_back(connection: Connection) -> None:
    """Whoever takes it back leaves no application behind."""
    offer(connection)
    withdraw_consent(connection, CITIZEN, ConsentKind.COUNCILS, NOW)
    assert () == own_applications(connection, CITIZEN)


def test_an_application_is_kept_once_and_sealed(connection: Connection) -> None:
    """The same draft again changes nothing; name, phone and words lie sealed in the table."""
    first, again = offer(connection), offer(connection)
    assert first == again
    assert [CHAIR, DEPUTY] == sorted(told(connection, "council_application"))
    raw = connection.exec_driver_sql("SELECT name, phone, about FROM council_applications")
    [row] = raw.all()
    assert not any(word in str(row) for word in ("Серік", "701", "құбыр"))
    [kept] = own_data(connection, CITIZEN, {}, NOW)["council_applications"]
    assert ("Серік Болатұлы", "+77011234567", ABOUT) == (
        kept["name"],
        kept["phone"],
        kept["about"],
    )


def test_what_is_refused(connection: Connection) -> None:
    """Words that say nothing, a second application to one council, a council that is not."""
    offer(connection)
    for changed, reason in (
        ({"draft": "b"}, "offered yourself for this council already"),
        ({"draft": "c", "council": "fish"}, "no such council"),
        ({"draft": "d", "council": "water", "name": "С."}, "first and last name"),
        ({"draft": "e", "council": "water", "about": "иә"}, "a few words"),
        ({"draft": "f", "council": "water", "about": "а" * 1501}, "too long"),
    ):
        with pytest.raises(Refusal, match=reason):
            offer(connection, **changed)


def test_who_decides(connection: Connection) -> None:
    """The chair, the deputy and administrators read and decide; that is written down."""
    application = offer(connection)
    for actor in (CHAIR, DEPUTY, ADMINISTRATOR):
        assert 1 == len(list_waiting(connection, actor, 0, NOW)[0])
        assert "Серік Болатұлы" == open_application(connection, actor, application, NOW).name
    for actor in (HEAD, OPERATOR):
        with pytest.raises(Refusal):
            open_application(connection, actor, application, NOW)
    audit = metadata.tables["audit"]
    read = sa.select(audit.c.who).where(audit.c.what == "council.read_applications")
    assert {CHAIR, DEPUTY, ADMINISTRATOR} == set(connection.execute(read).scalars())


def test_a_decision(connection: Connection) -> None:
    """It is made once, its words reach the citizen, and nobody decides it anew."""
    application = offer(connection)
    words = "Дүйсенбіде сағат 10-да келіңіз."
    for _twice in range(2):
        status = decide_application(connection, CHAIR, application, 1, words, NOW, accept=True)
        assert ApplicationStatus.ACCEPTED is status
    assert [CITIZEN] == told(connection, "council_decided")
    [own] = own_applications(connection, CITIZEN)
    assert (ApplicationStatus.ACCEPTED, words) == (own.status, own.reply)
    with pytest.raises(Refusal, match="decided already"):
        decide_application(connection, DEPUTY, application, 1, words, NOW, accept=False)
    assert ((), False) == list_waiting(connection, CHAIR, 0, NOW)


def test_taking_it_back(connection: Connection) -> None:
    """The citizen erases an application at once; nobody else does."""
    application = offer(connection)
    take_back_application(connection, application, OPERATOR)
    assert own_applications(connection, CITIZEN)
    take_back_application(connection, application, CITIZEN)
    assert () == own_applications(connection, CITIZEN)
    with pytest.raises(Refusal, match="taken back"):
        open_application(connection, CHAIR, application, NOW)


def test_a_year_later(connection: Connection) -> None:
    """A year after the decision, or after it came where nobody decided, it is deleted."""
    decided, left = offer(connection), offer(connection, draft="b", council="water")
    later = NOW + timedelta(days=100)
    decide_application(
        connection, CHAIR, decided, 1, "Рақмет, бірақ орын жоқ.", later, accept=False
    )
    kept = []
    for days in (365, 366, 466):
        moment = NOW + timedelta(days=days)
        take(connection, Kind.APPLICATIONS, (), moment)
        kept.append(
            list(connection.execute(sa.select(APPLICATIONS.c.id).order_by("id")).scalars())
        )
    assert [[decided, left], [decided], []] == kept


def test_digests_note_what_waits_and_who_is_idle(connection: Connection) -> None:
    """A chair hears of applications each morning; of idle members on Mondays, as heads do."""
    offer(connection)
    monday = TODAY + timedelta(days=97)

    def notes(official: str, period: Period, day: object) -> dict[NoteKind, int]:
        scope = scope_of(connection, official, TODAY)
        reader = Reader(official, scope, period, day, TODAY, TODAY)  # type: ignore[arg-type]
        return {note.kind: note.count for note in council_notes(connection, reader)}

    waiting, idle = NoteKind.COUNCIL_APPLICATIONS, NoteKind.COUNCIL_IDLE
    assert {waiting: 1} == notes("aman", Period.DAILY, TODAY)
    assert {waiting: 1, idle: 3} == notes("aman", Period.DAILY, monday)
    assert {idle: 3} == notes("synamaev", Period.DAILY, monday)
    assert {} == notes("elestetov", Period.DAILY, monday)
    assert {idle: 3} == notes("elestetov", Period.WEEKLY, monday)
    assert {} == notes("mysalbaev", Period.WEEKLY, monday)
