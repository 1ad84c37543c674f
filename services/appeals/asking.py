"""Words besides the answer: a question to the citizen, their reply, a note of the staff."""

from datetime import datetime

from sqlalchemy import Connection

from services.appeals.alarm import raise_alarm
from services.appeals.changing import Change, change, fingerprint
from services.appeals.model import AppealEvent, EntryKind
from services.appeals.rights import appeal_to_change, appeal_to_handle, require_not_barred
from services.appeals.search import index_text
from services.appeals.wording import comment_problem
from services.audit.recording import record, record_reading
from services.people.agreement import require_consent
from services.people.consent import ConsentKind
from services.people.deeds import Deed
from services.refusal import N_, Refusal
from storage.appeal_entries import add_entry, find_entry
from storage.appeals import find_appeal
from storage.outbox import tell
from storage.sessions import session_ended
from storage.staff import has_left

REPLIED = "appeal_replied"


def ask_citizen(
    connection: Connection,
    appeal_id: int,
    expected_version: int,
    actor: int,
    text: str,
    now: datetime,
) -> int:
    """Ask the citizen a question about their appeal; return the version after it.

    Whoever asks works on the appeal from now on, unless somebody does already. Raises Refusal
    where the actor may not, the question has no words, the citizen has no chat with the bot, or
    the appeal has changed since.

    Key: (appeal, expected version).
    """
    appeal = appeal_to_change(
        connection, Deed.ASK_CITIZEN, appeal_id, expected_version, actor, now
    )
    if appeal["version"] == expected_version:
        require_not_barred(appeal, actor)
    text = _words(text)
    if appeal["person_id"] is None:
        raise Refusal(N_("This visitor has no chat with the bot. Please call by telephone."))
    taken = appeal["assignee"] is not None and appeal["leased_until"] is None
    values = {} if taken else {"assignee": actor}
    wanted = Change(AppealEvent.ASKED, values, {"words": fingerprint(text)}, {"text": text})
    version = change(connection, appeal, expected_version, actor, wanted, now)
    entry = {"kind": EntryKind.QUESTION.value, "author": actor, "text": text, "at": now}
    add_entry(connection, {"appeal_id": appeal_id, "key": f"v{version}", **entry})
    return version


def reply_to_question(
    connection: Connection,
    appeal_id: int,
    question: int,
    person_id: int,
    message_id: int,
    text: str,
    now: datetime,
) -> None:
    """Keep the citizen's reply to the question of this version and tell who asked and works on it.

    Words that cannot wait raise the alarm. Raises ConsentNeeded where the person does not agree
    to their words being kept, Refusal for anybody else's appeal and where
    there are no words.

    Key: (appeal, message id).
    """
    appeal = find_appeal(connection, appeal_id)
    asked = find_entry(connection, appeal_id, f"v{question}")
    own = appeal is not None and appeal["person_id"] == person_id
    if appeal is None or not own or asked is None or asked["kind"] != EntryKind.QUESTION:
        raise Refusal(N_("There is no such appeal."))
    key = f"{person_id}:{message_id}"
    if find_entry(connection, appeal_id, key) is not None:
        return
    require_consent(connection, person_id, ConsentKind.APPEALS)
    text = _words(text)
    entry = {"kind": EntryKind.REPLY.value, "author": person_id, "text": text, "at": now}
    add_entry(connection, {"appeal_id": appeal_id, "key": key, **entry})
    kept = find_entry(connection, appeal_id, key)
    number = kept["id"] if kept else 0
    payload = {
        "appeal": appeal_id,
        "number": appeal["number"],
        "topic": appeal["topic"],
    }
    for reader in dict.fromkeys((asked["author"], appeal["assignee"])):
        if reader is not None and not has_left(connection, reader):
            # Whose session has ended types the PIN before they see what a citizen says.
            hidden = session_ended(connection, reader)
            shown = payload if hidden else payload | {"text": text}
            tell(connection, reader, REPLIED, f"reply:{number}:{reader}", shown, now)
            if not hidden:
                case, what = f"appeal:{appeal_id}", Deed.READ_APPEAL
                record_reading(connection, who=reader, what=what, on=case, now=now)
    index_text(connection, appeal_id, text)
    raise_alarm(connection, appeal, text, now)


def number_to_note(connection: Connection, appeal_id: int, actor: int, now: datetime) -> str:
    """Return the number of an appeal to whoever may note something on it; raises Refusal.

    Whose answer the citizen did not accept may still leave a note for the next one.
    """
    appeal = appeal_to_handle(connection, Deed.NOTE, appeal_id, actor, now)
    number: str = appeal["number"]
    return number


def note_appeal(
    connection: Connection, appeal_id: int, actor: int, message_id: int, text: str, now: datetime
) -> None:
    """Keep a note that only the staff reads; raises Refusal.

    Key: (appeal, message id).
    """
    key = f"{actor}:{message_id}"
    if find_entry(connection, appeal_id, key) is None:
        appeal_to_handle(connection, Deed.NOTE, appeal_id, actor, now)
        entry = {"kind": EntryKind.NOTE.value, "author": actor, "text": _words(text), "at": now}
        add_entry(connection, {"appeal_id": appeal_id, "key": key, **entry})
        case = f"appeal:{appeal_id}"
        record(connection, who=actor, what=Deed.NOTE, on=case, now=now, key=f"{message_id}")


def _words(text: str) -> str:
    """Return the words as they are kept; raises Refusal."""
    text = text.replace("\x00", "").strip()
    problem = comment_problem(text)
    if problem is not None:
        raise Refusal(problem)
    return text
