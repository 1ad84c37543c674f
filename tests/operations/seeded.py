"""A database in which every command finds something to do."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy import Connection

from services.appeals.answering import answer_appeal
from services.appeals.draft import Draft
from services.appeals.model import Attachment, AttachmentKind
from services.appeals.registration import register_appeal
from services.clock import local_date
from services.delivery.claiming import Terms, claim
from services.delivery.mailing import find_mailing, launch
from services.delivery.mailing_control import PauseReason, pause
from services.delivery.mailing_run import record
from services.delivery.outcome import Outcome, Result
from services.delivery.target import EVERYBODY, Rhythm
from services.language import Language
from services.news.rhythm import get_together
from services.organisation.importing import import_if_empty
from services.people.invitations import accept_invitation, keep_invitation
from services.people.model import Role
from services.people.person import choose_language, join
from services.people.rights import Grant
from services.polls.ballot_box import cast_ballot
from services.polls.closing import close_early
from services.polls.draft import PollDraft
from services.polls.launching import launch_poll
from services.polls.model import Option, PollStatus, plain_questions
from storage import conversation
from storage.outbox import tell
from storage.parked import park
from storage.polls import change_status
from tests.agreed import agree

ROOT = Path(__file__).resolve().parents[2]
ORGANISATION = ROOT / "services/organisation/demonstration.yaml"
NOW = datetime(2026, 11, 23, 5, 0, tzinfo=UTC)  # Monday, 10:00 in Asia/Almaty
EARLIER = NOW - timedelta(days=40)
CITIZEN, NEIGHBOUR, OPERATOR, OFFICIAL, ADMINISTRATOR = 101, 102, 201, 202, 203
TOKEN = "invitation-of-nobody-so-far"
REPORT = {"mailing": 1, "status": "finished", "delivered": 0, "blocked": 0, "failed": 0}
TAG = b"t" * 32
ANSWER = "Құбырдың жарылғаны анықталды, су ертең беріледі."
FILE, PHOTO = 3, Attachment(AttachmentKind.PHOTO, "file", "unique")
OFFICIALS_CODE, TOPIC, NEWS = "mysalbaev", "water-supply", "party"


@dataclass(frozen=True, slots=True)
class Seeded:
    """What the commands of the tests are about, by id."""

    open_appeal: int
    answered_appeal: int
    waiting_letter: int
    sent_letter: int
    running: int
    again: int
    paused: int
    all_sent: int
    open_poll: int
    closing_poll: int
    counted_poll: int


def appeal_draft(name: str) -> Draft:
    """Return a draft with all that an appeal needs."""
    words = {1: "Ауылда үш күннен бері су жоқ."}
    return Draft(name, Language.KAZAKH, TOPIC, region="10", texts=words)


def poll_draft(name: str) -> PollDraft:
    """Return a poll with all that it needs."""
    return PollDraft(
        id=name,
        questions=plain_questions(
            "Ауылда ауызсу бар ма?",
            "Есть ли в ауле питьевая вода?",
            (Option(0, "Бар", "Есть"), Option(1, "Жоқ", "Нет")),
        ),
        target=EVERYBODY,
        topic_class="social",
        closes_at=NOW + timedelta(days=7),
    )


def seed(connection: Connection) -> Seeded:
    """Fill a migrated database."""
    import_if_empty(connection, ORGANISATION, EARLIER.date())
    _people(connection)
    pictured = appeal_draft("open").with_file(FILE, PHOTO)
    opened = register_appeal(connection, pictured, CITIZEN, NOW).id
    sealed = appeal_draft("answered").with_seal(confidential=True)
    answered = register_appeal(connection, sealed, CITIZEN, NOW).id
    tomorrow = local_date(NOW) + timedelta(days=1)
    answer_appeal(connection, answered, 1, ADMINISTRATOR, ANSWER, NOW, promised=tomorrow)
    launched = {name: _launch(connection, name) for name in ("open", "closing", "counted")}
    cast_ballot(connection, launched["closing"], TAG, b"sealed", NOW)
    for name in ("closing", "counted"):
        close_early(connection, launched[name], OPERATOR, NOW)
    change_status(connection, launched["counted"], PollStatus.CLOSING, PollStatus.COUNTED, base=0)
    tell(connection, CITIZEN, "mailing_report", "sent", REPORT, NOW)
    connection.exec_driver_sql("UPDATE outbox SET status = 'sending', attempts = 1")
    tell(connection, NEIGHBOUR, "mailing_report", "waiting", REPORT, NOW)
    get_together(connection, NEIGHBOUR, Rhythm(18), NOW)
    held = conversation.encode({"poll_answer": {"poll": launched["open"], "draft": "locked"}})
    conversation.save(connection, "held", conversation.Conversation("answers", held), NOW)
    conversation.save(
        connection, "old", conversation.Conversation("state", "{}"), NOW - timedelta(days=31)
    )
    park(connection, {7: b"{}"}, NOW)
    return Seeded(
        open_appeal=opened,
        answered_appeal=answered,
        waiting_letter=_letter(connection, "waiting"),
        sent_letter=_letter(connection, "sent"),
        running=_mailing(connection, "running"),
        again=_on_its_way(connection, "again", Result.UNCERTAIN),
        paused=_paused(connection),
        all_sent=_on_its_way(connection, "all-sent", Result.DELIVERED),
        open_poll=launched["open"],
        closing_poll=launched["closing"],
        counted_poll=launched["counted"],
    )


def _people(connection: Connection) -> None:
    for person in (CITIZEN, NEIGHBOUR, OPERATOR, OFFICIAL, ADMINISTRATOR):
        join(connection, person, f"Адам {person}", EARLIER)
        choose_language(connection, person, Language.KAZAKH)
        agree(connection, person)
    staff = (
        (OPERATOR, Role.OPERATOR, None),
        (OFFICIAL, Role.OFFICIAL, OFFICIALS_CODE),
        (ADMINISTRATOR, Role.ADMINISTRATOR, None),
    )
    for person, role, official in staff:
        keep_invitation(connection, Grant(role, official=official), EARLIER, f"token-{person}")
        accept_invitation(connection, person, f"token-{person}", EARLIER)
    keep_invitation(connection, Grant(Role.OPERATOR), NOW, TOKEN)


def _launch(connection: Connection, name: str) -> int:
    draft = poll_draft(f"poll-{name}")
    return launch_poll(connection, draft, created_by=OPERATOR, now=NOW, public_key=b"k" * 32)


def _letter(connection: Connection, key: str) -> int:
    statement = sa.text("SELECT id FROM outbox WHERE key = :key")
    found: int = connection.execute(statement, {"key": key}).scalar_one()
    return found


def _mailing(connection: Connection, key: str) -> int:
    people = [CITIZEN, NEIGHBOUR]
    payload = {
        "post": 1,
        "topic": NEWS,
        "text_kk": "Жол",
        "text_ru": "Дорога",
        "media": [],
        "links": [],
    }
    return launch(
        connection,
        key=key,
        kind="news",
        payload=payload,
        created_by=OPERATOR,
        now=NOW,
        recipients=people,
    )


def _on_its_way(connection: Connection, key: str, result: Result) -> int:
    """Return a mailing whose messages ended so, the cursor at its end."""
    mailing_id = _mailing(connection, key)
    mailing = find_mailing(connection, mailing_id)
    assert mailing is not None
    claim(connection, mailing, 0, [CITIZEN, NEIGHBOUR], Terms(NOW))
    record(connection, mailing_id, dict.fromkeys((CITIZEN, NEIGHBOUR), Outcome(result)), NOW)
    return mailing_id


def _paused(connection: Connection) -> int:
    """Return a mailing that was paused with two messages on their way."""
    mailing_id = _mailing(connection, "paused")
    mailing = find_mailing(connection, mailing_id)
    assert mailing is not None
    claim(connection, mailing, 0, [CITIZEN, NEIGHBOUR], Terms(NOW))
    pause(connection, mailing_id, 0, PauseReason.STAFF)
    return mailing_id
