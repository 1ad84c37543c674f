"""A digest on the screen: the headline first, in the reader's language, ten seconds long."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import Connection

from bot.i18n import Catalogues
from handlers.notices import renderers
from handlers.views.digest_notices import digest_keyboard, digest_text
from services.digests.facts import Case, DigestFacts, RunningPoll, TopicCount, to_payload
from services.organisation.directory import Organisation, load_organisation

QUIET = DigestFacts(
    official="mysalbaev",
    day=date(2026, 3, 12),
    sections=("water",),
    since=date(2026, 3, 11),
    until=date(2026, 3, 11),
    new=0,
    answered=0,
    open=4,
    overdue=0,
    due_soon=0,
    soon=date(2026, 3, 15),
    oldest_overdue=None,
    next_due=None,
    topics_since=date(2026, 3, 5),
    topics=(),
    polls=(),
)
BUSY = replace(
    QUIET,
    since=date(2026, 3, 6),
    new=12,
    answered=3,
    open=48,
    overdue=2,
    due_soon=5,
    oldest_overdue=Case(7, "26-000007-1", "water-supply", "10", "101000", date(2026, 3, 4)),
    next_due=Case(9, "26-000009-5", "water-supply", "10", None, date(2026, 3, 13)),
    topics=(
        TopicCount("water-supply", "61", "615500", 8),
        TopicCount("water-quality", "10", "101000", 3),
        TopicCount("water-quality", "39", "", 1),
    ),
    polls=(
        RunningPoll(
            1,
            "Су <таза> ма?",
            "Вода <чистая>?",
            60,
            datetime(2026, 3, 20, 13, tzinfo=UTC),
        ),
    ),
)


@pytest.fixture
def organisation(connection: Connection) -> Organisation:
    """Return the demonstration organisation."""
    return load_organisation(connection)


@pytest.fixture(params=["kk", "ru"])
def language(request: pytest.FixtureRequest) -> Iterator[str]:
    """Read in each language in turn."""
    i18n = Catalogues()
    with i18n.context(), i18n.use_locale(request.param):
        yield request.param


def test_the_headline_is_what_matters_most(organisation: Organisation, language: str) -> None:
    """What is late comes first, then what is due, then what is new."""
    cases = [
        BUSY,
        replace(BUSY, overdue=0, oldest_overdue=None),
        replace(BUSY, overdue=0, oldest_overdue=None, due_soon=0, next_due=None),
        replace(QUIET, answered=1),
    ]
    headlines = [digest_text(facts, organisation).splitlines()[1] for facts in cases]

    expected = {
        "kk": [
            "<b>Мерзімі өткен өтініш: 2. Осылардан бастаңыз.</b>",
            "<b>Үш күн ішінде мерзімі бітеді: 5. Мерзімі өткені жоқ.</b>",
            "<b>Жаңа өтініш: 12. Мерзімі өткені жоқ.</b>",
            "<b>Жауап берілді: 1. Мерзімі өткені жоқ.</b>",
        ],
        "ru": [
            "<b>Просрочено обращений: 2. Начните с них.</b>",
            "<b>Срок истекает в ближайшие 3 дня: 5. Просроченных нет.</b>",
            "<b>Новых обращений: 12. Просроченных нет.</b>",
            "<b>Дано ответов: 1. Просроченных нет.</b>",
        ],
    }
    assert expected[language] == headlines


def test_a_busy_day_is_one_screen(organisation: Organisation, language: str) -> None:
    """Everything fits on a phone, places and topics are named, words are escaped."""
    text = digest_text(BUSY, organisation)

    assert len(text.splitlines()) <= 20
    assert len(text) < 1200
    place = {"kk": "Сауран ауданы (Түркістан): 8", "ru": "район Сауран (Туркестан): 8"}
    assert place[language] in text
    question = {"kk": "Су &lt;таза&gt; ма?", "ru": "Вода &lt;чистая&gt;?"}
    assert question[language] in text


def test_an_empty_day_is_one_line(organisation: Organisation, language: str) -> None:
    """Nothing new and nothing late needs no table."""
    expected = {
        "kk": "📌 <b>12.03.2026</b> · 💧 Ауыз су. "
        "Жаңа да, мерзімі өткен де өтініш жоқ. Қаралуда: 4",
        "ru": "📌 <b>12.03.2026</b> · 💧 Питьевая вода. "
        "Новых и просроченных обращений нет. На рассмотрении: 4",
    }

    assert expected[language] == digest_text(QUIET, organisation)


@pytest.mark.usefixtures("language")
def test_buttons_lead_to_lists_that_hold_something() -> None:
    """A list without appeals has no button."""
    busy, quiet = digest_keyboard(BUSY), digest_keyboard(QUIET)

    assert busy is not None
    assert quiet is not None
    assert ["cases:late:0:0", "cases:soon:0:0", "cases:open:0:0"] == [
        row[0].callback_data for row in busy.inline_keyboard
    ]
    assert ["cases:open:0:0"] == [row[0].callback_data for row in quiet.inline_keyboard]
    assert digest_keyboard(replace(QUIET, open=0)) is None


@pytest.mark.usefixtures("language")
def test_what_was_queued_is_what_is_shown(organisation: Organisation) -> None:
    """The sender's renderer makes the same screen from the payload of the outbox."""
    notice = renderers()["digest"](to_payload(BUSY), organisation)

    assert digest_text(BUSY, organisation) == notice.text
    assert digest_keyboard(BUSY) == notice.keyboard
