"""Telegram in memory: one bot, its people, its chats, and what is under way between them."""

from sandbox.seed import Seed
from sandbox.server.callbacks import Callbacks
from sandbox.server.calls import Calls
from sandbox.server.chats import Chat, ChatType, CrowdMember, PrivateChat, SharedChat
from sandbox.server.clock import SandboxClock
from sandbox.server.events import Events, EventType
from sandbox.server.faults import Faults
from sandbox.server.files import FileStore, Upload
from sandbox.server.limits import Limits, Pace
from sandbox.server.payload import Json, present
from sandbox.server.people import BotAccount, Crowd, Person
from sandbox.server.profile import Profile
from sandbox.server.refusal import Refusal
from sandbox.server.settings import Settings
from sandbox.server.updates import Updates

FIRST_PERSON_ID = 100_001
FIRST_GROUP_ID = -4_000_001
FIRST_CHANNEL_ID = -1_002_000_000_001


class Telegram:
    """The whole state; what people do is in `actions`, what the bot does in `methods`."""

    def __init__(
        self,
        seed: Seed,
        bot_id: int,
        clock: SandboxClock,
        limits: Limits,
        settings: Settings,
    ) -> None:
        self.settings = settings
        self.clock = clock
        self.bot = BotAccount(bot_id, seed.bot.name_kk, seed.bot.username)
        self.profile = Profile(seed.bot.name_kk)
        self.events = Events()
        self.faults = Faults()
        self.updates = Updates(self.faults)
        self.pace = Pace(limits)
        self.calls = Calls()
        self.files = FileStore()
        self.callbacks = Callbacks(
            clock, settings.callback_life, on_clock=settings.callback_on_clock
        )
        self.people: dict[int, Person] = {}
        self.chats: dict[int, Chat] = {}
        self.crowds: list[Crowd] = []
        self.webhook_pending = 0
        self._message_id = 0
        self._next_person = FIRST_PERSON_ID
        self._next_group = FIRST_GROUP_ID
        self._next_channel = FIRST_CHANNEL_ID
        self._next_album = 13_000_000_000_000_001
        for person in seed.people:
            self.add_person(**person.model_dump())
        for channel in seed.channels:
            chat = self.add_shared(ChatType.CHANNEL, channel.title, channel.username)
            chat.membership.bot_is_administrator = channel.bot_is_administrator
        for file in seed.files:
            self.files.add_known(file.id, Upload(file.name, file.text.encode()))

    def add_person(
        self,
        first_name: str,
        *,
        last_name: str | None = None,
        username: str | None = None,
        language_code: str | None = None,
        label: str | None = None,
        about_kk: str | None = None,
        about_ru: str | None = None,
        id: int | None = None,  # noqa: A002  # the seed's word
        started: bool = False,
    ) -> Person:
        """Let a person join the desk; raises ValueError when the id is taken."""
        if id is None:
            while self._next_person in self.people:
                self._next_person += 1
            id = self._next_person  # noqa: A001  # the seed's word
        if id in self.people:
            raise ValueError(f"two people have the id {id}")
        person = Person(
            id, first_name, last_name, username, language_code, label, about_kk, about_ru
        )
        self.people[id] = person
        chat = PrivateChat(person, self.settings.keep_messages)
        chat.started = started
        self.chats[id] = chat
        self.events.add(EventType.PERSON, id)
        return person

    def add_shared(self, kind: ChatType, title: str, username: str | None = None) -> SharedChat:
        """Open a group, a supergroup or a channel with the bot in it."""
        if kind is ChatType.GROUP:
            chat_id, self._next_group = self._next_group, self._next_group - 1
        else:
            chat_id, self._next_channel = self._next_channel, self._next_channel - 1
        json = present(title=title, username=username)
        chat = SharedChat(chat_id, kind, json, self.settings.keep_messages)
        self.chats[chat_id] = chat
        self.events.add(EventType.PERSON, chat_id)
        return chat

    def add_crowd(self, count: int, first_id: int = 5_000_000_000) -> Crowd:
        """Add people for a bench, who have pressed start and only count what they get."""
        crowd = Crowd(first_id, count)
        self.crowds.append(crowd)
        return crowd

    def next_message_id(self, chat: Chat) -> int:
        """Return a new message's number.

        Telegram counts the bot's private chats and basic groups together, and each supergroup
        and channel by itself.
        """
        if isinstance(chat, SharedChat) and chat.own_ids:
            return chat.next_message_id()
        self._message_id += 1
        return self._message_id

    def next_album(self) -> str:
        """Return a new `media_group_id`."""
        self._next_album += 1
        return str(self._next_album)

    def private(self, person_id: int) -> PrivateChat:
        """Return a person's chat with the bot; raises KeyError."""
        chat = self.chats[person_id]
        if not isinstance(chat, PrivateChat):
            raise KeyError(person_id)
        return chat

    def find(self, chat_id: int | str | None) -> Chat:
        """Return a chat by its id or @username; raises Refusal `chat not found`."""
        if chat_id is None or chat_id == "":
            raise Refusal.bad_request("chat_id is empty")
        if isinstance(chat_id, str):
            if chat_id.startswith("@"):
                return self._by_username(chat_id[1:].lower())
            try:
                chat_id = int(chat_id)
            except ValueError:
                raise Refusal.bad_request("chat not found") from None
        chat = self.chats.get(chat_id)
        if chat is not None:
            return chat
        for crowd in self.crowds:
            if chat_id in crowd:
                return CrowdMember(chat_id, crowd)
        raise Refusal.bad_request("chat not found")

    def _by_username(self, username: str) -> Chat:
        for chat in self.chats.values():
            if isinstance(chat, SharedChat) and chat.json.get("username", "").lower() == username:
                return chat
        raise Refusal.bad_request("chat not found")

    def reachable(self, chat_id: int | str | None) -> Chat:
        """Return a chat to which the bot may write now; raises Refusal 400 or 403."""
        chat = self.find(chat_id)
        if isinstance(chat, PrivateChat):
            if chat.deactivated:
                raise Refusal.forbidden("user is deactivated")
            if chat.blocked:
                raise Refusal.forbidden("bot was blocked by the user")
            if not chat.started:
                raise Refusal.forbidden("bot can't initiate conversation with a user")
        elif isinstance(chat, CrowdMember):
            if chat.id in chat.crowd.blocked:
                raise Refusal.forbidden("bot was blocked by the user")
        elif isinstance(chat, SharedChat):
            self._check_membership(chat)
        return chat

    @staticmethod
    def _check_membership(chat: SharedChat) -> None:
        if not chat.membership.bot_is_member:
            raise Refusal.forbidden(f"bot was kicked from the {chat.kind.value} chat")
        if chat.kind is ChatType.CHANNEL and not chat.membership.bot_is_administrator:
            raise Refusal.bad_request("need administrator rights in the channel chat")

    @property
    def idle(self) -> bool:
        """Whether the bot has confirmed every update and no call is under way."""
        return not (self.updates.unconfirmed or self.webhook_pending or self.calls.under_way)

    def shown_person(self, person: Person) -> Json:
        """Return a person as the control API shows them."""
        chat = self.private(person.id)
        return {
            "id": person.id,
            "first_name": person.first_name,
            "last_name": person.last_name,
            "username": person.username,
            "language_code": person.language_code,
            "label": person.label,
            "about_kk": person.about_kk,
            "about_ru": person.about_ru,
            "blocked": chat.blocked,
            "started": chat.started,
        }
