"""The second pair of eyes, as the composer of news knows it."""

from handlers.operator.news_composer.desk import NewsDesk
from handlers.operator.news_composer.sheet import Sheet
from handlers.screen import Screen
from handlers.text import _


def approval_lines(
    desk: NewsDesk,  # noqa: ARG001  # not asked yet
    sheet: Sheet,  # noqa: ARG001  # not asked yet
    people: int,  # noqa: ARG001  # not asked yet
) -> list[str]:
    """Return what the check says of approval and cost, as HTML lines."""
    return []


def send_label(desk: NewsDesk, sheet: Sheet, people: int) -> str:  # noqa: ARG001  # not asked yet
    """Return what the button that ends composing says: send, plan, or ask for approval."""
    return _("📨 Send")


async def ask(desk: NewsDesk, sheet: Sheet, people: int) -> Screen | None:  # noqa: ARG001
    """Ask for approval where it is needed and return what the author then sees, else None.

    The sheet is kept with `asked` first: a change then withdraws it, whatever was written.
    """
    return None


async def withdraw(desk: NewsDesk, sheet: Sheet) -> bool:  # noqa: ARG001  # not asked yet
    """Withdraw the approval asked for version `sheet.asked`; False where the post went out."""
    return True
