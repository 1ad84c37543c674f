"""How a digest is set: with Telegram's marks, or in plain words where there are none."""

from collections.abc import Iterable, Sequence
from html import escape
from itertools import chain
from typing import Protocol

# A row of a table: its label, then cells that stand under each other.
Row = tuple[str, ...]


class Marks(Protocol):
    """Sets words, which come as they are meant."""

    def words(self, text: str) -> str:
        """Return words that stand as they are."""

    def strong(self, text: str) -> str:
        """Return words that stand out."""

    def quoted(self, lines: Iterable[str]) -> str:
        """Return lines that somebody else said; they are set already."""

    def folded(self, lines: Iterable[str]) -> str:
        """Return lines that unfold on a tap; they are set already."""

    def table(self, rows: Sequence[Row]) -> str | None:
        """Return a table, None where there is none to be had."""


class Rich:
    """Telegram HTML."""

    def words(self, text: str) -> str:
        """Return words with nothing in them that Telegram reads as marks."""
        return escape(text, quote=False)

    def strong(self, text: str) -> str:
        """Return bold words."""
        return f"<b>{self.words(text)}</b>"

    def quoted(self, lines: Iterable[str]) -> str:
        """Return a quotation."""
        return f"<blockquote>{_lines(lines)}</blockquote>"

    def folded(self, lines: Iterable[str]) -> str:
        """Return a quotation of which three lines are seen before a tap."""
        return f"<blockquote expandable>{_lines(lines)}</blockquote>"

    def table(self, rows: Sequence[Row]) -> str | None:
        """Return columns of equal letters: the first to the left, the others to the right."""
        widths = [
            max(len(row[place]) if place < len(row) else 0 for row in rows)
            for place in range(max(map(len, rows)))
        ]
        return f"<pre>{self.words(_lines(_columns(row, widths) for row in rows))}</pre>"


class Plain:
    """Words and nothing else: for e-mail, and where Telegram refuses the marks."""

    def words(self, text: str) -> str:
        """Return the words."""
        return text

    def strong(self, text: str) -> str:
        """Return the words."""
        return text

    def quoted(self, lines: Iterable[str]) -> str:
        """Return the lines."""
        return _lines(lines)

    def folded(self, lines: Iterable[str]) -> str:
        """Return the lines."""
        return _lines(lines)

    def table(self, rows: Sequence[Row]) -> str | None:  # noqa: ARG002  # of the protocol
        """Return none: letters here are of all widths."""
        return None


def _columns(row: Row, widths: Sequence[int]) -> str:
    label = row[0].ljust(widths[0])
    cells = (cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=False))
    return " ".join(chain((label,), cells)).rstrip()


def _lines(lines: Iterable[str]) -> str:
    return "\n".join(lines)
