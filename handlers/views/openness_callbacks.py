"""What the buttons of the open figures carry.

A month is its first day without dashes; "" is the newest one.
"""

from aiogram.filters.callback_data import CallbackData


class OpennessShown(CallbackData, prefix="op"):
    """The figures of a month: of the country, of a region, or of a topic."""

    month: str = ""
    region: str = ""
    topic: str = ""


class OpennessRegions(CallbackData, prefix="opr"):
    """The regions of a month."""

    month: str


class OpennessTopics(CallbackData, prefix="opt"):
    """A page of the topics of a month."""

    month: str
    page: int = 0


class OpennessMonths(CallbackData, prefix="opm"):
    """Months that are out, before this one."""

    before: str = ""


class OpennessChart(CallbackData, prefix="opc"):
    """The months up to this one as a picture."""

    month: str
    region: str = ""
    topic: str = ""


class OpennessFile(CallbackData, prefix="opf"):
    """The figures as a file: of one month, or of all with ""."""

    month: str = ""


class OpennessCorrections(CallbackData, prefix="opx"):
    """What was wrong in a month."""

    month: str


class OpennessDesk(CallbackData, prefix="opd"):
    """Staff: the months, and what waits for a second person."""


class OpennessBrought(CallbackData, prefix="opb"):
    """Staff: a table of earlier months, or of the month that is corrected."""

    month: str = ""


class OpennessEdited(CallbackData, prefix="ope"):
    """Staff: how a month may be corrected."""

    month: str


class OpennessRecounted(CallbackData, prefix="opn"):
    """Staff: count a month anew."""

    month: str


class OpennessAsked(CallbackData, prefix="opa"):
    """Staff: ask for the correction with the reasons that were shown; message gave the last."""

    message: int


class OpennessOpened(CallbackData, prefix="opo"):
    """Staff: a correction that is asked for."""

    correction: int


class OpennessDecided(CallbackData, prefix="opy"):
    """Staff: let a correction through, or not."""

    correction: int
    through: bool
