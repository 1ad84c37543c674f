"""What an appeal is."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class AppealStatus(StrEnum):
    """Where an appeal stands."""

    REGISTERED = "registered"
    ANSWERED = "answered"


# Somebody still owes the citizen an answer.
OPEN = frozenset({AppealStatus.REGISTERED})


class AppealEvent(StrEnum):
    """What happened to an appeal."""

    REGISTERED = "registered"
    ANSWERED = "answered"
    RATED = "rated"


class AttachmentKind(StrEnum):
    """What a file of an appeal is; the words are Telegram's."""

    PHOTO = "photo"
    VIDEO = "video"
    VIDEO_NOTE = "video_note"
    VOICE = "voice"
    AUDIO = "audio"
    DOCUMENT = "document"


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
