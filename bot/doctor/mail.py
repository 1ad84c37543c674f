"""The mail server, for digests by e-mail."""

from bot.doctor.finding import Finding
from bot.settings import Settings
from services.digests.channel import Trouble


async def look_at_mail(settings: Settings) -> Finding:
    """Connect and log in as for a digest; nothing is sent."""
    relay, sender = settings.relay, settings.smtp_from
    if relay is None or sender is None:
        return Finding("mail", ok=True, words="SMTP_URL is not set: digests in Telegram only")
    from bot.mail import Mail  # noqa: PLC0415  # as the bot does: only where there is a server

    where = f"{relay.host}:{relay.port}"
    match await Mail(relay, sender).greet():
        case None:
            return Finding("mail", ok=True, words=f"{where} answers")
        case Trouble.LOGIN:
            words = f"{where} refuses the bot: check the user and password of SMTP_URL"
        case _:
            words = f"{where} does not answer as it should: check SMTP_URL, TLS and the network"
    return Finding("mail", ok=False, words=words)
