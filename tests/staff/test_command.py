"""`python -m bot staff` and `invite`: what they print, and what they refuse."""

from argparse import Namespace

import pytest

from bot.commands.invite import invite
from bot.commands.staff import manage
from bot.settings import Settings
from services.people.rights import Grant, grants_of
from services.people.sessions import keep_pin
from storage.database import Database, open_database
from tests.appeals_desk.conftest import AIDA, NOW
from tests.staff.conftest import CHIEF, SECOND, employ


@pytest.fixture
async def settings(sqlite_url: str) -> Settings:
    """Give the settings of a bot whose staff is there."""
    database = await open_database(sqlite_url)
    await database.write(employ)
    await database.close()
    return Settings(_env_file=None, database_url=sqlite_url)


def asked(action: str, person: int | None = None) -> Namespace:
    """Return what stood on the command line."""
    return Namespace(action=action, person=person)


async def test_the_staff_are_listed(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    """A line for each, with id, name and roles."""
    assert 0 == await manage(settings, asked("list"))
    printed = capsys.readouterr().out
    assert f"{CHIEF:>12}  Адам {CHIEF}  administrator" in printed
    assert f"{AIDA:>12}  Аида  operator" in printed


async def test_somebody_is_dismissed(
    settings: Settings, sqlite_url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Their roles end; a second time, and for the last administrator, one line says why not."""
    assert 0 == await manage(settings, asked("dismiss", AIDA))
    assert 1 == await manage(settings, asked("dismiss", AIDA))
    assert 0 == await manage(settings, asked("dismiss", SECOND))
    assert 1 == await manage(settings, asked("dismiss", CHIEF))
    printed = capsys.readouterr()
    assert "Ended: operator. Appeals handed over: 0, errands: 0." in printed.out
    assert f"staff: {AIDA} is none of the staff." in printed.err
    assert "staff: This is the last administrator." in printed.err
    database = await open_database(sqlite_url)
    assert () == await database.read(grants_of, AIDA)
    assert (Grant("administrator"),) == await database.read(grants_of, CHIEF)  # type: ignore[arg-type]
    await database.close()


async def test_a_pin_is_reset(settings: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    """Whoever has one may choose another; whoever has none has nothing to reset."""
    database: Database = await open_database(settings.database_url)
    await database.write(keep_pin, AIDA, 1, "digest", NOW)
    await database.close()
    assert 0 == await manage(settings, asked("reset-pin", AIDA))
    assert 1 == await manage(settings, asked("reset-pin", AIDA))
    assert 2 == await manage(settings, asked("reset-pin"))
    assert f"staff: {AIDA} has no PIN." in capsys.readouterr().err


async def test_no_link_to_what_no_role_can_have(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    """An unknown place ends with a sentence and status 2, before Telegram is asked anything."""
    wanted = Namespace(role="operator", official=None, area="99", section="")
    assert 2 == await invite(settings, wanted)
    assert "invite: There is no such region or district." in capsys.readouterr().err
