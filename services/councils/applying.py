"""Offering oneself for a public council: a name, words about oneself, a phone if one likes.

Everything personal is sealed in the table. Taking it back erases it at once.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from services.clock import local_date
from services.councils.composition import find_council
from services.councils.deciding import deciders
from services.councils.model import ApplicationStatus
from services.language import Language
from services.people.agreement import require_consent
from services.people.consent import ConsentKind, current_version
from services.people.phone import normalise_phone
from services.refusal import N_, Refusal
from services.text.length import utf16_length
from storage import council_applications as rows
from storage.outbox import tell
from storage.people import hold

NOTICE = "council_application"
NAME_LIMIT, ABOUT_LIMIT = 120, 1500
# Waiting applications of one person, to different councils.
AT_ONCE = 3


@dataclass(frozen=True, slots=True)
class Offered:
    """What a citizen writes when they offer themselves for a council."""

    draft: str
    council: str
    name: str
    about: str
    phone: str | None = None


@dataclass(frozen=True, slots=True)
class OwnApplication:
    """One’s own application, as its citizen sees it."""

    id: int
    council: str
    at: datetime
    status: ApplicationStatus
    reply: str | None


def name_problem(name: str) -> str | None:
    """Return what is wrong with a name (a message id), None where it will do."""
    if sum(character.isalpha() for character in name) < 2:  # noqa: PLR2004  # no initials alone
        return N_("Please write your first and last name.")
    if len(name) > NAME_LIMIT:
        return N_("The name is too long: at most 120 characters.")
    return None


def about_problem(words: str) -> str | None:
    """Return what is wrong with words about oneself (a message id), None where they will do."""
    if sum(character.isalpha() for character in words) < 10:  # noqa: PLR2004  # a few words
        return N_("Please tell in a few words what you do and why you want it.")
    if utf16_length(words) > ABOUT_LIMIT:
        return N_("This is too long: at most 1,500 characters. Please shorten it.")
    return None


def require_applicable(
    connection: Connection, person_id: int, council: str, now: datetime
) -> None:
    """Raise Refusal where this person cannot offer themselves for the council now (a query)."""
    find_council(connection, council, local_date(now))
    waiting = [
        row["council"]
        for row in rows.of_person(connection, person_id)
        if row["status"] == ApplicationStatus.SENT
    ]
    if council in waiting:
        raise Refusal(N_("You have offered yourself for this council already."))
    if len(waiting) >= AT_ONCE:
        raise Refusal(
            N_("{limit} of your applications wait for an answer. Please wait for it first."),
            limit=AT_ONCE,
        )


def apply_for_council(
    connection: Connection, person_id: int, offered: Offered, language: Language, now: datetime
) -> OwnApplication:
    """Keep the application and tell those who decide; the same draft again changes nothing.

    Raises ConsentNeeded, and Refusal where the words will not do or one waits already.

    Key: draft id.
    """
    hold(connection, person_id)
    known = rows.find_by_draft(connection, offered.draft)
    if known is None:
        require_consent(connection, person_id, ConsentKind.COUNCILS)
        require_applicable(connection, person_id, offered.council, now)
        values = {
            "draft_id": offered.draft,
            "person_id": person_id,
            "council": offered.council,
            "language": language.value,
            "consent": current_version(ConsentKind.COUNCILS),
            "at": now,
            "status": ApplicationStatus.SENT.value,
            **_checked(offered),
        }
        rows.add(connection, values)
        known = rows.find_by_draft(connection, offered.draft)
        if known is not None:
            _tell(connection, known["id"], offered.council, now)
    if known is None or known["person_id"] != person_id:
        raise Refusal(N_("This draft is no longer there. Please begin again: /councils"))
    return _own(known)


def own_applications(connection: Connection, person_id: int) -> tuple[OwnApplication, ...]:
    """Return a person's applications, the oldest first (a query)."""
    return tuple(_own(row) for row in rows.of_person(connection, person_id))


def take_back_application(connection: Connection, application: int, person_id: int) -> None:
    """Erase an application of this person; one that is gone already stays so.

    Key: application.
    """
    rows.delete_one(connection, application, person_id)


def _checked(offered: Offered) -> dict[str, Any]:
    name, about = " ".join(offered.name.split()), offered.about.replace("\x00", "").strip()
    problem = name_problem(name) or about_problem(about)
    if problem is not None:
        raise Refusal(problem)
    phone = None if offered.phone is None else normalise_phone(offered.phone)
    return {"name": name, "about": about, "phone": phone}


def _tell(connection: Connection, application: int, code: str, now: datetime) -> None:
    council = find_council(connection, code, local_date(now))
    payload = {
        "application": application,
        "council_kk": council.name_kk,
        "council_ru": council.name_ru,
    }
    for person in deciders(connection, code, local_date(now)):
        tell(connection, person, NOTICE, f"application:{application}:{person}", payload, now)


def _own(row: Any) -> OwnApplication:
    status = ApplicationStatus(row["status"])
    return OwnApplication(row["id"], row["council"], row["at"], status, row["reply"])
