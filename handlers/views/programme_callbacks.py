"""What the buttons of programmes carry: ids, and the version of the sign-up that was seen."""

from aiogram.filters.callback_data import CallbackData


class ProgrammesShown(CallbackData, prefix="pgl"):
    """The catalogue: for one's own place or for all; beyond this first day (ordinal) and id."""

    everywhere: bool = False
    day: int = 0
    after: int = 0


class ProgrammeOpened(CallbackData, prefix="pgc"):
    """One programme."""

    programme: int


class PhotoShown(CallbackData, prefix="pgi"):
    """The photo of a programme whose text is too long to stand below it."""

    programme: int


class OwnProgrammesShown(CallbackData, prefix="pgm"):
    """What one takes part in or waits for."""


class SignUpBegun(CallbackData, prefix="pgs"):
    """To sign up; seen: the version of an earlier sign-up, 0 where there is none."""

    programme: int
    seen: int


class TermsAgreed(CallbackData, prefix="pga"):
    """The programme's own text of consent, by its version."""

    programme: int
    version: int


class Answered(CallbackData, prefix="pgb"):
    """An answer that was pressed: the code of an option, "yes" or "no"; "" skips it."""

    programme: int
    field: str
    answer: str = ""


class Asked(CallbackData, prefix="pgf"):
    """A question of the form once more; "" is the name."""

    programme: int
    field: str = ""


class SignUpSent(CallbackData, prefix="pgy"):
    """Sign up with what was checked; seen as in SignUpBegun."""

    programme: int
    seen: int


class PlaceTaken(CallbackData, prefix="pgt"):
    """Take the place that was offered."""

    programme: int
    seen: int


class LeavingAsked(CallbackData, prefix="pgx"):
    """Ask before leaving."""

    programme: int
    seen: int


class Left(CallbackData, prefix="pgz"):
    """Leave a programme, its queue, or an offered place."""

    programme: int
    seen: int
