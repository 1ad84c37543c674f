"""Dated responsibilities never overlap, and the past is never rewritten."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from services.organisation.succession import Begun, Ended, Replaced, Term, Wanted, succession

FIRST = date(2026, 1, 1)
DAYS = st.integers(0, 400).map(lambda days: FIRST + timedelta(days=days))
FILES = st.dictionaries(
    st.sampled_from(["water", "roads"]),
    st.builds(Wanted, st.sampled_from(["a", "b", "c"]), DAYS),
)
Row = tuple[str, date]
Terms = dict[Row, Term[str, Row, str]]


def brought_up_to_date(terms: Terms, wanted: dict[str, Wanted[str]], today: date) -> Terms:
    """Return the terms after the changes."""
    after = dict(terms)
    for change in succession(terms.values(), wanted, today):
        match change:
            case Ended(row, until):
                after[row] = replace(after[row], until=until)
            case Replaced(row, holder):
                after[row] = replace(after[row], holder=holder, until=None)
            case Begun(key, holder, since):
                assert (key, since) not in after
                after[key, since] = Term((key, since), key, holder, since, None)
    return after


def holders(terms: Terms, key: str, day: date) -> list[str]:
    """Return who holds the key on this day."""
    return [
        term.holder
        for term in terms.values()
        if term.key == key and term.since <= day and (term.until is None or term.until > day)
    ]


@given(st.lists(st.tuples(DAYS, FILES), max_size=5))
def test_any_history_of_imports_keeps_order(
    imports: list[tuple[date, dict[str, Wanted[str]]]],
) -> None:
    """At most one holder a day, the file's holder in the end, the same import twice is once."""
    terms: Terms = {}
    for today, wanted in sorted(imports, key=lambda made: made[0]):
        terms = brought_up_to_date(terms, wanted, today)
        assert terms == brought_up_to_date(terms, wanted, today)
        for key in ("water", "roads"):
            last = [wanted[key].holder] if key in wanted else []
            assert last == holders(terms, key, FIRST + timedelta(days=900))
    for key in ("water", "roads"):
        for days in range(0, 420, 7):
            assert len(holders(terms, key, FIRST + timedelta(days=days))) <= 1


@given(FILES, FILES, DAYS)
def test_the_past_stays_unless_the_file_dates_into_it(
    old: dict[str, Wanted[str]], new: dict[str, Wanted[str]], today: date
) -> None:
    """A day before the import and before every date of the new file keeps its holder."""
    before = brought_up_to_date({}, old, FIRST)
    after = brought_up_to_date(before, new, today)
    horizon = min([today, *(wish.since for wish in new.values())])

    for key in old:
        for days in range(0, (horizon - FIRST).days, 5):
            day = FIRST + timedelta(days=days)
            assert holders(before, key, day) == holders(after, key, day)
