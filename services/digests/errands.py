"""What a reader does with a digest besides reading it, and what becomes of it.

An errand is taken on, given to somebody by name and day, or asked of the operators. Whoever has
it accepts it and says when it is done; who gave it hears of both and may call it off.
"""

from datetime import date, datetime
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import Connection

from services.appeals.recipients import desk
from services.appeals.wording import comment_problem
from services.audit.recording import record
from services.clock import local_date
from services.digests.delegates import find_delegate
from services.digests.errand import About, Errand, ErrandState, errand_of
from services.digests.model import ErrandKind
from services.digests.reading_proof import require_own
from services.people.deeds import Deed
from services.people.rights import authorise
from services.refusal import N_, Refusal
from services.roadmap.desk import official_of
from storage import errands as rows
from storage import people
from storage.outbox import tell

GIVEN, ACCEPTED, DONE = "errand_given", "errand_accepted", "errand_done"
ASKED, ANSWERED, CALLED_OFF = "errand_asked", "errand_answered", "errand_called_off"
RETURNED = "errand_returned"
_ABOUT = TypeAdapter(About)
_BATCH = 100
_LONGEST = 60  # days ahead; the longest term that is offered is ten working days


def take_on(
    connection: Connection, actor: int, digest_id: int, due_on: date, now: datetime
) -> Errand:
    """Take a digest on up to a day; digest_id is 0 for the desk of this day. Raises Refusal.

    Key: (actor, digest); the first day stands.
    """
    official = require_own(connection, Deed.GIVE_ERRAND, actor, digest_id)
    key = taking_key(actor, digest_id, now)
    found = rows.find_by_key(connection, key)
    if found is not None:
        return errand_of(found)
    wanted = {
        "key": key,
        "kind": ErrandKind.ACCEPTED.value,
        "person_id": actor,
        "text": "",
        "due_on": _due(due_on, now),
        "accepted_at": now,
    }
    return _added(connection, actor, official, digest_id, wanted, now)


def delegate(
    connection: Connection,
    actor: int,
    digest_id: int,
    person_id: int,
    due_on: date,
    words: tuple[int, str],
    now: datetime,
) -> Errand:
    """Give somebody an errand up to a day, and tell them.

    words: the message with the words and what it says; (0, "") where there are none. Raises
    Refusal where this person may not see what the actor sees.

    Key: (actor, digest, person, day, message id).
    """
    official = require_own(connection, Deed.GIVE_ERRAND, actor, digest_id)
    message_id, text = words
    key = f"{actor}:give:{digest_id}:{person_id}:{due_on.toordinal()}:{message_id}"
    found = rows.find_by_key(connection, key)
    if found is not None:
        return errand_of(found)
    find_delegate(connection, actor, person_id, now)
    wanted = {
        "key": key,
        "kind": ErrandKind.DELEGATED.value,
        "person_id": person_id,
        "text": _words(text) if message_id else "",
        "due_on": _due(due_on, now),
    }
    errand = _added(connection, actor, official, digest_id, wanted, now)
    _tell(connection, person_id, GIVEN, errand, now)
    return errand


def ask_operators(
    connection: Connection,
    actor: int,
    digest_id: int,
    message_id: int,
    text: str,
    now: datetime,
) -> Errand:
    """Ask the operators on duty about a digest; raises Refusal.

    Key: (actor, message id).
    """
    official = require_own(connection, Deed.GIVE_ERRAND, actor, digest_id)
    key = f"{actor}:ask:{message_id}"
    found = rows.find_by_key(connection, key)
    if found is not None:
        return errand_of(found)
    wanted = {"key": key, "kind": ErrandKind.ASKED.value, "text": _words(text)}
    errand = _added(connection, actor, official, digest_id, wanted, now)
    for operator in desk(connection):
        _tell(connection, operator, ASKED, errand, now)
    return errand


def accept_errand(connection: Connection, actor: int, errand_id: int, now: datetime) -> Errand:
    """Say that the errand has been taken, and tell who gave it; raises Refusal.

    Key: errand; the first moment stands.
    """
    errand = _own(connection, actor, errand_id)
    if errand.state is ErrandState.CALLED_OFF:
        raise Refusal(N_("This errand has been called off."))
    if rows.note_accepted(connection, errand_id, now):
        if errand.by != actor:
            _tell(connection, errand.by, ACCEPTED, errand, now)
        _record(connection, actor, Deed.HAVE_ERRAND, errand_id, "accepted", now)
    return _found(connection, errand_id)


