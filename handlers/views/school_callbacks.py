"""What the buttons of attendance, certificates and the news of programmes carry."""

from aiogram.filters.callback_data import CallbackData

from services.language import Language
from services.programmes.certificate import Reason


class SchoolsListed(CallbackData, prefix="scl"):
    """Programmes whose attendance is marked, below this number; 0 from the newest."""

    before: int = 0


class SchoolShown(CallbackData, prefix="scs"):
    """The sessions of a programme."""

    programme: int


class RollShown(CallbackData, prefix="scr"):
    """The list of a session, beyond this sign-up."""

    programme: int
    number: int
    after: int = 0


class PresenceMarked(CallbackData, prefix="scp"):
    """A participant was there or was not; then the same page of the list."""

    programme: int
    number: int
    signup: int
    present: bool
    after: int


class RestMarked(CallbackData, prefix="sca"):
    """Everybody was there who is not marked."""

    programme: int
    number: int
    after: int


class AttendanceTableAsked(CallbackData, prefix="sct"):
    """To bring a table of who came."""

    programme: int


class BookShown(CallbackData, prefix="scb"):
    """Who has a certificate, beyond this sign-up."""

    programme: int
    after: int = 0


class CertificatesIssued(CallbackData, prefix="sci"):
    """A certificate for everybody who came often enough."""

    programme: int


class CertificateOpened(CallbackData, prefix="sco"):
    """A certificate as staff see it."""

    number: str


class RevocationAsked(CallbackData, prefix="scq"):
    """Why a certificate shall be good no more."""

    number: str


class CertificateRevoked(CallbackData, prefix="scv"):
    """It shall be good no more, for this reason."""

    number: str
    reason: Reason


class CertificateNameAsked(CallbackData, prefix="scn"):
    """How the name shall be spelt."""

    number: str


class TopicsAsked(CallbackData, prefix="scw"):
    """The news of a programme: which topic."""

    programme: int


class TopicChosen(CallbackData, prefix="scx"):
    """A topic of its own, none, or one of the party's by its code."""

    programme: int
    choice: str


class ProgrammeHeard(CallbackData, prefix="pgheard"):
    """A participant hears the news of a programme, or no more."""

    programme: int
    heard: bool


class CertificateCheckBegun(CallbackData, prefix="ctc"):
    """To check a number."""


class OwnCertificatesShown(CallbackData, prefix="cto"):
    """One's own certificates."""


class CertificateTaken(CallbackData, prefix="ctt"):
    """One's own certificate as a PDF in this language."""

    number: str
    language: Language
