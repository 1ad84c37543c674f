"""A digest on the screen: the headline first, in the reader's language, ten seconds long."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import Connection

from bot.i18n import Catalogues
from handlers.notices import renderers
from handlers.views.digest_notices import digest_keyboard, digest_plain, digest_text
from services.digests.facts import (
    Case,
    DigestFacts,
    Gap,
    Headline,
    Quote,
    RunningPoll,
    Signal,
    TopicCount,
    UnreadDigest,
    Usual,
    to_payload,
)
from services.organisation.directory import Organisation, load_organisation
from services.roadmap.scope import Area
from services.text.length import utf16_length

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
    areas=(Area(("water",)),),
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
        TopicCount("water-supply", "61", "615500", 18, joined=4, before=15.2),
        TopicCount("water-quality", "10", "101000", 12),
        TopicCount("water-quality", "39", "", 3, joined=2, before=1.0),
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
    headline=Headline.OVERDUE,
)
COMPARED = replace(BUSY, usual=Usual(4, new=7.25, answered=3.4, open=46.0, overdue=None))
LATE = Case(7, "26-1234567-1", "water-supply", "61", "615500", date(2026, 3, 4))
HUGE = replace(
    COMPARED,
    new=1234567,
    answered=1234567,
    open=1234567,
    overdue=1234567,
    due_soon=1234567,
    oldest_overdue=LATE,
    next_due=LATE,
    sections=("water", "roads", "utilities", "health", "schools"),
    areas=(Area(("water", "roads"), "61", "615500"), Area(None, "10")),
    topics=(TopicCount("x", "61", "615500", 123456, 123456, 12.0),) * 3,
    polls=(replace(BUSY.polls[0], question_kk="<&>🚰" * 60, question_ru="<&>🚰" * 60),) * 3,
    disputed=1234567,
    unconfirmed=1234567,
    named=1234567,
    unrouted=1234567,
    badly_rated=1234567,
    escalated=1234567,
    behind=1234567,
    silent=1234567,
    late_errands=1234567,
    usual=Usual(4, 123456.0, 123456.0, 123456.0, 123456.0),
    signals=(Signal("x", "61", "615500", 123456, 1234.5),) * 8,
    headline=Headline.SIGNAL,
    quote=Quote("<&>🚰" * 200, "kk", "x", "61"),
    gaps=((Gap.YOUNG, 1), (Gap.NO_DISTRICT, 123456), (Gap.UNROUTED, 123456)),
    unread=(UnreadDigest("mysalbaev", date(2026, 3, 9)),) * 200,
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


def test_the_headline_is_what_the_facts_chose(organisation: Organisation, language: str) -> None:
    """It says the number and, where it changed, what is usual."""
    usual = Usual(4, new=7.25, answered=3.0, open=40.0, overdue=0.0)
    signal = Signal("water-supply", "61", "615500", 31, 9.0)
    cases = [
        BUSY,
        replace(BUSY, overdue=0, headline=Headline.DUE_SOON),
        replace(COMPARED, headline=Headline.MORE_NEW),
        replace(BUSY, usual=usual, headline=Headline.MORE_OVERDUE),
        replace(BUSY, signals=(signal,), headline=Headline.SIGNAL),
    ]
    headlines = [digest_text(facts, organisation).splitlines()[1] for facts in cases]

    expected = {
        "kk": [
            "<b>Мерзімі өткен өтініш: 2. Осылардан бастаңыз.</b>",
            "<b>Үш күн ішінде мерзімі бітеді: 5. Мерзімі өткені жоқ.</b>",
            "<b>Жаңа өтініш әдеттегіден көп: 12 (әдетте 7).</b>",
            "<b>Мерзімі өткен өтініш көбейді: 2 (әдетте 0). Осылардан бастаңыз.</b>",
            (
                "<b>Күрт өсті: 🚰 Ауыз судың болмауы, Сауран ауданы (Түркістан). "
                "7 күнде: 31, әдетте аптасына: 9.</b>"
            ),
        ],
        "ru": [
            "<b>Просрочено обращений: 2. Начните с них.</b>",
            "<b>Срок истекает в ближайшие 3 дня: 5. Просроченных нет.</b>",
            "<b>Новых обращений больше обычного: 12 (обычно 7).</b>",
            "<b>Просроченных стало больше: 2 (обычно 0). Начните с них.</b>",
            (
                "<b>Резкий рост: 🚰 Нет питьевой воды, район Сауран (Туркестан). "
                "За 7 дней: 31, обычно за неделю: 9.</b>"
            ),
        ],
    }
    assert expected[language] == headlines


def test_numbers_stand_beside_what_is_usual(organisation: Organisation, language: str) -> None:
    """In a narrow table with Telegram's marks, in lines without them."""
    expected = {
        "kk": (
            (
                "<pre>06.03–11.03   саны    әдетте\n"
                "Жаңа            12 ▲5      7\n"
                "Жауаптар         3  =      3\n"
                "Қазір\n"
                "Қаралуда        48 ▲2     46\n"
                "Мерзімі өткен    2</pre>"
            ),
            "Жаңа (06.03–11.03): 12 (▲5, әдетте 7)",
        ),
        "ru": (
            (
                "<pre>06.03–11.03 число    обычно\n"
                "Новые          12 ▲5      7\n"
                "Ответы          3  =      3\n"
                "Сейчас\n"
                "В работе       48 ▲2     46\n"
                "Просрочено      2</pre>"
            ),
            "Новые (06.03–11.03): 12 (▲5, обычно 7)",
        ),
    }
    table, line = expected[language]

    assert table in digest_text(COMPARED, organisation)
    assert line in digest_plain(COMPARED, organisation).splitlines()


