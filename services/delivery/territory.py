"""Whom a member of staff may write to: only people of the places that their role reaches."""

from sqlalchemy import RowMapping

from services.delivery.target import Target
from services.people.rights import Reached, Where
from services.refusal import N_, Refusal

_REGION_DIGITS = 2


def holds_target(reached: Reached, target: Target | None) -> bool:
    """Tell whether everybody within the target lives where one of the grants reaches.

    None are people who were listed one by one: they may live anywhere. Who was given a single
    section writes to nobody: people belong to none.
    """
    if reached.everywhere or target is None:
        return reached.everywhere
    places = [Where(None, region) for region in target.regions]
    places += [Where(None, code[:_REGION_DIGITS], code) for code in target.districts]
    return bool(places) and all(map(reached.holds, places))


def require_target(reached: Reached, target: Target | None) -> None:
    """Raise Refusal where the target goes beyond the grants."""
    if not holds_target(reached, target):
        raise Refusal(
            N_("Your role lets you write only to people of its own place. Please choose it.")
        )


def require_poll(reached: Reached, target: Target) -> None:
    """Raise Refusal where a poll for these people goes beyond the grants."""
    if not holds_target(reached, target):
        raise Refusal(N_("This poll goes beyond the place of your role."))


def holds_mailing(reached: Reached, row: RowMapping, person_id: int) -> bool:
    """Tell whether a mailing is the person's own, or went only where a grant reaches."""
    if row["created_by"] == person_id:
        return True
    return holds_target(reached, None if row["listed"] else Target.of_json(row["audience"]))


def require_mailing(reached: Reached, row: RowMapping, person_id: int) -> None:
    """Raise Refusal where the mailing is somebody else's and goes beyond the grants."""
    if not holds_mailing(reached, row, person_id):
        raise Refusal(N_("This mailing goes beyond the place of your role."))
