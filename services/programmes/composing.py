"""Writing a programme: begun as a draft that only the staff see, opened, closed, called off."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection

from services.audit.recording import record
from services.clock import local_date
from services.people.deeds import Deed
from services.people.rights import Reached, Where, authorise
from services.programmes.model import (
    ACTIVE,
    Programme,
    ProgrammeKind,
    ProgrammeStatus,
    programme_of,
)
from services.programmes.queue import locked, pass_on
from services.programmes.rules import check_pair, check_places, check_values
from services.programmes.signing_up import SAME_AGAIN
from services.programmes.telling import CALLED_OFF, tell_all
from services.refusal import N_, Refusal
from storage import programmes as rows

LONGEST_REASON = 300
_REGION = 2  # digits of its KATO prefix
# What a change may name.
COLUMNS = frozenset(
    {
        *(
            f"{name}_{language}"
            for name in ("title", "text", "terms", "place", "consent")
            for language in ("kk", "ru")
        ),
        *("region", "district", "photo", "begins_on", "ends_on", "sign_up_until"),
        *("capacity", "waiting", "certificate", "certificate_from", "news_topic"),
    }
)
_EMPTY: Mapping[str, Any] = {
    **{
        f"{name}_{language}": ""
        for name in ("terms", "place", "consent")
        for language in ("kk", "ru")
    },
    "region": None,
    "district": None,
    "capacity": None,
}


def where_is(programme: Programme) -> Where:
    """Return where a programme lies, for the check of rights."""
    return Where(None, programme.region, programme.district)


def held(connection: Connection, by: int, programme_id: int, deed: Deed) -> Programme:
    """Return a programme locked, for somebody who may do this with it; raises Refusal."""
    programme = locked(connection, programme_id)
    authorise(connection, by, deed, where_is(programme))
    return programme


def begin_programme(
    connection: Connection, by: int, draft_id: str, values: Mapping[str, Any], now: datetime
) -> Programme:
    """Keep a draft: kind, title, text, begins_on and ends_on, each text in both languages.

    Until its first day one may sign up. It is for the place of who begins it, where they look
    after one place only. Raises Refusal where something cannot be so.

    Key: draft_id.
    """
    reached = authorise(connection, by, Deed.RUN_PROGRAMMES)
    kind = ProgrammeKind(values["kind"])
    whole = {
        **_EMPTY,
        **_own_place(reached),
        **values,
        "kind": kind.value,
        "draft_id": draft_id,
        "sign_up_until": values["begins_on"],
        "status": ProgrammeStatus.DRAFT.value,
        "certificate": kind is ProgrammeKind.SCHOOL,
        "created_by": by,
        "created_at": now,
    }
    reached.require(Where(None, whole["region"], whole["district"]))
    check_values(whole, local_date(now))
    known = rows.find_draft(connection, draft_id)
    programme = programme_of(known or rows.add_programme(connection, whole))
    if known is None:
        _record(connection, by, programme, now, begun=True)
    return programme


def change_programme(
    connection: Connection,
    by: int,
    programme_id: int,
    seen: int,
    changes: Mapping[str, Any],
    now: datetime,
) -> Programme:
    """Change these columns and return the programme; new places go to those who wait.

    Raises Refusal where something cannot be so, or somebody else has changed it meanwhile.

    Key: (programme, version seen).
    """
    programme = held(connection, by, programme_id, Deed.RUN_PROGRAMMES)
    if unknown := changes.keys() - COLUMNS:
        raise LookupError(", ".join(sorted(unknown)))
    if all(getattr(programme, name) == value for name, value in changes.items()):
        return programme
    require_seen(programme, seen)
    whole = {name: getattr(programme, name) for name in Programme.__dataclass_fields__}
    whole |= changes
    check_values(whole, local_date(now))
    check_places(programme, whole["capacity"])
    _check_sessions(connection, programme_id, whole["begins_on"], whole["ends_on"])
    authorise(connection, by, Deed.RUN_PROGRAMMES, Where(None, whole["region"], whole["district"]))
    values = dict(changes)
    if changes.keys() & {"consent_kk", "consent_ru"}:
        values["consent_version"] = programme.consent_version + 1
    return _write(connection, by, programme, values, now)


def open_programme(
    connection: Connection, by: int, programme_id: int, seen: int, now: datetime
) -> Programme:
    """Let people sign up; raises Refusal for what is over or was called off.

    Key: (programme, version seen).
    """
    programme = held(connection, by, programme_id, Deed.RUN_PROGRAMMES)
    if programme.status is ProgrammeStatus.OPEN:
        return programme
    require_seen(programme, seen)
    today = local_date(now)
    if programme.over(today):
        raise Refusal(N_("This programme is over. Please set other days first."))
    if today > programme.sign_up_until:
        raise Refusal(N_("The last day of signing up has passed. Please set a later one first."))
    values = {"status": ProgrammeStatus.OPEN.value, "opened_at": now}
    return _write(connection, by, programme, values, now)


def close_programme(
    connection: Connection, by: int, programme_id: int, seen: int, now: datetime
) -> Programme:
    """Let nobody sign up any more; it goes on for those who did.

    Key: (programme, version seen).
    """
    programme = held(connection, by, programme_id, Deed.RUN_PROGRAMMES)
    if programme.status is ProgrammeStatus.CLOSED:
        return programme
    require_seen(programme, seen)
    if programme.status is not ProgrammeStatus.OPEN:
        raise Refusal(N_("Nobody signs up for this programme now."))
    return _write(connection, by, programme, {"status": ProgrammeStatus.CLOSED.value}, now)


def call_off_programme(
    connection: Connection,
    by: int,
    programme_id: int,
    seen: int,
    reason: tuple[str, str],
    now: datetime,
) -> Programme:
    """Call a programme off and tell everybody who takes part or waits why, in their language.

    Key: (programme, version seen).
    """
    programme = held(connection, by, programme_id, Deed.RUN_PROGRAMMES)
    if programme.status is ProgrammeStatus.CALLED_OFF:
        return programme
    require_seen(programme, seen)
    if programme.status is ProgrammeStatus.DRAFT:
        raise Refusal(N_("Nobody has seen this programme yet: there is nothing to call off."))
    check_pair(*reason, LONGEST_REASON, needed=True)
    more = dict(zip(("reason_kk", "reason_ru"), reason, strict=True))
    tell_all(connection, programme, ACTIVE, CALLED_OFF, "", more, now)
    return _write(connection, by, programme, {"status": ProgrammeStatus.CALLED_OFF.value}, now)


def require_seen(programme: Programme, seen: int) -> None:
    """Raise Refusal where the programme is not as it was seen, or was called off."""
    if programme.status is ProgrammeStatus.CALLED_OFF:
        raise Refusal(N_("This programme was called off."))
    if programme.version != seen:
        raise Refusal(SAME_AGAIN)


def _own_place(reached: Reached) -> dict[str, str | None]:
    area = "" if reached.everywhere else reached.grants[0].area
    return {"region": area[:_REGION] or None, "district": area if len(area) > _REGION else None}


def _write(
    connection: Connection, by: int, programme: Programme, values: Mapping[str, Any], now: datetime
) -> Programme:
    rows.change_programme(connection, programme.id, programme.version, values)
    _record(connection, by, programme, now, changed=", ".join(sorted(values)))
    pass_on(connection, programme.id, now)
    return locked(connection, programme.id)


def _check_sessions(
    connection: Connection, programme_id: int, begins_on: date, ends_on: date
) -> None:
    days = [local_date(row["starts_at"]) for row in rows.sessions_of(connection, programme_id)]
    if days and not (begins_on <= min(days) and max(days) <= ends_on):
        raise Refusal(N_("A session lies outside of these days. Please change it first."))


def _record(
    connection: Connection, by: int, programme: Programme, now: datetime, **details: bool | str
) -> None:
    on, key = f"programme:{programme.id}", str(programme.version)
    record(connection, who=by, what=Deed.RUN_PROGRAMMES, on=on, now=now, key=key, **details)
