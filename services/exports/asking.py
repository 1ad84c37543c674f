"""Files that hold persons or their words: asked for with a reason, let out, taken once."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from services.appeals.reasons import checked_reason
from services.audit.recording import record
from services.delivery.approval import EXPORT, Approval, ask_second, existing
from services.delivery.letting_out import take
from services.delivery.territory import require_poll
from services.exports.kinds import HOLDINGS, Export
from services.exports.sources import EXPORTS, Scope, Source
from services.people.deeds import Deed
from services.people.rights import authorise
from services.polls.reading import find_poll
from services.programmes.composing import where_is
from services.programmes.desk import find_programme
from services.refusal import N_, Refusal

_OF_POLLS = frozenset({Export.NAMED, Export.WORDS})


@dataclass(frozen=True, slots=True)
class Taken:
    """What the file is made of."""

    kind: Export
    of: int
    data: Any = field(repr=False)


def describe_export(
    connection: Connection, kind: Export, of: int, by: int, now: datetime
) -> Scope:
    """Return what the file would hold (a query).

    Raises Refusal for whoever may not ask, and where there is nothing to put into it.
    """
    return _source(connection, kind, of, by).describe(connection, of, now)


def ask_export(
    connection: Connection,
    kind: Export,
    of: int,
    by: int,
    message_id: int,
    reason: str,
    now: datetime,
) -> Approval:
    """Ask another administrator or an auditor to let a file out; return the request.

    message_id is of the message that gives the reason. Raises Refusal for whoever may not ask,
    without a reason in words, where the file would be empty, and where there is nobody else.

    Key: (kind, of which, who asks, message id).
    """
    scope = describe_export(connection, kind, of, by, now)
    content = {
        "export": kind.value,
        "of": of,
        "title_kk": scope.title_kk,
        "title_ru": scope.title_ru,
        "rows": scope.rows,
        "until": scope.until,
        "reason": checked_reason(reason),
    }
    approval = ask_second(
        connection,
        subject=f"{EXPORT}:{kind.value}:{of}:{by}",
        version=message_id,
        content=content,
        rows_in_all=scope.rows,
        by=by,
        now=now,
    )
    record(
        connection,
        who=by,
        what=Deed.ASK_EXPORT,
        on=f"{EXPORT}:{kind.value}:{of}",
        now=now,
        key=f"approval:{approval.id}",
        approval=approval.id,
        rows=scope.rows,
    )
    return approval


def take_export(connection: Connection, approval_id: int, by: int, now: datetime) -> Taken:
    """Return what the file holds that was let out, and write down that it was taken.

    Raises Refusal for anybody but who asked, where it was not let out, too late, and the second
    time.

    Key: approval, by its use.
    """
    approval = existing(connection, approval_id)
    if approval.kind != EXPORT:
        raise Refusal(N_("There is no such request."))
    kind, of = Export(approval.content["export"]), int(approval.content["of"])
    source = _source(connection, kind, of, by)
    approval = take(connection, approval_id, by, now)
    data = source.read(connection, by, of, approval.content["until"], now)
    record(
        connection,
        who=by,
        what=Deed.EXPORT,
        on=f"{EXPORT}:{kind.value}:{of}",
        now=now,
        key=f"approval:{approval.id}",
        approval=approval.id,
        let_out_by=approval.decided_by,
    )
    return Taken(kind, of, data)


def _source(connection: Connection, kind: Export, of: int, by: int) -> Source:
    source = EXPORTS.get(kind)
    if source is None:
        raise Refusal(N_("This file needs no second person."))
    authorise(connection, by, Deed.ASK_EXPORT)
    reached = authorise(connection, by, HOLDINGS[kind].deed)
    if kind is Export.PARTICIPANTS:
        reached.require(where_is(find_programme(connection, of)))
    poll = find_poll(connection, of) if kind in _OF_POLLS else None
    if poll is not None:
        require_poll(reached, poll.poll.target)
    return source
