"""What a story must be before it is published: words in both languages, ties that there are."""

from datetime import date, datetime

from sqlalchemy import Connection, RowMapping

from services.clock import local_date
from services.delivery.target import Target
from services.delivery.territory import holds_target
from services.people.deeds import Deed
from services.people.model import Role
from services.people.rights import ELSEWHERE, Reached, Where, authorise
from services.places.atlas import atlas
from services.polls.done import followed
from services.proposals.model import PUBLIC, ProposalStatus
from services.refusal import N_, Refusal
from services.roadmap.scope import Scope, scope_of
from services.stories.model import MOST_TIES, Draft, Tie, TieKind
from services.text.length import utf16_length
from storage.organisation import topics
from storage.proposals import find as find_proposal

SHORTEST = 10
LONGEST_SAID, LONGEST_DID = 600, 1000
# Of both texts together under a photo: what else stands there needs its room, too.
WITH_PHOTO = 650


def checked_words(text: str, longest: int) -> str:
    """Return a text without white space around it. Raises Refusal unless it fits."""
    text = text.strip()
    if not SHORTEST <= len(text) <= longest:
        raise Refusal(
            N_("From {least} to {most} characters are needed, you sent: {length}"),
            least=SHORTEST,
            most=longest,
            length=len(text),
        )
    return text


def check(draft: Draft) -> None:
    """Raise Refusal unless the words stand in both languages and fit, and something is tied."""
    for text, longest in (
        (draft.said_kk, LONGEST_SAID),
        (draft.said_ru, LONGEST_SAID),
        (draft.did_kk, LONGEST_DID),
        (draft.did_ru, LONGEST_DID),
    ):
        if not text.strip():
            raise Refusal(N_("A story needs its words in Kazakh and in Russian."))
        checked_words(text, longest)
    check_room(draft)
    if not draft.ties:
        raise Refusal(N_("A story is tied to a poll, a topic or a proposal at least."))
    if len(draft.ties) > MOST_TIES:
        raise Refusal(N_("A story is tied to at most {most} things."), most=MOST_TIES)
    if draft.region is not None and atlas().find(draft.region, draft.district) is None:
        raise Refusal(N_("There is no such place."))


def check_room(draft: Draft) -> None:
    """Raise Refusal where the words are too long to stand under a photo."""
    if draft.photo is None:
        return
    longest = max(
        utf16_length(draft.said(language) + draft.did(language)) for language in ("kk", "ru")
    )
    if longest > WITH_PHOTO:
        raise Refusal(
            N_(
                "Under a photo there is room for {most} characters of both texts together, and "
                "there are: {length}. Please shorten them or leave the photo out."
            ),
            most=WITH_PHOTO,
            length=longest,
        )


def require_story(
    connection: Connection, actor: int, deed: Deed, draft: Draft, now: datetime
) -> None:
    """Raise Refusal where somebody may not do this with a story of these ties at this place.

    A role of a place or a section reaches stories that lie in it, an official what the official
    answers for on this day; what became of a poll any official may tell, as its result.
    Raises Refusal also where something tied is not there.
    """
    reached = authorise(connection, actor, deed)
    scope = _scope(connection, reached, local_date(now))
    for tie in draft.ties:
        if tie.kind is TieKind.POLL:
            _require_poll(reached, target_of(connection, tie))
        else:
            _require(reached, scope, where_of(connection, tie, draft))


def where_of(connection: Connection, tie: Tie, draft: Draft) -> Where:
    """Return where a topic or a proposal lies for a story; raises Refusal where there is none."""
    if tie.kind is TieKind.TOPIC:
        sections = {row["code"]: row["section"] for row in topics(connection)}
        if tie.ref not in sections:
            raise Refusal(N_("There is no topic “{value}”."), value=tie.ref)
        return Where(sections[tie.ref], draft.region, draft.district)
    row = proposal_of(connection, tie)
    return Where(row["section"], row["region"], row["district"])


def proposal_of(connection: Connection, tie: Tie) -> RowMapping:
    """Return the row of a proposal of the board; raises Refusal where it is none."""
    row = find_proposal(connection, int(tie.ref)) if tie.ref.isdecimal() else None
    if row is None or ProposalStatus(row["status"]) not in PUBLIC:
        raise Refusal(N_("This proposal is no longer on the board."))
    return row


def target_of(connection: Connection, tie: Tie) -> Target:
    """Return for whom a poll was; raises Refusal while it has no result."""
    found = followed(connection, int(tie.ref)) if tie.ref.isdecimal() else None
    if found is None:
        raise Refusal(N_("This poll has no result yet."))
    return found.target


def _scope(connection: Connection, reached: Reached, today: date) -> Scope | None:
    """Return what the actor answers for as an official, None where they are no official."""
    officials = [one.official for one in reached.grants if one.role is Role.OFFICIAL]
    return scope_of(connection, officials[0], today) if officials and officials[0] else None


def _require_poll(reached: Reached, target: Target) -> None:
    if not holds_target(reached, target):
        raise Refusal(N_("This poll goes beyond the place of your role."))


def _require(reached: Reached, scope: Scope | None, where: Where) -> None:
    if reached.looks_after(where):
        return
    if scope is not None and (
        scope.everything or scope.holds(where.section or "", where.region or "", where.district)
    ):
        return
    raise Refusal(ELSEWHERE)
