"""A digest by e-mail: what it holds, how it gets there, what a server may say to it."""

import asyncio
import ssl
from datetime import UTC, datetime
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from bot.doctor.mail import look_at_mail
from bot.mail import Mail
from bot.relay import Relay, Security
from bot.settings import Settings
from services.digests.channel import Attachment, Content, Ending, Handed, Trouble
from services.language import Language
from tests.digests.mail_sink import PASSWORD, certificate, mail_sink

NOW = datetime(2026, 11, 23, 3, 30, tzinfo=UTC)
KEY = "digest:mysalbaev:daily:2026-11-23:201"
SENDER = "«Үлгі» партиясы <we@example.kz>"
READER = "reader@example.kz"
CONTENT = Content(
    "Дайджест: 23.11.2026",
    "Мерзімі өткен: 2\n",
    "<p>Мерзімі өткен: <b>2</b></p>",
    (Attachment("дайджест.pdf", "application/pdf", b"%PDF-1.7 synthetic"),),
)


async def send(relay: Relay, to: str = READER) -> Ending:
    """Send the digest."""
    return await Mail(relay, SENDER).send(to, CONTENT, KEY, Language.KAZAKH, NOW)


async def test_a_mail_holds_the_digest() -> None:
    """It has both kinds of words, the file, a sender by name, and no number of any person."""
    async with mail_sink() as sink:
        assert Ending(Handed.DELIVERED) == await send(sink.relay())
    (message,) = sink.messages
    plain, html = message.get_body(("plain",)), message.get_body(("html",))
    assert plain is not None
    assert html is not None
    (file,) = message.iter_attachments()

    assert (["we@example.kz"], [READER]) == (sink.senders, sink.recipients)
    assert ("Дайджест: 23.11.2026", SENDER) == (message["Subject"], message["From"])
    assert ("kk", "auto-generated") == (message["Content-Language"], message["Auto-Submitted"])
    assert "Mon, 23 Nov 2026 08:30:00 +0500" == message["Date"]
    assert CONTENT.text.split() == plain.get_content().split()
    assert CONTENT.html == html.get_content().strip()
    assert ("дайджест.pdf", b"%PDF-1.7 synthetic") == (file.get_filename(), file.get_content())
    assert "201" not in message["Message-ID"]


async def test_twice_is_the_same_mail() -> None:
    """A mail that is sent again after a kill has the same Message-ID, another digest another."""
    async with mail_sink() as sink:
        await send(sink.relay())
        await send(sink.relay())
        other = KEY.replace("23", "24")
        mail = Mail(sink.relay(), SENDER)
        await mail.send(READER, CONTENT, other, Language.KAZAKH, NOW)

    first, again, third = (message["Message-ID"] for message in sink.messages)
    assert first == again
    assert first != third
    assert first.endswith("@example.kz>")


@pytest.fixture
def trusted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ssl.SSLContext:
    """Make a certificate that this machine trusts; return what its server has."""
    server, client = certificate(tmp_path)
    monkeypatch.setattr(ssl, "create_default_context", lambda *_: client)
    return server


@pytest.mark.needs("openssl")
@pytest.mark.parametrize("security", [Security.STARTTLS, Security.TLS])
async def test_logged_in_over_tls(trusted: ssl.SSLContext, security: Security) -> None:
    """Name and password are given once the connection is kept from others."""
    async with mail_sink(trusted, implicit=security is Security.TLS) as sink:
        assert Ending(Handed.DELIVERED) == await send(sink.relay(security, PASSWORD))
        wrong = await send(sink.relay(security, "secret of somebody"))

    assert 1 == len(sink.messages)
    assert Ending(Handed.LATER, trouble=Trouble.LOGIN) == wrong


@pytest.mark.needs("openssl")
async def test_nothing_is_said_to_a_stranger(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A certificate that nobody vouches for ends the connection before the password."""
    server, _ = certificate(tmp_path)
    nobody = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    monkeypatch.setattr(ssl, "create_default_context", lambda *_: nobody)
    async with mail_sink(server) as sink:
        ending = await send(sink.relay(Security.STARTTLS, PASSWORD))

    assert Ending(Handed.LATER, trouble=Trouble.SERVER) == ending
    assert [] == sink.messages


async def test_no_starttls_no_mail() -> None:
    """A server that offers no TLS gets neither the password nor the digest."""
    async with mail_sink() as sink:
        ending = await send(sink.relay(Security.STARTTLS, PASSWORD))

    assert Ending(Handed.LATER, trouble=Trouble.SERVER) == ending
    assert [] == sink.messages


@pytest.mark.parametrize(
    ("to_recipient", "to_data", "ending"),
    [
        ("550 No such user", None, Ending(Handed.REFUSED, trouble=Trouble.ADDRESS)),
        ("450 Mailbox busy", None, Ending(Handed.LATER, trouble=Trouble.DEFERRED)),
        (None, "554 Not wanted here", Ending(Handed.REFUSED, trouble=Trouble.REFUSED)),
        (None, "451 Greylisted", Ending(Handed.LATER, trouble=Trouble.DEFERRED)),
        (None, "421 Going down", Ending(Handed.LATER, trouble=Trouble.SERVER)),
    ],
)
async def test_what_a_server_says(
    to_recipient: str | None, to_data: str | None, ending: Ending
) -> None:
    """Only what is said for good of this message or reader is final; no address is logged."""
    async with mail_sink() as sink:
        sink.to_recipient, sink.to_data = to_recipient, to_data
        with capture_logs() as logs:
            assert ending == await send(sink.relay())

    assert [ending.trouble] == [line["trouble"] for line in logs]
    assert "reader" not in str(logs)


async def test_the_end_of_the_program_waits_for_no_server() -> None:
    """A mail in flight is cancelled at once, and sent again under its Message-ID later."""
    async with mail_sink() as sink:
        sink.patience.clear()
        sending = asyncio.create_task(send(sink.relay()))
        await sink.reading.wait()
        sending.cancel()
        async with asyncio.timeout(5):
            with pytest.raises(asyncio.CancelledError):
                await sending


async def test_nobody_there() -> None:
    """A server that does not answer is tried again."""
    async with mail_sink() as sink:
        relay = sink.relay()
    assert Ending(Handed.LATER, trouble=Trouble.SERVER) == await send(relay)


@pytest.mark.parametrize("address", ["reader@example.kz\nBcc: all@example.kz", "a@b\0c"])
async def test_an_address_that_is_none(address: str) -> None:
    """What cannot stand in a header goes to nobody."""
    async with mail_sink() as sink:
        ending = await send(sink.relay(), address)

    assert Ending(Handed.REFUSED, trouble=Trouble.ADDRESS) == ending
    assert [] == sink.messages


async def test_the_doctor_looks_at_the_server() -> None:
    """It says whether the server answers, and sends nothing."""
    async with mail_sink() as sink:
        there = {"smtp_url": f"smtp://127.0.0.1:{sink.port}", "smtp_from": "we@example.kz"}
        settings = Settings(_env_file=None, **there)
        assert (await look_at_mail(settings)).ok
    found = await look_at_mail(settings)

    assert not found.ok
    assert "check SMTP_URL" in found.words
    assert [] == sink.messages
    assert (await look_at_mail(Settings(_env_file=None))).ok
