"""How a reader wants digests: at which minute, on days off too, in Telegram or by e-mail.

Only for who holds an official's account. Another hour brings no second digest of a day: the
digest that went out is its own natural key (services.digests.due).
"""

import re
from dataclasses import dataclass
from datetime import time

from sqlalchemy import Connection

from services.digests.due import EARLIEST, LATEST, USUAL
from services.digests.model import Channel
from services.people.deeds import Deed
from services.refusal import N_, Refusal
from services.roadmap.desk import official_of
from storage import digest_readers as rows

# RFC 5321: 254 characters that fit into "MAIL FROM:<...>", 64 before the sign.
_LONGEST, _LONGEST_NAME = 254, 64
_NAME = re.compile(r"[A-Za-z0-9_%+'-]+(\.[A-Za-z0-9_%+'-]+)*")
_DOMAIN = re.compile(
    r"([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z][A-Za-z0-9-]*[A-Za-z0-9]"
)
_STEP = 5  # minutes


@dataclass(frozen=True, slots=True)
class Preferences:
    """What a reader chose: minutes from midnight in Asia/Almaty; email as it was given last."""

    minute: int = USUAL
    days_off: bool = False
    channel: Channel = Channel.TELEGRAM
    email: str | None = None

    @property
    def hour(self) -> time:
        """Return the time of the day at which digests come."""
        return time(self.minute // 60, self.minute % 60)


def preferences_of(connection: Connection, actor: int) -> Preferences:
    """Return what the actor chose; raises Refusal for who holds no official's account."""
    official_of(connection, Deed.SET_DIGEST, actor)
    row = rows.find_reader(connection, actor)
    if row is None:
        return Preferences()
    return Preferences(row["minute"], row["days_off"], Channel(row["channel"]), row["email"])


def set_hour(connection: Connection, actor: int, minute: int) -> Preferences:
    """Let digests come at this minute of the day; return what is chosen then.

    From 06:00 to 20:30, in steps of five minutes. Raises Refusal for other minutes, and for who
    holds no official's account.

    Key: person; the last word stands.
    """
    official_of(connection, Deed.SET_DIGEST, actor)
    if not EARLIEST <= minute <= LATEST or minute % _STEP:
        raise Refusal(N_("Please choose an hour from 06:00 to 20:30."))
    return _changed(connection, actor, minute=minute)


def set_days_off(connection: Connection, actor: int, *, wanted: bool) -> Preferences:
    """Let daily digests come on days off too, or not; return what is chosen then.

    Raises Refusal for who holds no official's account.

    Key: person; the last word stands.
    """
    official_of(connection, Deed.SET_DIGEST, actor)
    return _changed(connection, actor, days_off=wanted)


def set_channel(
    connection: Connection, actor: int, channel: Channel, email: str | None = None
) -> Preferences:
    """Let digests go this way; return what is chosen then.

    By e-mail to the address given here, else to the one given before. Raises Refusal without a
    valid address, and for who holds no official's account.

    Key: person; the last word stands.
    """
    official_of(connection, Deed.SET_DIGEST, actor)
    if channel is Channel.TELEGRAM:
        return _changed(connection, actor, channel=channel.value)
    known = preferences_of(connection, actor).email if email is None else email
    address = checked_email(known or "")
    return _changed(connection, actor, channel=channel.value, email=address)


def checked_email(text: str) -> str:
    """Return an address as it is written into a letter; raises Refusal where it is none.

    Letters of other alphabets are understood in the domain («почта.қаз»), which becomes what the
    mail servers call it.
    """
    name, sign, domain = text.strip().rpartition("@")
    try:
        domain = domain.encode("idna").decode("ascii").lower()
    except UnicodeError:
        sign = ""
    address = f"{name}@{domain}"
    fits = len(address) <= _LONGEST and len(name) <= _LONGEST_NAME
    if not (sign and fits and _NAME.fullmatch(name) and _DOMAIN.fullmatch(domain)):
        raise Refusal(N_("This is not an e-mail address. Example: name@example.kz"))
    return address


def _changed(connection: Connection, actor: int, **values: object) -> Preferences:
    rows.change_reader(connection, actor, values)
    return preferences_of(connection, actor)
