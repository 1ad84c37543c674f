"""What a bot in this process logs while a play goes on, and what of the play stands in it."""

import io
import logging
from collections.abc import Iterator
from contextlib import contextmanager

import structlog

from bot.logs import LEVELS, PROCESSORS, LibraryLines
from tests.transcripts.script import Script

_SHORTEST = 6  # letters; shorter words of people stand in English sentences too
_TELLING = frozenset({"send", "write", "edit", "reply", "contact", "forge", "press"})


@contextmanager
def overheard() -> Iterator[io.StringIO]:
    """Give what is logged at the most talkative level that an administrator can set."""
    written = io.StringIO()
    library = logging.StreamHandler(written)
    library.setLevel(logging.WARNING)
    library.setFormatter(LibraryLines())
    logging.getLogger().addHandler(library)
    before = structlog.get_config()
    structlog.configure(
        processors=PROCESSORS,
        wrapper_class=structlog.make_filtering_bound_logger(LEVELS["debug"]),
        logger_factory=structlog.WriteLoggerFactory(written),
        cache_logger_on_first_use=False,
    )
    try:
        yield written
    finally:
        structlog.configure(**before)
        logging.getLogger().removeHandler(library)


def secrets_of(script: Script, token: str) -> frozenset[str]:
    """Return what of a play no log may hold: who people are, and what they said and pressed."""
    said = {token, token.partition(":")[2]}
    for name, person in script.people.items():
        said.add(str(person["id"]))
        said |= {str(person[key]) for key in ("first_name", "last_name", "phone") if key in person}
        said.add(name.title())
    for step in script.steps:
        if step.action in _TELLING:
            said |= set(_words(step.value))
    return frozenset(word for word in said if len(word) >= _SHORTEST)


def _words(value: object) -> Iterator[str]:
    match value:
        case str():
            yield from (line.strip() for line in value.splitlines())
        case dict():
            for each in value.values():
                yield from _words(each)
        case list():
            for each in value:
                yield from _words(each)
