"""Coming to the bot, choosing a language, telling about oneself."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection, RowMapping

from services.language import Language
from services.people.agreement import require_consent
from services.people.consent import ConsentKind
from services.people.model import Person, Profile, Role, Settlement, Sex
from storage import people as rows
from storage.kept_bans import give_back_ban

_UNSAID = Profile()


def find_person(connection: Connection, person_id: int) -> Person | None:
    """Return the person with everything that one update needs to know, or None."""
    row = rows.find_whole_person(connection, person_id)
    if row is None:
        return None
    held = rows.current_roles(connection, person_id) if row["works"] else ()
    agreed = _agreed(row["consents"] or "")
    return Person(
        id=row["id"],
        name=row["name"],
        language=Language(row["language"]) if row["language"] else None,
        consents=agreed,
        muted=row["muted_since"] is not None or ConsentKind.NEWS not in agreed,
        uninvited=row["uninvited_since"] is not None,
        profile=_profile(row),
        roles=frozenset(Role(role["role"]) for role in held),
        official=next((role["official"] for role in held if role["official"]), None),
        joined_at=row["joined_at"],
    )


def join(connection: Connection, person_id: int, name: str, now: datetime) -> Person:
    """Register somebody who pressed Start; somebody who came back is reachable again.

    Whoever was erased while a ban was in force comes back with it.

    Key: person.
    """
    rows.add_person(connection, {"id": person_id, "name": name, "joined_at": now})
    give_back_ban(connection, person_id, now)
    rows.change_person(connection, person_id, {"name": name, "unreachable_since": None})
    person = find_person(connection, person_id)
    if person is None:
        raise LookupError(person_id)
    return person


def choose_language(connection: Connection, person_id: int, language: Language) -> Person | None:
    """Keep the language that the person chose. Key: person."""
    rows.change_person(connection, person_id, {"language": language.value})
    return find_person(connection, person_id)


def tell_profile(
    connection: Connection, person_id: int, profile: Profile, now: datetime
) -> Person | None:
    """Keep what the person told about themselves, the unsaid included.

    Raises ConsentNeeded where something was told and they do not agree to its being kept.

    Key: person; the last answer stands.
    """
    if replace(profile, asked=False) != _UNSAID:
        require_consent(connection, person_id, ConsentKind.POLL_PROFILE)
    rows.change_person(
        connection,
        person_id,
        {
            "region": profile.region,
            "district": profile.district,
            "born_from": profile.born_from,
            "born_to": profile.born_to,
            "sex": profile.sex.value if profile.sex else None,
            "settlement": profile.settlement.value if profile.settlement else None,
        },
    )
    rows.note_profile_asked(connection, person_id, now)
    return find_person(connection, person_id)


def invite_to_polls(
    connection: Connection, person_id: int, now: datetime, *, invited: bool
) -> Person | None:
    """Switch messages about polls off or on again and return the person.

    Key: person; the button says which, not the other.
    """
    person = find_person(connection, person_id)
    if person is None or person.uninvited is not invited:
        return person
    rows.change_person(connection, person_id, {"uninvited_since": None if invited else now})
    return find_person(connection, person_id)


def became_unreachable(connection: Connection, person_id: int, now: datetime) -> None:
    """Note that the person blocked the bot (my_chat_member, or 403 on sending).

    Key: person; the first moment stands.
    """
    row = rows.find_person(connection, person_id)
    if row is not None and row["unreachable_since"] is None:
        rows.change_person(connection, person_id, {"unreachable_since": now})


def became_reachable(connection: Connection, person_id: int) -> None:
    """Note that the person let the bot in again. Key: person."""
    rows.change_person(connection, person_id, {"unreachable_since": None})


def _profile(row: RowMapping) -> Profile:
    return Profile(
        region=row["region"],
        district=row["district"],
        born_from=row["born_from"],
        born_to=row["born_to"],
        sex=Sex(row["sex"]) if row["sex"] else None,
        settlement=Settlement(row["settlement"]) if row["settlement"] else None,
        asked=row["profile_asked_at"] is not None,
    )


def _agreed(held: str) -> dict[ConsentKind, str]:
    """Return the newest version of each kind; versions sort as they came out."""
    agreed: dict[ConsentKind, str] = {}
    for kind, version in (one.split(":") for one in sorted(held.split())):
        if kind in set(ConsentKind):
            agreed[ConsentKind(kind)] = version
    return agreed
