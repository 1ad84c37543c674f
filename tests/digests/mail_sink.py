"""A mail server of the test's own: it keeps what it takes and refuses what it is told to."""

import asyncio
import ssl
import subprocess
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from bot.relay import Relay, Security

USER, PASSWORD = "we@example.kz", "p/w of us"


@dataclass
class Sink:
    """What came, and what to answer to the next recipients and messages."""

    port: int = 0
    messages: list[EmailMessage] = field(default_factory=list)
    senders: list[str] = field(default_factory=list)
    recipients: list[str] = field(default_factory=list)
    to_recipient: str | None = None
    to_data: str | None = None
    # A message that has come is answered only then.
    patience: asyncio.Event = field(default_factory=asyncio.Event)
    reading: asyncio.Event = field(default_factory=asyncio.Event)

    def relay(self, security: Security = Security.NONE, password: str | None = None) -> Relay:
        """Return the server as a setting names it."""
        user = None if password is None else USER
        return Relay("127.0.0.1", self.port, security, user, password)

    async def handle_RCPT(  # noqa: N802  # the name of aiosmtpd
        self,
        _server: SMTP,
        _session: Session,
        envelope: Envelope,
        address: str,
        _options: list[str],
    ) -> str:
        """Take a recipient, or do not."""
        if self.to_recipient is not None:
            return self.to_recipient
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802  # likewise
        """Take a message, or do not."""
        self.reading.set()
        await self.patience.wait()
        if self.to_data is not None:
            return self.to_data
        assert isinstance(envelope.content, bytes)
        message = message_from_bytes(envelope.content, policy=default)
        assert isinstance(message, EmailMessage)
        self.messages.append(message)
        self.senders.append(envelope.mail_from or "")
        self.recipients += envelope.rcpt_tos
        return "250 OK"


@asynccontextmanager
async def mail_sink(
    tls: ssl.SSLContext | None = None, *, implicit: bool = False
) -> AsyncIterator[Sink]:
    """Run a server; with STARTTLS it takes nobody who has not logged in."""
    sink = Sink()
    sink.patience.set()
    options: dict[str, Any] = {}
    if implicit:
        options = {"authenticator": _authenticate, "auth_require_tls": False}
    elif tls is not None:
        options = {"authenticator": _authenticate, "auth_required": True}
        options |= {"tls_context": tls, "require_starttls": True}
    loop = asyncio.get_running_loop()
    server = await loop.create_server(
        lambda: SMTP(sink, hostname="sink", loop=loop, **options),
        "127.0.0.1",
        0,
        ssl=tls if implicit else None,
    )
    sink.port = server.sockets[0].getsockname()[1]
    try:
        yield sink
    finally:
        sink.patience.set()
        server.close()
        await server.wait_closed()


def _authenticate(
    _server: SMTP, _session: Session, _envelope: Envelope, _mechanism: str, given: Any
) -> AuthResult:
    right = LoginPassword(USER.encode(), PASSWORD.encode())
    return AuthResult(success=given == right, handled=False)


def certificate(folder: Path) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """Make a certificate for this machine; return contexts of its server and of who trusts it."""
    key, made = folder / "key.pem", folder / "certificate.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1",
         "-nodes", "-keyout", key, "-out", made, "-days", "2", "-subj", "/CN=127.0.0.1",
         "-addext", "subjectAltName=IP:127.0.0.1"],
        check=True,
        capture_output=True,
    )  # fmt: skip
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(made, key)
    client = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    client.load_verify_locations(made)
    return server, client
