"""The desk around the chats: people, clock, languages, connection."""

import re

import pytest
from playwright.async_api import ViewportSize, expect

from sandbox.server.chats import ChatType
from tests.sandbox_page.conftest import (
    BUREAU,
    CITIZEN,
    NEIGHBOUR,
    OPERATOR,
    PHONE,
    Stage,
    desk,
)
from tests.sandbox_page.tiny_bot import TinyBot

pytestmark = [pytest.mark.needs("chromium"), pytest.mark.asyncio(loop_scope="session")]

narrow = pytest.mark.parametrize("viewport", [PHONE], ids=["360px"])


async def open_people(stage: Stage) -> list[int]:
    """Return whose chats are on the desk, from left to right."""
    panes = stage.page.get_by_test_id("pane")
    return [int(await pane.get_attribute("data-person") or 0) for pane in await panes.all()]


async def test_three_side_by_side(stage: Stage) -> None:
    """A wide window begins with a citizen, an operator and a Bureau member side by side."""
    await stage.converse()
    assert [CITIZEN, OPERATOR, BUREAU] == await open_people(stage)


async def test_choosing_a_person(stage: Stage) -> None:
    """Choosing somebody opens their chat in place of the one in use."""
    await stage.converse(f"?people={CITIZEN}")
    picker = stage.page.get_by_test_id("person-picker")
    await picker.locator(f"[data-testid=person][data-person='{NEIGHBOUR}']").click()
    await stage.pane(NEIGHBOUR).wait_for()
    assert [NEIGHBOUR] == await open_people(stage)


async def test_unread(stage: Stage) -> None:
    """A message to somebody whose chat is closed is counted in the list until it is opened."""
    await stage.converse(f"?people={CITIZEN}")
    person = stage.page.locator(f"[data-testid=person][data-person='{BUREAU}']")
    await stage.bot.say(BUREAU, "Таңғы шолу")
    await expect(person.get_by_test_id("unread")).to_have_text("1")
    await person.click()
    await expect(stage.pane(BUREAU)).to_contain_text("Таңғы шолу")
    await expect(person.get_by_test_id("unread")).to_have_text("")


async def test_adding_a_person(stage: Stage) -> None:
    """Somebody new joins the desk with an empty chat."""
    await stage.converse(f"?people={CITIZEN}")
    await stage.page.get_by_test_id("person-add").click()
    await stage.page.get_by_test_id("first-name").fill("Дәулет")
    await stage.page.get_by_test_id("dialog-yes").click()
    await expect(stage.page.get_by_test_id("pane")).to_contain_text("Дәулет")
    await expect(stage.page.get_by_test_id("start")).to_be_visible()


async def test_clock(stage: Stage) -> None:
    """The clock shows Almaty time and moves to 08:30 of the next working day."""
    await stage.converse()
    clock = stage.page.get_by_test_id("clock")
    await expect(clock).to_have_text(re.compile("^10:1[2-4]жұма, 6 наурыз$"))
    await stage.page.get_by_test_id("clock-next-morning").click()
    await expect(clock).to_have_text(re.compile("^08:3[0-2]"))
    await expect(clock).to_have_attribute("datetime", re.compile("^2026-03-1.T03:3[0-2]"))
    await expect(stage.page.locator(".page-notices")).to_contain_text("Сағат жылжытылды")


async def test_yesterday_is_not_today(stage: Stage) -> None:
    """When the clock passes midnight, what stands under «today» becomes yesterday's."""
    pane = await stage.converse()
    await expect(pane.locator(".day")).to_have_text("Бүгін")
    await stage.page.get_by_test_id("clock-day").click()
    await expect(pane.locator(".day")).to_have_text("Кеше")


async def test_other_language(stage: Stage) -> None:
    """The page speaks Kazakh first and Russian on request, and what is half written stays."""
    pane = await stage.converse()
    html = stage.page.locator("html")
    await expect(html).to_have_attribute("lang", "kk")
    await pane.get_by_test_id("composer").fill("жартысы")
    await stage.page.get_by_test_id("page-language").click()
    await expect(html).to_have_attribute("lang", "ru")
    await expect(stage.page.get_by_test_id("clock-hour")).to_have_text("+1 час")
    await expect(stage.pane().get_by_test_id("composer")).to_have_value("жартысы")


