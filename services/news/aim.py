"""Whether a post is meant for one person: the rule of its target, asked of a row of people."""

from sqlalchemy import RowMapping

from services.delivery.target import Target
from services.people.birth import BirthBand


def is_meant_for(target: Target, person: RowMapping) -> bool:
    """Tell whether language, place, age, sex and settlement are those that the post asks for.

    The same rule as storage/audience.py has for many: what a person left unsaid does not fit
    where it is asked for. Topics and rhythms are the reader's own choice and not asked here.
    """
    return (
        _is(target.language, person["language"])
        and _is(target.sex, person["sex"])
        and _is(target.settlement, person["settlement"])
        and _lives_there(target, person)
        and _is_of_age(target.ages, person)
    )


def _is(wanted: str | None, said: str | None) -> bool:
    return wanted is None or wanted == said


def _lives_there(target: Target, person: RowMapping) -> bool:
    if not target.regions and not target.districts:
        return True
    return person["region"] in target.regions or person["district"] in target.districts


def _is_of_age(ages: tuple[BirthBand, ...], person: RowMapping) -> bool:
    if not ages:
        return True
    if person["born_to"] is None:
        return False
    since = person["born_to"] if person["born_from"] is None else person["born_from"]
    twice = since + person["born_to"]
    return any(
        (band.since is None or 2 * band.since <= twice) and twice <= 2 * band.until
        for band in ages
    )
