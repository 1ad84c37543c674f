"""What a programme may be: the limits of its texts, days, places and form; pure rules."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from services.programmes.model import Field, FieldKind, Programme
from services.refusal import N_, Refusal

LONGEST_TITLE = 120
LONGEST_TEXT = 2000
LONGEST_TERMS = 800
LONGEST_PLACE = 200
LONGEST_LABEL = 200
LONGEST_CONSENT = 1000
LONGEST_OPTION = 60
MOST_PLACES = 10_000
MOST_FIELDS = 12
MOST_OPTIONS = 12
MOST_SESSIONS = 60
# No programme lasts longer, nor begins later than that.
LONGEST = timedelta(days=730)

PAIRS = (
    ("title", LONGEST_TITLE, True),
    ("text", LONGEST_TEXT, True),
    ("terms", LONGEST_TERMS, False),
    ("place", LONGEST_PLACE, False),
    ("consent", LONGEST_CONSENT, False),
)


def check_values(values: Mapping[str, Any], today: date) -> None:
    """Raise Refusal where these columns of a programme say what cannot be."""
    for name, limit, needed in PAIRS:
        check_pair(str(values[f"{name}_kk"]), str(values[f"{name}_ru"]), limit, needed=needed)
    begins, ends, until = values["begins_on"], values["ends_on"], values["sign_up_until"]
    if ends < begins:
        raise Refusal(N_("The last day lies before the first one."))
    if ends > today + LONGEST or ends - begins > LONGEST:
        raise Refusal(N_("That is too far away: two years ahead at most."))
    if until > ends:
        raise Refusal(N_("One cannot sign up after the last day of the programme."))
    capacity = values["capacity"]
    if capacity is not None and not 1 <= capacity <= MOST_PLACES:
        raise Refusal(N_("I need a whole number from {low} to {high}."), low=1, high=MOST_PLACES)


def check_places(programme: Programme, capacity: int | None) -> None:
    """Raise Refusal where fewer places would be left than people already have."""
    if capacity is not None and capacity < programme.taken:
        message = N_("{taken} places are taken already: there cannot be fewer.")
        raise Refusal(message, taken=programme.taken)


def check_pair(kk: str, ru: str, limit: int, *, needed: bool) -> None:
    """Raise Refusal where a text is missing in a language, or is too long in one."""
    if bool(kk) != bool(ru) or (needed and not kk):
        raise Refusal(N_("Both texts are needed: in Kazakh and in Russian."))
    longest = max(len(kk), len(ru))
    if longest > limit:
        message = N_("This text is too long: {length} of at most {limit} characters.")
        raise Refusal(message, length=longest, limit=limit)


def check_field(field: Field, others: Sequence[Field]) -> None:
    """Raise Refusal where a question cannot be asked so beside the others of the form."""
    check_pair(field.label_kk, field.label_ru, LONGEST_LABEL, needed=True)
    if len([one for one in others if one.code != field.code]) >= MOST_FIELDS:
        raise Refusal(N_("A form has at most {most} questions."), most=MOST_FIELDS)
    if field.kind is not FieldKind.CHOICE:
        return
    if not 2 <= len(field.options) <= MOST_OPTIONS:  # noqa: PLR2004  # a choice
        raise Refusal(N_("A choice has from 2 to {most} answers."), most=MOST_OPTIONS)
    for option in field.options:
        check_pair(option.kk, option.ru, LONGEST_OPTION, needed=True)
    for texts in ({one.kk for one in field.options}, {one.ru for one in field.options}):
        if len(texts) != len(field.options):
            raise Refusal(N_("Two answers of the choice are the same."))
