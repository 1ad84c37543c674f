"""Callback data of public councils; rights are checked again in the use cases."""

from aiogram.filters.callback_data import CallbackData


class CouncilsOpened(CallbackData, prefix="coopen"):
    """The councils of one's own place: the district, the region, the republic."""


class CouncilsAt(CallbackData, prefix="coat"):
    """The councils whose territory is exactly this place: "" is the republic."""

    region: str = ""
    district: str = ""


class CouncilRegions(CallbackData, prefix="coregs"):
    """The choice of a region; staff: for the desk."""

    staff: bool = False


class CouncilDistricts(CallbackData, prefix="codists"):
    """The choice of a district of this region; staff: for the desk."""

    region: str
    staff: bool = False


class CouncilShown(CallbackData, prefix="coshow"):
    """One council with who sits in it."""

    council: str


class MeetingsShown(CallbackData, prefix="comeet"):
    """The meetings of a council before this day (its ordinal), the newest first; 0 begins."""

    council: str
    before: int = 0


class Applying(CallbackData, prefix="coapply"):
    """To offer oneself for a council."""

    council: str


class ApplyPhoneSkipped(CallbackData, prefix="conophone"):
    """To leave no phone in the application of this draft."""

    draft: str


class ApplicationSent(CallbackData, prefix="cosend"):
    """To send the application of this draft as it was shown after this message."""

    draft: str
    words: int


class ApplicationTakenBack(CallbackData, prefix="cotakeback"):
    """To take the own application back."""

    application: int


class CouncilDesk(CallbackData, prefix="codesk"):
    """The councils before the staff: how complete, who is inactive, who applies."""


class StaffPlace(CallbackData, prefix="costaff"):
    """Composition of one place before the staff; "" is the republic."""

    region: str = ""
    district: str = ""


class ActivityShown(CallbackData, prefix="coact"):
    """The members of a council with what they have done."""

    council: str


class InactiveListed(CallbackData, prefix="coidle"):
    """Councils with inactive members, after this code."""

    after: str = ""


class ApplicationsListed(CallbackData, prefix="coapps"):
    """The applications that wait, after this number."""

    after: int = 0


class ApplicationOpened(CallbackData, prefix="coapp"):
    """One application."""

    application: int


class ApplicationDeciding(CallbackData, prefix="codecide"):
    """To write the words of a decision on the application as seen in this version."""

    application: int
    version: int
    accept: bool


class ApplicationDecided(CallbackData, prefix="codone"):
    """To decide with the words of this message."""

    application: int
    version: int
    accept: bool
    words: int


class CouncilTableAsked(CallbackData, prefix="cotable"):
    """To bring a table of councils."""


class CouncilTableSent(CallbackData, prefix="cotablex"):
    """To get the present councils as a table, or a small sound one."""

    sample: bool = False


class ToCouncilAsked(CallbackData, prefix="cohand"):
    """To hand the appeal as seen in this version to a council."""

    appeal: int
    version: int


class ToCouncilChosen(CallbackData, prefix="cohandto"):
    """This council: who would answer there is shown first."""

    appeal: int
    version: int
    council: str


class HandedToCouncil(CallbackData, prefix="cohanded"):
    """To hand the appeal to this council."""

    appeal: int
    version: int
    council: str


class TakenFromCouncil(CallbackData, prefix="cofrom"):
    """To take the appeal back from its council."""

    appeal: int
    version: int
