"""Files of appeals: what those who handle an appeal see of them, and copies of one's own."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import Connection, RowMapping

from services.appeals.model import Attachment, AttachmentKind, CopyState
from services.appeals.rights import require_to_know_citizen
from services.audit.recording import record_reading
from services.clock import local_date
from services.people.deeds import Deed
from services.people.rights import authorise
from services.refusal import N_, Refusal
from storage import appeals
from storage import attachments as rows

# A file that Telegram does not find is asked for again after these pauses; then it is gone.
PAUSES = (
    timedelta(minutes=1),
    timedelta(minutes=10),
    timedelta(hours=1),
    timedelta(hours=6),
    timedelta(hours=24),
)
TROUBLE_PAUSE = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A file of an appeal; shown_file_id is what others are shown, None before a first look."""

    appeal: int
    message_id: int
    file: Attachment
    shown_file_id: str | None
    path: str | None
    sha256: str | None
    copy_state: CopyState | None
    # How often Telegram has not found it.
    tries: int

    @property
    def key(self) -> tuple[int, int]:
        """The appeal and the message that brought it."""
        return self.appeal, self.message_id


def open_files(
    connection: Connection, appeal_id: int, actor: int, now: datetime
) -> tuple[KeptFile, ...]:
    """Return the files of an appeal, and write down who was shown them; raises Refusal.

    Key: (appeal, actor, ten minutes).
    """
    found = files_to_read(connection, appeal_id, actor, local_date(now))
    if found:
        case = f"appeal:{appeal_id}"
        record_reading(connection, who=actor, what=Deed.READ_FILES, on=case, now=now)
    return found


def files_to_read(
    connection: Connection, appeal_id: int, actor: int, today: date
) -> tuple[KeptFile, ...]:
    """Return the files of an appeal to those who handle it, for a use case (a query)."""
    reached = authorise(connection, actor, Deed.READ_FILES)
    appeal = appeals.find_appeal(connection, appeal_id)
    if appeal is None:
        raise Refusal(N_("There is no such appeal."))
    require_to_know_citizen(connection, reached, appeal, actor, today)
    return kept_files(connection, appeal_id)


def kept_files(connection: Connection, appeal_id: int) -> tuple[KeptFile, ...]:
    """Return the files of an appeal in their order; who may see them was asked before."""
    return tuple(_kept(row) for row in rows.files_of(connection, appeal_id))


def keep_shown(connection: Connection, file: tuple[int, int], file_id: str) -> None:
    """Keep by which file id others are shown a file that was looked at.

    Key: (appeal, message id); the first word stands.
    """
    rows.show_as(connection, file, file_id)


def files_to_copy(
    connection: Connection, now: datetime, after: tuple[int, int] | None, limit: int
) -> tuple[KeptFile, ...]:
    """Return files without a copy that may be tried now, from behind this key on."""
    return tuple(_kept(row) for row in rows.to_copy(connection, now, after, limit))


def settle_copy(
    connection: Connection,
    file: tuple[int, int],
    state: CopyState,
    path: str | None = None,
    sha256: str | None = None,
) -> None:
    """Keep what became of a copy: where it lies and its hash, or why there is none.

    Key: (appeal, message id); the first word stands.
    """
    values = {"copy_state": state.value, "path": path, "sha256": sha256, "copy_after": None}
    rows.settle(connection, file, values)


def copy_missed(connection: Connection, file: tuple[int, int], tries: int, now: datetime) -> None:
    """Keep that Telegram did not find the file at this try, 1 for the first; the last ends it.

    Key: (appeal, message id, try).
    """
    if tries > len(PAUSES):
        rows.count_try(connection, file, tries, {"copy_state": CopyState.GONE.value})
    else:
        rows.count_try(connection, file, tries, {"copy_after": now + PAUSES[tries - 1]})


def postpone_copy(connection: Connection, file: tuple[int, int], now: datetime) -> None:
    """Leave a file for a while: the network was in trouble, which says nothing about the file.

    Key: (appeal, message id); a file that is left already stays so.
    """
    rows.postpone(connection, file, now, now + TROUBLE_PAUSE)


def _kept(row: RowMapping) -> KeptFile:
    return KeptFile(
        appeal=row["appeal_id"],
        message_id=row["message_id"],
        file=Attachment(
            AttachmentKind(row["kind"]),
            row["file_id"],
            row["file_unique_id"],
            row["file_name"],
            row["mime_type"],
            row["size"],
        ),
        shown_file_id=row["shown_file_id"],
        path=row["path"],
        sha256=row["sha256"],
        copy_state=CopyState(row["copy_state"]) if row["copy_state"] else None,
        tries=row["copy_tries"],
    )
