"""Files up and down."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest, TelegramEntityTooLarge
from aiogram.types import BufferedInputFile, InputMediaPhoto, InputMediaVideo

from sandbox.client import Chat
from sandbox.seed import Seed, SeedFile, SeedPerson
from tests.sandbox.conftest import new_bot

Png = Callable[[int, int], bytes]


async def test_photo_has_telegrams_sizes(bot: Bot, aigul: Chat, png: Png) -> None:
    """A photo comes in several sizes of its own proportions, and downloads as it was."""
    data = png(1600, 900)
    await aigul.send_files("photo", ("a.png", data), caption="see")
    message = (await bot.get_updates(timeout=0))[0].message
    assert message is not None
    assert message.photo is not None
    sizes = [(size.width, size.height) for size in message.photo]
    assert [(90, 51), (320, 180), (800, 450), (1280, 720)] == sizes
    file = await bot.get_file(message.photo[-1].file_id)
    assert file.file_path is not None
    downloaded = await bot.download_file(file.file_path)
    assert isinstance(downloaded, BytesIO)
    assert data == downloaded.read()


async def test_document_keeps_name_and_type(bot: Bot, aigul: Chat) -> None:
    """A document goes up and comes back with its Kazakh name."""
    file = BufferedInputFile("құжат".encode(), "өтініш.pdf")
    sent = await bot.send_document(aigul.id, file, caption="<i>x</i>", parse_mode="HTML")
    assert sent.document is not None
    document = sent.document
    found = (document.file_name, document.mime_type, document.file_size)
    assert ("өтініш.pdf", "application/pdf", 10) == found
    again = await bot.send_document(aigul.id, document.file_id)
    assert again.document is not None
    assert document.file_unique_id == again.document.file_unique_id


async def test_a_file_of_the_seed(sandbox_factory: Callable[..., Any]) -> None:
    """Telegram has it from the start, under the id by which the bot knows it."""
    timur = SeedPerson(id=5, first_name="Тимур", started=True)
    act = SeedFile(id="act", name="акт.txt", text="дайын")
    async with new_bot(await sandbox_factory(Seed(people=(timur,), files=(act,)))) as bot:
        sent = await bot.send_document(5, "act")
        assert sent.document is not None
        found = (sent.document.file_id, sent.document.file_name, sent.document.file_size)
    assert ("act", "акт.txt", 10) == found


async def test_album_of_the_bot(bot: Bot, aigul: Chat, png: Png) -> None:
    """An album is several messages with one media_group_id."""
    media = [
        InputMediaPhoto(media=BufferedInputFile(png(100, side), f"{side}.png"), caption="c")
        for side in (50, 60)
    ]
    sent = await bot.send_media_group(aigul.id, list(media))
    assert 2 == len(sent)
    assert 1 == len({message.media_group_id for message in sent})
    await bot.edit_message_media(
        InputMediaPhoto(media=BufferedInputFile(png(70, 70), "n.png")),
        chat_id=aigul.id,
        message_id=sent[0].message_id,
    )
    edited = (await aigul.messages())[0]
    assert ([70], "") == ([size["width"] for size in edited.json["photo"]], edited.text)


async def test_every_kind_of_file_parses(bot: Bot, aigul: Chat) -> None:
    """Video, voice, audio, animation and sticker come back as aiogram's types."""
    file = BufferedInputFile(b"data", "x.bin")
    sent = [
        await bot.send_video(aigul.id, file, duration=5),
        await bot.send_voice(aigul.id, file),
        await bot.send_audio(aigul.id, file, title="t"),
        await bot.send_animation(aigul.id, file),
        await bot.send_sticker(aigul.id, file),
    ]
    kinds = [message.content_type for message in sent]
    assert ["video", "voice", "audio", "animation", "sticker"] == kinds


async def test_captions_end_at_1024(bot: Bot, aigul: Chat) -> None:
    """A caption of 1,025 units is refused."""
    file = BufferedInputFile(b"x", "x.txt")
    assert await bot.send_document(aigul.id, file, caption="ә" * 1024)
    with pytest.raises(TelegramBadRequest, match="message caption is too long"):
        await bot.send_document(aigul.id, file, caption="ә" * 1025)


async def test_over_20_mb_is_not_served(bot: Bot, aigul: Chat) -> None:
    """A file over 20 MB has no download."""
    await aigul.send_other(file={"file_name": "big.zip", "file_size": (20 << 20) + 1})
    message = (await bot.get_updates(timeout=0))[0].message
    assert message is not None
    assert message.document is not None
    with pytest.raises(TelegramBadRequest, match="file is too big"):
        await bot.get_file(message.document.file_id)


async def test_over_50_mb_is_not_taken(bot: Bot, aigul: Chat) -> None:
    """A bot's upload of more than 50 MB gets 413."""
    file = BufferedInputFile(bytes(52 << 20), "big.zip")
    with pytest.raises(TelegramEntityTooLarge):
        await bot.send_document(aigul.id, file)


@pytest.mark.parametrize(
    ("photo", "words"),
    [
        (BufferedInputFile(b"no picture", "a.png"), "IMAGE_PROCESS_FAILED"),
        (BufferedInputFile(b"", "a.png"), "file must be non-empty"),
        ("nonsense", "wrong file identifier/HTTP URL specified"),
        ("https://example.org/a.png", "failed to get HTTP URL content"),
    ],
)
async def test_wrong_photo_is_refused(
    bot: Bot, aigul: Chat, photo: BufferedInputFile | str, words: str
) -> None:
    """What is no picture, no known file and no address within reach is refused."""
    with pytest.raises(TelegramBadRequest, match=words):
        await bot.send_photo(aigul.id, photo)


async def test_file_of_another_kind_is_refused(bot: Bot, aigul: Chat) -> None:
    """A document's id cannot be sent as a photo."""
    sent = await bot.send_document(aigul.id, BufferedInputFile(b"x", "x.txt"))
    assert sent.document is not None
    with pytest.raises(TelegramBadRequest, match="can't use file of type Document as Photo"):
        await bot.send_photo(aigul.id, sent.document.file_id)


async def test_thumbnails_are_taken(bot: Bot, aigul: Chat, png: Png) -> None:
    """A thumbnail beside a file or in an album is no reason to refuse it."""
    thumbnail = BufferedInputFile(png(90, 90), "t.png")
    file = BufferedInputFile(b"x", "x.mp4")
    assert (await bot.send_video(aigul.id, file, thumbnail=thumbnail)).video
    album = [InputMediaVideo(media=file, thumbnail=thumbnail) for _ in range(2)]
    assert 2 == len(await bot.send_media_group(aigul.id, list(album)))
