"""What the composer's buttons carry: the draft they belong to and absolute values."""

from enum import StrEnum

from aiogram.filters.callback_data import CallbackData

from services.language import Language


class Step(StrEnum):
    """What the composer asks for or shows."""

    # Of one question.
    QUESTION_KK = "qk"
    QUESTION_RU = "qr"
    OPTIONS_KK = "ok"
    OPTIONS_RU = "or"
    ENDS_KK = "ek"
    ENDS_RU = "er"
    BOUNDS = "b"
    PICTURE = "f"
    CARD = "k"
    WAYS = "w"
    # Of the poll.
    KIND = "t"
    LIST = "l"
    FILE = "i"
    COPY = "y"
    TITLE_KK = "tk"
    TITLE_RU = "tr"
    COVER = "g"
    AUDIENCE = "a"
    TOPIC = "s"
    CLOSING = "c"
    MORE = "m"
    PASSPORT = "d"
    REHEARSAL = "h"
    CHECK = "p"


class Kind(StrEnum):
    """What a new question may be."""

    SINGLE = "single"
    MULTIPLE = "multiple"
    SCALE5 = "scale5"
    SCALE10 = "scale10"
    RANKING = "ranking"
    NUMBER = "number"
    TEXT = "text"
    PHOTO = "photo"


class Setting(StrEnum):
    """What of a question is set with one press; the value is a number."""

    OTHER = "o"
    NONE = "n"
    DIFFICULT = "d"
    RANDOM = "r"
    REQUIRED = "q"
    LEAST = "l"
    MOST = "m"
    PICTURE = "f"  # only 0: without it


class PollSetting(StrEnum):
    """What of the poll is set with one press."""

    NAMED = "n"
    TWO_KEYS = "k"
    VERIFIED = "v"
    COVER = "g"  # only 0: without it


class ComposePoll(CallbackData, prefix="pnew"):
    """Begin a poll, or go on with the one begun."""


class PartOpened(CallbackData, prefix="ppart"):
    """Go to a step of this draft, of this question where it is one of a question."""

    draft: str
    step: Step
    code: str = ""


class SurveyWanted(CallbackData, prefix="pcmany"):
    """A survey of several questions instead of the one that is asked for."""

    draft: str


class GoneOn(CallbackData, prefix="pcgo"):
    """On to what is missing still, or to the check."""

    draft: str


class KindChosen(CallbackData, prefix="pckind"):
    """One more question of this kind, made of exactly this version of the draft."""

    draft: str
    version: int
    kind: Kind


class QuestionSet(CallbackData, prefix="pcset"):
    """One setting of a question at this value."""

    draft: str
    code: str
    setting: Setting
    value: int


class QuestionMoved(CallbackData, prefix="pcmove"):
    """A question at this position."""

    draft: str
    code: str
    position: int


class QuestionDropped(CallbackData, prefix="pcdel"):
    """No such question any more."""

    draft: str
    code: str


class WayOpened(CallbackData, prefix="pcway"):
    """Where this option of a question leads."""

    draft: str
    code: str
    option: int


class WaySet(CallbackData, prefix="pcskip"):
    """An option leads to the question of this code, to the end, or («») to the next one."""

    draft: str
    code: str
    option: int
    target: str = ""


class PollSet(CallbackData, prefix="pcpoll"):
    """One setting of the poll at this value."""

    draft: str
    setting: PollSetting
    value: int


class TopicChosen(CallbackData, prefix="pctop"):
    """What the poll is about, for the law."""

    draft: str
    topic: str


class SampleFileSent(CallbackData, prefix="pcxls"):
    """Send a file of questions to be filled in."""

    draft: str


class PollCopied(CallbackData, prefix="pccopy"):
    """The questions of an earlier poll in place of those of the draft."""

    draft: str
    poll: int


class ClosingChosen(CallbackData, prefix="pclo"):
    """Close at 18:00 so many days from today."""

    draft: str
    days: int


class Previewed(CallbackData, prefix="pview"):
    """See the poll as citizens will, in this language, and try it."""

    draft: str
    language: Language


class PollLaunched(CallbackData, prefix="pgo"):
    """Launch exactly this version of the draft."""

    draft: str
    version: int


class DraftDropped(CallbackData, prefix="pdrop"):
    """Throw this draft away."""

    draft: str
