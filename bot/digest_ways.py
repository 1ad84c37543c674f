"""The two ways of a digest to its reader: Telegram's outbox and the mail server."""

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

import structlog
from aiogram import Bot
from aiogram.exceptions import AiogramError

from bot.relay import Relay
from bot.sender.rendering import Rendering
from handlers.views.digest_mail import mail_content
from services.clock import Clock
from services.digests.channel import Attachment, Content, Ending, Handed, Trouble, Undelivered
from services.digests.delivering import fate_in_outbox
from services.digests.model import Channel, Period
from services.digests.period_queueing import KIND as PERIOD_KIND
from services.digests.queueing import KIND as DAILY_KIND
from storage.database import Database

if TYPE_CHECKING:
    from bot.mail import Mail

log = structlog.get_logger(__name__)

Files = Callable[[Undelivered], Awaitable[tuple[Attachment, ...]]]


def open_channels(relay: Relay | None) -> frozenset[Channel]:
    """Return the ways that readers can choose here."""
    return frozenset(Channel) if relay is not None else frozenset({Channel.TELEGRAM})


class ThroughTelegram:
    """The outbox has the message since the digest was composed; what became of it stands there."""

    def __init__(self, db: Database) -> None:
        self._db = db

    async def deliver(self, digest: Undelivered) -> Ending:
        """Return what has become of the message so far."""
        return await self._db.read(fate_in_outbox, digest.key)


class ByMail:
    """Writes a digest as an e-mail and hands it to the mail server.

    Without a server it waits for one: whoever may not receive service data in Telegram never
    gets it there instead.
    """

    def __init__(
        self,
        relay: Relay | None,
        sender: str | None,
        *,
        bot: Bot,
        clock: Clock,
        rendering: Rendering,
        files: Files,
    ) -> None:
        self._relay = relay
        self._sender = sender
        self._bot = bot
        self._clock = clock
        self._rendering = rendering
        self._files = files
        self._mail: Mail | None = None

    async def deliver(self, digest: Undelivered) -> Ending:
        """Send the e-mail, or say what is in its way."""
        mail = self._post_office()
        if mail is None:
            return Ending(Handed.LATER, trouble=Trouble.NOT_SET_UP)
        if not digest.email:
            return Ending(Handed.REFUSED, trouble=Trouble.ADDRESS)
        try:
            content = await self._written(digest)
        except Exception:
            # One digest that nobody can write must not stop all the others.
            log.exception("a digest cannot be written", digest=digest.id)
            return Ending(Handed.LATER, trouble=Trouble.REFUSED)
        return await mail.send(
            digest.email, content, digest.key, digest.language, self._clock.now()
        )

    def _post_office(self) -> "Mail | None":
        if self._mail is None and self._relay is not None and self._sender is not None:
            # Where nobody chose e-mail it costs neither time at the start nor memory.
            from bot.mail import Mail  # noqa: PLC0415

            self._mail = Mail(self._relay, self._sender)
        return self._mail

    async def _written(self, digest: Undelivered) -> Content:
        kind = DAILY_KIND if digest.period is Period.DAILY else PERIOD_KIND
        payload = {**digest.facts, "digest": digest.id}
        attachments = await self._files(digest)
        link = await self._link()
        notice = self._rendering.notice(kind, payload, digest.language)
        with self._rendering.speaking(digest.language):
            return mail_content(notice, digest, link, attachments)

    async def _link(self) -> str | None:
        """Return the address of the bot, where the reader says that they have read it."""
        try:
            return f"https://t.me/{(await self._bot.me()).username}"
        except (AiogramError, OSError):
            return None
