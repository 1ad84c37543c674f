"""E-mail through the party's mail server; only who sends any imports this."""

import hashlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime, parseaddr
from typing import Any

import structlog
from aiosmtplib import (
    SMTP,
    SMTPAuthenticationError,
    SMTPConnectResponseError,
    SMTPException,
    SMTPHeloError,
    SMTPRecipientsRefused,
    SMTPResponseException,
    SMTPSenderRefused,
)

from bot.relay import Relay, Security
from services.clock import local
from services.digests.channel import Content, Ending, Handed, Trouble
from services.language import Language

log = structlog.get_logger(__name__)

PATIENCE = 20.0  # seconds for each word of the server
_FOR_GOOD = 500  # RFC 5321, 4.2.1: replies from 500 on are permanent
_GOING_AWAY = 421


class Mail:
    """Sends messages one by one, each over a connection of its own."""

    def __init__(self, relay: Relay, sender: str) -> None:
        self._relay = relay
        self._sender = sender
        self._domain = parseaddr(sender)[1].rpartition("@")[2]

    async def send(
        self, to: str, content: Content, key: str, language: Language, at: datetime
    ) -> Ending:
        """Send a message and return what became of it; never raises for what a server did.

        The key is what it is known by: sent twice, it has one Message-ID.
        """
        sender = parseaddr(self._sender)[1]
        try:
            message = self._message(to, content, key, language, at)
            async with self._server() as server:
                await server.send_message(message, sender=sender, recipients=[to])
        except (SMTPException, OSError) as error:
            ending = _ending(error)
            facts = {"kind": type(error).__name__, "code": getattr(error, "code", None)}
            log.warning("a digest was not mailed", trouble=ending.trouble, **facts)
            return ending
        except ValueError:
            # An address that is none; errors of TLS, which are ValueErrors too, are dealt with.
            return Ending(Handed.REFUSED, trouble=Trouble.ADDRESS)
        return Ending(Handed.DELIVERED)

    async def greet(self) -> Trouble | None:
        """Connect and log in as for a message; return what is in the way."""
        try:
            async with self._server() as server:
                await server.noop()
        except (SMTPException, OSError) as error:
            return _ending(error).trouble
        return None

    @asynccontextmanager
    async def _server(self) -> AsyncIterator[SMTP]:
        """Connect and log in; what is cancelled or failed ends at once, without a farewell."""
        relay = self._relay
        server = SMTP(
            hostname=relay.host,
            port=relay.port,
            username=relay.user,
            password=relay.password,
            use_tls=relay.security is Security.TLS,
            start_tls=relay.security is Security.STARTTLS,
            # Asking the system for the machine's name may take seconds, and nobody needs it.
            local_hostname=self._domain,
            timeout=PATIENCE,
        )
        try:
            await server.connect()
            yield server
            with suppress(SMTPException, OSError):
                await server.quit()  # what was taken was taken, however this ends
        finally:
            server.close()

    def _message(
        self, to: str, content: Content, key: str, language: Language, at: datetime
    ) -> EmailMessage:
        message = EmailMessage()
        message["From"] = self._sender
        message["To"] = to
        message["Subject"] = content.subject
        message["Date"] = format_datetime(local(at))
        message["Message-ID"] = message_id(key, self._domain)
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(content.text)
        message.add_alternative(content.html, subtype="html")
        for file in content.attachments:
            main, _, sub = file.kind.partition("/")
            named: dict[str, Any] = {"maintype": main, "subtype": sub, "filename": file.name}
            message.add_attachment(file.content, **named)
        message["Content-Language"] = language.value
        return message


def message_id(key: str, domain: str) -> str:
    """Return the Message-ID of what is known by this key: always the same, and nobody's number."""
    return f"<digest.{hashlib.sha256(key.encode()).hexdigest()[:32]}@{domain}>"


def _ending(error: SMTPException | OSError) -> Ending:
    """Return what a failed call means: only what concerns this one message is final."""
    if isinstance(error, SMTPRecipientsRefused):
        code = min(refused.code for refused in error.recipients)
        return _refused(code, Trouble.ADDRESS)
    if isinstance(error, SMTPAuthenticationError | SMTPSenderRefused):
        refused = error.code >= _FOR_GOOD
        return Ending(Handed.LATER, trouble=Trouble.LOGIN if refused else Trouble.SERVER)
    unheard = isinstance(error, SMTPConnectResponseError | SMTPHeloError)
    if isinstance(error, SMTPResponseException) and not unheard and error.code != _GOING_AWAY:
        return _refused(error.code, Trouble.REFUSED)
    return Ending(Handed.LATER, trouble=Trouble.SERVER)


def _refused(code: int, trouble: Trouble) -> Ending:
    if code >= _FOR_GOOD:
        return Ending(Handed.REFUSED, trouble=trouble)
    return Ending(Handed.LATER, trouble=Trouble.DEFERRED)
