"""What a renderer returns: one message that a person gets without having asked just now."""

from dataclasses import dataclass
from pathlib import Path

from aiogram.types import InlineKeyboardMarkup

from services.news.model import Media
from services.programmes.certificate_sheet import CertificateSheet


@dataclass(frozen=True, slots=True)
class Drawing:
    """A document that is drawn when it is sent, for it bears a name and shall lie on no disk."""

    name: str
    sheet: CertificateSheet


@dataclass(frozen=True, slots=True)
class Notice:
    """One message: Telegram HTML, buttons, and a picture by file id or as a local file.

    Several media are an album, which goes ahead of the text. plain: the same words without any
    marks, sent where Telegram refuses the marks, and by e-mail. documents are local files, sent
    after it under their own names. Under a drawing the text is its caption.
    """

    text: str
    keyboard: InlineKeyboardMarkup | None = None
    media: tuple[Media, ...] = ()
    picture: Path | None = None
    plain: str | None = None
    documents: tuple[Path, ...] = ()
    drawing: Drawing | None = None
