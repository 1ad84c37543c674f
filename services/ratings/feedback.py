"""What citizens say of a deputy’s answers: beside the rating, never a part of it."""

from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import Connection

from services.digests.hiding import SMALLEST
from storage import ratings_reading as stored


@dataclass(frozen=True, slots=True)
class Feedback:
    """The letters that were answered, how many answers were rated, and the mean in stars.

    None where there are fewer than ten, or where a difference would tell of fewer.
    """

    answered: int | None
    rated: int | None
    stars: Decimal | None


def feedback_on(connection: Connection, deputy: str) -> Feedback:
    """Return what citizens said of the answers to their letters to a deputy."""
    row = stored.heard(connection, deputy)
    answered, rated = row["answered"], row["rated"]
    told = rated >= SMALLEST
    left = answered - rated if told else answered
    return Feedback(
        answered if answered >= SMALLEST and (left == 0 or left >= SMALLEST) else None,
        rated if told else None,
        (Decimal(row["stars"]) / rated).quantize(Decimal("0.1")) if told else None,
    )
