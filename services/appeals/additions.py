"""What a citizen brings to an own appeal after it was sent: more words, files, a place; edits."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, RowMapping

from services.appeals.alarm import raise_alarm
from services.appeals.draft import FILE_SIZE_LIMIT
from services.appeals.messages import entry_key, file_row
from services.appeals.model import OPEN, AppealStatus, Attachment, EntryKind
from services.appeals.search import index_text
from services.appeals.wording import TEXT_LIMIT
from services.clock import local
from services.people.agreement import agrees, require_consent
from services.people.consent import ConsentKind
from services.refusal import N_, Refusal
from services.text.length import shortened
from storage import appeal_additions, appeal_entries
from storage import appeals as rows
from storage.outbox import tell

NOTICE = "appeal_added"
# Of one person to one appeal: enough for a long story, too few to drown it.
ENTRIES_LIMIT = 60
FILES_LIMIT = 60

_ANSWERED = frozenset({AppealStatus.ANSWERED, AppealStatus.CONFIRMED})
_REVISABLE = frozenset(
    {
        EntryKind.TEXT,
        EntryKind.ADDITION,
        EntryKind.JOIN,
        EntryKind.REPLY,
        EntryKind.DISPUTE,
    }
)


@dataclass(frozen=True, slots=True)
class Addition:
    """One message of the citizen; point is latitude and longitude in degrees."""

    message_id: int
    words: str = ""
    file: Attachment | None = None
    point: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class NumberedAppeal:
    """An own appeal to which something is added."""

    id: int
    number: str


def add_to_appeal(
    connection: Connection, appeal_id: int, person_id: int, addition: Addition, now: datetime
) -> NumberedAppeal:
    """Keep what the citizen adds to an own open appeal; the same message is kept once.

    Whoever works on the appeal is told, at most once an hour. Raises ConsentNeeded where the
    person does not agree to its being kept, Refusal for anybody else's
    appeal, for one that is not open any more, and where a file is too large or there are too many.

    Key: (appeal, person, message id).
    """
    appeal = _own(connection, appeal_id, person_id)
    known = NumberedAppeal(appeal["id"], appeal["number"])
    if _is_kept(connection, appeal_id, person_id, addition.message_id):
        return known
    _require_open(appeal)
    require_consent(connection, person_id, ConsentKind.APPEALS)
    words = _words(addition)
    if addition.file is not None:
        _add_file(connection, appeal, addition.message_id, addition.file)
    elif not words:
        return known
    if words:
        _add_words(connection, appeal, person_id, addition.message_id, words, now)
    if addition.point is not None:
        appeal_additions.move_point(connection, appeal_id, *addition.point)
    _tell_assignee(connection, appeal, now)
    raise_alarm(connection, appeal, words, now)
    return known


def open_to_add(connection: Connection, appeal_id: int, person_id: int) -> NumberedAppeal:
    """Return an own appeal that can be added to; raises Refusal as `add_to_appeal` does."""
    appeal = _own(connection, appeal_id, person_id)
    _require_open(appeal)
    return NumberedAppeal(appeal["id"], appeal["number"])


def own_by_number(connection: Connection, number: str, person_id: int) -> NumberedAppeal | None:
    """Return the person's own appeal with this number, open or not; None where there is none."""
    appeal = appeal_additions.own_by_number(connection, number, person_id)
    return None if appeal is None else NumberedAppeal(appeal["id"], appeal["number"])


def revise_message(
    connection: Connection, person_id: int, message_id: int, words: str, now: datetime
) -> tuple[str, ...]:
    """Follow an edit of a message that was sent; return the numbers of the appeals it changed.

    The wording before is kept as a revision; words under a file that had none are an addition.
    The same words again change nothing, nor do those of a person who took their consent back.

    Key: (person, message id); the last wording stands.
    """
    words = words.replace("\x00", "")
    changed: dict[int, str] = {}
    if not agrees(connection, person_id, ConsentKind.APPEALS):
        return ()
    entries = appeal_entries.entries_by_key(connection, entry_key(person_id, message_id))
    if not entries and words.strip():
        return _add_caption(connection, person_id, Addition(message_id, words), now)
    for entry in entries:
        same = entry["author"] != person_id or entry["text"] == words
        if same or EntryKind(entry["kind"]) not in _REVISABLE or not words.strip():
            continue
        appeal_entries.revise_entry(connection, entry, words, now)
        appeal = rows.find_appeal(connection, entry["appeal_id"])
        if appeal is None:
            continue
        changed[appeal["id"]] = appeal["number"]
        if EntryKind(entry["kind"]) is EntryKind.TEXT:
            _reword(connection, appeal["id"])
        index_text(connection, appeal["id"], words)
        _tell_assignee(connection, appeal, now)
        raise_alarm(connection, appeal, words, now)
    return tuple(changed.values())


