"""A poll that was counted before a transcript begins."""

from typing import Any

from sqlalchemy import Connection

from tests.polls.counted import keep
from tests.polls.results import survey_result


def count_before(connection: Connection, person_id: int, counted: dict[str, Any]) -> None:
    """Keep the counted survey of tests.polls.results, launched by this person.

    `words` are the answers in words by question.
    """
    words = {int(question): texts for question, texts in counted.get("words", {}).items()}
    keep(connection, survey_result(), words, by=person_id)
