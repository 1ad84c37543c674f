"""What the buttons of the picker of readers carry: its host, the host's key, absolute values."""

from enum import StrEnum

from aiogram.filters.callback_data import CallbackData


class Part(StrEnum):
    """What readers are chosen by."""

    REGION = "r"
    DISTRICT = "d"
    LANGUAGE = "l"
    AGE = "a"
    SEX = "s"
    SETTLEMENT = "v"


class ReadersShown(CallbackData, prefix="tgm"):
    """What is chosen so far."""

    host: str
    key: str


class EverybodyReads(CallbackData, prefix="tge"):
    """Everybody, and on with it."""

    host: str
    key: str


class ReadersDone(CallbackData, prefix="tgx"):
    """What is chosen is right, and on with it."""

    host: str
    key: str


class PartOpened(CallbackData, prefix="tgp"):
    """One part to choose; regions come in pages."""

    host: str
    key: str
    part: Part
    page: int = 0


class DistrictsListed(CallbackData, prefix="tgd"):
    """The districts of a region, a page of them; without a region, the regions to choose from."""

    host: str
    key: str
    region: str = ""
    page: int = 0


class ReadersSet(CallbackData, prefix="tgs"):
    """One value of a part is chosen, or is not; without a value, none of the part."""

    host: str
    key: str
    part: Part
    value: str = ""
    on: bool = True
