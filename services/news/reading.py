"""A post before one reader."""

from dataclasses import dataclass

from sqlalchemy import Connection

from services.news.model import Post, PostStatus, post_of
from services.news.reaction import finds_useful
from services.news.subscription import muted_topics
from storage import news as rows


@dataclass(frozen=True, slots=True)
class Read:
    """A post with what its reader has said of it and of its topic."""

    post: Post
    useful: bool
    topic_muted: bool

    @property
    def is_out(self) -> bool:
        """Tell whether it went out and was not taken back."""
        return self.post.status is PostStatus.PUBLISHED


def read_post(connection: Connection, post_id: int, person_id: int) -> Read | None:
    """Return a post, also one that was taken back, as it stands for this person (a query)."""
    row = rows.find_post(connection, post_id)
    if row is None:
        return None
    post = post_of(row)
    return Read(
        post,
        useful=finds_useful(connection, post_id, person_id),
        topic_muted=post.topic in muted_topics(connection, person_id),
    )
