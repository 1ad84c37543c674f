"""People who agreed beforehand, where a test is about something else."""

from collections.abc import Iterable
from datetime import UTC, datetime

from sqlalchemy import Connection

from services.language import Language
from services.people.consent import ConsentKind, current_version
from storage import consents

_EARLIER = datetime(2026, 1, 5, 6, tzinfo=UTC)


def agree(
    connection: Connection,
    *people: int,
    language: Language = Language.KAZAKH,
    kinds: Iterable[ConsentKind] = tuple(ConsentKind),
) -> None:
    """Let these people have agreed to the texts in force."""
    for person in people:
        for kind in kinds:
            row = {"person_id": person, **agreed(kind, language)}
            consents.put(connection, row)


def agreed(kind: ConsentKind, language: Language = Language.KAZAKH) -> dict[str, object]:
    """Return the row of a consent to the text in force, without the person."""
    return {
        "kind": kind.value,
        "version": current_version(kind),
        "language": language.value,
        "given_at": _EARLIER,
    }
