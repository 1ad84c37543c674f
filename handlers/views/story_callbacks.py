"""What the buttons of stories carry."""

from enum import StrEnum

from aiogram.filters.callback_data import CallbackData

from services.stories.model import StoryStatus, TieKind


class Step(StrEnum):
    """The parts of a story, in the order in which its author is asked."""

    TIES = "ties"
    SAID_KK = "sk"
    SAID_RU = "sr"
    DID_KK = "dk"
    DID_RU = "dr"
    PHOTO = "photo"
    PLACE = "place"
    CHECK = "check"


class StoriesShown(CallbackData, prefix="syl"):
    """Stories for everybody: of a topic, of a region, from behind one on."""

    topic: str = ""
    region: str = ""
    before: int = 0


class StoryTopics(CallbackData, prefix="syt"):
    """The topics of which there are stories."""


class StoryOpened(CallbackData, prefix="syo"):
    """One story."""

    story: int


class StoriesAbout(CallbackData, prefix="sya"):
    """The stories that are tied to something."""

    kind: TieKind
    ref: str


class StoriesMuted(CallbackData, prefix="sym"):
    """Tell me no stories by themselves, or again."""

    muted: bool


class StoryDesk(CallbackData, prefix="syd"):
    """Where staff write stories."""


class StoriesKept(CallbackData, prefix="syk"):
    """Stories in one state, for staff."""

    status: StoryStatus
    before: int = 0


class StoriesWanted(CallbackData, prefix="syw"):
    """What wants a story."""


class StoryBegun(CallbackData, prefix="syb"):
    """Write a story, about this or about what is chosen then."""

    kind: TieKind | None = None
    ref: str = ""


class StoryCard(CallbackData, prefix="syc"):
    """A story as staff see it."""

    story: int


class StoryTaken(CallbackData, prefix="syp"):
    """Take a prepared story into the composer."""

    story: int


class WithdrawalAsked(CallbackData, prefix="syx"):
    """Whether a story shall be withdrawn."""

    story: int


class StoryWithdrawn(CallbackData, prefix="syxy"):
    """Withdraw a story, as it was seen."""

    story: int
    version: int


class PartOpened(CallbackData, prefix="sys"):
    """Go to a part of the draft."""

    draft: str
    step: Step


class PartsShown(CallbackData, prefix="sye"):
    """Which part of the draft to change."""

    draft: str


class TiesListed(CallbackData, prefix="syi"):
    """What a story can be tied to, of one kind, beyond this one."""

    draft: str
    kind: TieKind
    after: int = 0


class TieSet(CallbackData, prefix="sy"):
    """Tie a draft to this, or no more."""

    draft: str
    kind: TieKind
    ref: str
    tied: bool


class PhotoLeft(CallbackData, prefix="syf"):
    """A story without a photo."""

    draft: str


class PlaceWhole(CallbackData, prefix="syg"):
    """A story of the whole country."""

    draft: str


class StorySent(CallbackData, prefix="syy"):
    """Publish the draft as it was shown."""

    draft: str
    version: int


class StoryDropped(CallbackData, prefix="syz"):
    """Throw the draft away."""

    draft: str


class StoryTableAsked(CallbackData, prefix="syta"):
    """Bring stories as a table."""


class StoryTableGiven(CallbackData, prefix="sytg"):
    """An empty table with an example."""
