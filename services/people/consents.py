"""Giving a consent and taking it back, each purpose by itself (Law No. 94-V, article 8)."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from services.audit.acts import Act
from services.audit.own import record_own
from services.language import Language
from services.people.consent import ConsentKind, current_version
from services.people.model import Person
from services.people.person import find_person
from services.programmes.forgetting import leave_all
from services.proposals.leaving import forget_author
from services.refusal import N_, Refusal
from storage import consents as rows
from storage import listeners, news, news_rhythms, people
from storage.council_applications import delete_of


@dataclass(frozen=True, slots=True)
class Consent:
    """A consent as it was given; withdrawn_at is None while it is in force."""

    kind: ConsentKind
    version: str
    language: Language
    given_at: datetime
    withdrawn_at: datetime | None


def give_consent(
    connection: Connection,
    person_id: int,
    kind: ConsentKind,
    version: str,
    language: Language,
    now: datetime,
) -> Person | None:
    """Keep the consent to exactly this text and return the person.

    A second tap keeps the first date. Whoever agrees to get news gets all of it, whatever they
    had switched off. Raises Refusal for a text that is not in force.

    Key: (person, kind, version).
    """
    if version != current_version(kind):
        raise Refusal(N_("This text has been renewed. Please read the new one: /settings"))
    given = {"kind": kind.value, "version": version, "language": language.value, "given_at": now}
    if not rows.put(connection, {"person_id": person_id, **given}):
        return find_person(connection, person_id)
    if kind is ConsentKind.NEWS:
        people.change_person(connection, person_id, {"muted_since": None})
    _record(connection, person_id, Act.GIVE_CONSENT, kind, now, version=version)
    return find_person(connection, person_id)


def withdraw_consent(
    connection: Connection, person_id: int, kind: ConsentKind, now: datetime
) -> Person | None:
    """Take a consent back, in whichever versions it was given, and return the person.

    At once: no appeal or addition more is taken (open ones go on); the poll profile is erased,
    so that it is in no sample and no cut; no news is sent, also of what is on its way;
    applications to public councils are erased. Where there is nothing to take back nothing
    changes.

    Key: (person, kind).
    """
    if rows.withdraw(connection, person_id, kind.value, now):
        _AT_ONCE[kind](connection, person_id, now)
        _record(connection, person_id, Act.WITHDRAW_CONSENT, kind, now)
    return find_person(connection, person_id)


def consents_of(connection: Connection, person_id: int) -> Sequence[Consent]:
    """Return every consent of a person, the withdrawn ones too (a query)."""
    return [
        Consent(
            ConsentKind(row["kind"]),
            row["version"],
            Language(row["language"]),
            row["given_at"],
            row["withdrawn_at"],
        )
        for row in rows.all_of(connection, person_id)
    ]


def _record(
    connection: Connection,
    person_id: int,
    act: Act,
    kind: ConsentKind,
    now: datetime,
    **details: str,
) -> None:
    record_own(
        connection,
        person_id,
        act,
        now,
        key=f"{kind.value}:{now.isoformat()}",
        kind=kind.value,
        **details,
    )


def _keep_everything(_connection: Connection, _person_id: int, _now: datetime) -> None:
    """Appeals that are open go on: their terms and their answers stand."""


def _erase_profile(connection: Connection, person_id: int, _now: datetime) -> None:
    erased = ("region", "district", "born_from", "born_to", "sex", "settlement")
    people.change_person(connection, person_id, dict.fromkeys(erased))


def _erase_wishes(connection: Connection, person_id: int, _now: datetime) -> None:
    news_rhythms.forget(connection, person_id)
    news.unmute_all(connection, person_id)
    listeners.stop_listening_to_all(connection, person_id)


def _erase_applications(connection: Connection, person_id: int, _now: datetime) -> None:
    delete_of(connection, person_id)


def _leave_board(connection: Connection, person_id: int, now: datetime) -> None:
    forget_author(connection, person_id, now, take_down=False)


_AT_ONCE: Mapping[ConsentKind, Callable[[Connection, int, datetime], None]] = {
    ConsentKind.APPEALS: _keep_everything,
    ConsentKind.POLL_PROFILE: _erase_profile,
    ConsentKind.NEWS: _erase_wishes,
    ConsentKind.PROGRAMMES: leave_all,
    ConsentKind.COUNCILS: _erase_applications,
    ConsentKind.PROPOSALS: _leave_board,
}
