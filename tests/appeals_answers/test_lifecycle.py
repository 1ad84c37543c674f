"""Any order of everything that can happen to answered appeals keeps to the table of moves."""

from collections.abc import Callable
from contextlib import suppress
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any

import sqlalchemy as sa
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from services.appeals.answering import answer_appeal
from services.appeals.asking import ask_citizen, note_appeal, reply_to_question
from services.appeals.closing import ask_about_promises, close_silent, remind_of_silence
from services.appeals.machine import MOVES
from services.appeals.model import OPEN, AppealEvent, AppealStatus
from services.appeals.verdict import (
    confirm_appeal,
    dispute_appeal,
    keep_promise,
    rate_appeal,
)
from services.clock import local_date
from services.refusal import Refusal
from storage import appeal_closing
from storage.appeal_changes import history
from storage.schema import metadata
from storage.schema.appeals import open_appeals
from tests.appeals.conftest import CITIZEN, NEIGHBOUR, OFFICIAL, seed
from tests.appeals_answers.conftest import (
    ANSWER,
    HEAD,
    LATER,
    OPERATOR,
    OTHER_OPERATOR,
    level_above,
    register,
    row,
)

_STAFF = st.sampled_from([OFFICIAL, HEAD, OPERATOR, OTHER_OPERATOR])
_PEOPLE = st.sampled_from([CITIZEN, CITIZEN, NEIGHBOUR])
# How far behind the present version, or answer, a button is.
_BEHIND = st.sampled_from([0, 0, 0, 0, 0, 1])


@cache
def _engine() -> sa.Engine:
    """Make the database once."""
    engine = sa.create_engine("sqlite://", poolclass=sa.StaticPool)
    metadata.create_all(engine)
    with engine.begin() as connection:
        seed(connection)
        level_above(connection)
    return engine


class Life(RuleBasedStateMachine):
    """One appeal, its citizen, two officials, two operators and the clock."""

    @initialize(days=st.sampled_from([None, 0, 60]))
    def begin(self, days: int | None) -> None:
        """Register the appeal and answer it."""
        self.connection = _engine().connect()
        self.appeal = register(self.connection)
        self.now: datetime = LATER
        self.messages = 100
        self.answer(OFFICIAL, 0, days)

    def teardown(self) -> None:
        """Take back what happened."""
        self.connection.rollback()
        self.connection.close()

    def do(self, command: Callable[..., Any], *arguments: Any, **more: Any) -> None:
        """Run a command; run again a minute later, it changes nothing."""
        with suppress(Refusal):
            command(self.connection, *arguments, now=self.now, **more)
        before = self.changes()
        with suppress(Refusal):
            command(self.connection, *arguments, now=self.now + timedelta(minutes=1), **more)
        assert before == self.changes()

    def changes(self) -> int:
        """Return how many rows were written since the database was opened."""
        found: int = self.connection.connection.driver_connection.total_changes  # type: ignore[union-attr]
        return found

    def version(self, behind: int) -> int:
        """Return the version that somebody saw."""
        found: int = row(self.connection, self.appeal)["version"]
        return found - behind

    def decision(self, behind: int) -> int:
        """Return the answer under which somebody presses."""
        return (appeal_closing.decision(self.connection, self.appeal) or 1) - behind

    def message(self) -> int:
        """Return the id of a new message."""
        self.messages += 1
        return self.messages

    @rule(actor=_STAFF, behind=_BEHIND, days=st.sampled_from([None, 0, 10, 60]))
    def answer(self, actor: int, behind: int, days: int | None) -> None:
        """Somebody answers, with a promise or without."""
        promised: date | None = None
        if days is not None:
            promised = local_date(self.now) + timedelta(days=days)
        self.do(
            answer_appeal,
            self.appeal,
            self.version(behind),
            actor,
            f"{ANSWER} {self.message()}",
            reason="Азаматпен сөйлестік",
            promised=promised,
        )

    @rule(actor=_STAFF, behind=_BEHIND)
    def ask(self, actor: int, behind: int) -> None:
        """Somebody asks the citizen, who replies."""
        self.do(ask_citizen, self.appeal, self.version(behind), actor, "Қай көшеде?")
        version, message = self.version(0), self.message()
        self.do(reply_to_question, self.appeal, version, CITIZEN, message, "Абай көшесі")

    @rule(actor=_STAFF)
    def note(self, actor: int) -> None:
        """Somebody keeps a note."""
        self.do(note_appeal, self.appeal, actor, self.message(), "Қоңырау шалдық")

    @rule(person=_PEOPLE, behind=_BEHIND)
    def confirm(self, person: int, behind: int) -> None:
        """Somebody says that it is solved."""
        self.do(confirm_appeal, self.appeal, self.decision(behind), person)

    @rule(person=_PEOPLE, behind=_BEHIND)
    def dispute(self, person: int, behind: int) -> None:
        """Somebody says that it is not."""
        decision, message = self.decision(behind), self.message()
        self.do(dispute_appeal, self.appeal, decision, person, message, "Су әлі жоқ")

    @rule(person=_PEOPLE, behind=_BEHIND, rating=st.integers(0, 6))
    def rate(self, person: int, behind: int, rating: int) -> None:
        """Somebody gives a mark."""
        self.do(rate_appeal, self.appeal, self.decision(behind), person, rating)

    @rule(person=_PEOPLE, behind=_BEHIND)
    def keep(self, person: int, behind: int) -> None:
        """Somebody says that the promise was kept."""
        self.do(keep_promise, self.appeal, self.decision(behind), person)

    @rule(days=st.sampled_from([0, 1, 5, 7, 28]))
    def tick(self, days: int) -> None:
        """Time passes, and the clock does its part."""
        self.now += timedelta(days=days)
        for step in (remind_of_silence, close_silent, ask_about_promises):
            self.do(step)

    @invariant()
    def nothing_but_moves_of_the_table(self) -> None:
        """Every change is in the table, its versions follow one another, and counters agree."""
        found = row(self.connection, self.appeal)
        events = history(self.connection, self.appeal)
        assert list(range(1, found["version"] + 1)) == [event["version"] for event in events]
        status = AppealStatus.REGISTERED
        for event in events[1:]:
            move = MOVES[AppealEvent(event["kind"])]
            assert status in move.sources
            status = move.target or status
        assert status == found["status"]
        is_open = status in OPEN
        counted = self.connection.scalar(sa.select(sa.func.sum(open_appeals.c.count)))
        assert int(is_open) == (counted or 0)
        assert (status is AppealStatus.CLOSED) == (found["outcome"] is not None)
        assert not (is_open and (found["closes_on"] or found["recheck_on"]))
        if status in {AppealStatus.ANSWERED, AppealStatus.CONFIRMED}:
            assert found["closes_on"] is not None
        disputes = [event for event in events if event["kind"] == AppealEvent.DISPUTED]
        assert len(disputes) == found["level"]


Life.TestCase.settings = settings(max_examples=40, stateful_step_count=30, deadline=None)
TestLife = Life.TestCase
