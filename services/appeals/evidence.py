"""The evidence of one appeal: every step of it, for whoever handles it and for its citizen.

The citizen is "the citizen" here, for everyone: neither a name nor a phone stands in it. The
citizen's own copy leaves out the notes of the staff and the words of those who joined, and names
of the staff only officials, who answer by name.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from sqlalchemy import Connection, RowMapping

from services.appeals.dossier import read_dossier
from services.appeals.files import KeptFile, kept_files
from services.appeals.history import Moment, Speaker, moments_of
from services.appeals.model import AppealCard, Channel, EntryKind
from services.appeals.reading import card_of
from services.audit.recording import record_reading
from services.clock import local_date
from services.people.deeds import Deed
from services.people.model import Role
from services.refusal import N_, Refusal
from storage import appeals
from storage.posts import posts_of
from storage.staff import staff_names

_STAFFS_OWN = frozenset({EntryKind.NOTE, EntryKind.JOIN})


@dataclass(frozen=True, slots=True)
class Post:
    """What a member of staff is; official: the code of the official whose account it is."""

    role: Role
    official: str | None


@dataclass(frozen=True, slots=True)
class Evidence:
    """Everything that stands in the document, in no language."""

    card: AppealCard
    moments: tuple[Moment, ...]
    files: tuple[KeptFile, ...]
    channel: Channel
    urgent: bool
    registered_at: datetime
    counted_from: date
    extensions: int
    joined_to: str | None
    made_at: datetime
    # True for the citizen's own copy; else made_by is who asked for it.
    own: bool
    made_by: str
    particulars: Mapping[str, str] = field(default_factory=dict)
    # By the id of the member of staff.
    posts: Mapping[int, Post] = field(default_factory=dict)


def read_evidence(connection: Connection, appeal_id: int, actor: int, now: datetime) -> Evidence:
    """Return the evidence of an appeal for who handles it; raises Refusal for others."""
    if read_dossier(connection, appeal_id, actor, local_date(now)).by_scope:
        raise Refusal(N_("Somebody else answers for this section."))
    appeal = _found(connection, appeal_id)
    name = staff_names(connection, [actor]).get(actor, "")
    return replace(_evidence(connection, appeal, now), made_by=name)


def take_evidence(connection: Connection, appeal_id: int, actor: int, now: datetime) -> Evidence:
    """Return the same for a file, and write down who took it; raises Refusal.

    Key: (appeal, actor, ten minutes).
    """
    evidence = read_evidence(connection, appeal_id, actor, now)
    case = f"appeal:{appeal_id}"
    record_reading(connection, who=actor, what=Deed.EXPORT, on=case, now=now)
    return evidence


def own_evidence(
    connection: Connection, appeal_id: int, person_id: int, now: datetime
) -> Evidence:
    """Return the evidence of a citizen's own appeal; raises Refusal for anybody else's."""
    appeal = _found(connection, appeal_id)
    if appeal["person_id"] != person_id:
        raise Refusal(N_("There is no such appeal."))
    evidence = _evidence(connection, appeal, now)
    moments = tuple(_for_citizen(evidence.moments, evidence.posts))
    return replace(evidence, moments=moments, own=True)


def _found(connection: Connection, appeal_id: int) -> RowMapping:
    appeal = appeals.find_appeal(connection, appeal_id)
    if appeal is None:
        raise Refusal(N_("There is no such appeal."))
    return appeal


def _evidence(connection: Connection, appeal: RowMapping, now: datetime) -> Evidence:
    moments = moments_of(connection, appeal)
    joined_to = appeal["joined_to"]
    return Evidence(
        card=card_of(connection, appeal, None),
        moments=moments,
        files=kept_files(connection, appeal["id"]),
        channel=Channel(appeal["channel"]),
        urgent=appeal["urgent"],
        registered_at=appeal["registered_at"],
        counted_from=appeal["counted_from"],
        extensions=appeal["extensions"],
        joined_to=_found(connection, joined_to)["number"] if joined_to else None,
        made_at=now,
        own=False,
        made_by="",
        particulars=appeal["particulars"] or {},
        posts=_posts(connection, moments),
    )


def _posts(connection: Connection, moments: Iterable[Moment]) -> dict[int, Post]:
    """Return the first post of everybody who acted; an official's before any other."""
    ids = {moment.staff for moment in moments if moment.staff is not None}
    found: dict[int, Post] = {}
    for row in posts_of(connection, ids):
        post = Post(Role(row["role"]), row["official"])
        known = found.get(row["person_id"])
        if known is None or (known.official is None and post.official is not None):
            found[row["person_id"]] = post
    return found


def _for_citizen(moments: Iterable[Moment], posts: Mapping[int, Post]) -> Iterator[Moment]:
    for moment in moments:
        said = tuple(words for words in moment.said if words.kind not in _STAFFS_OWN)
        if moment.event is None and not said:
            continue
        if moment.speaker is Speaker.FOLLOWER:
            continue
        post = posts.get(moment.staff or 0)
        by_name = post is not None and post.official is not None
        yield replace(moment, said=said, name=moment.name if by_name else "", whom="")
