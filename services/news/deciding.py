"""What an operator decides about an item: out as it is, into the composer, or skipped."""

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection

from services.audit.recording import record
from services.delivery.approval import ask_approval, withdraw_approval
from services.delivery.mailing import count_audience
from services.news.following import subject
from services.news.items import OPEN, Content, ItemStatus, draft_id, draft_of
from services.news.length import first_line
from services.news.posts import check, put_out
from services.news.sources import Source, existing
from services.people.deeds import Deed
from services.people.rights import authorise
from services.refusal import N_, Refusal
from storage import sources as rows
from storage.news import post_of_draft
from storage.people import find_person

_TITLE_LENGTH = 60


@dataclass(frozen=True, slots=True)
class Item:
    """An item as it is now, and who decided about it."""

    id: int
    version: int
    status: ItemStatus
    source: Source
    content: Content
    decided_by: int | None
    decider: str

    @property
    def waits(self) -> bool:
        """Tell whether something can still be decided."""
        return self.status in OPEN


def publish_item(
    connection: Connection,
    by: int,
    item_id: int,
    version: int,
    now: datetime,
    approval_above: int,
) -> Item:
    """Let an item out as it is, in its language; return it as it is then.

    Where more people than `approval_above` would get it, another operator is asked to approve it.
    Nothing changes where somebody was quicker or the source changed the item since this version:
    the answer shows it. Raises Refusal for who is none of the staff, and where the item does not
    fit into a message.

    Key: (item, expected version).
    """
    item = _waiting(connection, by, item_id, version, now)
    if item is None:
        return find_item(connection, item_id)
    draft = draft_of(item.source, item.content)
    check(draft)
    audience = count_audience(connection, now=now, target=replace(draft.target, topic=draft.topic))
    if audience > approval_above:
        line = first_line(draft.text_kk, _TITLE_LENGTH)
        ask_approval(
            connection,
            subject=subject(item_id),
            version=version + 1,
            content=draft.as_json(),
            people=audience,
            above=approval_above,
            by=by,
            now=now,
            title=(line, line),
        )
        return _decide(connection, item, ItemStatus.APPROVAL, by, now)
    published = put_out(connection, by, draft_id(item_id), draft, now)
    return _decide(connection, item, ItemStatus.PUBLISHED, by, now, published.post_id)


def skip_item(connection: Connection, by: int, item_id: int, version: int, now: datetime) -> Item:
    """Let an item not go out; return it as it is then. As `publish_item` otherwise.

    What was asked of a second pair of eyes is withdrawn.

    Key: (item, expected version).
    """
    item = _waiting(connection, by, item_id, version, now)
    if item is None:
        return find_item(connection, item_id)
    return _decide(connection, item, ItemStatus.SKIPPED, by, now)


def compose_item(
    connection: Connection, by: int, item_id: int, version: int, now: datetime
) -> Item:
    """Note who took an item into the composer; return it as it is then.

    Others see it and may still decide otherwise. As `skip_item` otherwise; only for who may
    write news too.

    Key: (item, expected version).
    """
    authorise(connection, by, Deed.PUBLISH_NEWS)
    item = _waiting(connection, by, item_id, version, now)
    if item is None:
        return find_item(connection, item_id)
    return _decide(connection, item, ItemStatus.COMPOSING, by, now)


def find_item(connection: Connection, item_id: int) -> Item:
    """Return an item as it is now; raises Refusal where there is none (a query).

    What another operator approved meanwhile is published.
    """
    row = rows.find_item(connection, item_id)
    if row is None:
        raise Refusal(N_("There is no such news item."))
    status = ItemStatus(row["status"])
    if status is ItemStatus.APPROVAL and post_of_draft(connection, draft_id(item_id)):
        status = ItemStatus.PUBLISHED
    decider = find_person(connection, row["decided_by"]) if row["decided_by"] else None
    return Item(
        id=row["id"],
        version=row["version"],
        status=status,
        source=existing(connection, row["source_id"]),
        content=Content.of_json(row["content"]),
        decided_by=row["decided_by"],
        decider=decider["name"] if decider else "",
    )


def _waiting(
    connection: Connection, by: int, item_id: int, version: int, now: datetime
) -> Item | None:
    """Return the item where it still waits under this version, and not for approval any more."""
    authorise(connection, by, Deed.DECIDE_ITEM)
    rows.find_item(connection, item_id, lock=True)
    item = find_item(connection, item_id)
    if not item.waits or item.version != version:
        return None
    if item.status is ItemStatus.APPROVAL:
        withdraw_approval(connection, subject(item_id), by, now)
        # Approved at this very moment, it is out.
        return item if find_item(connection, item_id).waits else None
    return item


def _decide(
    connection: Connection,
    item: Item,
    status: ItemStatus,
    by: int,
    now: datetime,
    post_id: int | None = None,
) -> Item:
    values = {
        "status": status.value,
        "version": item.version + 1,
        "decided_by": by,
        "post_id": post_id,
    }
    if rows.change_item(connection, item.id, values, version=item.version):
        record(
            connection,
            who=by,
            what=Deed.DECIDE_ITEM,
            on=f"item:{item.id}",
            now=now,
            key=f"v{item.version + 1}",
            status=status.value,
        )
    return find_item(connection, item.id)
