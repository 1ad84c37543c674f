"""What the buttons of requests for approval and of planned posts carry."""

from aiogram.filters.callback_data import CallbackData


class ApprovalsListed(CallbackData, prefix="eyl"):
    """Requests that wait, beyond this one."""

    after: int = 0


class ApprovalOpened(CallbackData, prefix="eyo"):
    """Exactly what a request would let out."""

    approval: int


class Approved(CallbackData, prefix="eyy"):
    """Let out what was seen: the beginning of its fingerprint."""

    approval: int
    seen: str


class DeclineAsked(CallbackData, prefix="eyn"):
    """Why what was seen shall not go out."""

    approval: int
    seen: str


class Declined(CallbackData, prefix="eyd"):
    """Not to let it out, for the reason that was shown."""

    approval: int
    seen: str


class RequestTakenBack(CallbackData, prefix="eyb"):
    """Take one's own request back and change the post."""

    approval: int


class NameTaken(CallbackData, prefix="eyt"):
    """Open the sealed name that was let out; once."""

    approval: int


class FileTaken(CallbackData, prefix="eyf"):
    """Take the file that was let out; once."""

    approval: int


class PlannedListed(CallbackData, prefix="ppl"):
    """Planned posts, beyond this one."""

    after: int = 0


class PlannedOpened(CallbackData, prefix="ppo"):
    """A planned post with its preview."""

    post: int


class PlannedTakenBack(CallbackData, prefix="ppb"):
    """Call a planned post off and change it."""

    post: int


class CallOffAsked(CallbackData, prefix="ppq"):
    """Whether a planned post shall not go out at all."""

    post: int


class CalledOff(CallbackData, prefix="ppx"):
    """Not to send a planned post."""

    post: int
