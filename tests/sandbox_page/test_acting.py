"""What a person does in a chat and what the bot hears of it."""

import re

import pytest
from playwright.async_api import FilePayload, expect

from tests.sandbox_page.conftest import CITIZEN, NEIGHBOUR, Stage

pytestmark = [pytest.mark.needs("chromium"), pytest.mark.asyncio(loop_scope="session")]

KEYBOARD = {
    "keyboard": [
        [{"text": "Өтініш жіберу"}],
        [{"text": "Нөмірді жіберу", "request_contact": True}],
        [{"text": "Орнымды жіберу", "request_location": True}],
    ],
    "resize_keyboard": True,
}


async def test_start(stage: Stage) -> None:
    """An empty chat offers START, which sends /start."""
    await stage.open(f"?people={NEIGHBOUR}")
    await stage.pane(NEIGHBOUR).get_by_test_id("start").click()
    (message,) = await stage.bot.heard("message")
    assert (NEIGHBOUR, "/start") == (message["from"]["id"], message["text"])
    await expect(stage.pane(NEIGHBOUR).get_by_test_id("composer")).to_be_visible()


async def test_writing(stage: Stage) -> None:
    """Enter sends, Shift+Enter begins a new line, and the tick doubles when the bot answers."""
    pane = await stage.converse()
    composer = pane.get_by_test_id("composer")
    await composer.fill("бірінші жол")
    await composer.press("Shift+Enter")
    await composer.press_sequentially("екінші жол")
    await composer.press("Enter")
    (message,) = await stage.bot.heard("message")
    assert "бірінші жол\nекінші жол" == message["text"]
    await expect(composer).to_have_value("")
    own = pane.locator("[data-from=person]")
    await expect(own.locator(".ticks")).to_have_attribute("aria-label", "жіберілді")
    await stage.bot.say(CITIZEN, "жауап")
    await expect(own.locator(".ticks")).to_have_attribute("aria-label", "бот оқыды")


async def test_inline_button(stage: Stage) -> None:
    """A tap sends the button's data, the button is busy until the answer, which pops up."""
    pane = await stage.converse()
    row = [{"text": "Иә", "callback_data": "yes:1"}, {"text": "Жоқ", "callback_data": "no:1"}]
    await stage.bot.ask(CITIZEN, "Растайсыз ба?", row)
    button = pane.get_by_role("button", name="Жоқ")
    await button.click()
    (tap,) = await stage.bot.heard("callback_query")
    assert "no:1" == tap["data"]
    await expect(button).to_have_attribute("aria-busy", "true")
    await stage.bot.call("answerCallbackQuery", callback_query_id=tap["id"], text="Жазылды")
    await expect(pane.get_by_test_id("toast")).to_have_text("Жазылды")
    await expect(button).not_to_have_attribute("aria-busy", "true")


async def test_alert(stage: Stage) -> None:
    """An answer with show_alert is a dialog of that chat that Enter closes."""
    pane = await stage.converse()
    await stage.bot.ask(CITIZEN, "Кім?", [{"text": "Мен", "callback_data": "me"}])
    await pane.get_by_role("button", name="Мен").click()
    (tap,) = await stage.bot.heard("callback_query")
    await stage.bot.call(
        "answerCallbackQuery", callback_query_id=tap["id"], text="Рұқсат жоқ", show_alert=True
    )
    await expect(pane.get_by_test_id("alert")).to_contain_text("Рұқсат жоқ")
    await stage.page.keyboard.press("Enter")
    await expect(pane.get_by_test_id("alert")).to_have_count(0)


async def test_deep_link(stage: Stage) -> None:
    """A link to the bot with a payload starts the bot with it in the same chat."""
    pane = await stage.converse()
    link = {"text": "Шақыру", "url": "https://t.me/desk_bot?start=abc-1"}
    await stage.bot.ask(CITIZEN, "Сілтеме", [link])
    await pane.get_by_role("button", name="Шақыру").click()
    (message,) = await stage.bot.heard("message")
    assert "/start abc-1" == message["text"]


async def test_foreign_link(stage: Stage) -> None:
    """A link that leaves the desk is opened only after a question."""
    pane = await stage.converse()
    link = {"text": "Портал", "url": "https://example.org/"}
    await stage.bot.ask(CITIZEN, "Сілтеме", [link])
    await pane.get_by_role("button", name="Портал").click()
    await expect(pane.get_by_test_id("dialog")).to_contain_text("https://example.org/")
    await stage.page.keyboard.press("Escape")
    await expect(pane.get_by_test_id("dialog")).to_have_count(0)
    assert 1 == len(stage.page.context.pages)


async def test_reply_keyboard(stage: Stage) -> None:
    """Reply buttons write their text, the number after a question, and a chosen place."""
    pane = await stage.converse()
    await stage.bot.say(CITIZEN, "Таңдаңыз", reply_markup=KEYBOARD)
    keys = pane.get_by_test_id("reply-button")
    await keys.nth(0).click()
    (message,) = await stage.bot.heard("message")
    assert "Өтініш жіберу" == message["text"]
    await keys.nth(1).click()
    await pane.get_by_test_id("dialog-yes").click()
    (message,) = await stage.bot.heard("message")
    assert CITIZEN == message["contact"]["user_id"]
    await keys.nth(2).click()
    await pane.get_by_test_id("place").select_option(label="Қарағанды")
    await pane.get_by_test_id("dialog-yes").click()
    (message,) = await stage.bot.heard("message")
    assert 49.8047 == message["location"]["latitude"]
    await expect(pane.get_by_test_id("location")).to_contain_text("Жақын қала: Қарағанды")


