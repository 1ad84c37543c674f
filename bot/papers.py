"""Documents as PDF, drawn in a worker process: in the bot's own, answers to taps would wait."""

import asyncio

from bot.worker import worker
from services.appeals.evidence_sheet import Sheet, draw
from services.delivery import workbook
from services.digests.case_book import CaseBook, write_case_book
from services.polls.report_book import write_book
from services.polls.report_drawing import draw_paper
from services.polls.report_paper import Paper
from services.programmes.certificate_drawing import draw_certificate
from services.programmes.certificate_sheet import CertificateSheet
from services.reports import paper_book, paper_drawing
from services.reports.paper import Paper as Review


class WorkerPapers:
    """Draws one document at a time and keeps none of them."""

    def __init__(self) -> None:
        self._one_at_a_time = asyncio.Lock()

    async def draw(self, sheet: Sheet) -> bytes:
        """Return the document as a PDF file."""
        async with self._one_at_a_time, worker() as run:
            return await run(draw, sheet)

    async def report(self, paper: Paper) -> bytes:
        """Return the report of a poll as a PDF file."""
        async with self._one_at_a_time, worker() as run:
            return await run(draw_paper, paper)

    async def cases(self, book: CaseBook) -> bytes:
        """Return open cases as an XLSX file."""
        async with self._one_at_a_time, worker() as run:
            return await run(write_case_book, book)

    async def book(self, paper: Paper) -> bytes:
        """Return the report of a poll as an XLSX file."""
        async with self._one_at_a_time, worker() as run:
            return await run(write_book, paper)

    async def rows(self, sheets: tuple[workbook.Sheet, ...]) -> bytes:
        """Return plain rows as an XLSX file."""
        async with self._one_at_a_time, worker() as run:
            return await run(workbook.draw, sheets)

    async def review(self, paper: Review) -> bytes:
        """Return the review of a quarter as a PDF file."""
        async with self._one_at_a_time, worker() as run:
            return await run(paper_drawing.draw_paper, paper)

    async def review_book(self, paper: Review) -> bytes:
        """Return the review of a quarter as an XLSX file."""
        async with self._one_at_a_time, worker() as run:
            return await run(paper_book.write_book, paper)

    async def certificate(self, sheet: CertificateSheet) -> bytes:
        """Return a certificate as a PDF file."""
        async with self._one_at_a_time, worker() as run:
            return await run(draw_certificate, sheet)
