"""How amounts, states, places and people of the Road Map are said."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from html import escape

from handlers.text import N_, _, current_language, pick
from services.organisation.directory import Organisation
from services.places.atlas import atlas
from services.roadmap.board import Line, is_stale
from services.roadmap.indicator import Indicator, State, per_cent
from services.text.length import shortened

MARKS = {
    State.OVERDUE: "🔴",
    State.BEHIND: "🟡",
    State.SILENT: "⚪",
    State.ON_TRACK: "🟢",
    State.REACHED: "✅",
}
_STATES = {
    State.OVERDUE: N_("The due date is past, the plan is not reached"),
    State.BEHIND: N_("Behind plan"),
    State.SILENT: N_("No report for more than 30 days"),
    State.ON_TRACK: N_("On plan"),
    State.REACHED: N_("The plan is reached"),
}
_BARS = "▁▂▃▄▅▆▇█"
_WHOLE = 100
_PERSON = 110  # characters of a name with its position


def amount(value: Decimal) -> str:
    """Return the amount as it is written here: «1 234,5»."""
    return f"{value:,f}".replace(",", "\N{NO-BREAK SPACE}").replace(".", ",")


def with_unit(value: Decimal, indicator: Indicator) -> str:
    """Return the amount with the unit of the indicator; HTML."""
    return f"{amount(value)} {escape(unit(indicator))}"


def unit(indicator: Indicator) -> str:
    """Return the unit in the current language."""
    return pick(indicator.unit_kk, indicator.unit_ru)


def marks(line: Line, day: date) -> str:
    """Return the mark of an indicator's state, with that of silence where it is silent too."""
    silent = is_silent(line, day) and line.state is not State.SILENT
    return MARKS[line.state] + (MARKS[State.SILENT] if silent else "")


def is_silent(line: Line, day: date) -> bool:
    """Tell whether a report is due for more than 30 days."""
    reported_on = None if line.fact is None else line.fact.day
    return line.state is not State.REACHED and is_stale(line.indicator, reported_on, day)


def state_line(state: State) -> str:
    """Return the mark of a state and what it means."""
    return f"{MARKS[state]} {_(_STATES[state])}"


def sparkline(indicator: Indicator, values: Sequence[Decimal]) -> str:
    """Return how much of the way from start to plan was gone each time, as bars."""
    parts = (min(_WHOLE, int(per_cent(indicator, value))) for value in values)
    return "".join(_BARS[part * (len(_BARS) - 1) // _WHOLE] for part in parts)


def line_bars(line: Line) -> str:
    """Return « · » and the sparkline of the reports that count; empty for less than two."""
    values = [fact.value for fact in line.history]
    return f" · {sparkline(line.indicator, values)}" if len(values) > 1 else ""


def place_name(indicator: Indicator) -> str:
    """Return the place of an indicator."""
    return place_of(indicator.region, indicator.district)


def place_of(region: str | None, district: str | None) -> str:
    """Return the place of these codes, the whole country where there are none."""
    found = atlas().find(region, district)
    return _("all Kazakhstan") if found is None else found.name(current_language())


def official_line(code: str | None, organisation: Organisation) -> str:
    """Return name and position of an official, cut where they are very long; HTML."""
    official = organisation.officials.get(code or "")
    if official is None:
        return _("nobody yet")
    language = current_language()
    said = f"{official.name(language)}, {official.position(language)}"
    return escape(shortened(said, _PERSON))


def section_title(code: str, organisation: Organisation) -> str:
    """Return a section with its emoji, the code where there is none of it; not escaped."""
    section = organisation.sections.get(code)
    return code if section is None else f"{section.emoji} {section.name(current_language())}"
