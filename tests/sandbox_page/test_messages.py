"""What a person sees of the bot's messages."""

import struct
import zlib

import pytest
from playwright.async_api import expect

from tests.sandbox_page.conftest import CITIZEN, Stage

pytestmark = [pytest.mark.needs("chromium"), pytest.mark.asyncio(loop_scope="session")]


def picture(width: int, height: int) -> bytes:
    """Return a grey PNG."""
    rows = (b"\0" + b"\x80" * width) * height
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)

    def chunk(name: bytes, content: bytes) -> bytes:
        check = struct.pack(">I", zlib.crc32(name + content))
        return struct.pack(">I", len(content)) + name + content + check

    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )


async def test_formatting_after_emoji(stage: Stage) -> None:
    """Entities are placed by UTF-16 units, so bold text after an emoji is the right text."""
    await stage.bot.say(
        CITIZEN,
        "👋🏽 Сәлем, <b>Айгерім</b>! <code>KR-1</code> <i>е<u>кі</u></i>",
        parse_mode="HTML",
    )
    await stage.open()
    text = stage.pane().locator(".text")
    await expect(text.locator("strong")).to_have_text("Айгерім")
    await expect(text.locator("code")).to_have_text("KR-1")
    await expect(text.locator("em u")).to_have_text("кі")


async def test_overlapping_entities(stage: Stage) -> None:
    """Entities that cross each other lose no letter and keep both formats."""
    entities = [
        {"type": "bold", "offset": 0, "length": 6},
        {"type": "italic", "offset": 4, "length": 6},
    ]
    await stage.bot.say(CITIZEN, "0123456789", entities=entities)
    await stage.open()
    text = stage.pane().locator(".text")
    await expect(text).to_contain_text("0123456789")
    await expect(text.locator("strong")).to_have_text("012345")
    assert ["45", "6789"] == await text.locator("em").all_text_contents()


async def test_line_after_a_quotation(stage: Stage) -> None:
    """A quotation ends its own line: an empty line after it is one line, not two."""
    await stage.bot.say(CITIZEN, "<blockquote>сөз</blockquote>\n\nкейін", parse_mode="HTML")
    await stage.open()
    text = stage.pane().locator(".text")
    await expect(text.locator("blockquote")).to_have_text("сөз")
    shown = await text.evaluate("node => node.childNodes[1].textContent")
    assert "\nкейін" == shown


async def test_markup_stays_text(stage: Stage) -> None:
    """A text that looks like HTML is shown letter by letter and runs nothing."""
    text = '<img src=x onerror="document.title=1"><b>қалың</b>'
    await stage.bot.say(CITIZEN, text)
    await stage.open()
    await expect(stage.pane().locator(".text")).to_contain_text(text)
    assert "Сынақ алаңы" == await stage.page.title()


async def test_spoiler(stage: Stage) -> None:
    """A spoiler opens by a tap."""
    await stage.bot.say(CITIZEN, "<tg-spoiler>жасырын</tg-spoiler>", parse_mode="HTML")
    await stage.open()
    spoiler = stage.pane().locator(".spoiler")
    await spoiler.click()
    await expect(spoiler).to_have_class("spoiler open")


async def test_long_quote_folds(stage: Stage) -> None:
    """An expandable quote is folded until its button is pressed."""
    quote = "\n".join(f"{number}-жол" for number in range(12))
    text = f"<blockquote expandable>{quote}</blockquote>"
    await stage.bot.say(CITIZEN, text, parse_mode="HTML")
    await stage.open()
    button = stage.pane().locator(".expand")
    await expect(button).to_have_attribute("aria-expanded", "false")
    await button.click()
    await expect(button).to_have_attribute("aria-expanded", "true")


async def test_edit_and_delete(stage: Stage) -> None:
    """An edit changes the bubble in place with its mark, a deletion takes it away."""
    pane = await stage.converse()
    message = await stage.bot.say(CITIZEN, "бірінші")
    bubble = pane.locator(f"[data-testid=message][data-message-id='{message}']")
    await expect(bubble).to_contain_text("бірінші")
    await stage.bot.call("editMessageText", chat_id=CITIZEN, message_id=message, text="екінші")
    await expect(bubble.locator(".text")).to_contain_text("екінші")
    await expect(bubble.get_by_test_id("edited")).to_have_text("өңделген")
    await stage.bot.call("deleteMessage", chat_id=CITIZEN, message_id=message)
    await expect(bubble).to_have_count(0)


async def test_typing_is_shown(stage: Stage) -> None:
    """The header says that the bot is typing until its message comes."""
    pane = await stage.converse()
    await stage.bot.call("sendChatAction", chat_id=CITIZEN, action="typing")
    await expect(pane.locator(".pane-person")).to_have_text("жазып жатыр…")
    await stage.bot.say(CITIZEN, "дайын")
    await expect(pane.locator(".pane-person")).to_have_text("Айгерім · азамат")


async def test_photo_is_enlarged(stage: Stage) -> None:
    """A photo keeps its place before it has loaded and a tap shows it large; Escape closes it."""
    await stage.bot.send_photo(CITIZEN, picture(640, 400), "Шұңқыр")
    await stage.open()
    photo = stage.pane().get_by_test_id("photo")
    box = await photo.bounding_box()
    assert box is not None
    assert 1.6 == pytest.approx(box["width"] / box["height"], abs=0.02)
    await photo.click()
    await expect(stage.page.get_by_test_id("lightbox").locator("img")).to_be_visible()
    await stage.page.keyboard.press("Escape")
    await expect(stage.page.get_by_test_id("lightbox")).to_have_count(0)


async def test_long_chat_stays_at_bottom(stage: Stage) -> None:
    """The newest message is in view while one reads the end, and a button counts it otherwise."""
    pane = await stage.converse()
    for number in range(40):
        await stage.bot.say(CITIZEN, f"хабар {number}")
    await expect(pane.get_by_text("хабар 39", exact=False)).to_be_in_viewport()
    await pane.locator(".scroller").evaluate("scroller => { scroller.scrollTop = 0 }")
    await expect(pane.get_by_test_id("to-bottom")).to_be_visible()
    await stage.bot.say(CITIZEN, "жаңа хабар")
    await expect(pane.get_by_test_id("to-bottom")).to_have_text("1")
    await expect(pane.get_by_text("жаңа хабар")).not_to_be_in_viewport()
    await pane.get_by_test_id("to-bottom").click()
    await expect(pane.get_by_text("жаңа хабар")).to_be_in_viewport()
    await expect(pane.get_by_test_id("to-bottom")).to_be_hidden()
