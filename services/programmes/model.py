"""A programme, what its form asks, its sessions, and who signed up."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import RowMapping

from services.language import Language, choose

Row = RowMapping | Mapping[str, Any]


class ProgrammeKind(StrEnum):
    """What a programme is: a school has lessons, and a certificate at its end."""

    PROJECT = "project"
    SCHOOL = "school"


class ProgrammeStatus(StrEnum):
    """How far a programme has come; that it is over is told by its last day."""

    # Seen by the staff only.
    DRAFT = "draft"
    OPEN = "open"
    # Nobody signs up any more; it goes on.
    CLOSED = "closed"
    CALLED_OFF = "called_off"


class FieldKind(StrEnum):
    """What an answer in the form is."""

    TEXT = "text"
    NUMBER = "number"
    CHOICE = "choice"
    DATE = "date"
    PHONE = "phone"
    YES_NO = "yes_no"


class SignUpStatus(StrEnum):
    """How somebody stands to a programme."""

    CONFIRMED = "confirmed"
    WAITING = "waiting"
    # A place became free and is kept for them until `offered_until`.
    OFFERED = "offered"
    LEFT = "left"
    # The place that was kept for them has gone on.
    MISSED = "missed"


# They hold a place: `Programme.taken` counts them.
HOLDING = (SignUpStatus.CONFIRMED, SignUpStatus.OFFERED)
# They take part, or may yet.
ACTIVE = (*HOLDING, SignUpStatus.WAITING)
# Citizens see these.
PUBLIC = (ProgrammeStatus.OPEN, ProgrammeStatus.CLOSED, ProgrammeStatus.CALLED_OFF)


@dataclass(frozen=True, slots=True)
class Option:
    """One answer of a choice."""

    code: str
    kk: str
    ru: str

    def text(self, language: str) -> str:
        """Return what it says, as plain text."""
        return choose(language, self.kk, self.ru)


@dataclass(frozen=True, slots=True)
class Field:
    """One question of a form; texts are plain. retired: asked no more, kept for its answers."""

    code: str
    position: int
    kind: FieldKind
    label_kk: str
    label_ru: str
    options: tuple[Option, ...] = ()
    required: bool = True
    retired: bool = False

    def label(self, language: str) -> str:
        """Return the question."""
        return choose(language, self.label_kk, self.label_ru)

    def said(self, answer: str, language: str) -> str:
        """Return an answer as it is shown: of a choice its words, else what is kept."""
        if self.kind is FieldKind.YES_NO:
            words = {"yes": ("Иә", "Да"), "no": ("Жоқ", "Нет")}
            return choose(language, *words[answer]) if answer in words else answer
        found = (each.text(language) for each in self.options if each.code == answer)
        return next(found, answer)


@dataclass(frozen=True, slots=True)
class Session:
    """A meeting of a programme; texts are plain, "" where nothing is said."""

    number: int
    starts_at: datetime
    title_kk: str = ""
    title_ru: str = ""
    place_kk: str = ""
    place_ru: str = ""

    def title(self, language: str) -> str:
        """Return what it is about."""
        return choose(language, self.title_kk, self.title_ru)

    def place(self, language: str) -> str:
        """Return where it is."""
        return choose(language, self.place_kk, self.place_ru)


@dataclass(frozen=True, slots=True)
class Programme:
    """A programme as it is now. text and terms are Telegram HTML, all other texts are plain.

    taken: places of those who are confirmed or were offered one; queued: who waits besides.
    """

    id: int
    kind: ProgrammeKind
    status: ProgrammeStatus
    version: int
    title_kk: str
    title_ru: str
    text_kk: str
    text_ru: str
    terms_kk: str
    terms_ru: str
    place_kk: str
    place_ru: str
    region: str | None
    district: str | None
    photo: str | None
    begins_on: date
    ends_on: date
    # The last day of signing up.
    sign_up_until: date
    # None: any number.
    capacity: int | None
    # Whether more may wait than there are places.
    waiting: bool
    consent_kk: str
    consent_ru: str
    consent_version: int
    news_topic: str | None
    certificate: bool
    # From which share of sessions, in %.
    certificate_from: int
    taken: int
    queued: int

    def title(self, language: str) -> str:
        """Return what it is called."""
        return choose(language, self.title_kk, self.title_ru)

    def text(self, language: str) -> str:
        """Return what it is about, as HTML."""
        return choose(language, self.text_kk, self.text_ru)

    def terms(self, language: str) -> str:
        """Return who may come and on what terms, as HTML."""
        return choose(language, self.terms_kk, self.terms_ru)

    def place(self, language: str) -> str:
        """Return where it is."""
        return choose(language, self.place_kk, self.place_ru)

    def consent(self, language: str) -> str:
        """Return to what a participant agrees besides the general text; "" to nothing more."""
        return choose(language, self.consent_kk, self.consent_ru)

    @property
    def places_left(self) -> int | None:
        """Return how many places nobody holds; None: any number."""
        return None if self.capacity is None else max(0, self.capacity - self.taken)

    def takes_on(self, day: date) -> bool:
        """Tell whether one may sign up on this day, for a place or the queue."""
        if self.status is not ProgrammeStatus.OPEN or day > self.sign_up_until:
            return False
        return self.places_left != 0 or self.waiting

    def over(self, day: date) -> bool:
        """Tell whether its last day has passed."""
        return day > self.ends_on


@dataclass(frozen=True, slots=True)
class SignUp:
    """How somebody stands to a programme; person_id, name and answers are gone once erased."""

    id: int
    programme_id: int
    person_id: int | None
    status: SignUpStatus
    version: int
    language: Language
    name: str | None = field(repr=False)
    answers: Mapping[str, str] = field(repr=False)
    consent: int
    queued_at: datetime
    at: datetime
    offered_until: datetime | None

    @property
    def active(self) -> bool:
        """Tell whether they take part, wait, or were offered a place."""
        return self.status in ACTIVE


def programme_of(row: RowMapping) -> Programme:
    """Return the programme in a row of storage.programmes."""
    named = {name: row[name] for name in Programme.__dataclass_fields__}
    kind, status = ProgrammeKind(row["kind"]), ProgrammeStatus(row["status"])
    return Programme(**named | {"kind": kind, "status": status})


def field_of(row: Row) -> Field:
    """Return the question in a row."""
    named = {name: row[name] for name in Field.__dataclass_fields__}
    options = tuple(Option(each["code"], each["kk"], each["ru"]) for each in row["options"])
    return Field(**named | {"kind": FieldKind(row["kind"]), "options": options})


def session_of(row: Row) -> Session:
    """Return the session in a row."""
    return Session(**{name: row[name] for name in Session.__dataclass_fields__})


def signup_of(row: Row) -> SignUp:
    """Return the sign-up in a row."""
    named = {name: row[name] for name in SignUp.__dataclass_fields__}
    status, language = SignUpStatus(row["status"]), Language(row["language"])
    answers = row["answers"] or {}
    return SignUp(**named | {"status": status, "language": language, "answers": answers})
