"""Who was there: the people of the desk, a crowd, and an account for every official."""

from datetime import datetime

from sqlalchemy import Connection

from bot.demonstration.seed import Seed, SeedPerson
from services.language import Language
from services.organisation.directory import load_organisation
from services.people.consent import ConsentKind, current_version
from services.people.consents import give_consent
from services.people.model import Profile, Role
from services.people.person import choose_language, join, tell_profile
from services.people.pins import digest_of
from services.people.sessions import keep_pin
from storage.people import grant_role

# Of all who work in the demonstration.
PIN = "246810"
_REGION_DIGITS = 2


def add_people(connection: Connection, seed: Seed, joined: datetime) -> dict[str, int]:
    """Let everybody come at this moment; return the person of each official by code."""
    officials = load_organisation(connection).officials
    for person in seed.people:
        if person.known:
            _welcome(connection, person, joined)
    accounts = {p.official: p.id for p in seed.people if p.official in officials}
    others = [code for code in officials if code not in accounts]
    for person_id, code in enumerate(others, start=_add_crowd(connection, seed, joined)):
        account = SeedPerson(
            id=person_id,
            first_name=officials[code].name_kk,
            language_code=Language.KAZAKH,
            role=Role.OFFICIAL,
            official=code,
        )
        _welcome(connection, account, joined)
        accounts[code] = person_id
    return {code: person_id for code, person_id in accounts.items() if code is not None}


def add_pins(connection: Connection, seed: Seed, now: datetime) -> None:
    """Give everybody on the desk who works here the PIN, and a session that has just begun."""
    digest = digest_of(PIN)
    for person in seed.people:
        if person.role is not None:
            keep_pin(connection, person.id, 0, digest, now)


def crowd_ids(seed: Seed) -> range:
    """Return the ids of the crowd."""
    first = seed.crowd.first_id
    return range(first, first + seed.crowd.kazakh + seed.crowd.russian)


def languages(seed: Seed) -> dict[int, Language]:
    """Return the language of everybody by id."""
    last_kazakh = seed.crowd.first_id + seed.crowd.kazakh - 1
    spoken = {
        person_id: Language.KAZAKH if person_id <= last_kazakh else Language.RUSSIAN
        for person_id in crowd_ids(seed)
    }
    return spoken | {person.id: person.language_code for person in seed.people}


def _add_crowd(connection: Connection, seed: Seed, joined: datetime) -> int:
    """Let the crowd come and return the first id after it."""
    spoken, regions = languages(seed), seed.crowd.regions
    for index, person_id in enumerate(crowd_ids(seed)):
        person = SeedPerson(
            id=person_id,
            first_name=f"Қатысушы {index + 1}",
            language_code=spoken[person_id],
            district=regions[index % len(regions)],
        )
        _welcome(connection, person, joined)
    return crowd_ids(seed).stop


def _welcome(connection: Connection, person: SeedPerson, now: datetime) -> None:
    join(connection, person.id, person.name, now)
    choose_language(connection, person.id, person.language_code)
    for kind in ConsentKind:
        version, language = current_version(kind), person.language_code
        give_consent(connection, person.id, kind, version, language, now)
    if person.district is not None:
        narrower = person.district if len(person.district) > _REGION_DIGITS else None
        profile = Profile(region=person.district[:_REGION_DIGITS], district=narrower)
        tell_profile(connection, person.id, profile, now)
    if person.role is not None:
        role, official = person.role.value, person.official
        grant_role(connection, person.id, role, official, now, area=person.area)
