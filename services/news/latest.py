"""The latest posts, for those who missed them.

A post for the readers of one language is listed to them only: somebody else could not read it. A
post for some places or ages is listed to everybody, its places named: it is no secret, and people
have relatives and second homes. Planned posts are not listed yet, recalled ones no more.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from services.news.model import Post, PostStatus, post_of
from storage import news as rows

PAGE = 5


@dataclass(frozen=True, slots=True)
class Page:
    """Up to five posts, the newest first, and whether there are older and newer ones."""

    posts: tuple[Post, ...]
    older: bool
    newer: bool


def latest(connection: Connection, language: str, before: int | None = None) -> Page:
    """Return the page of posts older than this one; without one, the newest (a query)."""
    found = rows.posts_before(connection, language, before, PAGE + 1)
    page = cut([post_of(row) for row in found])
    newer = bool(page.posts) and bool(rows.posts_after(connection, language, page.posts[0].id, 1))
    return Page(page.posts, older=page.older, newer=newer)


def newer_than(connection: Connection, language: str, after: int) -> Page:
    """Return the page of posts that come just after this one (a query)."""
    found = rows.posts_after(connection, language, after, PAGE + 1)
    if len(found) <= PAGE:
        return latest(connection, language)
    posts = tuple(post_of(row) for row in reversed(found[:PAGE]))
    return Page(posts, older=True, newer=True)


def cut(found: Sequence[Post]) -> Page:
    """Return the first page of these posts; one more than fits tells that there are older ones."""
    return Page(tuple(found[:PAGE]), older=len(found) > PAGE, newer=False)


def find_post(connection: Connection, post_id: int) -> Post | None:
    """Return a post that went out and was not taken back, or None (a query)."""
    row = rows.find_post(connection, post_id)
    post = post_of(row) if row is not None else None
    return post if post is not None and post.status is PostStatus.PUBLISHED else None
