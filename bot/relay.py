"""The mail server that takes the party's e-mail, as SMTP_URL names it."""

from dataclasses import dataclass, field
from enum import Enum
from urllib.parse import SplitResult, unquote, urlsplit

_HERE = frozenset({"localhost", "127.0.0.1", "::1"})


class Security(Enum):
    """How the connection is kept from others."""

    # TLS from the first byte: smtps://.
    TLS = 465
    # TLS before anything is said (RFC 3207), or nothing is: smtp://.
    STARTTLS = 587
    # Plain, to this machine only: smtp://localhost.
    NONE = 25


@dataclass(frozen=True, slots=True)
class Relay:
    """A mail server, and who the bot is to it."""

    host: str
    port: int
    security: Security
    user: str | None = None
    password: str | None = field(default=None, repr=False)


def parse_relay(url: str) -> Relay:
    """Return what a URL names; raises ValueError with words that repeat nothing of it.

    smtps://user:password@host:465 is TLS, smtp://user:password@host:587 is STARTTLS; smtp:// to
    this machine is plain. What is special in a URL stands in the password as %40 and the like.
    """
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError:
        # Without its cause: the parser's words repeat a part of the URL, perhaps the password.
        raise ValueError("cannot be read: is a letter of the password to be %-encoded?") from None
    if parts.scheme not in {"smtp", "smtps"} or not host or not _is_bare(parts):
        raise ValueError("must be like smtps://user:password@host:465 or smtp://host:587")
    if (parts.username is None) != (parts.password is None):
        raise ValueError("needs both a user and a password, or neither")
    security = _security(parts.scheme, host)
    user, password = (
        unquote(part) if part is not None else None for part in (parts.username, parts.password)
    )
    return Relay(host, port or security.value, security, user, password)


def _security(scheme: str, host: str) -> Security:
    if scheme == "smtps":
        return Security.TLS
    return Security.NONE if host in _HERE else Security.STARTTLS


def _is_bare(parts: SplitResult) -> bool:
    return parts.path in {"", "/"} and not parts.query and not parts.fragment
