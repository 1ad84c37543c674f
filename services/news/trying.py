"""A post sent to its author alone, in both languages, before anybody else gets it."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection

from services.audit.recording import record
from services.language import Language
from services.news.model import Draft
from services.news.posts import check, content_of
from services.people.deeds import Deed
from services.people.rights import authorise
from storage.outbox import tell

NEWS_TEST = "news_test"


def send_test(
    connection: Connection,
    author: int,
    draft_id: str,
    press: str,
    draft: Draft,
    now: datetime,
) -> None:
    """Queue the post for its author as a reader of each language will get it, Kazakh first.

    An album is the same for both and comes once: Telegram takes about one message a second in
    a chat, and each of its parts is one. `press` names the press of the button: asked for once
    more, it comes once more. Raises Refusal for anybody but operators and administrators, and
    where `check` does.

    Key: (draft id, press, language).
    """
    authorise(connection, author, Deed.TEST_NEWS)
    check(draft)
    for language, shown in zip(Language, (draft, without_album(draft)), strict=True):
        key = f"news_test:{draft_id}:{press}:{language.value}"
        payload = content_of(shown) | {"post": 0, "language": language.value}
        tell(connection, author, NEWS_TEST, key, payload, now)
    key = f"{draft_id}:{press}"
    record(connection, who=author, what=Deed.TEST_NEWS, on="news", now=now, key=key)


def without_album(draft: Draft) -> Draft:
    """Return the draft without media that stand apart from the text; a single one stays."""
    return replace(draft, media=()) if len(draft.media) > 1 else draft
