"""The form and the sessions of a programme, as the editor changes them.

Each change raises the version of the programme and names the one it saw.
"""

from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from services.audit.recording import record
from services.clock import local_date
from services.people.deeds import Deed
from services.programmes.composing import held, require_seen
from services.programmes.model import (
    HOLDING,
    PUBLIC,
    Field,
    Programme,
    Session,
    field_of,
    session_of,
)
from services.programmes.queue import locked
from services.programmes.rules import (
    LONGEST_PLACE,
    LONGEST_TITLE,
    MOST_SESSIONS,
    check_field,
    check_pair,
)
from services.programmes.telling import MOVED, tell_all, told_of_session
from services.refusal import N_, Refusal
from storage import programmes as rows
from storage import signups as people


def put_field(
    connection: Connection, by: int, programme_id: int, seen: int, field: Field, now: datetime
) -> Programme:
    """Ask this in the form; a new question has no code yet and comes last.

    What a question is (text, number, ...) stays as it is once somebody has signed up. Raises
    Refusal.

    Key: (programme, version seen).
    """
    programme = held(connection, by, programme_id, Deed.RUN_PROGRAMMES)
    present = tuple(map(field_of, rows.fields_of(connection, programme_id, retired=True)))
    code = field.code or f"q{seen}"
    known = next((one for one in present if one.code == code), None)
    position = known.position if known else max((one.position for one in present), default=0) + 1
    field = replace(field, code=code, position=position)
    if known == field:
        return programme
    require_seen(programme, seen)
    check_field(field, [one for one in present if not one.retired])
    changed = known is not None and (known.kind, known.options) != (field.kind, field.options)
    if changed and people.anybody_answered(connection, programme_id):
        message = N_("People have answered this question already. Please add another one instead.")
        raise Refusal(message)
    rows.put_field(connection, {"programme_id": programme_id, **values_of(field)})
    return _raise_version(connection, by, programme, now, f"field {code}")


def drop_field(
    connection: Connection, by: int, programme_id: int, seen: int, code: str, now: datetime
) -> Programme:
    """Ask this no more; where somebody has signed up it is kept for their answers.

    Key: (programme, version seen).
    """
    programme = held(connection, by, programme_id, Deed.RUN_PROGRAMMES)
    present = {row["code"]: row for row in rows.fields_of(connection, programme_id)}
    if code not in present:
        return programme
    require_seen(programme, seen)
    if people.anybody_answered(connection, programme_id):
        rows.put_field(connection, {**present[code], "retired": True})
    else:
        rows.delete_field(connection, programme_id, code)
    return _raise_version(connection, by, programme, now, f"field {code}")


def put_session(
    connection: Connection, by: int, programme_id: int, seen: int, session: Session, now: datetime
) -> Programme:
    """Plan a session, number 0 for a new one; whoever has a place hears of another time or place.

    Raises Refusal where it lies in the past or outside of the days of the programme.

    Key: (programme, version seen).
    """
    programme = held(connection, by, programme_id, Deed.RUN_PROGRAMMES)
    present = {
        row["number"]: session_of(row) for row in rows.sessions_of(connection, programme_id)
    }
    new = replace(session, number=0)
    if session.number == 0 and any(new == replace(one, number=0) for one in present.values()):
        return programme
    number = session.number or max(present, default=0) + 1
    session, known = replace(session, number=number), present.get(number)
    if known == session:
        return programme
    require_seen(programme, seen)
    if known is None and len(present) >= MOST_SESSIONS:
        raise Refusal(N_("A programme has at most {most} sessions."), most=MOST_SESSIONS)
    check_pair(session.title_kk, session.title_ru, LONGEST_TITLE, needed=False)
    check_pair(session.place_kk, session.place_ru, LONGEST_PLACE, needed=False)
    if session.starts_at <= now:
        raise Refusal(N_("This time has already passed. Please choose a later one."))
    if not programme.begins_on <= local_date(session.starts_at) <= programme.ends_on:
        raise Refusal(N_("This lies outside of the days of the programme."))
    values = {name: getattr(session, name) for name in Session.__dataclass_fields__}
    rows.put_session(connection, {"programme_id": programme_id, **values, "reminded": 0})
    if known is not None:
        tell_moved(connection, programme, known, session, now)
    return _raise_version(connection, by, programme, now, f"session {number}")


def drop_session(
    connection: Connection, by: int, programme_id: int, seen: int, number: int, now: datetime
) -> Programme:
    """Take a session that is ahead away and tell whoever has a place; raises Refusal.

    Key: (programme, version seen).
    """
    programme = held(connection, by, programme_id, Deed.RUN_PROGRAMMES)
    row = rows.find_session(connection, programme_id, number)
    if row is None:
        return programme
    require_seen(programme, seen)
    session = session_of(row)
    if session.starts_at <= now:
        raise Refusal(N_("This session has been already: it stays for who came to it."))
    rows.delete_session(connection, programme_id, number)
    _tell(connection, programme, session, now, gone=True)
    return _raise_version(connection, by, programme, now, f"session {number}")


def values_of(field: Field) -> dict[str, Any]:
    """Return the columns of a question."""
    return {
        "code": field.code,
        "position": field.position,
        "kind": field.kind.value,
        "label_kk": field.label_kk,
        "label_ru": field.label_ru,
        "options": [{"code": one.code, "kk": one.kk, "ru": one.ru} for one in field.options],
        "required": field.required,
        "retired": field.retired,
    }


def tell_moved(
    connection: Connection, programme: Programme, known: Session, session: Session, now: datetime
) -> None:
    """Tell whoever has a place where a session that was ahead has another time or place.

    Key: (programme, session, moment).
    """
    former = (known.starts_at, known.place_kk, known.place_ru)
    same = former == (session.starts_at, session.place_kk, session.place_ru)
    if known.starts_at > now and not same:
        _tell(connection, programme, session, now, gone=False)


def _tell(
    connection: Connection,
    programme: Programme,
    session: Session,
    now: datetime,
    *,
    gone: bool,
) -> None:
    if programme.status not in PUBLIC:
        return
    key = f"{session.number}:{now:%Y%m%d%H%M%S}"
    more = {**told_of_session(session), "gone": gone}
    tell_all(connection, programme, HOLDING, MOVED, key, more, now)


def _raise_version(
    connection: Connection, by: int, programme: Programme, now: datetime, what: str
) -> Programme:
    rows.change_programme(
        connection, programme.id, programme.version, {"status": programme.status}
    )
    on, key = f"programme:{programme.id}", str(programme.version)
    record(connection, who=by, what=Deed.RUN_PROGRAMMES, on=on, now=now, key=key, changed=what)
    return locked(connection, programme.id)
