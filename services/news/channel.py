"""A post that also stands in the party's channel."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, RowMapping

from services.appeals.recipients import desk
from services.campaigns.silence import channel_silence
from services.delivery.outcome import TROUBLE, Outcome, Result
from services.delivery.persistence import letter_delay
from services.news.length import first_line, room_for, shown_length
from services.news.model import ChannelText, Link, Media, Post, PostStatus, post_of
from services.people.rights import OF_ALL
from storage import channel_copies as rows
from storage import news as posts
from storage.outbox import tell

NOTICE = "channel_copy"
# A copy that waits for the end of the silence before a vote is looked at again after so long.
_LOOK_AGAIN = timedelta(minutes=10)
DIVIDER = "\n\n➖➖➖➖➖\n\n"
_TITLE_LENGTH = 60


class CopyStatus(StrEnum):
    """How far a copy has come."""

    # It goes out with its post.
    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    # Telegram refused it, or there is no channel.
    FAILED = "failed"
    # Nobody knows whether it arrived; it is never sent again by itself: the channel is public.
    UNCERTAIN = "uncertain"
    CALLED_OFF = "called_off"
    RECALLING = "recalling"
    RECALLED = "recalled"
    # It stands in the channel and cannot be deleted.
    STAYED = "stayed"


@dataclass(frozen=True, slots=True)
class Label:
    """A button that leads out."""

    text: str
    url: str


@dataclass(frozen=True, slots=True)
class Piece:
    """One message of the channel; several media are an album ahead of the text."""

    text: str
    media: tuple[Media, ...]
    links: tuple[Label, ...]


@dataclass(frozen=True, slots=True)
class Turn:
    """A copy to be sent now, or messages (chat, message) of one to be taken back."""

    post: Post
    language: ChannelText
    recalling: bool
    messages: tuple[tuple[int, int], ...]


def pieces(post: Post, language: ChannelText) -> tuple[Piece, ...]:
    """Return what goes to the channel: one message, or two where both languages need them.

    Both languages stand below one another, Kazakh first, if that fits: 4,096 characters, under a
    picture 1,024. Else the second message is the Russian one, without the media.
    """
    if language is not ChannelText.BOTH:
        text = post.text(language.value)
        return (Piece(text, post.media, _labels(post.links, language.value)),)
    if post.text_kk == post.text_ru:
        return (Piece(post.text_kk, post.media, _both(post.links)),)
    together = f"{post.text_kk}{DIVIDER}{post.text_ru}"
    if shown_length(together) <= room_for(post.media):
        return (Piece(together, post.media, _both(post.links)),)
    return (
        Piece(post.text_kk, post.media, _labels(post.links, "kk")),
        Piece(post.text_ru, (), _labels(post.links, "ru")),
    )


def queue_copy(connection: Connection, post_id: int, language: ChannelText, now: datetime) -> None:
    """Let a post also appear in the channel when it goes out. Key: post."""
    row = posts.find_post(connection, post_id)
    if row is None:
        return
    rows.add_copy(
        connection,
        {
            "post_id": post_id,
            "language": language.value,
            "status": CopyStatus.WAITING.value,
            "not_before": max(row["published_at"], now),
        },
    )


def recall_copy(connection: Connection, post_id: int) -> None:
    """Take a post's copy out of the channel, or let it not appear there.

    What stands there is deleted by the sender as soon as it comes to it.

    Key: post, by the status of its copy.
    """
    called_off = {"status": CopyStatus.CALLED_OFF.value}
    nowhere = [CopyStatus.WAITING.value]
    if not rows.messages_of(connection, post_id):
        nowhere.append(CopyStatus.FAILED.value)
    rows.change_copy(connection, post_id, called_off, *nowhere)
    standing = (CopyStatus.SENDING, CopyStatus.SENT, CopyStatus.FAILED, CopyStatus.UNCERTAIN)
    recalling = {"status": CopyStatus.RECALLING.value, "attempts": 0}
    rows.change_copy(connection, post_id, recalling, *(each.value for each in standing))


def copy_waits(connection: Connection, now: datetime) -> bool:
    """Tell whether a copy is to be sent or taken back now (a query)."""
    return rows.next_due(connection, now) is not None


def take_turn(connection: Connection, now: datetime) -> Turn | None:
    """Take the next copy in hand; None where nothing is to be done, or somebody was quicker.

    The copy of a post that will not go out is called off; in the silence before a vote all wait.

    Key: copy, by its status waiting.
    """
    row = rows.next_due(connection, now)
    if row is None:
        return None
    post, status = post_of(row), CopyStatus(row["copy_status"])
    if status is CopyStatus.RECALLING:
        messages = tuple(rows.messages_of(connection, post.id))
        return Turn(post, ChannelText(row["language"]), recalling=True, messages=messages)
    waiting = CopyStatus.WAITING.value
    if post.status in {PostStatus.CALLED_OFF, PostStatus.RECALLED}:
        rows.change_copy(connection, post.id, {"status": CopyStatus.CALLED_OFF.value}, waiting)
        return take_turn(connection, now)
    if channel_silence(connection, f"news:{post.id}", now) is not None:
        later = {"not_before": now + _LOOK_AGAIN}
        rows.change_copy(connection, post.id, later, waiting)
        return take_turn(connection, now)
    attempts = _attempts(connection, post.id) + 1
    values = {"status": CopyStatus.SENDING.value, "attempts": attempts}
    if not rows.change_copy(connection, post.id, values, waiting):
        return None  # another process has it, or it was called off just now
    return Turn(post, ChannelText(row["language"]), recalling=False, messages=())


def keep_messages(
    connection: Connection, post_id: int, chat_id: int, message_ids: Sequence[int]
) -> None:
    """Keep messages of a copy as soon as they stand in the channel. Key: (chat, message)."""
    rows.add_messages(connection, post_id, chat_id, message_ids)


def end_sending(connection: Connection, post_id: int, outcome: Outcome, now: datetime) -> None:
    """Keep what became of a copy that is being sent, and tell the author where it went wrong.

    One that certainly did not arrive is tried again later, unless a part of it stands there
    already. Only a copy that is being sent changes.

    Key: copy, by its status sending.
    """
    sending = CopyStatus.SENDING.value
    delay = letter_delay(_attempts(connection, post_id)) if outcome.result in TROUBLE else None
    begun = bool(rows.messages_of(connection, post_id))
    if outcome.result is Result.UNSENT and delay is not None and not begun:
        values = {"status": CopyStatus.WAITING.value, "not_before": now + delay}
        rows.change_copy(connection, post_id, values, sending)
        return
    status = CopyStatus.FAILED
    if outcome.result is Result.DELIVERED:
        status = CopyStatus.SENT
    elif outcome.result in TROUBLE:
        status = CopyStatus.UNCERTAIN
    values = {"status": status.value, "error": outcome.reason}
    if rows.change_copy(connection, post_id, values, sending) and status is not CopyStatus.SENT:
        _tell(connection, post_id, status, now)


def end_recalling(connection: Connection, post_id: int, outcome: Outcome, now: datetime) -> None:
    """Keep what became of a copy that is taken back; network trouble lets it be tried again.

    Key: copy, by its status recalling.
    """
    recalling = CopyStatus.RECALLING.value
    attempts = _attempts(connection, post_id) + 1
    delay = letter_delay(attempts) if outcome.result in TROUBLE else None
    if delay is not None:
        again = {"not_before": now + delay, "attempts": attempts}
        rows.change_copy(connection, post_id, again, recalling)
        return
    done = outcome.result is Result.DELIVERED
    status = CopyStatus.RECALLED if done else CopyStatus.STAYED
    values = {"status": status.value, "error": outcome.reason}
    if rows.change_copy(connection, post_id, values, recalling) and not done:
        _tell(connection, post_id, status, now)


def recover_copies(connection: Connection, now: datetime) -> int:
    """After a kill: what was being sent is uncertain, and its author is asked to look; how many.

    Key: copy, by its status sending.
    """
    lost = rows.copies_with_status(connection, CopyStatus.SENDING.value)
    for row in lost:
        values = {"status": CopyStatus.UNCERTAIN.value, "error": None}
        rows.change_copy(connection, row["post_id"], values, CopyStatus.SENDING.value)
        _tell(connection, row["post_id"], CopyStatus.UNCERTAIN, now)
    return len(lost)


def _attempts(connection: Connection, post_id: int) -> int:
    row = rows.find_copy(connection, post_id)
    return row["attempts"] if row is not None else 0


def _tell(connection: Connection, post_id: int, status: CopyStatus, now: datetime) -> None:
    row: RowMapping | None = posts.find_post(connection, post_id)
    if row is None:
        return
    payload = {
        "status": status.value,
        "title_kk": first_line(row["text_kk"], _TITLE_LENGTH),
        "title_ru": first_line(row["text_ru"], _TITLE_LENGTH),
    }
    readers: Sequence[Any] = [row["created_by"]] if row["created_by"] else desk(connection, OF_ALL)
    for person in readers:
        tell(connection, person, NOTICE, f"copy:{post_id}:{status}:{person}", payload, now)


def _labels(links: Sequence[Link], language: str) -> tuple[Label, ...]:
    return tuple(Label(link.text(language), link.url) for link in links)


def _both(links: Sequence[Link]) -> tuple[Label, ...]:
    return tuple(Label(_two(link.text_kk, link.text_ru), link.url) for link in links)


def _two(kk: str, ru: str) -> str:
    return kk if kk == ru else f"{kk} / {ru}"
