"""What news needs from second to second: items that are whole, and copies for the channel.

The minute tick would hold an album back for a minute, so this has a short loop of its own in the
leader's sender. The channel is public: a copy whose end is not known is never sent again by
itself, its author is asked to look.
"""

import asyncio
from typing import Any

import structlog
from aiogram import Bot
from aiogram.exceptions import AiogramError
from aiogram.types import (
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputMediaDocument,
    InputMediaPhoto,
    InputMediaVideo,
    Message,
)

from bot.allowance import Priority, priority
from bot.sender.ledger import Ledger
from bot.sender.post import outcome_of
from bot.sender.resting import rest
from services.clock import Clock
from services.delivery.outcome import Outcome, Result
from services.delivery.quiet_hours import is_quiet
from services.news.arriving import deal_with, items_arrived
from services.news.channel import (
    Label,
    Piece,
    Turn,
    copy_waits,
    end_recalling,
    end_sending,
    keep_messages,
    pieces,
    recover_copies,
    take_turn,
)
from services.news.model import Media, MediaType
from storage.database import Database

log = structlog.get_logger(__name__)

LOOK = 1.0  # seconds
BATCH = 20
_AT_ONCE = 100  # Bot API, deleteMessages.message_ids
_ALBUM_PART: dict[MediaType, Any] = {
    MediaType.PHOTO: InputMediaPhoto,
    MediaType.VIDEO: InputMediaVideo,
    MediaType.DOCUMENT: InputMediaDocument,
}


class Newsroom:
    """Deals with what sources brought, and posts to the party's channel, until told to stop."""

    def __init__(self, bot: Bot, db: Database, clock: Clock, channel: int | str | None) -> None:
        self._bot = bot
        self._ledger = Ledger(db)
        self._clock = clock
        self._channel = channel
        # Items that a fault of ours keeps from being dealt with: looked at again after a restart.
        self._spoilt: set[int] = set()

    async def run(self, stop: asyncio.Event) -> None:
        """Look every second."""
        priority.set(Priority.LETTER)
        lost = await self._ledger.write(recover_copies, self._clock.now())
        if lost:
            log.warning("copies in the channel of unknown end", copies=lost)
        while not stop.is_set():
            await self._deal_with_items()
            await self._copy(stop)
            await rest(LOOK, stop)

    async def _deal_with_items(self) -> None:
        found = await self._ledger.read(items_arrived, self._clock.now(), BATCH)
        for item in found:
            if item in self._spoilt:
                continue
            try:
                await self._ledger.write(deal_with, item, self._clock.now())
            except Exception:
                # One item that nobody can publish must not stop all the others.
                log.exception("a news item cannot be dealt with", item=item)
                self._spoilt.add(item)

    async def _copy(self, stop: asyncio.Event) -> None:
        while not stop.is_set() and await self._ledger.read(copy_waits, self._clock.now()):
            turn = await self._ledger.write(take_turn, self._clock.now())
            if turn is None:
                return
            end = end_recalling if turn.recalling else end_sending
            work = self._delete(turn) if turn.recalling else self._send(turn)
            try:
                outcome = await work
            except (AiogramError, OSError) as error:
                outcome = outcome_of(error)
            await self._ledger.write(end, turn.post.id, outcome, self._clock.now())

    async def _send(self, turn: Turn) -> Outcome:
        """Post a copy, keeping each message as soon as it stands there."""
        if self._channel is None:
            return Outcome(Result.REFUSED, error="PARTY_CHANNEL is not set")
        for piece in pieces(turn.post, turn.language):
            album = len(piece.media) > 1
            if album:
                await self._keep(turn, await self._send_album(self._channel, piece.media))
            if piece.text:
                only = piece.media[0] if len(piece.media) == 1 else None
                await self._keep(turn, [await self._send_one(self._channel, piece, only)])
        return Outcome(Result.DELIVERED)

    async def _keep(self, turn: Turn, sent: list[Message]) -> None:
        numbers = [message.message_id for message in sent]
        await self._ledger.write(keep_messages, turn.post.id, sent[0].chat.id, numbers)

    async def _send_album(self, channel: int | str, media: tuple[Media, ...]) -> list[Message]:
        parts = [_ALBUM_PART[one.type](media=one.file_id) for one in media]
        return await self._bot.send_media_group(
            channel, parts, disable_notification=is_quiet(self._clock.now())
        )

    async def _send_one(self, channel: int | str, piece: Piece, media: Media | None) -> Message:
        facts: dict[str, Any] = {
            "reply_markup": _keyboard(piece.links),
            "disable_notification": is_quiet(self._clock.now()),
        }
        if media is None:
            return await self._bot.send_message(channel, piece.text, **facts)
        if media.type is MediaType.PHOTO:
            return await self._bot.send_photo(channel, media.file_id, caption=piece.text, **facts)
        if media.type is MediaType.VIDEO:
            return await self._bot.send_video(channel, media.file_id, caption=piece.text, **facts)
        return await self._bot.send_document(channel, media.file_id, caption=piece.text, **facts)

    async def _delete(self, turn: Turn) -> Outcome:
        """Take a copy back; Telegram lets bots delete what is younger than 48 hours."""
        if not turn.messages:
            return Outcome(Result.REFUSED, error="whether and where it stands is not known")
        numbers = [message_id for _chat, message_id in turn.messages]
        for start in range(0, len(numbers), _AT_ONCE):
            part = numbers[start : start + _AT_ONCE]
            await self._bot.delete_messages(turn.messages[0][0], part)
        return Outcome(Result.DELIVERED)


def _keyboard(links: tuple[Label, ...]) -> InlineKeyboardMarkup | None:
    rows = [[InlineKeyboardButton(text=link.text, url=link.url)] for link in links]
    return InlineKeyboardMarkup(inline_keyboard=rows) if rows else None