def test_small_counts_by_district_are_hidden(organisation: Organisation, language: str) -> None:
    """Neither a count under 10 is told nor what it could be reckoned from."""
    lines = [
        line
        for line in digest_plain(BUSY, organisation).splitlines()
        if line.startswith(("• 🚰", "• 💧"))
    ]

    expected = {
        "kk": [
            "• 🚰 Ауыз судың болмауы · Сауран ауданы (Түркістан): 18 (▲7, қосылғандар: 10-нан аз)",
            "• 💧 Ауыз судың сапасы · Семей қаласы (Абай): 12",
            "• 💧 Ауыз судың сапасы · Қостанай облысы: 10-нан аз",
        ],
        "ru": [
            (
                "• 🚰 Нет питьевой воды · район Сауран (Туркестан): 18 (▲7, "
                "присоединились: меньше 10)"
            ),
            "• 💧 Качество воды · город Семей (Абай): 12",
            "• 💧 Качество воды · Костанайская область: меньше 10",
        ],
    }
    assert expected[language] == lines


def test_a_busy_day_is_one_screen(organisation: Organisation, language: str) -> None:
    """Everything fits on a phone, places and topics are named, words are escaped."""
    text = digest_text(BUSY, organisation)

    assert len(text.splitlines()) <= 20
    assert len(text) < 1200
    question = {"kk": "Су &lt;таза&gt; ма?", "ru": "Вода &lt;чистая&gt;?"}
    assert question[language] in text
    assert {"kk": "Су <таза> ма?", "ru": "Вода <чистая>?"}[language] in digest_plain(
        BUSY, organisation
    )


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
@pytest.mark.parametrize("letters", ["Ұзақ атау ", "🚰", "<&>"])
def test_the_worst_day_is_one_message(organisation: Organisation, letters: str) -> None:
    """Whatever the party calls its topics: at most 4,096 UTF-16 code units, marks included."""
    topic = replace(
        organisation.topics["water-supply"], name_kk=(letters * 200)[:200], name_ru=letters * 20
    )
    section = {
        code: replace(each, name_kk=letters * 20, name_ru=letters * 20)
        for code, each in organisation.sections.items()
    }
    wordy = replace(organisation, topics={"x": topic}, sections=section)

    for text in (digest_text(HUGE, wordy), digest_plain(HUGE, wordy)):
        assert utf16_length(text) <= 4096
    assert digest_text(HUGE, wordy).count("<blockquote>") == 1


@pytest.mark.usefixtures("language")
def test_buttons_lead_to_lists_that_hold_something() -> None:
    """A list without appeals has no button; an empty day asks for nothing to be done."""
    busy, quiet = digest_keyboard(BUSY, 5), digest_keyboard(QUIET)

    assert busy is not None
    assert quiet is not None
    assert [
        "dgread:5", "cases:late:0:0", "cases:soon:0:0", "cases:open:0:0",
        "dgtake:5", "dgto:5:0", "dgask:5", "dgbook",
    ] == [each.callback_data for row in busy.inline_keyboard for each in row]  # fmt: skip
    assert ["cases:open:0:0", "dgbook"] == [row[0].callback_data for row in quiet.inline_keyboard]
    assert digest_keyboard(replace(QUIET, open=0)) is None


@pytest.mark.usefixtures("language")
def test_what_was_queued_is_what_is_shown(organisation: Organisation) -> None:
    """The sender's renderer makes the same screen from the payload of the outbox."""
    notice = renderers()["digest"]({"digest": 5} | to_payload(BUSY), organisation)

    assert digest_text(BUSY, organisation) == notice.text
    assert digest_plain(BUSY, organisation) == notice.plain
    assert digest_keyboard(BUSY, 5) == notice.keyboard
