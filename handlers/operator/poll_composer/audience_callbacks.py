"""What the buttons of samples, quotas and political polls carry: the draft and absolute values."""

from aiogram.filters.callback_data import CallbackData

from services.polls.political import LegalField, TopicClass


class SampleShown(CallbackData, prefix="pas"):
    """How many are invited: everybody, or a random sample."""

    draft: str


class SampleSet(CallbackData, prefix="pasz"):
    """A sample of this size; 0: everybody."""

    draft: str
    size: int


class QuotasShown(CallbackData, prefix="paq"):
    """The quotas of a poll, or the groups of one part."""

    draft: str
    part: str = ""


class QuotaOpened(CallbackData, prefix="pao"):
    """The quota of one group."""

    draft: str
    part: str
    group: str


class QuotaSet(CallbackData, prefix="paqs"):
    """So many answers of a group suffice; 0: no quota."""

    draft: str
    part: str
    group: str
    answers: int


class PoliticalShown(CallbackData, prefix="pap"):
    """What polls about elections there are."""

    draft: str


class PoliticalChosen(CallbackData, prefix="papc"):
    """A poll about an election: what the law asks for comes next."""

    draft: str
    topic: TopicClass


class LegalAsked(CallbackData, prefix="palf"):
    """One of the facts that the law asks for, to be written anew."""

    draft: str
    field: LegalField


class LegalAgreed(CallbackData, prefix="pald"):
    """The facts are right."""

    draft: str