async def test_commands(stage: Stage) -> None:
    """Typing a slash lists the commands; arrows choose, Enter sends."""
    commands = [
        {"command": "my", "description": "Менің өтініштерім"},
        {"command": "language", "description": "Тіл"},
    ]
    await stage.bot.call("setMyCommands", commands=commands)
    pane = await stage.converse()
    composer = pane.get_by_test_id("composer")
    await composer.press_sequentially("/")
    assert ["/myМенің өтініштерім", "/languageТіл"] == await pane.get_by_test_id(
        "command"
    ).all_text_contents()
    await composer.press("ArrowDown")
    await composer.press("Enter")
    (message,) = await stage.bot.heard("message")
    assert "/language" == message["text"]


async def test_album_of_samples(stage: Stage) -> None:
    """Somebody without files at hand sends the ready album, one grid of three photos."""
    pane = await stage.converse()
    await pane.get_by_test_id("attach").click()
    await stage.page.get_by_test_id("attach-album").click()
    await pane.get_by_test_id("sample").click()
    await pane.get_by_test_id("caption").fill("Жол")
    await pane.get_by_test_id("dialog-yes").click()
    parts = await stage.bot.heard("message", count=3)
    assert 1 == len({part["media_group_id"] for part in parts})
    assert ["Жол", None, None] == [part.get("caption") for part in parts]
    album = pane.locator("[data-testid=message][data-album]")
    await expect(album.get_by_test_id("photo")).to_have_count(3)


@pytest.mark.parametrize("kind", ["photo", "document", "voice"])
async def test_attachment(stage: Stage, kind: str) -> None:
    """A ready file of each kind reaches the bot as that kind."""
    pane = await stage.converse()
    await pane.get_by_test_id("attach").click()
    await stage.page.get_by_test_id(f"attach-{kind}").click()
    await pane.get_by_test_id("sample").click()
    await pane.get_by_test_id("dialog-yes").click()
    (message,) = await stage.bot.heard("message")
    assert kind in message


async def test_chosen_file(stage: Stage) -> None:
    """A file chosen from the disk is shown with its name and size."""
    pane = await stage.converse()
    await pane.get_by_test_id("attach").click()
    await stage.page.get_by_test_id("attach-document").click()
    chosen = FilePayload(name="Өтініш.txt", mimeType="text/plain", buffer=b"x" * 2048)
    await pane.get_by_test_id("file-input").set_input_files(chosen)
    await pane.get_by_test_id("dialog-yes").click()
    (message,) = await stage.bot.heard("message")
    assert chosen["name"] == message["document"]["file_name"]
    await expect(pane.get_by_test_id("document")).to_contain_text("2 КБ")


@pytest.mark.parametrize(
    ("entry", "field"), [("attach-sticker", "sticker"), ("attach-contact", "contact")]
)
async def test_other_contents(stage: Stage, entry: str, field: str) -> None:
    """Stickers and contacts reach the bot as what they are."""
    pane = await stage.converse()
    await pane.get_by_test_id("attach").click()
    await stage.page.get_by_test_id(entry).click()
    if field == "contact":
        await pane.get_by_test_id("dialog-yes").click()
    (message,) = await stage.bot.heard("message")
    assert field in message


async def test_forwarded_message(stage: Stage) -> None:
    """A forwarded text carries where it came from, for the bot and on the page."""
    pane = await stage.converse()
    await pane.get_by_test_id("attach").click()
    await stage.page.get_by_test_id("attach-forward").click()
    await pane.get_by_test_id("forward-text").fill("Көршінің сөзі")
    await pane.get_by_test_id("dialog-yes").click()
    (message,) = await stage.bot.heard("message")
    assert "forward_origin" in message
    await expect(pane.locator(".forwarded")).to_contain_text("Таныс адам")


async def test_edit_own_message(stage: Stage) -> None:
    """Arrow up in the empty field edits one's last message in place."""
    pane = await stage.converse()
    composer = pane.get_by_test_id("composer")
    await composer.fill("қата")
    await composer.press("Enter")
    await stage.bot.heard("message")
    await expect(pane.locator("[data-from=person]")).to_have_count(1)
    await composer.press("ArrowUp")
    await expect(composer).to_have_value("қата")
    await composer.fill("қате")
    await composer.press("Enter")
    (message,) = await stage.bot.heard("edited_message")
    assert "қате" == message["text"]
    await expect(pane.locator("[data-from=person] .text")).to_have_text(re.compile("^қате"))


async def test_reply(stage: Stage) -> None:
    """Replying through the message's menu tells the bot which message is meant."""
    pane = await stage.converse()
    message = pane.get_by_test_id("message")
    await message.hover()
    await message.locator(".more").click()
    await stage.page.get_by_test_id("reply").click()
    await pane.get_by_test_id("composer").fill("жауабым")
    await pane.get_by_test_id("send").click()
    (heard,) = await stage.bot.heard("message")
    assert "Сәлем!" == heard["reply_to_message"]["text"]
    await expect(pane.locator(".quoted-message")).to_have_text("Сәлем!")


async def test_block(stage: Stage) -> None:
    """Blocking the bot reaches it, leaves only unblocking to do, and unblocking reaches it too."""
    pane = await stage.converse()
    await pane.get_by_test_id("pane-menu").click()
    await stage.page.get_by_test_id("block").click()
    (change,) = await stage.bot.heard("my_chat_member")
    assert "kicked" == change["new_chat_member"]["status"]
    await expect(pane.get_by_test_id("composer")).to_be_hidden()
    await pane.get_by_test_id("unblock").click()
    (change,) = await stage.bot.heard("my_chat_member")
    assert "member" == change["new_chat_member"]["status"]
    await expect(pane.get_by_test_id("composer")).to_be_visible()
