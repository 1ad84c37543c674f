"""Documents as PDF: A4 upright, DejaVu Sans, numbered pages; drawn in a worker process only.

Text can be copied and searched, and is drawn as it is: nothing in it is taken for markup.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from services.text.typeface import font_folder

FONT = "DejaVu"
MUTED = (91, 102, 115)  # of what stands beside the matter itself

_ABOVE = 16.0  # millimetres, as all lengths here
BELOW = 20.0  # what is kept free for the foot


@dataclass(frozen=True, slots=True)
class Frame:
    """What a document has besides its matter; `page` is as «{page} / {pages}»."""

    title: str
    language: str
    page: str
    made_at: datetime
    margin: float


def draw_document(frame: Frame, write: Callable[[Any], None]) -> bytes:
    """Return what `write` puts on an FPDF as a file; the same matter gives the same text."""
    # How many pages there are is known only when they are drawn.
    with _drawn(frame, write, 0) as pdf:
        pages: int = pdf.page
    with _drawn(frame, write, pages) as pdf:
        return bytes(pdf.output())


@contextmanager
def _drawn(frame: Frame, write: Callable[[Any], None], pages: int) -> Iterator[Any]:
    from fpdf import FPDF  # noqa: PLC0415  # never in the bot's own process

    class Document(FPDF):
        """Its foot is what the library asks for at the end of each page."""

        def footer(self) -> None:
            self.set_y(-13)
            self.set_font(FONT, "", 7.5)
            self.set_text_color(*MUTED)
            words = frame.page.replace("{page}", str(self.page)).replace("{pages}", str(pages))
            self.cell(0, 5, words, align="R")

    pdf: Any = Document(format="A4")
    fonts = font_folder()
    pdf.add_font(FONT, "", fonts / "DejaVuSans.ttf")
    pdf.add_font(FONT, "B", fonts / "DejaVuSans-Bold.ttf")
    pdf.set_margins(frame.margin, _ABOVE, frame.margin)
    pdf.c_margin = 0
    # No word of a citizen stands for the number of pages.
    pdf.alias_nb_pages(None)
    pdf.set_auto_page_break(auto=True, margin=BELOW)
    pdf.set_lang(frame.language)
    pdf.set_title(frame.title)
    pdf.set_creation_date(frame.made_at)
    pdf.add_page()
    write(pdf)
    yield pdf
    # The library leaves the files of its fonts open.
    for font in pdf.fonts.values():
        font.ttfont.close()
