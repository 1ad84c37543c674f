"""A sandbox, a tiny bot and a browser on the page."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Locator, Page, ViewportSize, async_playwright, expect

from sandbox.seed import Seed, SeedBot, SeedPerson
from sandbox.server import Limits, Sandbox
from tests.sandbox_page.tiny_bot import TinyBot

CITIZEN, OPERATOR, BUREAU, NEIGHBOUR = 501, 502, 503, 504
FRIDAY = datetime(2026, 3, 6, 5, 12, tzinfo=UTC)
SEED = Seed(
    bot=SeedBot(username="desk_bot", name_kk="Үн қосу", name_ru="Үн қосу"),
    people=(
        SeedPerson(id=CITIZEN, first_name="Айгерім", language_code="kk", label="citizen"),
        SeedPerson(id=OPERATOR, first_name="Олег", language_code="ru", label="operator"),
        SeedPerson(id=BUREAU, first_name="Ерлан", language_code="kk", label="bureau"),
        SeedPerson(id=NEIGHBOUR, first_name="Марина", language_code="ru", label="citizen"),
    ),
)
CHROMIUM = "/usr/bin/chromium"
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
WIDE: ViewportSize = {"width": 1440, "height": 900}
PHONE: ViewportSize = {"width": 360, "height": 740}
PATIENCE = 60_000  # milliseconds for what is expected to come

expect.set_options(timeout=PATIENCE)


@dataclass(frozen=True, slots=True)
class Stage:
    """The sandbox, its bot, and the browser's page on it."""

    sandbox: Sandbox
    bot: TinyBot
    page: Page

    def pane(self, person: int = CITIZEN) -> Locator:
        """Return one person's chat."""
        return self.page.locator(f"[data-testid=pane][data-person='{person}']")

    async def open(self, query: str = "") -> None:
        """Go to the page and wait until it receives events."""
        await self.page.goto(f"{self.sandbox.page}/{query}")
        await self.page.locator("body[data-live=live]").wait_for()

    async def converse(self, query: str = "") -> Locator:
        """Let the bot greet the citizen, open the page and return the citizen's chat."""
        await self.bot.say(CITIZEN, "Сәлем!")
        await self.open(query)
        await self.pane().get_by_text("Сәлем!").wait_for()
        return self.pane()


def desk(page_port: int = 0) -> Sandbox:
    """Return a sandbox with the four people, on Friday 6 March 2026, 10:12 in Almaty."""
    limits = Limits.off()
    return Sandbox(SEED, bot_api_port=0, page_port=page_port, limits=limits, start_at=FRIDAY)


@pytest_asyncio.fixture(loop_scope="session", scope="session")
async def browser() -> AsyncIterator[Browser]:
    """Start Chromium once."""
    async with async_playwright() as playwright:
        found = await playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield found
        await found.close()


@pytest.fixture
def viewport() -> ViewportSize:
    """Return the window's size; a test may override it."""
    return WIDE


@pytest_asyncio.fixture(loop_scope="session")
async def stage(browser: Browser, viewport: ViewportSize) -> AsyncIterator[Stage]:
    """Open a window on a fresh sandbox; a mistake in the page's script fails the test."""
    mistakes: list[str] = []
    async with desk() as sandbox, TinyBot(sandbox.bot_api, sandbox.token) as bot:
        context = await browser.new_context(viewport=viewport)
        context.set_default_timeout(PATIENCE)
        page = await context.new_page()
        page.on("pageerror", lambda error: mistakes.append(str(error)))
        for person in sandbox.telegram.people:
            sandbox.telegram.private(person).started = True
        yield Stage(sandbox, bot, page)
        await context.close()
    assert mistakes == []
