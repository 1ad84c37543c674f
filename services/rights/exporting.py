"""Everything that is kept about a person, handed to the person: never anything of another one.

The export is JSON whose keys docs/my-data.md explains. Staff stand in it as "staff", never by
name; who else follows an appeal, and what they said, is left out.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

import orjson
from sqlalchemy import Connection, RowMapping

from services.appeals.model import EntryKind
from services.audit.acts import Act
from services.audit.own import record_own
from services.language import Language, choose
from services.polls.reading import find_poll
from services.refusal import N_
from services.rights.programmes import own_signups
from services.rights.proposals import own_proposals
from storage import rights_reading as rows

FORMAT = "unqosu-own-data/1"
# One export an hour: drawing it is work.
PAUSE = timedelta(hours=1)
# What of a conversation is the citizen's own; what staff are writing belongs to their cases.
OWN_DRAFTS = (
    "appeal",
    "proposal",
    "addition",
    "asked",
    "dispute",
    "objection",
    "profile",
    "programme",
    "news_search",
    "council",
)

OwnData = Mapping[str, Any]

_NOT_SHOWN = frozenset({EntryKind.NOTE.value, EntryKind.JOIN.value})
_SECRET = N_(
    "An answer to a secret poll is kept locked: neither a name nor a number stands beside it, so "
    "it cannot be shown to you either. When the poll closes it becomes part of the numbers and is "
    "destroyed. To which polls you are invited is kept only while they are open."
)


def take_own_data(
    connection: Connection, person_id: int, drafts: Mapping[str, Any], now: datetime
) -> OwnData:
    """Return everything that is kept about a person, as JSON values; note that they took it.

    What is said of secret answers is a message id.

    drafts is what they have begun to write.

    Key: (person, hour).
    """
    record_own(connection, person_id, Act.TAKE_OWN_DATA, now, key=f"{now:%Y%m%d%H}")
    return own_data(connection, person_id, drafts, now)


def own_data(
    connection: Connection, person_id: int, drafts: Mapping[str, Any], now: datetime
) -> OwnData:
    """Return everything that is kept about a person, as JSON values (a query)."""
    row = rows.person(connection, person_id)
    if row is None:
        raise LookupError(person_id)
    language = row["language"] or Language.KAZAKH.value
    return {
        "format": FORMAT,
        "made_at": _plain(now),
        "person": _person(row),
        "consents": _picked(
            rows.rows_of(connection, rows.CONSENTS, person_id),
            ("kind", "version", "language", "given_at", "withdrawn_at"),
        ),
        "phone": _phone(rows.rows_of(connection, rows.PHONES, person_id)),
        "work": _work(connection, person_id),
        "appeals": _appeals(connection, person_id),
        "followed_appeals": _followed(connection, person_id),
        "council_applications": _picked(
            rows.rows_of(connection, rows.APPLICATIONS, person_id),
            ("council", "name", "phone", "about", "at", "status", "decided_at", "reply"),
        ),
        "bans": _picked(
            rows.rows_of(connection, rows.BANS, person_id),
            ("since", "until", "reason", "objection", "objected_at", "lifted_at"),
        ),
        "proposals": own_proposals(connection, person_id),
        "programmes": own_signups(connection, person_id, language),
        "news": _news(connection, row),
        "polls": _polls(connection, row, language),
        "drafts": {name: drafts[name] for name in OWN_DRAFTS if drafts.get(name)},
        "letters": _picked(
            rows.rows_of(connection, rows.LETTERS, person_id),
            ("kind", "status", "queued_at", "ended_at"),
        ),
        "mailings": _picked(
            rows.mailings_got(connection, person_id), ("kind", "started_at", "status")
        ),
    }


def as_json(data: OwnData) -> bytes:
    """Return the export as a file: UTF-8, indented by two."""
    return orjson.dumps(data, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def waits_until(sent_at: datetime | None, now: datetime) -> datetime | None:
    """Return when the next export may be made, None where it may be now."""
    if sent_at is None or now >= sent_at + PAUSE:
        return None
    return sent_at + PAUSE


def _person(row: RowMapping) -> dict[str, Any]:
    profile = ("region", "district", "born_from", "born_to", "sex", "settlement")
    return {
        "telegram_id": row["id"],
        "name": row["name"],
        "language": row["language"],
        "joined_at": _plain(row["joined_at"]),
        "unreachable_since": _plain(row["unreachable_since"]),
        "to_be_forgotten_since": _plain(row["leaving_since"]),
        "profile": {name: row[name] for name in profile},
        "profile_asked_at": _plain(row["profile_asked_at"]),
    }


def _phone(found: Sequence[RowMapping]) -> dict[str, Any]:
    confirmed = found[0]["confirmed_at"] if found else None
    return {"confirmed": bool(found), "confirmed_at": _plain(confirmed)}


def _work(connection: Connection, person_id: int) -> dict[str, Any]:
    readers = rows.rows_of(connection, rows.READERS, person_id)
    return {
        "roles": _picked(
            rows.rows_of(connection, rows.ROLES, person_id),
            ("role", "area", "section", "official", "since", "until"),
        ),
        "on_duty_since": [
            _plain(row["since"]) for row in rows.rows_of(connection, rows.DUTIES, person_id)
        ],
        "digests": _picked(readers, ("minute", "days_off", "channel", "email")),
    }


def _appeals(connection: Connection, person_id: int) -> list[dict[str, Any]]:
    found = rows.own_appeals(connection, person_id)
    ids = [row["id"] for row in found]
    entries = rows.by_appeal(connection, rows.ENTRIES, ids)
    events = rows.by_appeal(connection, rows.EVENTS, ids)
    files = rows.by_appeal(connection, rows.FILES, ids)
    quoted = rows.by_appeal(connection, rows.QUOTES, ids)
    openings = rows.by_appeal(connection, rows.OPENINGS, ids)
    earlier = rows.earlier(
        connection, [entry["id"] for kept in entries.values() for entry in kept]
    )
    return [
        {
            **_pick(row, _APPEAL),
            "words": [
                _said(entry, person_id, earlier.get(entry["id"], ()))
                for entry in entries[row["id"]]
                if entry["kind"] not in _NOT_SHOWN
            ],
            "files": _picked(
                [file for file in files[row["id"]] if file["erased_at"] is None],
                ("kind", "file_name", "mime_type", "size"),
            ),
            "quoted": _picked(quoted[row["id"]], ("text", "at", "withdrawn_at")),
            "name_opened": _picked(openings[row["id"]], ("at", "reason")),
            "history": [
                {
                    "at": _plain(event["at"]),
                    "event": event["kind"],
                    "by": _by(event["actor"], person_id),
                }
                for event in events[row["id"]]
            ],
        }
        for row in found
    ]


_APPEAL = (
    "number",
    "status",
    "type",
    "topic",
    "section",
    "language",
    "region",
    "district",
    "latitude",
    "longitude",
    "registered_at",
    "due_on",
    "confidential",
    "urgent",
    "contact_name",
    "contact_phone",
    "particulars",
    "text",
    "joins",
    "answer",
    "answered_at",
    "rating",
    "solved",
    "rated_at",
    "outcome",
    "ended_at",
)


def _said(entry: RowMapping, person_id: int, earlier: Iterable[RowMapping]) -> dict[str, Any]:
    return {
        "at": _plain(entry["at"]),
        "by": _by(entry["author"], person_id),
        "kind": entry["kind"],
        "text": entry["text"],
        "earlier": [{"text": row["text"], "until": _plain(row["until"])} for row in earlier],
    }


def _by(actor: int | None, person_id: int) -> str:
    if actor is None:
        return "clock"
    return "you" if actor == person_id else "staff"


def _followed(connection: Connection, person_id: int) -> dict[str, Any]:
    return {
        "now": _picked(
            rows.followed(connection, person_id), ("number", "topic", "status", "joined_at")
        ),
        "own_words": _picked(rows.said_to_others(connection, person_id), ("number", "text", "at")),
    }


def _news(connection: Connection, person: RowMapping) -> dict[str, Any]:
    rhythms = rows.rows_of(connection, rows.RHYTHMS, person["id"])
    return {
        "off_since": _plain(person["muted_since"]),
        "muted_topics": [
            row["topic"] for row in rows.rows_of(connection, rows.MUTED, person["id"])
        ],
        "programme_topics": [
            row["topic"] for row in rows.rows_of(connection, rows.LISTENED, person["id"])
        ],
        "together": _picked(rhythms, ("hour", "weekday", "chosen_at")),
        "stories_off_since": next(
            (
                _plain(row["since"])
                for row in rows.rows_of(connection, rows.STORIES_MUTED, person["id"])
            ),
            None,
        ),
        "useful": _picked(rows.reactions(connection, person["id"]), ("id", "published_at")),
    }


def _polls(connection: Connection, person: RowMapping, language: str) -> dict[str, Any]:
    return {
        "invitations_off_since": _plain(person["uninvited_since"]),
        "last_invited_on": _plain(person["poll_invited_on"]),
        "invited_to_open": [
            {
                "poll": choose(language, row["title_kk"], row["title_ru"]),
                "closes_at": _plain(row["closes_at"]),
            }
            for row in rows.invitations(connection, person["id"])
        ],
        "named_answers": [
            _named(connection, row, language)
            for row in rows.named_answers(connection, person["id"])
        ],
        "secret_answers": _SECRET,
    }


def _named(connection: Connection, row: RowMapping, language: str) -> dict[str, Any]:
    found = find_poll(connection, row["poll_id"])
    if found is None:
        raise LookupError(row["poll_id"])
    questions = found.poll.questions
    answers = []
    for position, given in sorted(row["answers"].items(), key=lambda each: int(each[0])):
        question = questions[int(position)]
        options = {option.position: option.text(language) for option in question.options}
        answers.append(
            {
                "question": question.text(language),
                "chosen": [options.get(each, str(each)) for each in given["chosen"]],
                **{name: given[name] for name in ("value", "number", "text")},
            }
        )
    closed = _plain(row["frozen_at"])
    return {"poll": found.poll.title(language), "closed_at": closed, "answers": answers}


def _picked(found: Iterable[RowMapping], names: Sequence[str]) -> list[dict[str, Any]]:
    return [_pick(row, names) for row in found]


def _pick(row: RowMapping, names: Sequence[str]) -> dict[str, Any]:
    return {name: _plain(row[name]) for name in names}


def _plain(value: Any) -> Any:
    """Return a value as JSON has it: moments and days as ISO 8601 says."""
    return value.isoformat() if isinstance(value, date) else value
