"""What the buttons of the staff's programmes carry: ids and the version that was seen."""

from enum import StrEnum

from aiogram.filters.callback_data import CallbackData

from services.programmes.model import FieldKind, ProgrammeKind


class Part(StrEnum):
    """What is written of a programme, one thing at a time."""

    TITLE = "t"
    TEXT = "x"
    DAYS = "d"
    # The three above make a draft.
    TERMS = "m"
    PLACE = "p"
    WHOM = "w"
    PHOTO = "f"
    UNTIL = "u"
    CAPACITY = "c"
    CONSENT = "a"
    CERTIFICATE = "z"
    # Of the form and of the sessions, and why it is called off.
    FIELD = "q"
    SESSION = "s"
    REASON = "r"


class ProgrammesDesk(CallbackData, prefix="pgd"):
    """All programmes, those before this one."""

    before: int = 0


class ProgrammeEdited(CallbackData, prefix="pge"):
    """One programme as the staff see it."""

    programme: int


class ProgrammeBegun(CallbackData, prefix="pgn"):
    """A new programme of this kind; none yet: ask for the kind."""

    kind: ProgrammeKind | None = None


class PartAsked(CallbackData, prefix="pgp"):
    """Write this part; item: which session."""

    programme: int
    part: Part
    item: int = 0


class PartSet(CallbackData, prefix="pgv"):
    """Set this part to a value that needs no writing."""

    programme: int
    seen: int
    part: Part
    value: str


class WaitingSet(CallbackData, prefix="pgw"):
    """Whether there is a waiting list."""

    programme: int
    seen: int
    on: bool


class FormShown(CallbackData, prefix="pgg"):
    """The questions of the form."""

    programme: int


class FieldBegun(CallbackData, prefix="pgh"):
    """A new question of this kind."""

    programme: int
    kind: FieldKind


class FieldSet(CallbackData, prefix="pgj"):
    """Whether a question must be answered."""

    programme: int
    seen: int
    field: str
    required: bool


class FieldDropped(CallbackData, prefix="pgk"):
    """Ask this no more."""

    programme: int
    seen: int
    field: str


class SessionsShown(CallbackData, prefix="pgq"):
    """The sessions."""

    programme: int


class SessionDropped(CallbackData, prefix="pgr"):
    """Take a session away."""

    programme: int
    seen: int
    number: int


class SigningSet(CallbackData, prefix="pgu"):
    """Open or close signing up."""

    programme: int
    seen: int
    on: bool


class CalledOff(CallbackData, prefix="pg0"):
    """Call a programme off for the reason that was shown."""

    programme: int
    seen: int


class ParticipantsShown(CallbackData, prefix="pg1"):
    """Who takes part or waits, beyond this sign-up."""

    programme: int
    after: int = 0


class ProgrammeTableAsked(CallbackData, prefix="pg2"):
    """Bring a table of programmes."""


class ProgrammeTableGiven(CallbackData, prefix="pgex"):
    """Take a small sound table as an example."""