def _add_caption(
    connection: Connection, person_id: int, addition: Addition, now: datetime
) -> tuple[str, ...]:
    """Add what was written later under the file of this message; return the appeals' numbers."""
    found = appeal_additions.own_with_file(connection, person_id, addition.message_id)
    opened = [appeal for appeal in found if AppealStatus(appeal["status"]) in OPEN]
    for appeal in opened:
        words = _words(addition)
        _add_words(connection, appeal, person_id, addition.message_id, words, now)
        _tell_assignee(connection, appeal, now)
        raise_alarm(connection, appeal, words, now)
    return tuple(appeal["number"] for appeal in opened)


def _own(connection: Connection, appeal_id: int, person_id: int) -> RowMapping:
    appeal = rows.find_appeal(connection, appeal_id)
    if appeal is None or appeal["person_id"] != person_id:
        raise Refusal(N_("There is no such appeal."))
    return appeal


def _is_kept(connection: Connection, appeal_id: int, person_id: int, message_id: int) -> bool:
    """Tell whether this message has brought its words or its file to the appeal before."""
    said = appeal_entries.find_entry(connection, appeal_id, entry_key(person_id, message_id))
    return said is not None or appeal_additions.has_attachment(connection, appeal_id, message_id)


def _require_open(appeal: RowMapping) -> None:
    if AppealStatus(appeal["status"]) in _ANSWERED:
        raise Refusal(
            N_(
                "This appeal has been answered. If the matter is not solved, press “Not solved” "
                "under the answer: /my"
            )
        )
    if AppealStatus(appeal["status"]) not in OPEN:
        raise Refusal(N_("This appeal is not open any more, so nothing can be added to it."))


def _words(addition: Addition) -> str:
    words = addition.words.replace("\x00", "").strip()
    if addition.point is not None:
        latitude, longitude = addition.point
        words = "\n".join(filter(None, [words, f"📍 {latitude:.5f}, {longitude:.5f}"]))
    return words


def _add_words(
    connection: Connection,
    appeal: RowMapping,
    person_id: int,
    message_id: int,
    words: str,
    now: datetime,
) -> None:
    if appeal_additions.count_entries(connection, appeal["id"], person_id) >= ENTRIES_LIMIT:
        raise Refusal(N_("So many messages are in this appeal that no more can be added."))
    appeal_entries.add_entry(
        connection,
        {
            "appeal_id": appeal["id"],
            "key": entry_key(person_id, message_id),
            "kind": EntryKind.ADDITION.value,
            "author": person_id,
            "text": words,
            "at": now,
        },
    )
    index_text(connection, appeal["id"], words)


def _add_file(
    connection: Connection, appeal: RowMapping, message_id: int, file: Attachment
) -> None:
    if file.size is not None and file.size > FILE_SIZE_LIMIT:
        raise Refusal(
            N_(
                "This file is larger than 20 MB, and Telegram does not hand such files to bots. "
                "Please send a smaller one or a part of it."
            )
        )
    added = appeal_additions.add_attachment(connection, file_row(appeal["id"], message_id, file))
    if added and appeal_additions.count_attachments(connection, appeal["id"]) > FILES_LIMIT:
        raise Refusal(
            N_("An appeal holds at most {count} files. This one was not added."),
            count=FILES_LIMIT,
        )


def _reword(connection: Connection, appeal_id: int) -> None:
    """Let the appeal's text be what its messages now say."""
    texts = [
        entry["text"]
        for entry in appeal_entries.entries_of(connection, appeal_id)
        if entry["kind"] == EntryKind.TEXT.value
    ]
    appeal_additions.reword(connection, appeal_id, shortened("\n".join(texts), TEXT_LIMIT))


def _tell_assignee(connection: Connection, appeal: RowMapping, now: datetime) -> None:
    assignee = appeal["assignee"]
    if assignee is None:
        return
    payload = {"appeal": appeal["id"], "number": appeal["number"], "topic": appeal["topic"]}
    key = f"added:{appeal['id']}:{assignee}:{local(now):%Y%m%d%H}"
    tell(connection, assignee, NOTICE, key, payload, now)
