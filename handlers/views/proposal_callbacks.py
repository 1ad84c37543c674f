"""What the buttons of the proposals board carry."""

from aiogram.filters.callback_data import CallbackData

from services.proposals.draft import Asked
from services.proposals.machine import Step
from services.proposals.model import RefusedFor


class BoardShown(CallbackData, prefix="id"):
    """A page of the board: the newest or the most supported, of a topic, of a state.

    after and supports are of the last line of the page before; 0 for the first page.
    """

    most: bool = False
    topic: str = ""
    status: str = ""
    after: int = 0
    supports: int = 0


class BoardTopics(CallbackData, prefix="idtop"):
    """The topics of which there are proposals."""


class BoardStates(CallbackData, prefix="idsta"):
    """The states in which proposals are."""


class ProposalOpened(CallbackData, prefix="ido"):
    """One proposal of the board."""

    proposal: int


class ProposalSupported(CallbackData, prefix="ids"):
    """Support it, or no more."""

    proposal: int
    wanted: bool


class HistoryShown(CallbackData, prefix="idh"):
    """Every state a proposal has been in."""

    proposal: int


class EvidenceShown(CallbackData, prefix="ide"):
    """The files that show that it is done."""

    proposal: int


class OwnProposals(CallbackData, prefix="idm"):
    """The reader's own proposals."""


class OwnOpened(CallbackData, prefix="idmo"):
    """One of them."""

    proposal: int


class OwnWithdrawn(CallbackData, prefix="idmw"):
    """Take it back; sure: the second press."""

    proposal: int
    version: int
    sure: bool


class SuggestBegun(CallbackData, prefix="idn"):
    """Suggest something, or go on with what was begun."""


class SuggestAnew(CallbackData, prefix="idnew"):
    """Drop just this draft and begin anew."""

    draft: str


class SuggestTopic(CallbackData, prefix="idt"):
    """What it is about."""

    draft: str
    topic: str


class WholeCountry(CallbackData, prefix="idall"):
    """It is for the whole country."""

    draft: str


class SuggestAsked(CallbackData, prefix="idd"):
    """Go back to a part of the draft."""

    draft: str
    part: Asked


class SimilarSupported(CallbackData, prefix="idss"):
    """Support a similar proposal instead of sending the draft."""

    draft: str
    proposal: int


class OwnSuggestion(CallbackData, prefix="idown"):
    """None of the similar ones says what the draft says."""

    draft: str


class SuggestionSent(CallbackData, prefix="idgo"):
    """Send the draft, as the words of this message have it."""

    draft: str
    message: int


class SuggestionLeft(CallbackData, prefix="idx"):
    """Leave the draft for later."""


class AppealOnBoard(CallbackData, prefix="ida"):
    """Put an appeal that is a proposal onto the board too."""

    appeal: int


class WaitingShown(CallbackData, prefix="idq"):
    """What waits for a moderator."""

    after: int = 0


class WaitingOpened(CallbackData, prefix="idqo"):
    """One of what waits."""

    proposal: int


class WordingBegun(CallbackData, prefix="idqw"):
    """Put it into words for the board, beginning with this part: kk, ru or words."""

    proposal: int
    version: int
    part: str


class WordingSent(CallbackData, prefix="idqp"):
    """Let it out as it was shown; message brought the last words."""

    proposal: int
    version: int
    message: int


class RefusingAsked(CallbackData, prefix="idqr"):
    """Ask why it is not let out."""

    proposal: int
    version: int


class RefusingSent(CallbackData, prefix="idqx"):
    """Do not let it out for this reason."""

    proposal: int
    version: int
    reason: RefusedFor


class MergingAsked(CallbackData, prefix="idqm"):
    """Ask to which other one it is joined."""

    proposal: int
    version: int


class MergingSent(CallbackData, prefix="idqj"):
    """Join it to this one; sure: the second press."""

    proposal: int
    version: int
    target: int
    sure: bool


class ToAnswerShown(CallbackData, prefix="idz"):
    """Proposals that the reader answers, in this state."""

    status: str = "published"
    after: int = 0
    supports: int = 0


class AnsweringShown(CallbackData, prefix="idzo"):
    """What can be answered to a proposal."""

    proposal: int


class AnsweringBegun(CallbackData, prefix="idzb"):
    """Answer this, beginning with the words in this language: kk or ru."""

    proposal: int
    version: int
    step: Step
    part: str


class AnsweringSent(CallbackData, prefix="idzs"):
    """Send the answer as it was shown; message brought its last part."""

    proposal: int
    version: int
    message: int


class PaperAsked(CallbackData, prefix="idi"):
    """Bring a table of proposals collected on paper."""
