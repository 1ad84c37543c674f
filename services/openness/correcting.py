"""Correcting a month that is out: openly, by a second person, with both values shown.

A month of the bot is counted anew, where its counters were mended; one of before is brought anew
as a table. What was hidden in the month stays hidden.
"""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, RowMapping

from services.audit.recording import record
from services.delivery.approval import others_who_may
from services.openness import reading
from services.openness.counting import count_month
from services.openness.figures import Cell, Figures, Month, Share, Source, Told
from services.openness.hiding import tell, told_of
from services.openness.publishing import put
from services.people.deeds import Deed
from services.people.rights import authorise
from services.refusal import N_, Refusal
from storage import openness as rows
from storage.outbox import tell as tell_person
from storage.people import find_person

ASKED, DECIDED = "openness_asked", "openness_decided"
LONGEST_REASON = 500


class Status(StrEnum):
    """How far a correction has come."""

    WAITING = "waiting"
    MADE = reading.MADE
    DECLINED = "declined"
    # Something newer was asked about the same month, or came out before.
    REPLACED = "replaced"


@dataclass(frozen=True, slots=True)
class Reasons:
    """Why a month is corrected, for everybody to read."""

    kk: str
    ru: str


@dataclass(frozen=True, slots=True)
class Asked:
    """A correction as staff see it."""

    id: int
    month: date
    status: Status
    changes: tuple[Mapping[str, Any], ...]
    # Cells that change and are hidden, before and after.
    hidden: int
    reasons: Reasons
    asker: str
    asked_by: int


def recount(connection: Connection, actor: int, month: date) -> Month:
    """Return the figures of a month as the counters have them now (a query).

    Raises Refusal for a month that the bot has not counted, and who may not correct.
    """
    authorise(connection, actor, Deed.CORRECT_OPENNESS)
    if reading.existing_month(connection, month).source is not Source.BOT:
        raise Refusal(N_("The bot has not counted this month. Please send its table."))
    return count_month(connection, month)


def changes_of(
    connection: Connection, month: date, figures: Month
) -> tuple[tuple[dict[str, Any], ...], int]:
    """Return what everybody could read and can then, and how many hidden cells change (a query).

    Raises Refusal where nothing changes.
    """
    was, told_then = reading.kept_figures(connection, month)
    told_now = told_of(figures, told_then)
    changes: list[dict[str, Any]] = []
    hidden = 0
    for cell in sorted({*was, *figures}):
        before = tell(was.get(cell, Figures()), told_then.get(cell, ()))
        after = tell(figures.get(cell, Figures()), told_now.get(cell, ()))
        found = list(_changes(cell, before, after))
        changes += found
        hidden += not found and was.get(cell, Figures()) != figures.get(cell, Figures())
    if not changes and not hidden:
        raise Refusal(N_("These are the figures that are out: there is nothing to correct."))
    return tuple(changes), hidden


def ask_correction(
    connection: Connection,
    actor: int,
    month: date,
    figures: Month,
    reasons: Reasons,
    message: int,
    now: datetime,
) -> Asked:
    """Ask others to let a correction through; return it.

    message: the number of the message that gave the last reason. What waits about the same month
    is replaced. Raises Refusal where nothing changes, a reason is missing, or there is nobody
    else.

    Key: (actor, message).
    """
    authorise(connection, actor, Deed.CORRECT_OPENNESS)
    reading.existing_month(connection, month)
    if not all(0 < len(words.strip()) <= LONGEST_REASON for words in (reasons.kk, reasons.ru)):
        message_id = N_("Please give the reason in both languages, up to {most} characters each.")
        raise Refusal(message_id, most=LONGEST_REASON)
    others = others_who_may(connection, actor, Deed.LET_OPENNESS)
    if not others:
        raise Refusal(
            N_(
                "This needs a second person: another administrator or an auditor, and there is "
                "nobody else yet. Please invite one first."
            )
        )
    changes, _hidden = changes_of(connection, month, figures)
    key = f"{actor}:{message}"
    values = {
        "key": key,
        "month": month,
        "figures": [{**asdict(cell), **each.as_json()} for cell, each in sorted(figures.items())],
        "changes": list(changes),
        "reason_kk": reasons.kk.strip(),
        "reason_ru": reasons.ru.strip(),
        "status": Status.WAITING.value,
        "asked_at": now,
        "asked_by": actor,
    }
    new = rows.add_correction(connection, values)
    row = rows.correction_of(connection, key)
    if new:
        rows.end_others(
            connection, month, Status.WAITING.value, Status.REPLACED.value, row["id"], now
        )
        _tell_others(connection, row, others, now)
        case = f"openness:{month.isoformat()}"
        what = Deed.CORRECT_OPENNESS
        record(connection, who=actor, what=what, on=case, now=now, key=key, correction=row["id"])
    return _asked(connection, row)


