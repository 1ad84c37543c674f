"""Signing up for a programme, taking a place that was offered, leaving."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Connection

from services.clock import local_date
from services.language import Language
from services.people.agreement import require_consent
from services.people.consent import ConsentKind
from services.programmes.form import check_answers, read_name
from services.programmes.model import (
    Programme,
    ProgrammeStatus,
    SignUp,
    SignUpStatus,
    field_of,
    signup_of,
)
from services.programmes.queue import leave_place, locked
from services.refusal import N_, Refusal
from storage import programmes as rows
from storage import signups as people

SAME_AGAIN = N_("This has changed meanwhile. Here is how it stands now.")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody says of themselves who wants to take part.

    consent: the version of the programme's own text that they agreed to.
    """

    name: str = field(repr=False)
    answers: Mapping[str, str] = field(repr=False)
    consent: int


def sign_up(
    connection: Connection,
    person_id: int,
    programme_id: int,
    wanted: Wanted,
    seen: int,
    language: Language,
    now: datetime,
) -> SignUp:
    """Give the person a place, or one in the queue where none is free; return how they stand.

    seen: the version of the earlier sign-up of theirs, 0 where there is none; where it is another
    one by now nothing changes. Raises ConsentNeeded without the general consent, and Refusal
    where nobody signs up any more, no place is left, the text they agreed to is another one by
    now, or an answer does not fit.

    Key: (programme, person), by the version seen.
    """
    require_consent(connection, person_id, ConsentKind.PROGRAMMES)
    programme = locked(connection, programme_id)
    former = people.find_own(connection, programme_id, person_id)
    if former is not None and (former["version"] != seen or signup_of(former).active):
        return signup_of(former)
    _require_open(programme, now)
    if programme.consent_kk and wanted.consent != programme.consent_version:
        message = N_(
            "The text of consent of this programme has changed. Please read it once more."
        )
        raise Refusal(message)
    fields = tuple(map(field_of, rows.fields_of(connection, programme_id)))
    waits = programme.places_left == 0 or programme.queued > 0
    values = {
        "status": (SignUpStatus.WAITING if waits else SignUpStatus.CONFIRMED).value,
        "language": language.value,
        "name": read_name(wanted.name),
        "answers": check_answers(fields, wanted.answers),
        "consent": programme.consent_version,
        "queued_at": now,
        "at": now,
        "offered_until": None,
        "erased_at": None,
    }
    if former is None:
        own = {"programme_id": programme_id, "person_id": person_id}
        people.add_signup(connection, {**own, **values})
    else:
        people.change_signup(connection, former["id"], former["version"], values)
    rows.count_places(connection, programme_id, int(not waits), int(waits))
    return _own(connection, programme_id, person_id)


def take_place(
    connection: Connection, person_id: int, programme_id: int, seen: int, now: datetime
) -> SignUp:
    """Take the place that was offered; return how the person stands.

    Raises Refusal where it has gone on to the next one.

    Key: sign-up, by the version seen.
    """
    programme = locked(connection, programme_id)
    own = _own(connection, programme_id, person_id)
    if own.status is SignUpStatus.CONFIRMED or own.version != seen:
        return own
    until = own.offered_until
    if own.status is not SignUpStatus.OFFERED or until is None or now >= until:
        raise Refusal(N_("The time to take this place is over: it has gone on to the next one."))
    if programme.status is ProgrammeStatus.CALLED_OFF:
        raise Refusal(N_("This programme was called off."))
    values = {"status": SignUpStatus.CONFIRMED.value, "at": now, "offered_until": None}
    people.change_signup(connection, own.id, own.version, values)
    return _own(connection, programme_id, person_id)


def leave(
    connection: Connection, person_id: int, programme_id: int, seen: int, now: datetime
) -> SignUp:
    """Leave a programme, its queue, or a place that was offered; it goes on to who waits.

    Key: sign-up, by the version seen.
    """
    programme = locked(connection, programme_id)
    own = _own(connection, programme_id, person_id)
    if own.version != seen or not own.active:
        return own
    leave_place(connection, programme, own, SignUpStatus.LEFT, now)
    return _own(connection, programme_id, person_id)


def _own(connection: Connection, programme_id: int, person_id: int) -> SignUp:
    row = people.find_own(connection, programme_id, person_id)
    if row is None:
        raise Refusal(N_("You have not signed up for this programme."))
    return signup_of(row)


def _require_open(programme: Programme, now: datetime) -> None:
    if programme.status is ProgrammeStatus.CALLED_OFF:
        raise Refusal(N_("This programme was called off."))
    day = local_date(now)
    if programme.status is not ProgrammeStatus.OPEN or day > programme.sign_up_until:
        raise Refusal(N_("Signing up for this programme is over."))
    if not programme.takes_on(day):
        raise Refusal(N_("All places are taken, and there is no waiting list."))
