"""What can be tied to a story, and what those things are called."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from services.polls.done import followed, followed_among
from services.proposals.board import list_board
from services.proposals.model import titles_of
from services.stories.model import Draft, Tie, TieKind
from storage import polls, proposals

_PAGE = 6

# Kazakh and Russian, by tie; topics are named by the organisation's data.
Titles = Mapping[Tie, tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Choice:
    """Things to be tied, in their order; after: what the next page begins behind, 0: nothing."""

    ties: tuple[Tie, ...]
    titles: Titles
    after: int = 0


def polls_to_tie(connection: Connection, before: int) -> Choice:
    """Return a page of polls with a result, the newest first (a query)."""
    key = None
    last = polls.find_poll(connection, before) if before else None
    if last is not None and last["frozen_at"] is not None:
        key = (last["frozen_at"], last["id"])
    found = polls.counted_polls(connection, _PAGE + 1, before=key)
    ties = {_poll(row["id"]): (row["title_kk"], row["title_ru"]) for row in found[:_PAGE]}
    return Choice(tuple(ties), ties, found[_PAGE - 1]["id"] if len(found) > _PAGE else 0)


def proposals_to_tie(connection: Connection, after: int) -> Choice:
    """Return a page of proposals of the board, the newest first (a query)."""
    page = list_board(connection, after=(after, 0) if after else None)
    ties = {Tie(TieKind.PROPOSAL, str(line.id)): line.titles for line in page.lines}
    return Choice(tuple(ties), ties, page.lines[-1].id if page.more else 0)


def titles(connection: Connection, draft: Draft) -> Titles:
    """Return what the polls and proposals of a draft are called (a query)."""
    numbers = [int(ref) for ref in draft.of(TieKind.POLL) if ref.isdecimal()]
    found = {
        _poll(poll): (one.title_kk, one.title_ru)
        for poll, one in followed_among(connection, numbers).items()
    }
    for ref in draft.of(TieKind.PROPOSAL):
        row = proposals.find(connection, int(ref))
        if row is not None:
            found[Tie(TieKind.PROPOSAL, ref)] = titles_of(row)
    return found


def exists(connection: Connection, tie: Tie, topics: Sequence[str]) -> bool:
    """Tell whether there is such a thing to be tied (a query)."""
    if tie.kind is TieKind.TOPIC:
        return tie.ref in topics
    if not tie.ref.isdecimal():
        return False
    if tie.kind is TieKind.POLL:
        return followed(connection, int(tie.ref)) is not None
    return proposals.find(connection, int(tie.ref)) is not None


def _poll(number: int) -> Tie:
    return Tie(TieKind.POLL, str(number))
