"""Leaving the staff: access ends at once, and what was open goes to somebody else.

What can be read is asked of the roles at every use, so the end of a role is the end of access.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, RowMapping

from services.appeals.handing_over import hand_over
from services.appeals.rights import DESK, may_handle
from services.audit.recording import record
from services.clock import local_date
from services.digests.errands import return_errands
from services.people.deeds import Deed
from services.people.invitations import revoke_all_of
from services.people.letters_of_work import LETTERS_OF_WORK
from services.people.model import Role
from services.people.rights import Grant, Reached, authorise
from services.people.told import administrators, grant_payload
from services.refusal import N_, Refusal
from storage import staff as rows
from storage.duties import go_off_duty
from storage.outbox import drop_waiting, tell
from storage.sessions import drop_session

ENDED, LEFT = "staff_ended", "staff_left"


@dataclass(frozen=True, slots=True)
class Left:
    """What ended, and what went to somebody else: open appeals and errands."""

    ended: tuple[Grant, ...]
    appeals: int = 0
    errands: int = 0
    # Whether the person is none of the staff any more.
    gone: bool = True


def dismiss(connection: Connection, actor: int, person_id: int, now: datetime) -> Left:
    """End everything that somebody holds; nothing where they hold nothing. Raises Refusal.

    The last administrator of the whole organisation stays.

    Key: (person, role, area, section), until it is given again.
    """
    authorise(connection, actor, Deed.DISMISS)
    return _end(connection, actor, person_id, rows.hold_roles(connection, person_id), now)


def dismiss_by_shell(connection: Connection, person_id: int, now: datetime) -> Left:
    """End everything that somebody holds, on the server; raises Refusal as `dismiss` does.

    Key: (person, role, area, section), until it is given again.
    """
    return _end(connection, None, person_id, rows.hold_roles(connection, person_id), now)


def end_role(connection: Connection, actor: int, person_id: int, of: Grant, now: datetime) -> Left:
    """End one role of somebody for one place and section; raises Refusal as `dismiss` does.

    Key: (person, role, area, section), until it is given again.
    """
    authorise(connection, actor, Deed.DISMISS)
    held = rows.hold_roles(connection, person_id)
    return _end(connection, actor, person_id, [row for row in held if _is(row, of)], now)


def _end(
    connection: Connection,
    actor: int | None,
    person_id: int,
    ending: Sequence[RowMapping],
    now: datetime,
) -> Left:
    if not ending:
        return Left((), gone=not rows.hold_roles(connection, person_id))
    _keep_an_administrator(connection, person_id, ending)
    for row in ending:
        rows.end_role(connection, person_id, row["role"], row["area"], row["section"], now)
        _record(connection, actor, person_id, row, now)
    ended = tuple(map(_grant, ending))
    remaining = tuple(map(_grant, rows.hold_roles(connection, person_id)))
    errands = _stop_work(connection, actor, person_id, remaining, now)
    still = Reached(remaining)
    day = local_date(now)
    handed = hand_over(
        connection,
        person_id,
        None,
        now,
        keeps=lambda appeal: may_handle(connection, still, appeal, person_id, day),
    )
    left = Left(ended, handed.count, errands, gone=not remaining)
    _tell(connection, actor, person_id, left, ending, now)
    return left


def _keep_an_administrator(
    connection: Connection, person_id: int, ending: Iterable[RowMapping]
) -> None:
    if any(Role(row["role"]) is Role.ADMINISTRATOR and _grant(row).unbounded for row in ending):
        others = set(rows.hold_holders(connection, Role.ADMINISTRATOR.value)) - {person_id}
        if not others:
            raise Refusal(N_("This is the last administrator. Please invite another one first."))


def _stop_work(
    connection: Connection,
    actor: int | None,
    person_id: int,
    remaining: Sequence[Grant],
    now: datetime,
) -> int:
    """End what goes with the roles that ended; return how many errands went back."""
    rows.let_texts_go(connection, person_id)
    if not any(grant.role in DESK for grant in remaining):
        go_off_duty(connection, person_id)
    if not any(grant.role is Role.ADMINISTRATOR for grant in remaining):
        revoke_all_of(connection, person_id, actor, now)
    if remaining:
        return 0
    drop_session(connection, person_id)
    drop_waiting(connection, person_id, LETTERS_OF_WORK)
    rows.withdraw_requests(connection, person_id, actor, now)
    return return_errands(connection, person_id, now)


def _record(
    connection: Connection, actor: int | None, person_id: int, row: RowMapping, now: datetime
) -> None:
    details = grant_payload(_grant(row))
    on = f"person:{person_id}"
    record(connection, who=actor, what=Deed.DISMISS, on=on, now=now, key=_name(row), **details)


def _tell(
    connection: Connection,
    actor: int | None,
    person_id: int,
    left: Left,
    ending: Sequence[RowMapping],
    now: datetime,
) -> None:
    """Tell the person what ended, and the administrators what became of it."""
    grants = [grant_payload(grant) for grant in left.ended]
    key = "+".join(_name(row) for row in ending[:1])
    payload = {"grants": grants, "gone": left.gone}
    tell(connection, person_id, ENDED, f"{ENDED}:{person_id}:{key}", payload, now)
    names = rows.staff_names(connection, [each for each in (person_id, actor) if each is not None])
    payload |= {
        "person": person_id,
        "name": names.get(person_id, ""),
        "by": names.get(actor, "") if actor is not None else None,
        "appeals": left.appeals,
        "errands": left.errands,
    }
    for each in administrators(connection, but=actor):
        if each != person_id:
            tell(connection, each, LEFT, f"{LEFT}:{person_id}:{key}:{each}", payload, now)


def _name(row: RowMapping) -> str:
    """Return what tells this holding of a role from another one, earlier or later."""
    place = f"{row['role']}:{row['area']}:{row['section']}"
    return f"{place}:{row['since'].isoformat(timespec='seconds')}"


def _is(row: RowMapping, grant: Grant) -> bool:
    return (row["role"], row["area"], row["section"]) == (
        grant.role.value,
        grant.area,
        grant.section,
    )


def _grant(row: RowMapping) -> Grant:
    return Grant(Role(row["role"]), row["area"], row["section"], row["official"])
