"""Who of a mailing comes next: people are taken in hand a few at a time, and each only once."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from services.campaigns.silence import passed_over, silence_of
from services.delivery.cost import affordable, messages_each
from services.delivery.mailing import Mailing, find_mailing
from services.delivery.policy import USUAL, Policy
from services.language import Language
from storage import audience as readers
from storage import delivery as rows
from storage.delivery import DeliveryStatus, MailingStatus

_NO_MESSAGE = ("message", "others", "reason")

# What each person shall see of a payload: who is missing, or has an empty tuple, gets nothing.
# Called with (connection, payload, ids of people, start of the mailing), once for each person in
# the transaction that takes them in hand; a repetition says what was chosen then.
Variants = Callable[
    [Connection, Mapping[str, Any], Sequence[int], datetime], Mapping[int, tuple[int, ...]]
]


@dataclass(frozen=True, slots=True)
class Terms:
    """On what terms people are taken in hand now.

    `variants` are the kinds of which not everybody gets the same.
    """

    now: datetime
    policy: Policy = USUAL
    variants: Mapping[str, Variants] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Recipient:
    """Somebody to whom a mailing goes next; `paid`: past Telegram's free limit, for Stars."""

    person_id: int
    language: Language
    variant: tuple[int, ...] = ()
    paid: bool = False


def audience_page(
    connection: Connection, mailing: Mailing, after: int, limit: int
) -> Sequence[int]:
    """Return the next people of a mailing beyond this id (a query)."""
    return readers.page(connection, mailing.audience, after, limit)


def late_page(
    connection: Connection, mailing: Mailing, after: tuple[datetime, int], limit: int
) -> Sequence[tuple[datetime, int]]:
    """Return who joined next after a mailing began: (moment, id) beyond this one (a query)."""
    return readers.joined_later(connection, _late(mailing), after, limit)


def again_page(connection: Connection, mailing: Mailing, after: int, limit: int) -> Sequence[int]:
    """Return the next people beyond this id whose message waits for another try (a query)."""
    return rows.deliveries_with_status(
        connection, mailing.id, DeliveryStatus.AGAIN, after=after, limit=limit
    )


def claim(
    connection: Connection, mailing: Mailing, cursor: int, people: Sequence[int], terms: Terms
) -> list[Recipient] | None:
    """Move the cursor over these people and mark their messages as being sent.

    Returns those who still want it, or None where the mailing no longer runs from this cursor:
    it was paused or cancelled, or the silence before a vote has begun. People who had the most
    mailings of a week are held.

    Key: (mailing, cursor).
    """
    if silence_of(connection, mailing, terms.now) is not None:
        return None
    moved = rows.advance(connection, mailing.id, cursor, people[-1])
    return _enter(connection, mailing, mailing.audience, people, terms) if moved else None


def claim_late(
    connection: Connection, mailing: Mailing, people: Sequence[int], terms: Terms
) -> list[Recipient] | None:
    """Mark the messages of people who joined after the start as being sent, each once.

    Returns those of them who want it, or None where the mailing no longer runs.

    Key: (mailing, person), by the row in deliveries.
    """
    if not _runs(connection, mailing, terms.now):
        return None
    met = rows.statuses(connection, mailing.id, people)
    new = [person for person in people if person not in met]
    return _enter(connection, mailing, _late(mailing), new, terms)


def claim_again(
    connection: Connection, mailing: Mailing, people: Sequence[int], terms: Terms
) -> list[Recipient] | None:
    """Mark the messages of these people that wait for another try as being sent.

    Returns the people, or None where the mailing no longer runs. Who does not want it any more
    is not written to again.

    Key: (mailing, person), by the status again.
    """
    if not _runs(connection, mailing, terms.now):
        return None
    statuses = rows.statuses(connection, mailing.id, people)
    waiting = [person for person in people if statuses.get(person) is DeliveryStatus.AGAIN]
    rows.send_again(connection, mailing.id, waiting)
    anybody = replace(mailing.audience, joined_by=None)
    languages = _wanting(connection, anybody, waiting)
    over = passed_over(connection, mailing, list(languages), terms.now)
    told = [person for person in languages if person not in over]
    variants = _variants_again(connection, mailing, told, terms)
    left = dict.fromkeys(set(waiting) - set(languages), DeliveryStatus.GIVEN_UP)
    left |= dict.fromkeys(set(languages) - set(variants), DeliveryStatus.NOTHING)
    rows.end_deliveries(
        connection,
        mailing.id,
        [
            {"person": person, "result": status.value, **dict.fromkeys(_NO_MESSAGE)}
            for person, status in left.items()
        ],
    )
    return _recipients(connection, mailing, languages, variants, terms)


