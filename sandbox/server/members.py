"""What somebody is in a chat, as Telegram's ChatMember objects."""

from sandbox.server.chats import Chat, PrivateChat, SharedChat
from sandbox.server.payload import Json
from sandbox.server.people import Person
from sandbox.server.telegram import Telegram

RIGHTS = dict.fromkeys(
    (
        "can_be_edited",
        "is_anonymous",
        "can_promote_members",
        "can_manage_video_chats",
        "can_post_stories",
        "can_edit_stories",
        "can_delete_stories",
        "can_send_welcome_messages",
    ),
    False,
) | dict.fromkeys(
    (
        "can_manage_chat",
        "can_delete_messages",
        "can_restrict_members",
        "can_change_info",
        "can_invite_users",
        "can_post_messages",
        "can_edit_messages",
        "can_pin_messages",
    ),
    True,
)


def plain_member(user: Json) -> Json:
    """Return an ordinary member."""
    return {"status": "member", "user": user}


def administrator(user: Json) -> Json:
    """Return an administrator with the usual rights."""
    return {"status": "administrator", "user": user} | RIGHTS


def kicked(user: Json) -> Json:
    """Return somebody who was thrown out; in a private chat: the bot that was blocked."""
    return {"status": "kicked", "user": user, "until_date": 0}


def gone(user: Json) -> Json:
    """Return somebody who is not in the chat."""
    return {"status": "left", "user": user}


def bot_member(telegram: Telegram, chat: Chat) -> Json:
    """Return what the bot is in a chat."""
    me = telegram.bot.user()
    if isinstance(chat, PrivateChat):
        return kicked(me) if chat.blocked else plain_member(me)
    if not isinstance(chat, SharedChat) or not chat.membership.bot_is_member:
        return gone(me)
    return administrator(me) if chat.membership.bot_is_administrator else plain_member(me)


def member(chat: Chat, person: Person) -> Json:
    """Return what a person is in a chat."""
    user = person.user()
    if isinstance(chat, SharedChat):
        if person.id in chat.membership.administrators:
            return administrator(user)
        return plain_member(user) if person.id in chat.membership.members else gone(user)
    return plain_member(user) if chat.id == person.id else gone(user)
