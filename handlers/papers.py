"""Drawing documents for those who ask for one."""

from typing import Protocol

from services.appeals.evidence_sheet import Sheet
from services.delivery import workbook
from services.digests.case_book import CaseBook
from services.polls.report_paper import Paper
from services.programmes.certificate_sheet import CertificateSheet
from services.reports.paper import Paper as Review


class Papers(Protocol):
    """Draws documents apart from the bot's own process."""

    async def draw(self, sheet: Sheet) -> bytes:
        """Return the document as a PDF file."""

    async def report(self, paper: Paper) -> bytes:
        """Return the report of a poll as a PDF file."""

    async def cases(self, book: CaseBook) -> bytes:
        """Return open cases as an XLSX file."""

    async def book(self, paper: Paper) -> bytes:
        """Return the report of a poll as an XLSX file."""

    async def rows(self, sheets: tuple[workbook.Sheet, ...]) -> bytes:
        """Return plain rows as an XLSX file."""

    async def review(self, paper: Review) -> bytes:
        """Return the review of a quarter as a PDF file."""

    async def review_book(self, paper: Review) -> bytes:
        """Return the review of a quarter as an XLSX file."""

    async def certificate(self, sheet: CertificateSheet) -> bytes:
        """Return a certificate as a PDF file."""
