"""From what an administrator writes to what is kept: words, amounts, days."""

from datetime import date

from handlers.views.roadmap_editing_callbacks import Field
from services.refusal import N_, Refusal
from services.roadmap.rules import LONGEST_NAME, LONGEST_UNIT
from services.tables.cells import an_amount
from services.text.dates import find_dates

_AMOUNTS = {Field.START, Field.PLAN}
_DAYS = {Field.BEGINS_ON, Field.DUE_ON}
_UNITS = {Field.UNIT_KK, Field.UNIT_RU}


def told(what: Field, words: str, today: date) -> str:
    """Return what was written of a field as it is kept; raises Refusal with what is wrong."""
    if what in _AMOUNTS:
        return str(an_amount(words))
    if what in _DAYS:
        return the_day(words, today).isoformat()
    limit = LONGEST_UNIT if what in _UNITS else LONGEST_NAME
    plain = " ".join(words.replace("\x00", "").split())
    if not plain:
        raise Refusal(N_("I see no words here. Please write in words: a few are enough."))
    if len(plain) > limit:
        raise Refusal(N_("Too long: at most {limit} characters."), limit=limit)
    return plain


def the_day(words: str, today: date) -> date:
    """Return the one day that is named; raises Refusal for none and for several."""
    days = find_dates(words, today).days
    if len(days) != 1:
        raise Refusal(N_("This is no day. Please write it like this: 31.12.2026"))
    return days[0]
