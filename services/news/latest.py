"""The latest posts, for those who missed them."""

from dataclasses import dataclass

from sqlalchemy import Connection

from services.news.model import Post, post_of
from storage import news as rows

PAGE = 5


@dataclass(frozen=True, slots=True)
class Page:
    """Up to five posts, the newest first, and whether there are older and newer ones."""

    posts: tuple[Post, ...]
    older: bool
    newer: bool


def latest(connection: Connection, before: int | None = None) -> Page:
    """Return the page of posts older than this one; without one, the newest (a query)."""
    found = rows.posts_before(connection, before, PAGE + 1)
    posts = tuple(post_of(row) for row in found[:PAGE])
    newer = bool(posts) and bool(rows.posts_after(connection, posts[0].id, 1))
    return Page(posts, older=len(found) > PAGE, newer=newer)


def newer_than(connection: Connection, after: int) -> Page:
    """Return the page of posts that come just after this one (a query)."""
    found = rows.posts_after(connection, after, PAGE + 1)
    if len(found) <= PAGE:
        return latest(connection)
    posts = tuple(post_of(row) for row in reversed(found[:PAGE]))
    return Page(posts, older=True, newer=True)


def find_post(connection: Connection, post_id: int) -> Post | None:
    """Return a post, or None (a query)."""
    row = rows.find_post(connection, post_id)
    return post_of(row) if row is not None else None
