"""A newcomer's sandbox with its bot, and two browser windows on its page."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pytest_asyncio
from playwright.async_api import Page, ViewportSize, async_playwright, expect

from tests.browser.newcomer import started
from tests.browser.pane import Pane
from tests.browser.pictures import Pictures, pictures
from tests.sandbox_page.conftest import CHROMIUM, FLAGS, PHONE, WIDE

ASEL, BOTAGOZ, AIBEK = 1005, 1011, 1021  # a citizen, an operator, a Bureau member
TALL: ViewportSize = {"width": 360, "height": 1280}


@dataclass(frozen=True, slots=True)
class Desk:
    """The page on a wide screen with three people side by side, and the citizen on a phone."""

    address: str
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

    async def take_desk(self, name: str) -> None:
        """Picture the wide screen once passing notices are gone."""
        await self.page.mouse.move(0, 0)
        await expect(self.page.locator(".notice")).to_have_count(0)
        await self.pictures.take(self.page, name)

    async def take_phone(self, person: int, text: str, name: str, *, tall: bool = False) -> None:
        """Picture a person's phone that shows this text; `tall` shows a whole long message.

        The menu below the composer is folded, as people do to read.
        """
        await self.phone.set_viewport_size(TALL if tall else PHONE)
        await look(self.phone, self.address, person)
        pane = Pane(self.phone, person)
        message = await pane.sees(text)
        if await pane.element.get_by_test_id("reply-keyboard").is_visible():
            await pane.element.locator(".keys").click()
        await self.pictures.take(message if tall else self.phone, name)


async def look(page: Page, address: str, *people: int) -> None:
    """Open the chats of these people in Kazakh, in light colours."""
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
        wide = await browser.new_page(viewport=WIDE)
        phone = await browser.new_page(viewport=PHONE, device_scale_factor=2, has_touch=True)
        for page in (wide, phone):
            page.set_default_timeout(60_000)
            page.on("pageerror", lambda error: mistakes.append(str(error)))
        await look(wide, address, ASEL, BOTAGOZ, AIBEK)
        yield Desk(address, wide, phone, pictures(tmp_path / "pictures"))
        await browser.close()
    assert mistakes == []
