"""What the buttons of the proposals board carry."""

from aiogram.filters.callback_data import CallbackData

from services.proposals.draft import Asked
from services.proposals.machine import Step
from services.proposals.model import RefusedFor


class BoardShown(CallbackData, prefix="pp"):
    """A page of the board: the newest or the most supported, of a topic, of a state.

    after and supports are of the last line of the page before; 0 for the first page.
    """

    most: bool = False
    topic: str = ""
    status: str = ""
    after: int = 0
    supports: int = 0


class BoardTopics(CallbackData, prefix="pptop"):
    """The topics of which there are proposals."""


class BoardStates(CallbackData, prefix="ppsta"):
    """The states in which proposals are."""


class ProposalOpened(CallbackData, prefix="ppo"):
    """One proposal of the board."""

    proposal: int


class ProposalSupported(CallbackData, prefix="pps"):
    """Support it, or no more."""

    proposal: int
    wanted: bool


class HistoryShown(CallbackData, prefix="pph"):
    """Every state a proposal has been in."""

    proposal: int


class EvidenceShown(CallbackData, prefix="ppe"):
    """The files that show that it is done."""

    proposal: int


class OwnProposals(CallbackData, prefix="ppm"):
    """The reader's own proposals."""


class OwnOpened(CallbackData, prefix="ppmo"):
    """One of them."""

    proposal: int


class OwnWithdrawn(CallbackData, prefix="ppmw"):
    """Take it back; sure: the second press."""

    proposal: int
    version: int
    sure: bool


class SuggestBegun(CallbackData, prefix="ppn"):
    """Suggest something, or go on with what was begun."""


class SuggestAnew(CallbackData, prefix="ppnew"):
    """Drop just this draft and begin anew."""

    draft: str


class SuggestTopic(CallbackData, prefix="ppt"):
    """What it is about."""

    draft: str
    topic: str


class WholeCountry(CallbackData, prefix="ppall"):
    """It is for the whole country."""

    draft: str


class SuggestAsked(CallbackData, prefix="ppd"):
    """Go back to a part of the draft."""

    draft: str
    part: Asked


class SimilarSupported(CallbackData, prefix="ppss"):
    """Support a similar proposal instead of sending the draft."""

    draft: str
    proposal: int


class OwnSuggestion(CallbackData, prefix="ppown"):
    """None of the similar ones says what the draft says."""

    draft: str


class SuggestionSent(CallbackData, prefix="ppgo"):
    """Send the draft, as the words of this message have it."""

    draft: str
    message: int


class SuggestionLeft(CallbackData, prefix="ppx"):
    """Leave the draft for later."""


class AppealOnBoard(CallbackData, prefix="ppa"):
    """Put an appeal that is a proposal onto the board too."""

    appeal: int


class WaitingShown(CallbackData, prefix="ppq"):
    """What waits for a moderator."""

    after: int = 0


class WaitingOpened(CallbackData, prefix="ppqo"):
    """One of what waits."""

    proposal: int


class WordingBegun(CallbackData, prefix="ppqw"):
    """Put it into words for the board, beginning with this part: kk, ru or words."""

    proposal: int
    version: int
    part: str


class WordingSent(CallbackData, prefix="ppqp"):
    """Let it out as it was shown; message brought the last words."""

    proposal: int
    version: int
    message: int


class RefusingAsked(CallbackData, prefix="ppqr"):
    """Ask why it is not let out."""

    proposal: int
    version: int


class RefusingSent(CallbackData, prefix="ppqx"):
    """Do not let it out for this reason."""

    proposal: int
    version: int
    reason: RefusedFor


class MergingAsked(CallbackData, prefix="ppqm"):
    """Ask to which other one it is joined."""

    proposal: int
    version: int


class MergingSent(CallbackData, prefix="ppqj"):
    """Join it to this one; sure: the second press."""

    proposal: int
    version: int
    target: int
    sure: bool


class ToAnswerShown(CallbackData, prefix="ppz"):
    """Proposals that the reader answers, in this state."""

    status: str = "published"
    after: int = 0
    supports: int = 0


class AnsweringShown(CallbackData, prefix="ppzo"):
    """What can be answered to a proposal."""

    proposal: int


class AnsweringBegun(CallbackData, prefix="ppzb"):
    """Answer this, beginning with the words in this language: kk or ru."""

    proposal: int
    version: int
    step: Step
    part: str


class AnsweringSent(CallbackData, prefix="ppzs"):
    """Send the answer as it was shown; message brought its last part."""

    proposal: int
    version: int
    message: int


class PaperAsked(CallbackData, prefix="ppi"):
    """Bring a table of proposals collected on paper."""
