"""A newcomer's sandbox with its bot, and a browser on its page."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pytest_asyncio
from playwright.async_api import Page, ViewportSize, async_playwright

from tests.browser.newcomer import started
from tests.browser.pane import Pane
from tests.browser.pictures import Pictures, pictures
from tests.sandbox_page.conftest import CHROMIUM, FLAGS, PHONE, WIDE

ASEL, BOTAGOZ, AIBEK = 1005, 1011, 1021  # a citizen, an operator, a Bureau member


@dataclass(frozen=True, slots=True)
class Desk:
    """The page on a wide screen with three people side by side, and one of them on a phone."""

    page: Page
    phone: Page
    pictures: Pictures

    def pane(self, person: int) -> Pane:
        """Return a person's chat on the wide screen."""
        return Pane(self.page, person)

    async def now(self) -> datetime:
        """Return what the desk's clock shows, aware, in UTC."""
        shown = await self.page.get_by_test_id("clock").get_attribute("datetime")
        return datetime.fromisoformat(shown or "")


async def _open(page: Page, address: str, *people: int) -> None:
    listed = ",".join(map(str, people))
    await page.goto(f"{address}/?people={listed}&lang=kk&theme=light")
    await page.locator("body[data-live=live]").wait_for()


@pytest_asyncio.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    """Start everything; a mistake in the page's script fails the test."""
    mistakes: list[str] = []
    (tmp_path / "clone").mkdir()
    async with started(tmp_path / "clone") as address, async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)

        async def window(viewport: ViewportSize, *people: int) -> Page:
            context = await browser.new_context(viewport=viewport)
            context.set_default_timeout(20_000)
            page = await context.new_page()
            page.on("pageerror", lambda error: mistakes.append(str(error)))
            await _open(page, address, *people)
            return page

        wide = await window(WIDE, ASEL, BOTAGOZ, AIBEK)
        yield Desk(wide, await window(PHONE, ASEL), pictures(tmp_path / "pictures"))
        await browser.close()
    assert mistakes == []