def finish_errand(
    connection: Connection, actor: int, errand_id: int, text: str | None, now: datetime
) -> Errand:
    """Say that the errand is done, in words if there are any, and tell who gave it.

    A question is done when it is answered, by the first operator who does; it needs words. Raises
    Refusal where the errand is somebody else's, was called off, or was answered by another.

    Key: errand; the first end stands.
    """
    errand = _own(connection, actor, errand_id)
    if errand.state is ErrandState.CALLED_OFF:
        raise Refusal(N_("This errand has been called off."))
    if errand.state is not ErrandState.DONE:
        asked = errand.kind is ErrandKind.ASKED
        reply = _words(text or "") if text is not None or asked else None
        if rows.end_errand(connection, errand_id, actor, reply, now):
            kind = ANSWERED if asked else DONE
            if errand.by != actor:
                _tell(connection, errand.by, kind, _found(connection, errand_id), now)
            deed = Deed.ANSWER_QUESTION if asked else Deed.HAVE_ERRAND
            _record(connection, actor, deed, errand_id, "done", now)
        errand = _found(connection, errand_id)
    if errand.kind is ErrandKind.ASKED and errand.done_by != actor:
        raise Refusal(N_("This question has already been answered."))
    return errand


def call_off_errand(connection: Connection, actor: int, errand_id: int, now: datetime) -> Errand:
    """Call off an errand of one's own giving and tell who has it; raises Refusal.

    One that is done stays done.

    Key: errand; the first end stands.
    """
    errand = _found(connection, errand_id)
    official_of(connection, Deed.GIVE_ERRAND, actor)
    if errand.by != actor:
        raise Refusal(N_("There is no such errand."))
    if errand.state is ErrandState.DONE:
        raise Refusal(N_("This errand is done already."))
    told = errand.kind is ErrandKind.DELEGATED and errand.person_id is not None
    if rows.call_off(connection, errand_id, now):
        if told and errand.person_id is not None:
            _tell(connection, errand.person_id, CALLED_OFF, errand, now)
        _record(connection, actor, Deed.GIVE_ERRAND, errand_id, "called_off", now)
    return _found(connection, errand_id)


def return_errands(connection: Connection, person_id: int, now: datetime) -> int:
    """End what somebody who leaves the staff has, and tell those who gave it; return how many.

    Key: errand; the first end stands.
    """
    returned = 0
    while found := rows.errands_to(connection, person_id, asked=False, before=0, limit=_BATCH):
        for errand in map(errand_of, found):
            rows.call_off(connection, errand.id, now)
            if errand.by != person_id:
                _tell(connection, errand.by, RETURNED, errand, now)
                returned += 1
    return returned


def taking_key(actor: int, digest_id: int, now: datetime) -> str:
    """Return the key under which a digest is taken on once."""
    return f"{actor}:take:{digest_id or local_date(now).isoformat()}"


def _added(
    connection: Connection,
    actor: int,
    official: str,
    digest_id: int,
    values: dict[str, Any],
    now: datetime,
) -> Errand:
    whole = {
        "digest_id": digest_id or None,
        "by": actor,
        "official": official,
        "created_at": now,
        **values,
    }
    errand = errand_of(rows.add_errand(connection, whole))
    _record(connection, actor, Deed.GIVE_ERRAND, errand.id, "given", now)
    return errand


def _record(
    connection: Connection, actor: int, deed: Deed, errand_id: int, step: str, now: datetime
) -> None:
    case = f"errand:{errand_id}"
    record(connection, who=actor, what=deed, on=case, now=now, key=step, step=step)


def _own(connection: Connection, actor: int, errand_id: int) -> Errand:
    """Return an errand that the actor has, or any operator has where they are one."""
    errand = _found(connection, errand_id)
    if errand.kind is ErrandKind.ASKED:
        authorise(connection, actor, Deed.ANSWER_QUESTION)
        return errand
    authorise(connection, actor, Deed.HAVE_ERRAND)
    if errand.person_id != actor:
        raise Refusal(N_("There is no such errand."))
    return errand


def _found(connection: Connection, errand_id: int) -> Errand:
    found = rows.find_errand(connection, errand_id)
    if found is None:
        raise Refusal(N_("There is no such errand."))
    return errand_of(found)


def _due(day: date, now: datetime) -> date:
    """Return the day; one that no button offered begins anew."""
    today = local_date(now)
    if not today < day or (day - today).days > _LONGEST:
        raise Refusal(N_("This day cannot be chosen any more. Please choose again."))
    return day


def _words(text: str) -> str:
    text = text.replace("\x00", "").strip()
    problem = comment_problem(text)
    if problem is not None:
        raise Refusal(problem)
    return text


def _tell(
    connection: Connection, person_id: int, kind: str, errand: Errand, now: datetime
) -> None:
    """Tell somebody once what became of an errand: numbers, codes and the words of the staff.

    Who has left the staff since hears nothing of it.
    """
    if not people.current_roles(connection, person_id):
        return
    payload = {
        "errand": errand.id,
        "official": errand.official,
        "person": errand.person_name,
        "person_official": errand.person_official,
        "text": errand.text,
        "due_on": errand.due_on.isoformat() if errand.due_on else None,
        "digest": _digest(errand),
        "reply": errand.reply,
    }
    tell(connection, person_id, kind, f"{kind}:{errand.id}:{person_id}", payload, now)


def _digest(errand: Errand) -> dict[str, Any] | None:
    if errand.about is None:
        return None
    told: dict[str, Any] = _ABOUT.dump_python(errand.about, mode="json")
    return told
