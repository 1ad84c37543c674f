"""What those who handle an appeal see of its files."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
from aiogram.enums import ChatType
from aiogram.types import Chat, Message

from bot.i18n import Catalogues
from bot.inspection import WorkerInspection
from handlers.inspection import Look
from handlers.operator.appeals.files import send_files
from sandbox.server.chats import Stored
from sandbox.server.files import StoredFile
from services.appeals.dossier import read_dossier
from services.appeals.files import KeptFile, files_to_read
from services.appeals.model import AttachmentKind
from services.refusal import Refusal
from tests.appeals.conftest import ADMINISTRATOR, CITIZEN
from tests.appeals_files import samples
from tests.appeals_files.conftest import Desk

DOCUMENT, PHOTO = AttachmentKind.DOCUMENT, AttachmentKind.PHOTO
VIDEO, VOICE = AttachmentKind.VIDEO, AttachmentKind.VOICE
TODAY = date(2026, 11, 20)
NOW = datetime(2026, 11, 20, 6, tzinfo=UTC)
# Somebody of the sandbox, as who the administrator reads.
CHAT = 100_001


class Counted:
    """An inspection that counts its looks."""

    def __init__(self, desk: Desk) -> None:
        self._inspection = WorkerInspection(desk.bot, desk.folder)
        self.looks = 0

    async def look(self, file: KeptFile) -> Look:
        """Look as the bot does."""
        self.looks += 1
        return await self._inspection.look(file)


@pytest.fixture(autouse=True)
def in_russian() -> Iterator[None]:
    """Speak Russian."""
    i18n = Catalogues()
    with i18n.context(), i18n.use_locale("ru"):
        yield


async def shown(desk: Desk, appeal: int, inspection: Counted) -> list[StoredFile | str]:
    """Let an administrator open the files; return what arrived: files, or words in their place."""
    private = desk.sandbox.telegram.private(CHAT)
    private.started = True
    before = len(list(private.messages()))
    card = Message(
        message_id=1,
        date=desk.clock.now(),
        chat=Chat(id=CHAT, type=ChatType.PRIVATE),
    ).as_(desk.bot)
    dossier = await desk.db.read(read_dossier, appeal, ADMINISTRATOR, TODAY)
    await send_files(card, dossier.card, ADMINISTRATOR, db=desk.db, inspection=inspection, now=NOW)
    return [found(desk, message) for message in list(private.messages())[before:]]


def found(desk: Desk, message: Stored) -> StoredFile | str:
    """Return the file of a message, or its words."""
    json = message.json
    for kind in AttachmentKind:
        media = json.get(kind.value)
        if media:
            file_id = (media[-1] if isinstance(media, list) else media)["file_id"]
            stored = desk.sandbox.telegram.files.find(file_id)
            assert stored is not None
            return stored
    words: str = json["text"]
    return words


async def test_gps(desk: Desk) -> None:
    """A photograph that was sent as a file arrives without its place; the original never does."""
    dirty = samples.jpeg(gps=True)
    appeal = await desk.file((DOCUMENT, "үйім.jpg", dirty), (PHOTO, None, dirty))
    inspection = Counted(desk)

    first = await shown(desk, appeal, inspection)
    again = await shown(desk, appeal, inspection)

    for file in (*first, *again):
        assert isinstance(file, StoredFile)
        assert samples.PLACE not in file.data
        assert b"Exif" not in file.data
    assert f"{appeal}-file.jpg" == getattr(first[0], "name", None)
    assert [getattr(each, "data", None) for each in first] == [
        getattr(each, "data", None) for each in again
    ]
    assert 2 == inspection.looks


async def test_as_they_are(desk: Desk) -> None:
    """Bare photographs, documents and voices come through untouched."""
    files = [
        (PHOTO, None, samples.jpeg(gps=False)),
        (DOCUMENT, "акт.pdf", samples.pdf()),
        (VOICE, None, b"OggS" + bytes(20)),
    ]
    appeal = await desk.file(*files)

    arrived = await shown(desk, appeal, Counted(desk))

    assert [data for _, _, data in files] == [getattr(each, "data", None) for each in arrived]


async def test_film(desk: Desk) -> None:
    """A film arrives without the notes of its index."""
    appeal = await desk.file((VIDEO, None, samples.film()))

    (file,) = await shown(desk, appeal, Counted(desk))

    assert isinstance(file, StoredFile)
    assert samples.PLACE not in file.data
    assert b"pictures and sound" in file.data


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("акт.pdf", samples.program(), "не соответствует"),
        ("акт.pdf.exe", samples.pdf(), "не соответствует"),
        ("a.heic", b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "о месте съёмки"),
        ("a.jpg", samples.jpeg(gps=True)[:300], "о месте съёмки"),
        ("a.pdf", samples.pdf().ljust(25 * 1024 * 1024), "больше 20 МБ"),
    ],
    ids=["renamed program", "two extensions", "unknown picture", "broken picture", "25 MB"],
)
async def test_not_shown(desk: Desk, name: str, data: bytes, said: str) -> None:
    """What cannot be cleaned or trusted is not shown; a sentence says why."""
    appeal = await desk.file((DOCUMENT, name, data))

    (words,) = await shown(desk, appeal, Counted(desk))

    assert isinstance(words, str)
    assert said in words


async def test_sealed(desk: Desk) -> None:
    """The name of a file in a confidential appeal is our own: it may be the citizen's."""
    appeal = await desk.file((DOCUMENT, "Зейнеп Құпиябаева.pdf", samples.pdf()), sealed=True)

    (file,) = await shown(desk, appeal, Counted(desk))

    assert isinstance(file, StoredFile)
    assert (f"{appeal}-file.pdf", samples.pdf()) == (file.name, file.data)


async def test_kept_copy(desk: Desk) -> None:
    """What Telegram does not have any more is shown from the copy."""
    appeal = await desk.file((DOCUMENT, "a.jpg", samples.jpeg(gps=True)))
    await desk.copies.copy_now()
    desk.sandbox.telegram.files._by_id.clear()  # noqa: SLF001 - Telegram forgets

    (file,) = await shown(desk, appeal, Counted(desk))

    assert isinstance(file, StoredFile)
    assert samples.PLACE not in file.data


async def test_strangers(desk: Desk) -> None:
    """Nobody who has nothing to do with an appeal gets its files."""
    appeal = await desk.file((DOCUMENT, "a.pdf", samples.pdf()))
    with pytest.raises(Refusal):
        await desk.db.read(files_to_read, appeal, CITIZEN, TODAY)
