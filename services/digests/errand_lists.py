"""Errands as those who gave or have them look through them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, RowMapping

from services.digests.errand import Errand, errand_of
from services.digests.errands import taking_key
from services.digests.model import ErrandKind
from services.people.deeds import Deed
from services.people.rights import authorise, may
from services.refusal import N_, Refusal
from storage import errands as rows


@dataclass(frozen=True, slots=True)
class ErrandPage:
    """Some open errands, the newest first; `more` where older ones follow."""

    errands: tuple[Errand, ...]
    more: bool


def errands_of_mine(connection: Connection, actor: int, *, before: int, limit: int) -> ErrandPage:
    """Return the open errands that the actor has, for operators with what they were asked.

    Those older than `before`, 0 for the newest. Raises Refusal for who is no staff.
    """
    authorise(connection, actor, Deed.HAVE_ERRAND)
    found = rows.errands_to(
        connection, actor, asked=_is_desk(connection, actor), before=before, limit=limit + 1
    )
    return _page(found, limit)


def errands_given(connection: Connection, actor: int, *, before: int, limit: int) -> ErrandPage:
    """Return the open errands that the actor gave to others, as `errands_of_mine` does."""
    authorise(connection, actor, Deed.HAVE_ERRAND)
    return _page(rows.errands_by(connection, actor, before=before, limit=limit + 1), limit)


def read_errand(connection: Connection, actor: int, errand_id: int) -> Errand:
    """Return an errand to who gave or has it; raises Refusal."""
    authorise(connection, actor, Deed.HAVE_ERRAND)
    found = rows.find_errand(connection, errand_id)
    if found is not None:
        errand = errand_of(found)
        asked = errand.kind is ErrandKind.ASKED and _is_desk(connection, actor)
        if actor in {errand.by, errand.person_id} or asked:
            return errand
    raise Refusal(N_("There is no such errand."))


def taken_on(connection: Connection, actor: int, digest_id: int, now: datetime) -> Errand | None:
    """Return the errand by which the actor took this digest on, None where they have not."""
    found = rows.find_by_key(connection, taking_key(actor, digest_id, now))
    return None if found is None else errand_of(found)


def _is_desk(connection: Connection, actor: int) -> bool:
    return may(connection, actor, Deed.ANSWER_QUESTION)


def _page(found: Sequence[RowMapping], limit: int) -> ErrandPage:
    return ErrandPage(tuple(map(errand_of, found[:limit])), more=len(found) > limit)
