"""What people are told of an answer and of what follows it, in both languages."""

from typing import Any

import pytest
import sqlalchemy as sa
from aiogram.types import InlineKeyboardMarkup
from sqlalchemy import Connection

from bot.i18n import Catalogues
from handlers.notice import Notice
from handlers.notices import renderers
from services.appeals.answering import answer_appeal
from services.appeals.asking import ask_citizen, reply_to_question
from services.appeals.closing import ask_about_promises, close_silent, remind_of_silence
from services.appeals.model import AppealEvent
from services.appeals.verdict import confirm_appeal, dispute_appeal, keep_promise
from services.language import Language
from services.organisation.directory import Organisation, load_organisation
from services.text.length import utf16_length
from storage.schema.delivery import outbox
from tests.appeals.conftest import CITIZEN, NEIGHBOUR, OFFICIAL
from tests.appeals_answers.conftest import ANSWER, HEAD, LATER, OPERATOR, answered, register, row
from tests.appeals_answers.test_closing import CHECKED, CLOSED, REMINDED

LONGEST = f"{ANSWER} <b> & {'ә' * (3499 - len(ANSWER) - 7)}"


def live_a_life(connection: Connection) -> None:
    """Let everything happen of which this capability tells."""
    asked = register(connection)
    version = ask_citizen(connection, asked, 1, OPERATOR, "Қай <көшеде>?", LATER)
    reply_to_question(connection, asked, version, CITIZEN, 9, "Абай <көшесі>", LATER)
    answer_appeal(connection, asked, version, OPERATOR, LONGEST, LATER)
    good, decision = answered(connection)
    confirm_appeal(connection, good, decision, CITIZEN, LATER)
    promised, decision = answered(connection, promised=LATER.date())
    remind_of_silence(connection, REMINDED)
    close_silent(connection, CLOSED)
    ask_about_promises(connection, CHECKED)
    keep_promise(connection, promised, decision, CITIZEN, CHECKED)
    returned, decision = answered(connection)
    dispute_appeal(connection, returned, decision, CITIZEN, 7, "Су жоқ", LATER)
    version = row(connection, returned)["version"]
    again = answer_appeal(connection, returned, version, HEAD, ANSWER, LATER)
    # Nobody is left above the head: the operators find somebody.
    dispute_appeal(connection, returned, again.version, CITIZEN, 8, "Су жоқ", LATER)


def letters(connection: Connection) -> list[tuple[int, str, dict[str, Any]]]:
    """Return everything that has been told: to whom, its kind, its payload."""
    statement = sa.select(outbox.c.person_id, outbox.c.kind, outbox.c.payload)
    return [tuple(each) for each in connection.execute(statement.order_by(outbox.c.id))]


def buttons(notice: Notice) -> list[str]:
    """Return the data of every button."""
    markup = notice.keyboard or InlineKeyboardMarkup(inline_keyboard=[])
    return [each.callback_data or "" for line in markup.inline_keyboard for each in line]


@pytest.fixture
def organisation(connection: Connection) -> Organisation:
    """Let everything happen and return the organisation."""
    live_a_life(connection)
    return load_organisation(connection)


@pytest.mark.parametrize("language", Language)
def test_everything_can_be_said(
    connection: Connection, organisation: Organisation, language: Language
) -> None:
    """Every message fits into one of Telegram's, and what people wrote is escaped."""
    i18n = Catalogues()
    told = letters(connection)
    with i18n.context(), i18n.use_locale(language.value):
        for _person, kind, payload in told:
            notice = renderers()[kind](payload, organisation)
            assert utf16_length(notice.text) <= 4096
            assert "<көше" not in notice.text
            assert all(1 <= len(data.encode()) <= 64 for data in buttons(notice))
    events = {payload["event"] for _person, kind, payload in told if kind == "appeal_changed"}
    assert events >= {
        AppealEvent.ANSWERED,
        AppealEvent.ASKED,
        AppealEvent.CLOSED,
        AppealEvent.CONFIRMED,
        AppealEvent.DISPUTED,
        AppealEvent.RECHECKED,
    }


def test_only_the_citizen_is_asked(connection: Connection, organisation: Organisation) -> None:
    """Who joined reads the same news, has nothing to press, and does not see questions."""
    i18n = Catalogues()
    with i18n.context(), i18n.use_locale("kk"):
        for person, kind, payload in letters(connection):
            notice = renderers()[kind](payload, organisation)
            if person == NEIGHBOUR:
                assert [] == buttons(notice)
                assert "Қай " not in notice.text
            if person == OFFICIAL:
                raise AssertionError("who answered is told nothing of the dispute")
