"""What an appeal is."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class AppealType(StrEnum):
    """What a citizen wants; its name, hint and term are data (`Organisation.types`)."""

    STATEMENT = "statement"
    COMPLAINT = "complaint"
    PROPOSAL = "proposal"
    MESSAGE = "message"
    RESPONSE = "response"
    REQUEST = "request"


class Channel(StrEnum):
    """By which way an appeal came."""

    BOT = "bot"
    DESK = "desk"


class AppealStatus(StrEnum):
    """Where an appeal stands; services.appeals.machine holds the moves between the states."""

    REGISTERED = "registered"
    IN_WORK = "in_work"
    ANSWERED = "answered"
    CONFIRMED = "confirmed"
    DISPUTED = "disputed"
    CLOSED = "closed"
    REDIRECTED = "redirected"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    JOINED = "joined"


# Somebody still owes the citizen an answer.
OPEN = frozenset({AppealStatus.REGISTERED, AppealStatus.IN_WORK, AppealStatus.DISPUTED})


class AppealEvent(StrEnum):
    """What happened to an appeal."""

    REGISTERED = "registered"
    BEGUN = "begun"
    ASSIGNED = "assigned"
    # Another topic, type or place.
    SORTED = "sorted"
    ASKED = "asked"
    EXTENDED = "extended"
    ESCALATED = "escalated"
    # Who answered for it has left, or has another task now.
    HANDED_OVER = "handed_over"
    # A public council has it now, or has it no more.
    TO_COUNCIL = "to_council"
    ANSWERED = "answered"
    REDIRECTED = "redirected"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    JOINED = "joined"
    CONFIRMED = "confirmed"
    DISPUTED = "disputed"
    RATED = "rated"
    CLOSED = "closed"
    # A promise was checked again.
    RECHECKED = "rechecked"
    # Of the history only, no move of the machine: a sealed name was opened.
    NAME_OPENED = "name_opened"


class Outcome(StrEnum):
    """How a closed appeal ended."""

    CONFIRMED = "confirmed"
    # Seven days of silence: nobody said that it is solved.
    UNCONFIRMED = "unconfirmed"
    DECLINED = "declined"


class EntryKind(StrEnum):
    """Who speaks in an entry, and to whom."""

    TEXT = "text"
    ADDITION = "addition"
    # What a follower added when joining.
    JOIN = "join"
    QUESTION = "question"
    REPLY = "reply"
    ANSWER = "answer"
    DISPUTE = "dispute"
    REASON = "reason"
    # For the staff only.
    NOTE = "note"


class AttachmentKind(StrEnum):
    """What a file of an appeal is; the words are Telegram's."""

    PHOTO = "photo"
    VIDEO = "video"
    VIDEO_NOTE = "video_note"
    VOICE = "voice"
    AUDIO = "audio"
    DOCUMENT = "document"


class CopyState(StrEnum):
    """What became of the copy of a file under ATTACHMENTS_DIR."""

    STORED = "stored"
    TOO_BIG = "too_big"
    BAD_TYPE = "bad_type"
    # Telegram does not have it any more.
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file, kept by Telegram's file id; size in bytes, None where Telegram does not say."""

    kind: AttachmentKind
    file_id: str
    file_unique_id: str
    file_name: str | None = None
    mime_type: str | None = None
    size: int | None = None


@dataclass(frozen=True, slots=True)
class RegisteredAppeal:
    """What the citizen is promised at registration; dates are days of Asia/Almaty."""

    id: int
    number: str
    registered_on: date
    due_on: date
    # A proposal whose author is not hidden: it can be put on the public board too.
    boardable: bool = False


@dataclass(frozen=True, slots=True)
class AnsweredAppeal:
    """An appeal that has just been answered."""

    id: int
    number: str
    version: int
    person_id: int


@dataclass(frozen=True, slots=True)
class RatedAppeal:
    """What the citizen said of the answer; None where nothing yet."""

    id: int
    status: AppealStatus
    rating: int | None
    solved: bool | None


@dataclass(frozen=True, slots=True)
class AppealLine:
    """One line of a list: codes and dates, no personal data.

    days_left: working days from today to due_on, negative where overdue; None once answered.
    """

    id: int
    number: str
    status: AppealStatus
    topic: str
    section: str
    region: str
    district: str | None
    registered_on: date
    due_on: date
    days_left: int | None
    # It came during an election campaign.
    mandate: bool = False


@dataclass(frozen=True, slots=True)
class AppealCard:
    """Everything about one appeal that its citizen and its official see; not who wrote it."""

    id: int
    number: str
    version: int
    status: AppealStatus
    language: str
    topic: str
    section: str
    official: str | None
    office: str | None
    region: str
    district: str | None
    latitude: float | None
    longitude: float | None
    text: str
    attachments: tuple[Attachment, ...]
    registered_on: date
    due_on: date
    answer: str | None
    answered_on: date | None
    rating: int | None
    solved: bool | None
    # As in AppealLine; None also where the reader's day is not known.
    days_left: int | None = None
    # The code of the type; None while nobody has chosen it.
    type: str | None = None
    confidential: bool = False
    # The election campaign during which it came.
    campaign: int | None = None
    # The deputy to whom it was written.
    deputy: str | None = None
    # The public council that has it, in Kazakh and in Russian.
    council: tuple[str, str] | None = None
    # How many others have joined.
    joins: int = 0
    # What the citizen has added, in its order; for the citizen's own card only.
    additions: tuple[str, ...] = ()
    # The version at which it was last answered or declined; None where it never was.
    decision: int | None = None
    # The day on which silence closes it, and whether a promise is being asked about.
    closes_on: date | None = None
    promise_asked: bool = False
