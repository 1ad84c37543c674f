"""Films, files and albums arrive as their authors composed them."""

from typing import Any

import sqlalchemy as sa

from sandbox.server import Fault, FaultKind
from sandbox.server.files import FileKind, Upload
from services.delivery.mailing import launch
from storage.schema.delivery import deliveries
from tests.delivery.stage import MORNING, Stage, add_people

AIGUL = 100_001
TEXT = "<b>Жол</b> <tg-spoiler>дайын</tg-spoiler>\n<blockquote expandable>Сөз</blockquote>"
LINK = {"text_kk": "Оқу", "text_ru": "Читать", "url": "https://unqosu.example/jol"}
PICTURE = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0@\0\0\0@\x08\x02\0\0\0%\x0b\xe6\x89"


def kept(stage: Stage, kind: FileKind, number: int = 0) -> dict[str, str]:
    """Return a file that Telegram has, as a post names it."""
    files = stage.sandbox.telegram.files
    if kind is FileKind.PHOTO:
        stored = files.add_photo(Upload(f"{number}.png", PICTURE))[-1]
    else:
        stored = files.add(kind, Upload(f"{number}.bin", b"synthetic"))
    return {"type": kind.value, "file_id": stored.file_id}


async def start(stage: Stage, *media: dict[str, str]) -> int:
    """Launch a post with these media to one person and return its mailing."""
    await stage.db.write(add_people, [AIGUL])
    payload = {"post": 1, "topic": "roads", "text_kk": TEXT, "text_ru": TEXT}
    return await stage.db.write(
        launch,
        key="news:1",
        kind="news",
        payload=payload | {"media": list(media), "links": [LINK]},
        created_by=None,
        now=MORNING,
        recipients=[AIGUL],
    )


async def books(stage: Stage) -> tuple[Any, ...]:
    """Return the ids that the bot keeps of the delivery."""

    def read(connection: sa.Connection) -> tuple[Any, ...]:
        columns = (deliveries.c.message_id, deliveries.c.other_ids)
        return tuple(connection.execute(sa.select(*columns)).one())

    return await stage.db.read(read)


async def test_one_film_has_the_text_under_it(stage: Stage) -> None:
    """A video arrives with the text as its caption, formatted, and the link as first button."""
    mailing = await start(stage, kept(stage, FileKind.VIDEO))
    await stage.start()
    await stage.until_mailing(mailing, "finished")
    [message] = stage.messages_of(AIGUL)
    formats = [entity["type"] for entity in message["caption_entities"]]
    assert ["bold", "spoiler", "expandable_blockquote"] == formats
    first = message["reply_markup"]["inline_keyboard"][0][0]
    assert {"text": "Оқу", "url": LINK["url"]} == first
    assert "video" in message


async def test_an_album_goes_ahead_of_its_text(stage: Stage) -> None:
    """The parts come together without words, the text below with the buttons; all ids are kept."""
    parts = [
        kept(stage, FileKind.PHOTO, 1),
        kept(stage, FileKind.VIDEO),
        kept(stage, FileKind.PHOTO, 2),
    ]
    mailing = await start(stage, *parts)
    await stage.start()
    await stage.until_mailing(mailing, "finished")
    *album, text = stage.messages_of(AIGUL)
    assert [True, False, True] == ["photo" in part for part in album]
    assert 1 == len({part["media_group_id"] for part in album})
    assert "Жол дайын\nСөз" == text["text"]
    assert (text["message_id"], [part["message_id"] for part in album]) == await books(stage)


async def test_a_text_that_failed_comes_again_with_its_album(stage: Stage) -> None:
    """The album and its text are one message: where the text is lost, both are sent again."""
    stage.sandbox.telegram.faults.order(Fault(FaultKind.BAD_GATEWAY, method="sendMessage"))
    mailing = await start(
        stage, kept(stage, FileKind.DOCUMENT, 1), kept(stage, FileKind.DOCUMENT, 2)
    )
    await stage.start()
    await stage.until_mailing(mailing, "finished")
    messages = stage.messages_of(AIGUL)
    assert [True, True, True, True, False] == ["document" in message for message in messages]
    others = [message["message_id"] for message in messages[2:4]]
    assert (messages[4]["message_id"], others) == await books(stage)


async def test_a_pause_of_telegram_repeats_nothing(stage: Stage) -> None:
    """After 429 between the album and its text only the text is asked for again."""
    order = Fault(FaultKind.FLOOD, method="sendMessage", retry_after=1)
    stage.sandbox.telegram.faults.order(order)
    mailing = await start(stage, kept(stage, FileKind.PHOTO, 1), kept(stage, FileKind.PHOTO, 2))
    await stage.start()
    await stage.until_mailing(mailing, "finished")
    assert 3 == len(stage.messages_of(AIGUL))