def find_correction(connection: Connection, actor: int, correction: int) -> Asked:
    """Return a correction to who asked and to who may let it through (a query)."""
    row = _existing(connection, correction)
    if row["asked_by"] == actor:
        authorise(connection, actor, Deed.CORRECT_OPENNESS)
    else:
        authorise(connection, actor, Deed.LET_OPENNESS)
    return _asked(connection, row)


def waiting_corrections(connection: Connection, actor: int, limit: int) -> tuple[Asked, ...]:
    """Return what waits for a second person, the oldest first (a query)."""
    authorise(connection, actor, Deed.LET_OPENNESS)
    found = rows.waiting(connection, Status.WAITING.value, limit)
    return tuple(_asked(connection, row) for row in found)


def decide_correction(
    connection: Connection, actor: int, correction: int, now: datetime, *, through: bool
) -> Asked:
    """Let a correction through, which puts it out, or decline it; return it as it is then.

    Decided already, it stays as it is. Raises Refusal for who asked, and who may not.

    Key: correction, by its status waiting.
    """
    row = _existing(connection, correction)
    authorise(connection, actor, Deed.LET_OPENNESS)
    if row["asked_by"] == actor:
        raise Refusal(N_("Who asked for a correction cannot let it through: somebody else must."))
    status = Status.MADE if through else Status.DECLINED
    was = Status.WAITING.value
    if rows.decide(connection, correction, was, status.value, actor, now):
        if through:
            _put_out(connection, row, now)
        case = f"openness:{row['month'].isoformat()}"
        key = f"correction:{correction}"
        what = Deed.LET_OPENNESS
        record(connection, who=actor, what=what, on=case, now=now, key=key, through=through)
        _tell_asker(connection, row, actor, now, through=through)
    return _asked(connection, _existing(connection, correction))


def _put_out(connection: Connection, row: RowMapping, now: datetime) -> None:
    month = row["month"]
    _was, told = reading.kept_figures(connection, month)
    figures = {reading.cell_of(each): reading.figures_of(each) for each in row["figures"]}
    put(connection, month, figures, told)
    rows.note_correction(connection, month, now)


def _changes(cell: Cell, before: Told, after: Told) -> Iterable[dict[str, Any]]:
    for name in Told.__slots__:
        was, now = getattr(before, name), getattr(after, name)
        if was != now:
            yield {
                "region": cell.region,
                "topic": cell.topic,
                "figure": name,
                "before": _value(was),
                "after": _value(now),
            }


def _value(value: Any) -> Any:
    if isinstance(value, Share):
        return share_json(value)
    return round(value, 2) if isinstance(value, float) else value


def share_json(share: Share) -> dict[str, int]:
    """Return a share as the file writes it: per_cent, or the bound that is told instead."""
    if share.exact is not None:
        return {"per_cent": share.exact}
    if share.over is not None:
        return {"more_than": share.over}
    return {"less_than": share.under or 0}


def _tell_others(
    connection: Connection, row: RowMapping, others: Iterable[int], now: datetime
) -> None:
    asker = find_person(connection, row["asked_by"])
    payload = {
        "correction": row["id"],
        "month": row["month"].isoformat(),
        "asker": asker["name"] if asker else "",
        "reason_kk": row["reason_kk"],
        "reason_ru": row["reason_ru"],
    }
    for person in others:
        tell_person(connection, person, ASKED, f"{ASKED}:{row['id']}:{person}", payload, now)


def _tell_asker(
    connection: Connection, row: RowMapping, by: int, now: datetime, *, through: bool
) -> None:
    decider = find_person(connection, by)
    payload = {
        "correction": row["id"],
        "month": row["month"].isoformat(),
        "name": decider["name"] if decider else "",
        "through": through,
    }
    tell_person(connection, row["asked_by"], DECIDED, f"{DECIDED}:{row['id']}", payload, now)


def _existing(connection: Connection, correction: int) -> RowMapping:
    row = rows.find_correction(connection, correction)
    if row is None:
        raise Refusal(N_("There is no such correction."))
    return row


def _asked(connection: Connection, row: RowMapping) -> Asked:
    asker = find_person(connection, row["asked_by"])
    seen = {(each["region"], each["topic"]) for each in row["changes"]}
    was, _told = reading.kept_figures(connection, row["month"])
    now = {reading.cell_of(each): reading.figures_of(each) for each in row["figures"]}
    hidden = sum(
        was.get(cell, Figures()) != now.get(cell, Figures())
        for cell in {*was, *now}
        if (cell.region, cell.topic) not in seen
    )
    return Asked(
        row["id"],
        row["month"],
        Status(row["status"]),
        tuple(row["changes"]),
        hidden if row["status"] == Status.WAITING.value else 0,
        Reasons(row["reason_kk"], row["reason_ru"]),
        asker["name"] if asker else "",
        row["asked_by"],
    )
