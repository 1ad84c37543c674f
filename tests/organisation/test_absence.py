"""Absences follow the file, and the past is never rewritten."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from services.organisation.absence import Absence, Added, Dropped, Returned, follow

FIRST = date(2026, 1, 1)
Stored = dict[date, Absence]


@st.composite
def files(draw: st.DrawFn) -> list[Absence]:
    """Draw absences of one official that do not overlap."""
    bounds = sorted(draw(st.lists(st.integers(0, 60), min_size=2, max_size=6, unique=True)))
    return [
        Absence(
            "a", draw(st.sampled_from("bc")), FIRST + timedelta(begun), FIRST + timedelta(over)
        )
        for begun, over in zip(bounds[::2], bounds[1::2], strict=False)
    ]


def followed(stored: Stored, wanted: list[Absence], today: date) -> Stored:
    """Return what is stored after the changes."""
    after = dict(stored)
    for change in follow(stored.values(), wanted, today):
        match change:
            case Dropped(absence):
                del after[absence.since]
            case Returned(absence, until):
                after[absence.since] = replace(absence, until=until)
            case Added(absence):
                assert absence.since not in after
                after[absence.since] = absence
    return after


def deputies(absences: list[Absence], day: date) -> list[str]:
    """Return who acts on this day."""
    return [absence.deputy for absence in absences if absence.since <= day < absence.until]


@given(st.lists(st.tuples(st.integers(0, 60), files()), max_size=5))
def test_any_history_of_imports_keeps_order(imports: list[tuple[int, list[Absence]]]) -> None:
    """From today on as the file says, before today as it was, the same import twice is once."""
    stored: Stored = {}
    for offset, wanted in sorted(imports, key=lambda made: made[0]):
        today = FIRST + timedelta(offset)
        before, stored = stored, followed(stored, wanted, today)
        assert stored == followed(stored, wanted, today)
        assert stored == followed(stored, wanted, today + timedelta(1))
        for days in range(62):
            day = FIRST + timedelta(days)
            acting = deputies(list(stored.values()), day)
            assert len(acting) <= 1
            if day >= today:
                assert deputies(wanted, day) == acting
            elif deputies(list(before.values()), day):
                assert deputies(list(before.values()), day) == acting
