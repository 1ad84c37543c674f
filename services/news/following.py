"""What a source changes afterwards.

What waits for a decision becomes what the source says now, under a new version: nobody lets out
what they did not see. What is out is corrected in the list of news and in the digests to come, and
whoever has not got it yet gets the corrected words. Messages that have arrived are left as they
are: editing thousands of them would cost as much of Telegram's allowance as sending them did.
A mailing in full swing goes on with the words it began with until it next pauses. What a second
pair of eyes let out stays as it was approved.
"""

from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, RowMapping

from services.delivery.approval import withdraw_approval
from services.news.items import Content, ItemStatus, draft_id, draft_of
from services.news.length import first_line, plain_text
from services.news.model import PostStatus, post_of
from services.news.posts import check, mailing_key, payload_of
from services.news.sources import Source
from services.refusal import Refusal
from services.text.fold import fold
from storage import news as post_rows
from storage import sources as rows

_TITLE_LENGTH = 60
_OUT = (PostStatus.PLANNED.value, PostStatus.PUBLISHED.value)


def follow(
    connection: Connection, source: Source, row: RowMapping, content: Content, now: datetime
) -> None:
    """Give an item the content that its source has for it now; the same content changes nothing.

    Key: item, by its content.
    """
    former = Content.of_json(row["content"])
    if former == content and former.parts == content.parts:
        return
    values: dict[str, Any] = {"content": content.as_json()}
    if former != content and row["status"] != ItemStatus.ARRIVED:
        values["version"] = row["version"] + 1
        if row["status"] == ItemStatus.APPROVAL:
            withdraw_approval(connection, subject(row["id"]), row["decided_by"], now)
            if not _is_out(connection, row["id"]):
                values |= {"status": ItemStatus.ASKED.value, "decided_by": None}
    rows.change_item(connection, row["id"], values)
    if former != content and row["status"] != ItemStatus.APPROVAL:
        _correct(connection, source, row["id"], content)


def _is_out(connection: Connection, item_id: int) -> bool:
    """Tell whether an item's post was approved, if need be at this very moment."""
    return post_rows.post_of_draft(connection, draft_id(item_id)) is not None


def subject(item_id: int) -> str:
    """Return what an approval of an item is about."""
    return f"news:{draft_id(item_id)}"


def _correct(connection: Connection, source: Source, item_id: int, content: Content) -> None:
    """Correct the post that was made of an item, unless the new words would not fit."""
    post = post_rows.post_of_draft(connection, draft_id(item_id))
    if post is None:
        return
    draft = draft_of(source, content)
    try:
        check(draft)
    except Refusal:
        return
    corrected = {
        "text_kk": draft.text_kk,
        "text_ru": draft.text_ru,
        "media": [asdict(one) for one in draft.media],
        "links": [asdict(link) for link in draft.links],
        "words": fold(plain_text(f"{draft.text_kk}\n{draft.text_ru}")),
    }
    if not post_rows.change_post(connection, post["id"], corrected, *_OUT):
        return
    titles = {
        "title_kk": first_line(draft.text_kk, _TITLE_LENGTH),
        "title_ru": first_line(draft.text_ru, _TITLE_LENGTH),
    }
    payload = payload_of(post_of(dict(post) | corrected)) | titles
    rows.correct_mailing(connection, mailing_key(post["id"]), payload)
