"""The ways a digest takes to its reader: what is delivered, and what became of it."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Protocol

from services.digests.model import Channel, Period
from services.language import Language
from services.refusal import N_, Refusal


class Handed(StrEnum):
    """What became of a digest that was to be delivered."""

    DELIVERED = "delivered"
    # On its way, or to be tried again.
    LATER = "later"
    # It will never arrive.
    REFUSED = "refused"


class Trouble(StrEnum):
    """Why a digest has not arrived."""

    # Nobody knows of anything: it waits for its turn.
    WAITING = "waiting"
    # The reader blocked the bot, or left Telegram.
    BLOCKED = "blocked"
    # Telegram or the mail server does not take this message.
    REFUSED = "refused"
    # The reader asked for e-mail and there is no address, or none that the server knows.
    ADDRESS = "address"
    # The reader asked for e-mail, and SMTP_URL is not set any more.
    NOT_SET_UP = "not_set_up"
    # The mail server does not take the name, the password or the sender.
    LOGIN = "login"
    # The mail server does not answer, or not in a way that can be trusted.
    SERVER = "server"
    # The mail server asks to try again later.
    DEFERRED = "deferred"


@dataclass(frozen=True, slots=True)
class Ending:
    """What became of a digest: when it arrived, or why it did not."""

    handed: Handed
    at: datetime | None = None
    trouble: Trouble | None = None


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that comes with a digest; kind is its media type, such as "application/pdf"."""

    name: str
    kind: str
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Content:
    """A digest in words, in the language of its reader: plain, as HTML, and with its files."""

    subject: str
    text: str
    html: str
    attachments: tuple[Attachment, ...] = ()


@dataclass(frozen=True, slots=True)
class Undelivered:
    """A digest that has not reached its reader, as far as is known."""

    id: int
    period: Period
    official: str
    day: date
    person_id: int
    channel: Channel
    language: Language
    facts: dict[str, Any] = field(repr=False)
    # Where to by e-mail; never written to the log.
    email: str | None = field(default=None, repr=False)
    tries: int = 0
    # Why it did not arrive the last time.
    trouble: Trouble | None = None

    @property
    def key(self) -> str:
        """Return the natural key, under which the outbox knows it too."""
        return digest_key(self.official, self.period, self.day, self.person_id)


class Way(Protocol):
    """How digests reach their readers; never raises for what a server or the network did."""

    async def deliver(self, digest: Undelivered) -> Ending:
        """Bring a digest to its reader, or say what has become of it so far."""


def digest_key(official: str, period: Period, day: date, person_id: int) -> str:
    """Return the natural key of a digest: it goes out once under it, whatever happens."""
    return f"digest:{official}:{period.value}:{day.isoformat()}:{person_id}"


def require_open(channels: Collection[Channel], channel: Channel) -> None:
    """Raise Refusal where digests cannot go this way here."""
    if channel not in channels:
        raise Refusal(
            N_("Digests by e-mail are not set up here. Please ask an administrator for it.")
        )
