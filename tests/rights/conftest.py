"""Somebody of whom the bot keeps something in every place where it can."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import orjson
import sqlalchemy as sa
from sqlalchemy import Connection

from services.appeals.answering import answer_appeal
from services.appeals.asking import ask_citizen, reply_to_question
from services.appeals.banning import ban_author, object_to_ban
from services.appeals.draft import Draft
from services.appeals.files import settle_copy
from services.appeals.joining import join_appeal
from services.appeals.model import Attachment, AttachmentKind, CopyState
from services.appeals.quoting import approve_quote
from services.appeals.registration import register_appeal
from services.appeals.verdict import confirm_appeal, rate_appeal
from services.delivery.target import EVERYBODY
from services.language import Language
from services.people.model import Profile, Settlement, Sex
from services.people.person import choose_language, join, tell_profile
from services.polls.draft import PollDraft
from services.polls.launching import launch_poll
from services.polls.model import Option, plain_questions
from services.programmes.certificates import issue_certificates
from services.programmes.topics import OWN, choose_topic, hear_programme
from storage import conversation, parked, quarantine
from storage.conversation import Conversation
from storage.outbox import tell
from storage.schema import metadata
from storage.vault import blind
from tests.agreed import agree
from tests.appeals_time.conftest import ADMINISTRATOR, CITIZEN, OPERATOR, settle
from tests.programmes_school.school import enrol, found_school, hold_sessions

PERSON, NEIGHBOUR = 7_700_123_456, CITIZEN
NAME, PHONE = "Бекзат Сапарғалиев", "+77015551234"
BOT = 42
# Friday 6 March 2026, 11:00 in Asia/Almaty.
NOW = datetime(2026, 3, 6, 6, tzinfo=UTC)
DAY = timedelta(days=1)
# Words of the person: none of them may be found afterwards.
SAID = (
    "Көлқайнардағы сорғы сынып қалды",
    "Тереңқұдық көшесіндегі бағана құлады",
    "Жаңажолдағы көпір қауіпті",
    "Шыңғысхан көшесі, төртінші үй",
    "Мен ондай сөз айтқан жоқпын",
    "Жартылай жазылған арызым",
    "Сапарғалиев-суреті.jpg",
)
TAG = b"t" * 32


def live(connection: Connection) -> dict[str, int]:
    """Let the person live with the bot for a day; return the ids of appeals and of the poll."""
    settle(connection)
    join(connection, PERSON, NAME, NOW - 30 * DAY)
    agree(connection, PERSON)
    choose_language(connection, PERSON, Language.RUSSIAN)
    profile = Profile("61", "615200", 1980, 1989, Sex.MALE, Settlement.RURAL, asked=True)
    tell_profile(connection, PERSON, profile, NOW)
    ended, waiting = _ended(connection), _appeal(connection, "waiting", SAID[1])
    others = register_appeal(
        connection, _draft("others", "Жол қазылып жатыр екен"), NEIGHBOUR, NOW
    )
    # A bot counts its messages with all people together: these numbers become large.
    joining = _draft("joining", SAID[2]).with_file(40_000_000, _file("joined"))
    join_appeal(connection, others.id, PERSON, joining, NOW)
    ban_author(connection, ended, OPERATOR, NOW + 7 * DAY, "Бір сөз қайта-қайта.", NOW)
    object_to_ban(connection, PERSON, 1, SAID[4], NOW)
    poll = _rows(connection)
    _conversation(connection)
    return {"ended": ended, "waiting": waiting, "others": others.id, "poll": poll}


def everything(connection: Connection) -> dict[str, list[str]]:
    """Return all rows of all tables as texts, what is sealed opened."""
    return {
        table.name: [repr(dict(row)) for row in connection.execute(sa.select(table)).mappings()]
        for table in metadata.sorted_tables
    }


def traces(connection: Connection, *marks: str) -> dict[str, list[str]]:
    """Return by table the marks that stand in it."""
    found = {}
    for table, rows in everything(connection).items():
        text = "\n".join(rows)
        # An id that is part of another number is another one.
        patterns = {mark: rf"(?<!\d){re.escape(mark)}(?!\d)" for mark in marks}
        if here := [mark for mark in marks if re.search(patterns[mark], text)]:
            found[table] = here
    return found


def _draft(name: str, words: str) -> Draft:
    return Draft(
        name, Language.KAZAKH, "water-supply", region="61", district="615200", texts={1: words}
    )


def _file(name: str) -> Attachment:
    return Attachment(AttachmentKind.DOCUMENT, f"id-{name}", f"unique-{name}", SAID[6])


def _appeal(connection: Connection, name: str, words: str) -> int:
    draft = _draft(name, words).with_file(3, _file(name))
    draft = Draft(**{**{each: getattr(draft, each) for each in draft.__slots__}, "phone": PHONE})
    number = register_appeal(connection, draft, PERSON, NOW).id
    settle_copy(connection, (number, 3), CopyState.STORED, f"000000/{number}-3.pdf", "0" * 64)
    return number


def _ended(connection: Connection) -> int:
    number = _appeal(connection, "ended", SAID[0])
    version = ask_citizen(connection, number, 1, OPERATOR, "Қай көшеде?", NOW)
    reply_to_question(connection, number, version, PERSON, 7, SAID[3], NOW)
    approve_quote(connection, number, OPERATOR, "Сорғы жұмыс істемейді.", NOW)
    answer = "Сорғы ауыстырылды, су қайта берілді."
    version = answer_appeal(
        connection, number, version, ADMINISTRATOR, answer, NOW, reason="Тексердім, дұрыс."
    ).version
    confirm_appeal(connection, number, version, PERSON, NOW)
    rate_appeal(connection, number, version, PERSON, 5, NOW)
    return number


def _rows(connection: Connection) -> int:
    options = (Option(0, "Бар", "Есть"), Option(1, "Жоқ", "Нет"))
    questions = plain_questions("Су бар ма?", "Есть ли вода?", options)
    draft = PollDraft(
        id="poll",
        questions=questions,
        target=EVERYBODY,
        topic_class="social",
        closes_at=NOW + 7 * DAY,
    )
    poll = launch_poll(connection, draft, created_by=OPERATOR, now=NOW, public_key=b"k" * 32)
    connection.execute(sa.text("UPDATE polls SET kind = 'named'"))
    mailing = {
        "id": 901,
        "key": "news:1",
        "kind": "news",
        "payload": {},
        "status": "running",
        "started_at": NOW,
        "cursor": PERSON,
    }
    post = {
        "id": 1,
        "draft_id": "p",
        "topic": "party",
        "status": "published",
        "text_kk": "Жол",
        "text_ru": "Дорога",
        "published_at": NOW,
    }
    _add(connection, "mailings", mailing)
    story = {
        "id": 1,
        "draft_id": "s",
        "status": "published",
        "said_kk": "Су жоқ",
        "said_ru": "Нет воды",
        "did_kk": "Су бар",
        "did_ru": "Вода есть",
        "created_at": NOW,
        "listed_to": PERSON,
    }
    _add(connection, "stories", story)
    _add(connection, "posts", post)
    own = {"person_id": PERSON}
    named = {"0": {"chosen": [1], "value": None, "number": None, "text": SAID[5]}}
    for table, row in (
        ("confirmed_phones", {"phone_blind": blind(PHONE), "confirmed_at": NOW}),
        ("mailing_recipients", {"mailing_id": 901}),
        ("deliveries", {"mailing_id": 901, "status": "delivered"}),
        ("post_reactions", {"post_id": 1}),
        ("muted_topics", {"topic": "party"}),
        ("story_mutes", {"since": NOW}),
        ("news_rhythms", {"hour": 18, "chosen_at": NOW, "since": NOW}),
        ("digest_readers", {"email": "bekzat@example.kz"}),
        ("poll_invitations", {"poll_id": poll}),
        ("poll_named", {"poll_id": poll, "answers": named}),
        ("council_applications", _applied(connection)),
    ):
        _add(connection, table, own | row)
    _add(connection, "poll_drafts", {"poll_id": poll, "tag": TAG, "box": b"box"})
    _add(connection, "ballots", {"poll_id": poll, "tag": TAG, "sealed": b"sealed"})
    _take_part(connection)
    _suggest(connection)
    tell(connection, PERSON, "banned", "letter", {"text": SAID[0]}, NOW)
    return poll


def _suggest(connection: Connection) -> None:
    """Suggest something that waits for a moderator, and support what somebody else suggested."""
    place = {"topic": "water-supply", "section": "water", "language": "kk", "at": NOW}
    own = {"draft_id": "suggested", "person_id": PERSON, "text": SAID[1], "status": "waiting"}
    _add(connection, "proposals", place | own)
    other = {"draft_id": "other", "title": "Су", "shown": "Су", "status": "published"}
    _add(connection, "proposals", place | other | {"id": 77, "published_at": NOW})
    _add(connection, "proposal_supports", {"proposal_id": 77, "person_id": PERSON, "day": NOW})


def _take_part(connection: Connection) -> None:
    """Come to a school, hear its news, and have a certificate of it."""
    programme = found_school(connection)
    hold_sessions(connection, programme, [NOW - DAY])
    answers = {"village": SAID[3]}
    signup = enrol(connection, programme, PERSON, NAME, answers=answers)
    mark = {"programme_id": programme, "number": 1, "signup_id": signup, "present": True}
    _add(connection, "attendance", mark | {"by": OPERATOR, "at": NOW})
    issue_certificates(connection, ADMINISTRATOR, programme, "unqosu_bot", NOW)
    choose_topic(connection, ADMINISTRATOR, programme, OWN, NOW)
    hear_programme(connection, PERSON, programme, heard=True)


def _applied(connection: Connection) -> dict[str, Any]:
    _add(connection, "councils", {"code": "water-61", "name_kk": "Су", "name_ru": "Вода"})
    return {
        "draft_id": "offered",
        "council": "water-61",
        "language": "kk",
        "name": NAME,
        "phone": PHONE,
        "about": SAID[2],
        "consent": "2026-11.3",
        "at": NOW,
        "status": "sent",
    }


def _conversation(connection: Connection) -> None:
    said = conversation.encode({"appeal": {"id": "d", "texts": {"5": SAID[5]}}})
    key = f"{BOT}:{PERSON}:{PERSON}:::default"
    conversation.save(connection, key, Conversation("Writing:text", said), NOW)
    raw = orjson.dumps({"update_id": 9, "message": {"from": {"id": PERSON, "first_name": NAME}}})
    quarantine.keep(connection, raw, "unreadable", NOW)
    parked.park(connection, {9: raw, 10: b'{"from":{"id":17700123456}}'}, NOW)


def _add(connection: Connection, table: str, row: dict[str, Any]) -> None:
    connection.execute(sa.insert(metadata.tables[table]).values(row))