def _runs(connection: Connection, mailing: Mailing, now: datetime) -> bool:
    found = find_mailing(connection, mailing.id)
    if found is None or found.status is not MailingStatus.RUNNING:
        return False
    return silence_of(connection, mailing, now) is None


def _late(mailing: Mailing) -> readers.Audience:
    return replace(mailing.audience, joined_by=None, joined_after=mailing.started_at)


def _enter(
    connection: Connection,
    mailing: Mailing,
    audience: readers.Audience,
    people: Sequence[int],
    terms: Terms,
) -> list[Recipient]:
    """Write the first row of each of these people who wants the mailing."""
    languages = _wanting(connection, audience, people)
    over = passed_over(connection, mailing, list(languages), terms.now)
    told = [person for person in languages if person not in over]
    variants = _variants(connection, mailing, told, terms)
    held = _held(connection, mailing, list(variants), terms)
    entered = {
        person: DeliveryStatus.NOTHING
        if person not in variants
        else DeliveryStatus.HELD
        if person in held
        else DeliveryStatus.SENDING
        for person in languages
    }
    rows.add_deliveries(connection, mailing.id, entered, variants)
    chosen = {person: own for person, own in variants.items() if person not in held}
    return _recipients(connection, mailing, languages, chosen, terms)


def _wanting(
    connection: Connection, audience: readers.Audience, people: Sequence[int]
) -> dict[int, Language]:
    if not people:
        return {}
    found = readers.still_there(connection, audience, people)
    return {row["id"]: Language(row["language"]) for row in found}


def _variants(
    connection: Connection, mailing: Mailing, people: Sequence[int], terms: Terms
) -> dict[int, tuple[int, ...]]:
    """Return what each of these people shall see, without those for whom there is nothing."""
    chosen = terms.variants.get(mailing.kind)
    if chosen is None or not people:
        return dict.fromkeys(people, ())
    found = chosen(connection, mailing.payload, people, mailing.started_at)
    return {person: found[person] for person in people if found.get(person)}


def _variants_again(
    connection: Connection, mailing: Mailing, people: Sequence[int], terms: Terms
) -> dict[int, tuple[int, ...]]:
    if mailing.kind not in terms.variants or not people:
        return dict.fromkeys(people, ())
    return rows.kept_variants(connection, mailing.id, people)


def _held(
    connection: Connection, mailing: Mailing, people: Sequence[int], terms: Terms
) -> set[int]:
    if not mailing.counts_weekly or not people:
        return set()
    recent = [one for one in rows.counted_this_week(connection, terms.now) if one != mailing.id]
    return rows.had_enough(connection, recent, people, terms.policy.per_week)


def _recipients(
    connection: Connection,
    mailing: Mailing,
    languages: Mapping[int, Language],
    variants: Mapping[int, tuple[int, ...]],
    terms: Terms,
) -> list[Recipient]:
    paid = _pay(connection, mailing, len(variants), terms)
    return [
        Recipient(person, languages[person], variant, paid=number < paid)
        for number, (person, variant) in enumerate(variants.items())
    ]


def _pay(connection: Connection, mailing: Mailing, people: int, terms: Terms) -> int:
    """Book the messages of as many of these people as the Stars are enough for; return how many.

    Telegram charges only for broadcasts that succeed. Booked is what is about to be sent, so a
    kill or a failure can only leave Stars unspent, and a repetition is booked once more.
    """
    if mailing.stars is None or not people:
        return 0
    so_far = replace(mailing, paid=rows.paid_so_far(connection, mailing.id))
    paid = min(people, affordable(so_far, terms.policy))
    if paid:
        rows.book_paid(connection, mailing.id, paid * messages_each(mailing.payload))
    return paid
