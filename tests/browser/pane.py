"""One person at the desk's page: presses, writes, sends a photo, and waits for what comes."""

import re

from playwright.async_api import Locator, Page, expect

_PATIENCE = 60_000  # milliseconds for what is expected to come


class Pane:
    """A person's chat in the browser."""

    def __init__(self, page: Page, person: int) -> None:
        self._page = page
        self.element = page.locator(f"[data-testid=pane][data-person='{person}']")

    @property
    def last(self) -> Locator:
        """The newest message of the bot."""
        return self.element.locator("[data-testid=message][data-from=bot]").last

    def message(self, text: str | re.Pattern[str]) -> Locator:
        """Return the newest message of the bot that contains this."""
        messages = self.element.locator("[data-testid=message][data-from=bot]")
        return messages.filter(has_text=text).last

    async def writes(self, text: str) -> None:
        """Type words into the field, several lines included, and send them."""
        await self.element.get_by_test_id("composer").fill(text)
        await self.element.get_by_test_id("send").click()

    async def presses(self, label: str | re.Pattern[str]) -> None:
        """Press the newest inline button with exactly this label and wait for its answer."""
        if isinstance(label, str):
            label = re.compile(f"^{re.escape(label)}$")
        await self.element.get_by_test_id("inline-button").filter(has_text=label).last.click()
        await expect(self.element.locator("[aria-busy=true]")).to_have_count(0)

    async def reads(self, text: str) -> None:
        """Read this in a pop-up and close it."""
        alert = self.element.get_by_test_id("alert")
        await expect(alert).to_contain_text(text)
        await self._page.keyboard.press("Enter")
        await expect(alert).to_have_count(0)

    async def chooses(self, label: str) -> None:
        """Press a button of the menu below the composer."""
        await self.element.get_by_test_id("reply-button").filter(has_text=label).click()

    async def sends_photo(self) -> None:
        """Send the ready photo that the page offers to who has none at hand."""
        await self.element.get_by_test_id("attach").click()
        await self._page.get_by_test_id("attach-photo").click()
        await self.element.get_by_test_id("sample").click()
        await self.element.get_by_test_id("dialog-yes").click()

    async def sees(self, *parts: str) -> Locator:
        """Wait for a message that contains the first part, then for the others in it."""
        message = self.message(parts[0])
        for part in parts:
            await expect(message).to_contain_text(part, timeout=_PATIENCE)
        return message
