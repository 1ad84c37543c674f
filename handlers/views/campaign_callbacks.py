"""What the buttons of campaigns and of their silence carry."""

from aiogram.filters.callback_data import CallbackData


class CampaignsListed(CallbackData, prefix="cml"):
    """All campaigns."""


class CampaignOpened(CallbackData, prefix="cmo"):
    """One campaign."""

    campaign: int


class CampaignAsked(CallbackData, prefix="cmn"):
    """Write a new campaign (0), or another wording of one as it was at this version."""

    campaign: int = 0
    version: int = 0


class PlacesListed(CallbackData, prefix="cmp"):
    """Choose where the campaign that these words wrote is."""

    words: int


class CampaignPlaced(CallbackData, prefix="cmr"):
    """The campaign of these words is in this region; of "0" in the whole country."""

    words: int
    area: str


class CampaignKept(CallbackData, prefix="cmk"):
    """Keep the campaign of these words as it was shown."""

    words: int
    area: str


class CampaignCallOffAsked(CallbackData, prefix="cmx"):
    """Whether to call a campaign off."""

    campaign: int
    version: int


class CampaignCalledOff(CallbackData, prefix="cmxx"):
    """Call a campaign off as it was at this version."""

    campaign: int
    version: int


class LetOutAsked(CallbackData, prefix="slo"):
    """Let a mailing out in spite of the silence: ask why."""

    mailing: int


class LetOut(CallbackData, prefix="sly"):
    """Let a mailing out for the reason in this message."""

    mailing: int
    words: int
