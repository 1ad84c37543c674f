"""Chats and the messages in them."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from sandbox.server.payload import Json
from sandbox.server.people import Crowd, Person


class ChatType(StrEnum):
    """Telegram's kinds of chats."""

    PRIVATE = "private"
    GROUP = "group"
    SUPERGROUP = "supergroup"
    CHANNEL = "channel"


@dataclass(slots=True)
class Stored:
    """One message as it is now.

    `fixed` is true for a message sent with a reply keyboard, which Telegram never lets a bot edit.
    """

    json: Json
    outgoing: bool
    event: int = 0
    fixed: bool = False
    reactions_of: dict[int, list[Json]] = field(default_factory=dict)

    def shown(self) -> Json:
        """Return the message as the control API shows it."""
        shown = self.json | {"outgoing": self.outgoing, "event": self.event}
        reactions = [each for found in self.reactions_of.values() for each in found]
        return shown | ({"reactions": reactions} if reactions else {})


class Chat:
    """What all kinds of chats share: identity and a bounded list of messages."""

    kind = ChatType.PRIVATE

    def __init__(self, chat_id: int, json: Json, keep: int | None) -> None:
        self.id = chat_id
        self.json = json
        self._keep = keep
        self._messages: dict[int, Stored] = {}
        self.pinned: list[int] = []

    def add(self, message: Stored) -> None:
        """Keep a message; the oldest one goes once there are more than the chat keeps."""
        self._messages[message.json["message_id"]] = message
        if self._keep is not None and len(self._messages) > self._keep:
            del self._messages[next(iter(self._messages))]

    def find(self, message_id: int | None) -> Stored | None:
        """Return a message of this chat, or nothing."""
        return None if message_id is None else self._messages.get(message_id)

    def remove(self, message_id: int) -> bool:
        """Forget a message; return whether it was there."""
        if message_id in self.pinned:
            self.pinned.remove(message_id)
        return self._messages.pop(message_id, None) is not None

    def messages(self) -> Iterator[Stored]:
        """Yield the messages, oldest first."""
        yield from self._messages.values()


class PrivateChat(Chat):
    """A person's chat with the bot."""

    def __init__(self, person: Person, keep: int | None) -> None:
        user = person.user()
        shown = {
            key: user[key] for key in ("id", "first_name", "last_name", "username") if key in user
        }
        super().__init__(person.id, shown | {"type": ChatType.PRIVATE.value}, keep)
        self.person = person
        self.started = False
        self.blocked = False
        self.deactivated = False
        self.reply_keyboard: Json | None = None
        self.actions: list[tuple[str, float]] = []


@dataclass(slots=True)
class Membership:
    """Who belongs to a group or channel and what the bot may do there."""

    members: dict[int, Person] = field(default_factory=dict)
    administrators: set[int] = field(default_factory=set)
    bot_is_administrator: bool = False
    bot_is_member: bool = True


class SharedChat(Chat):
    """A group, a supergroup or a channel."""

    def __init__(self, chat_id: int, kind: ChatType, json: Json, keep: int | None) -> None:
        super().__init__(chat_id, json | {"id": chat_id, "type": kind.value}, keep)
        self.kind = kind
        self.membership = Membership()
        self._last_message_id = 0

    @property
    def own_ids(self) -> bool:
        """Supergroups and channels count their messages themselves."""
        return self.kind is not ChatType.GROUP

    def next_message_id(self) -> int:
        """Return the next message number of this chat."""
        self._last_message_id += 1
        return self._last_message_id


class CrowdMember(Chat):
    """The chat with one of a crowd: it counts and keeps nothing."""

    def __init__(self, chat_id: int, crowd: Crowd) -> None:
        json = {"id": chat_id, "first_name": "Crowd", "type": ChatType.PRIVATE.value}
        super().__init__(chat_id, json, 0)
        self.crowd = crowd
