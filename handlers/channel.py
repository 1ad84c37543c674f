"""The party's channel: what is posted and edited there, and who lets the bot in."""

from aiogram import Router
from aiogram.enums import ChatMemberStatus, ChatType, ContentType
from aiogram.types import ChatMemberUpdated, Message, Update

from handlers.filters import InChat
from services.clock import Clock
from services.news.channel_access import channel_access
from services.news.channel_posts import take_channel_post
from services.news.items import Part
from services.news.model import Media, MediaType
from storage.database import Database

_SENT_ON = frozenset(
    {ContentType.TEXT, ContentType.PHOTO, ContentType.VIDEO, ContentType.DOCUMENT}
)


async def take_post(message: Message, event_update: Update, db: Database, clock: Clock) -> None:
    """Keep a post, or its new state, where the channel is a source of news."""
    await db.write(
        take_channel_post,
        message.chat.id,
        message.media_group_id,
        part_of(message, event_update.update_id),
        message.date,
        clock.now(),
    )


async def access_changed(event: ChatMemberUpdated, db: Database, clock: Clock) -> None:
    """Note that the bot became an administrator of a channel, or is none any more."""
    able = event.new_chat_member.status == ChatMemberStatus.ADMINISTRATOR
    title = event.chat.title or str(event.chat.id)
    await db.write(
        channel_access, event.chat.id, title, event.from_user.id, clock.now(), able=able
    )


def part_of(message: Message, update_id: int) -> Part:
    """Return what a message of a channel holds for readers.

    Who signed it is left out. What others wrote and the channel forwarded is not whole: an
    operator looks first.
    """
    text = message.html_text if message.text or message.caption else ""
    return Part(
        message_id=message.message_id,
        text=text,
        media=_media(message),
        changed=(message.edit_date or 0, update_id),
        whole=message.content_type in _SENT_ON and message.forward_origin is None,
    )


def _media(message: Message) -> Media | None:
    if message.photo:
        return Media(MediaType.PHOTO, message.photo[-1].file_id)
    if message.video:
        return Media(MediaType.VIDEO, message.video.file_id)
    if message.document and not message.animation:
        return Media(MediaType.DOCUMENT, message.document.file_id)
    return None


def router() -> Router:
    """Return the router of channels."""
    router = Router(name="channel")
    router.channel_post.register(take_post)
    router.edited_channel_post.register(take_post)
    router.my_chat_member.register(access_changed, InChat(ChatType.CHANNEL))
    return router
