"""Buttons whose data nobody of ours has made."""

import pytest
from aiogram.types import CallbackQuery, User

from handlers.filters import Pressed
from handlers.views.appeal_callbacks import OwnAppeals

ANYBODY = User(id=1, is_bot=False, first_name="A")


@pytest.mark.parametrize(
    ("data", "matches"),
    [
        ("my:7", True),
        (f"my:{2**63 - 1}", True),
        (f"my:{2**63}", False),
        (f"my:-{2**64}", False),
        ("my:x", False),
        ("my:7:8", False),
        ("my", False),
        ("mya:7:0", False),
    ],
)
async def test_forged_data_match_nothing(data: str, *, matches: bool) -> None:
    """Data that do not parse, and numbers that no database takes, end at the last router."""
    query = CallbackQuery(id="1", from_user=ANYBODY, chat_instance="1", data=data)

    assert matches is bool(await Pressed(OwnAppeals)(query))