async def test_theme(stage: Stage) -> None:
    """The page follows the system's colours and a button turns them."""
    await stage.page.emulate_media(color_scheme="dark")
    await stage.converse()
    html = stage.page.locator("html")
    await expect(html).to_have_attribute("data-theme", "dark")
    await stage.page.get_by_test_id("theme").click()
    await expect(html).to_have_attribute("data-theme", "light")


async def test_fault_on_order(stage: Stage) -> None:
    """A fault ordered in the menu strikes the bot's next call."""
    await stage.converse()
    await stage.page.get_by_test_id("more").click()
    await stage.page.get_by_test_id("faults").click()
    await stage.page.get_by_test_id("fault-kind").select_option("500")
    await stage.page.get_by_test_id("dialog-yes").click()
    await expect(stage.page.get_by_test_id("faults")).to_have_count(0)
    await expect(stage.page.locator(".page-notices")).to_contain_text("Ақау қосылды")
    with pytest.raises(AssertionError, match="500"):
        await stage.bot.call("getMe")


@narrow
async def test_phone(stage: Stage, viewport: ViewportSize) -> None:
    """At 360 px there is one chat, nothing sticks out, and people are switched above it."""
    pane = await stage.converse()
    row = [{"text": "Өтінішті қарауға жіберу", "callback_data": "1"}] * 2
    await stage.bot.ask(CITIZEN, "с" * 300, row)
    await expect(pane.get_by_test_id("inline-button")).to_have_count(2)
    assert [CITIZEN] == await open_people(stage)
    size = await stage.page.evaluate(
        "[document.documentElement.scrollWidth, document.documentElement.scrollHeight]"
    )
    assert [viewport["width"], viewport["height"]] == size
    await stage.page.locator(f"[data-testid=person][data-person='{BUREAU}']").click()
    await stage.pane(BUREAU).wait_for()
    assert [BUREAU] == await open_people(stage)


@narrow
async def test_nothing_scrolls_sideways_on_a_phone(stage: Stage, viewport: ViewportSize) -> None:
    """At 360 px the top bar fits, and the strip of people shows whose chat is open."""
    await stage.open(f"?people={NEIGHBOUR}")
    assert viewport["width"] == await stage.page.evaluate("document.body.scrollWidth")
    picker = stage.page.get_by_test_id("person-picker")
    person = picker.locator(f"[data-testid=person][data-person='{NEIGHBOUR}']")
    await expect(person).to_be_in_viewport(ratio=0.9)


@narrow
async def test_clock_on_a_phone(stage: Stage) -> None:
    """At 360 px a tap on the clock unfolds the buttons that move it."""
    await stage.converse()
    clock = stage.page.get_by_test_id("clock")
    await clock.click()
    await stage.page.get_by_test_id("clock-next-morning").click()
    await expect(clock).to_have_text(re.compile("^08:3[0-2]"))


async def test_sandbox_started_anew(stage: Stage) -> None:
    """When the sandbox was started anew, the page comes back by itself with the new chats."""
    pane = await stage.converse()
    port = int(stage.sandbox.page.rsplit(":", 1)[1])
    await stage.sandbox.close()
    await expect(stage.page.locator("body")).to_have_attribute("data-live", "lost")
    async with desk(port) as other, TinyBot(other.bot_api, other.token) as bot:
        other.telegram.private(CITIZEN).started = True
        await bot.say(CITIZEN, "Қайта келдік")
        await expect(pane).to_contain_text("Қайта келдік", timeout=60_000)
        await expect(pane.get_by_test_id("message")).to_have_count(1)
        await expect(stage.page.locator("body")).to_have_attribute("data-live", "live")


async def test_a_channel_is_one_more_chat(stage: Stage) -> None:
    """Whoever writes in a channel posts in its name; the bot hears of it."""
    channel = stage.sandbox.telegram.add_shared(ChatType.CHANNEL, "Party news")
    channel.membership.bot_is_administrator = True
    await stage.open(f"?people={channel.id}")
    pane = stage.pane(channel.id)
    await pane.get_by_test_id("composer").fill("A post")
    await pane.get_by_test_id("send").click()
    await expect(pane.get_by_test_id("message")).to_contain_text("A post")
    assert ["A post"] == [stored.json["text"] for stored in channel.messages()]
