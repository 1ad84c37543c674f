"""«Useful» under a post: one press a person, taken back by another."""

from dataclasses import dataclass

from sqlalchemy import Connection

from services.news.model import Post, PostStatus, post_of
from services.refusal import N_, Refusal
from storage import news_reactions as reactions
from storage.news import find_post


@dataclass(frozen=True, slots=True)
class Presses:
    """How many people found a post useful, and how many responses were left to it."""

    useful: int
    responses: int


def react(connection: Connection, post_id: int, person_id: int, *, useful: bool) -> Presses:
    """Keep that a person finds a post useful, or no more, and return its presses then.

    Raises Refusal where there is no such post or it was taken back.

    Key: (post, person); the button says which, not the other.
    """
    require_post(connection, post_id)
    if useful:
        changed = reactions.add(connection, post_id, person_id)
    else:
        changed = -reactions.remove(connection, post_id, person_id)
    if changed:
        reactions.count(connection, post_id, useful=changed)
    return presses(connection, post_id)


def presses(connection: Connection, post_id: int) -> Presses:
    """Return what people have pressed under a post; nothing where there is none (a query)."""
    row = find_post(connection, post_id)
    return Presses(row["useful"], row["responses"]) if row is not None else Presses(0, 0)


def finds_useful(connection: Connection, post_id: int, person_id: int) -> bool:
    """Tell whether this person has pressed «useful» (a query)."""
    return reactions.is_there(connection, post_id, person_id)


def require_post(connection: Connection, post_id: int) -> Post:
    """Return a post that went out; raises Refusal where there is none or it was taken back."""
    row = find_post(connection, post_id)
    post = post_of(row) if row is not None else None
    if post is None or post.status is not PostStatus.PUBLISHED:
        raise Refusal(N_("This post is no longer there."))
    return post
