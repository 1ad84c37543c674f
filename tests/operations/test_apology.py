"""What people hear while nothing can be stored."""

from typing import Any

import pytest
from aiogram.exceptions import TelegramNetworkError
from aiogram.methods import SendMessage

from bot.apology import LASTING, OVER, Apology
from bot.i18n import Catalogues
from services.language import Language
from tests.intake.fake_telegram import message, press

SORRY = {Language.KAZAKH: "Кешіріңіз", Language.RUSSIAN: "Извините"}
LANGUAGES = {7: Language.KAZAKH, 8: Language.RUSSIAN}


class Telegram:
    """Notes what is sent to whom, or is away."""

    def __init__(self) -> None:
        self.sent: list[tuple[int, str]] = []
        self.away = False

    async def send_message(self, chat: int, text: str) -> None:
        """Take a message."""
        if self.away:
            raise TelegramNetworkError(SendMessage(chat_id=chat, text=text), "away")
        self.sent.append((chat, text))


class Outage:
    """Trouble with one's own watch."""

    def __init__(self) -> None:
        self.telegram = Telegram()
        self.now = 1000.0
        bot: Any = self.telegram
        self._apology = Apology(bot, Catalogues(), LANGUAGES.get, lambda: self.now)

    async def hit(self, chat: int, waited: float = 0.0) -> None:
        """Let an update of this chat fail after so many seconds."""
        await self._apology({"update_id": 1, "message": message(chat, "x")}, waited)

    async def hit_raw(self, raw: object) -> None:
        """Let any update fail."""
        await self._apology(raw, LASTING)

    @property
    def told(self) -> list[int]:
        """The chats that were told, in order."""
        return [chat for chat, _ in self.telegram.sent]


@pytest.fixture
def outage() -> Outage:
    """Give an outage that begins."""
    return Outage()


async def test_a_short_one_is_not_mentioned(outage: Outage) -> None:
    """A database that restarts within seconds is nobody's matter."""
    await outage.hit(7)
    outage.now += LASTING - 0.1
    await outage.hit(7)
    assert [] == outage.told


async def test_a_lasting_one_is_told_once(outage: Outage) -> None:
    """However often an update is tried again its author hears of it once."""
    for _ in range(60):
        await outage.hit(7)
        outage.now += 10
    assert [7] == outage.told


async def test_a_handler_that_hung_has_waited_already(outage: Outage) -> None:
    """The seconds in which the handler got no answer count."""
    await outage.hit(7, waited=12.0)
    assert [7] == outage.told


async def test_the_next_one_is_told_again(outage: Outage) -> None:
    """After two minutes without trouble an outage was another one."""
    await outage.hit(7, LASTING)
    outage.now += OVER + 1
    await outage.hit(7, LASTING)
    assert [7, 7] == outage.told


async def test_in_the_persons_language(outage: Outage) -> None:
    """Each person reads their own language, a stranger both, Kazakh first."""
    for chat in (7, 8, 9):
        await outage.hit(chat, LASTING)
    kazakh, russian, both = [text for _, text in outage.telegram.sent]
    assert kazakh.startswith(SORRY[Language.KAZAKH])
    assert russian.startswith(SORRY[Language.RUSSIAN])
    assert f"{kazakh}\n\n{russian}" == both


async def test_taps_too(outage: Outage) -> None:
    """Who tapped a button is told as well."""
    await outage.hit_raw({"update_id": 1, **press(7, "v:1:0")})
    assert [7] == outage.told


@pytest.mark.parametrize(
    "raw",
    [b"{", 5, {}, {"update_id": 1, "my_chat_member": {"chat": {"id": 7}, "from": {"id": 7}}}],
)
async def test_nobody_spoke(outage: Outage, raw: object) -> None:
    """Whoever blocked the bot, and what nobody can read, gets no answer."""
    await outage.hit_raw(raw)
    assert [] == outage.told


async def test_telegram_is_away_too(outage: Outage) -> None:
    """Where nothing can be said either, the update still only waits."""
    outage.telegram.away = True
    await outage.hit(7, LASTING)
    assert [] == outage.told
