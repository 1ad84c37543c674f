"""Commands of the proposals board, each in a case run twice."""

from collections.abc import Callable
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import Connection

from services.appeals.model import AppealType
from services.appeals.registration import register_appeal
from services.proposals import (
    alike,
    answering,
    changing,
    importing,
    leaving,
    moderating,
    suggesting,
    supporting,
    telling,
)
from services.proposals.draft import Draft
from services.proposals.machine import Step
from services.proposals.model import ProposalStatus, RefusedFor
from services.rights import proposals as kept
from services.tables.reading import read_table
from services.tables.writing import to_csv
from storage import proposals as rows
from storage.schema.proposals import proposals
from tests.operations.seeded import (
    ADMINISTRATOR,
    CITIZEN,
    NEIGHBOUR,
    OFFICIAL,
    OPERATOR,
    TOPIC,
    Seeded,
    appeal_draft,
)

_WORDS = "Ауыл ортасына су тазарту қондырғысын қойса, тұрғындар таза су ішер еді."
_WORDING = moderating.Wording("Су тазарту қондырғысы", "Очистка воды в селе", _WORDS)
_ANSWER = answering.Answer(Step.ACCEPT, "Ұсыныс қабылданды.", "Предложение принято.")


def waiting(connection: Connection, now: datetime, name: str = "case") -> int:
    """Return a proposal that waits for a moderator."""
    draft = Draft(name, topic=TOPIC, region="10", text=_WORDS, message=1)
    return suggesting.suggest(connection, draft, CITIZEN, now)


def published(connection: Connection, now: datetime, name: str = "case") -> int:
    """Return a proposal of the board."""
    proposal = waiting(connection, now, name)
    found = rows.find(connection, proposal)
    assert found is not None
    if found["status"] == ProposalStatus.WAITING:
        moderating.publish(connection, OPERATOR, proposal, 1, _WORDING, now)
    return proposal


def _appeal(connection: Connection, _seeded: Seeded, now: datetime) -> None:
    draft = appeal_draft("to-the-board").with_type(AppealType.PROPOSAL)
    draft = draft.with_text(2, "Ауылға су құбырын тартуды ұсынамыз.")
    appeal = register_appeal(connection, draft, CITIZEN, now).id
    suggesting.put_on_board(connection, appeal, CITIZEN, now)


def _publish(connection: Connection, _seeded: Seeded, now: datetime) -> None:
    moderating.publish(connection, OPERATOR, waiting(connection, now), 1, _WORDING, now)


def _refuse(connection: Connection, _seeded: Seeded, now: datetime) -> None:
    proposal = waiting(connection, now)
    moderating.refuse(connection, OPERATOR, proposal, 1, RefusedFor.INSULT, now)


def _merge(connection: Connection, _seeded: Seeded, now: datetime) -> None:
    target = published(connection, now, "target")
    moderating.merge(connection, OPERATOR, waiting(connection, now), 1, target, now)


def _open(connection: Connection, _seeded: Seeded, now: datetime) -> None:
    moderating.open_waiting(connection, OPERATOR, waiting(connection, now), now)


def _answer(connection: Connection, _seeded: Seeded, now: datetime) -> None:
    answering.answer(connection, OFFICIAL, published(connection, now), 2, _ANSWER, now)


def _move(connection: Connection, _seeded: Seeded, now: datetime) -> None:
    row = changing.find(connection, waiting(connection, now))
    changing.move(connection, row, Step.REFUSE, 1, {}, now, by=OPERATOR)


def _support(connection: Connection, _seeded: Seeded, now: datetime) -> None:
    supporting.support(connection, published(connection, now), NEIGHBOUR, now, wanted=True)


def _take_back(connection: Connection, seeded: Seeded, now: datetime) -> None:
    _support(connection, seeded, now)
    supporting.take_back(connection, published(connection, now), NEIGHBOUR)


def _take_all_back(connection: Connection, seeded: Seeded, now: datetime) -> None:
    _support(connection, seeded, now)
    supporting.take_all_back(connection, NEIGHBOUR)


def _withdraw(connection: Connection, _seeded: Seeded, now: datetime) -> None:
    leaving.withdraw(connection, waiting(connection, now), 1, CITIZEN, now)


def _forget_author(connection: Connection, _seeded: Seeded, now: datetime) -> None:
    if not connection.execute(sa.select(proposals.c.id)).first():
        published(connection, now)
    leaving.forget_author(connection, CITIZEN, now, take_down=True)


def _forget_due(connection: Connection, seeded: Seeded, now: datetime) -> None:
    if not connection.execute(sa.select(proposals.c.id)).first():
        _refuse(connection, seeded, now)
        connection.execute(sa.update(proposals).values(answered_at=seeded_long_ago(now)))
    kept.forget_due(connection, kept.UNSHOWN, now, now, 5)


def seeded_long_ago(now: datetime) -> datetime:
    """Return a moment whose term is over."""
    return now.replace(year=now.year - 5)


def _tell(connection: Connection, seeded: Seeded, now: datetime, *, author: bool) -> None:
    _support(connection, seeded, now)
    row = changing.find(connection, published(connection, now))
    tell = telling.tell_author if author else telling.tell_supporters
    tell(connection, row, now)


def _index(connection: Connection, _seeded: Seeded, now: datetime) -> None:
    alike.index(connection, published(connection, now), [_WORDS])


def _table(connection: Connection, now: datetime, actor: int | None) -> None:
    lines = importing.example("kk")["proposals"]
    data = to_csv(importing.FORMS["proposals"], lines, "kk")
    table = read_table(data, "a.csv", importing.FORMS)
    if actor is None:
        importing.put_table(connection, table, now)
    else:
        importing.import_table(connection, actor, table, now)


CASES: dict[str, Callable[[Connection, Seeded, datetime], object]] = {
    "services.proposals.alike.index": _index,
    "services.proposals.answering.answer": _answer,
    "services.proposals.changing.move": _move,
    "services.proposals.importing.import_table": lambda c, _, now: _table(c, now, ADMINISTRATOR),
    "services.proposals.importing.put_table": lambda c, _, now: _table(c, now, None),
    "services.proposals.leaving.forget_author": _forget_author,
    "services.proposals.leaving.withdraw": _withdraw,
    "services.proposals.moderating.merge": _merge,
    "services.proposals.moderating.open_waiting": _open,
    "services.proposals.moderating.publish": _publish,
    "services.proposals.moderating.refuse": _refuse,
    "services.proposals.suggesting.put_on_board": _appeal,
    "services.proposals.suggesting.suggest": lambda c, _, now: waiting(c, now),
    "services.proposals.supporting.support": _support,
    "services.proposals.supporting.take_all_back": _take_all_back,
    "services.proposals.supporting.take_back": _take_back,
    "services.proposals.telling.tell_author": lambda c, s, now: _tell(c, s, now, author=True),
    "services.proposals.telling.tell_supporters": lambda c, s, now: _tell(c, s, now, author=False),
    "services.rights.proposals.forget_due": _forget_due,
}
