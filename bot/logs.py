"""Logs for the administrator: what happened, never what anybody wrote or who they are."""

import hmac
import logging
import os
import re
import sys
from typing import Any, Final

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

from bot.traces import trace_of
from storage import vault

LEVELS = {
    "debug": logging.DEBUG,
    "info": logging.INFO,
    "warning": logging.WARNING,
    "error": logging.ERROR,
}
# Facts of a log line that say who somebody is; only these may.
PEOPLE: Final = ("person", "author", "official", "staff")
_SALT: Final = os.urandom(16)
_HIDDEN = 8  # hexadecimal digits: enough to follow one person through one day
# What must not stand in a line even where a library, or a sentence of a server, repeats it.
_SECRETS = (
    # Bot API: a token is the bot's number, a colon, and 35 characters.
    (re.compile(r"(?<!\d)\d{5,}:[A-Za-z0-9_-]{30,}"), "<token>"),
    # The number of a phone as people write it, and whatever is as long as a number of Telegram's.
    (
        re.compile(r"(?<![\w.])(?:\+7|8)[ (-]{0,2}\d{3}[ )-]{0,2}\d{3}(?:[ -]?\d\d){2}\b"),
        "<number>",
    ),
    (re.compile(r"(?<![\w.-])\+?\d{9,}(?![\w-])"), "<number>"),
    (re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+"), "<address>"),
    (re.compile(r"(?<=://)[^/\s:@]*:[^/\s@]*(?=@)"), "<password>"),
)


def _hide_people(_: WrappedLogger, __: str, line: EventDict) -> EventDict:
    """Put a hash in the place of a person's number, another one each day (UTC)."""
    day = str(line.get("timestamp", ""))[:10]
    for name in PEOPLE:
        if line.get(name) is not None:
            line[name] = _hash_of_day(f"{day} {line[name]}")
    return line


def _hash_of_day(said: str) -> str:
    """Return the same for the same person on one day; without DATA_KEY only in one process."""
    if vault.is_locked():
        return vault.blind(f"log {said}")[-_HIDDEN:]
    return hmac.digest(_SALT, said.encode(), "sha256").hex()[:_HIDDEN]


def _tell_places(_: WrappedLogger, __: str, line: EventDict) -> EventDict:
    """Put the places of a failure in the code in the place of what it says.

    Its words may repeat what somebody wrote.
    """
    said = line.pop("exc_info", None)
    failure = sys.exc_info()[1] if said is True else said
    if isinstance(failure, tuple):
        failure = failure[1]
    if isinstance(failure, BaseException):
        line["trace"] = trace_of(failure)
    return line


def _hide_secrets(_: WrappedLogger, __: str, line: EventDict) -> EventDict:
    """Take tokens, phones, addresses and passwords out of texts, whoever wrote them there."""
    for name, value in line.items():
        if isinstance(value, str) and name != "timestamp":
            line[name] = without_secrets(value)
    return line


def without_secrets(text: str) -> str:
    """Return a text with words like <token> in the place of what must not be read."""
    for pattern, word in _SECRETS:
        text = pattern.sub(word, text)
    return text


PROCESSORS: tuple[Processor, ...] = (
    structlog.processors.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    _hide_people,
    _tell_places,
    _hide_secrets,
    structlog.processors.LogfmtRenderer(key_order=["timestamp", "level", "event"]),
)


class LibraryLines(logging.Formatter):
    """Lines of libraries: who speaks and their words, a failure by its places only."""

    def format(self, record: logging.LogRecord) -> str:
        """Return one line, with the places of a failure below."""
        failure = record.exc_info[1] if record.exc_info else None
        line = without_secrets(f"{record.levelname.lower()} {record.name}: {record.getMessage()}")
        return line if failure is None else f"{line}\n{trace_of(failure)}"


def set_up_logs(level: str) -> None:
    """Write one line an event to standard error, from this level up.

    The libraries speak from warnings up only: aiogram's debug lines hold whole updates, and
    those hold answers.
    """
    structlog.configure(
        processors=PROCESSORS,
        wrapper_class=structlog.make_filtering_bound_logger(LEVELS[level]),
        logger_factory=structlog.WriteLoggerFactory(),
        cache_logger_on_first_use=True,
    )
    handler: logging.StreamHandler[Any] = logging.StreamHandler()
    handler.setFormatter(LibraryLines())
    logging.basicConfig(level=max(LEVELS[level], logging.WARNING), handlers=[handler])
