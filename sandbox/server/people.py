"""Who is on this desk: people, the bot itself, and crowds for benches."""

from array import array
from dataclasses import dataclass, field

from sandbox.server.payload import Json, present


@dataclass(frozen=True, slots=True)
class Person:
    """One synthetic person with a Telegram account."""

    id: int
    first_name: str
    last_name: str | None = None
    username: str | None = None
    language_code: str | None = None
    label: str | None = None
    about_kk: str | None = None
    about_ru: str | None = None

    def user(self) -> Json:
        """Return Telegram's User object."""
        return present(
            id=self.id,
            is_bot=False,
            first_name=self.first_name,
            last_name=self.last_name,
            username=self.username,
            language_code=self.language_code,
        )


@dataclass(frozen=True, slots=True)
class BotAccount:
    """The bot as Telegram knows it."""

    id: int
    first_name: str
    username: str

    def user(self) -> Json:
        """Return Telegram's User object as other people see it."""
        return {
            "id": self.id,
            "is_bot": True,
            "first_name": self.first_name,
            "username": self.username,
        }

    def me(self) -> Json:
        """Return what getMe answers."""
        return self.user() | {
            "can_join_groups": True,
            "can_read_all_group_messages": False,
            "supports_inline_queries": False,
            "can_connect_to_business": False,
            "has_main_web_app": False,
        }


@dataclass(slots=True)
class Crowd:
    """A range of people who only count what they receive: a million of them cost 2 MB.

    Every one of them has pressed start; `blocked` holds the ids of those who left again.
    """

    first_id: int
    count: int
    blocked: set[int] = field(default_factory=set)
    received: "array[int]" = field(init=False)
    """Messages received by each person, in order of id."""

    def __post_init__(self) -> None:
        self.received = array("H", bytes(2 * self.count))

    def __contains__(self, chat_id: int) -> bool:
        return self.first_id <= chat_id < self.first_id + self.count

    def receive(self, chat_id: int, messages: int = 1) -> None:
        """Count messages delivered to one person."""
        self.received[chat_id - self.first_id] += messages
