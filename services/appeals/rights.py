"""Who may do what with an appeal; screens hide the rest, these checks are the ones that count."""

from datetime import date, datetime

from sqlalchemy import Connection, RowMapping

from services.clock import local_date
from services.people.deeds import Deed
from services.people.model import Role
from services.people.rights import ELSEWHERE, Reached, Where, authorise
from services.refusal import N_, Refusal
from services.roadmap.responsibility import acting, heads_above, sections_of
from services.roadmap.scope import scope_of
from storage import appeal_changes
from storage import appeals as rows
from storage.appeal_queue import find_to_change
from storage.appeal_reminders import given_after_due
from storage.organisation import answered_since, head_of_office
from storage.people import current_roles

# Whoever may work on an appeal.
STAFF = (Role.OPERATOR, Role.OFFICIAL, Role.ADMINISTRATOR)
# They look after the whole queue of their place and section.
DESK = (Role.OPERATOR, Role.ADMINISTRATOR)
_OF_OTHERS = N_("Somebody else answers for this section.")


def where_of(appeal: RowMapping) -> Where:
    """Return where an appeal lies."""
    return Where(appeal["section"], appeal["region"], appeal["district"])


def appeal_to_handle(
    connection: Connection, deed: Deed, appeal_id: int, actor: int, now: datetime
) -> RowMapping:
    """Return the row of an appeal to which the actor may do this; raises Refusal.

    That are operators and administrators whose role reaches it; the official who answers for its
    section on this day, or stands in for one who does; the official whom the appeal names, or who
    stands in for them; the member of staff to whom it is assigned, or who stands in for them; the
    head of its office, or who stands in for them; and, once it is late, the heads of the offices
    above.
    """
    reached = authorise(connection, actor, deed)
    appeal = rows.find_appeal(connection, appeal_id)
    if appeal is None:
        raise Refusal(N_("There is no such appeal."))
    if not may_handle(connection, reached, appeal, actor, local_date(now)):
        raise _refused(reached, appeal)
    return appeal


def appeal_to_change(
    connection: Connection,
    deed: Deed,
    appeal_id: int,
    expected_version: int,
    actor: int,
    now: datetime,
) -> RowMapping:
    """Return what `appeal_to_handle` does, and let nobody else change it.

    Whoever has changed just this version gets it too: the change may have taken the appeal out of
    their hands, and its repetition brings what the first time brought. Raises Refusal.
    """
    reached = authorise(connection, actor, deed)
    appeal = find_to_change(connection, appeal_id)
    if appeal is None:
        raise Refusal(N_("There is no such appeal."))
    if not may_handle(connection, reached, appeal, actor, local_date(now)):
        done = appeal_changes.event_at(connection, appeal_id, expected_version + 1)
        if done is None or done["actor"] != actor:
            raise _refused(reached, appeal)
    return appeal


def require_reader(
    connection: Connection, reached: Reached, appeal: RowMapping, actor: int, today: date
) -> None:
    """Raise Refusal unless the actor may read this appeal and what was said of it.

    That is whoever may know its citizen, and whoever answers for a scope in which it lies: heads
    of offices, members of Political Councils, the executive secretary.
    """
    if may_know_citizen(connection, reached, appeal, actor, today):
        return
    official = _official(connection, actor)
    place = appeal["section"], appeal["region"], appeal["district"]
    if official is None or not scope_of(connection, official, today).holds(*place):
        raise _refused(reached, appeal)


def require_to_know_citizen(
    connection: Connection, reached: Reached, appeal: RowMapping, actor: int, today: date
) -> None:
    """Raise Refusal unless `may_know_citizen`: who only has it in their scope sees no files."""
    if not may_know_citizen(connection, reached, appeal, actor, today):
        raise _refused(reached, appeal)


def may_know_citizen(
    connection: Connection, reached: Reached, appeal: RowMapping, actor: int, today: date
) -> bool:
    """Tell whether the actor may see who left this appeal, and what they sent with it.

    That is whoever may handle it, and who has had to do with it: the official who answered for
    its section at some time since its registration, or was the one whom it names, and whoever
    stood in for them; and whoever worked on it.
    """
    if may_handle(connection, reached, appeal, actor, today):
        return True
    if appeal_changes.worked_on(connection, appeal["id"], actor):
        return True
    official = _official(connection, actor)
    return official is not None and _concerned(connection, appeal, official, today)


def may_handle(
    connection: Connection, reached: Reached, appeal: RowMapping, actor: int, today: date
) -> bool:
    """Tell whether `appeal_to_handle` lets the actor through on this day, by these grants."""
    if reached.looks_after(where_of(appeal)):
        return True
    held = [grant for grant in reached.grants if grant.role is Role.OFFICIAL]
    if not held:
        return False
    if appeal["assignee"] == actor:
        return True
    official = held[0].official
    if official is None:
        return False
    named = appeal["official"]
    return (
        (named is not None and official in {named, acting(connection, named, today)})
        or _stands_in(connection, official, appeal, today)
        or _watches(connection, official, appeal, today)
        or _heads_its_office(connection, official, appeal, today)
        or appeal["section"] in sections_of(connection, official, today)
    )


def _refused(reached: Reached, appeal: RowMapping) -> Refusal:
    """Return why: the role ends before this place, or somebody else answers for the section."""
    return Refusal(_OF_OTHERS if reached.holds(where_of(appeal)) else ELSEWHERE)


def _official(connection: Connection, actor: int) -> str | None:
    """Return the official whose account the actor holds, None where they hold none."""
    held = {row["role"]: row["official"] for row in current_roles(connection, actor)}
    return held.get(Role.OFFICIAL.value)


def _heads_its_office(
    connection: Connection, official: str, appeal: RowMapping, today: date
) -> bool:
    """Tell whether the official heads the office that handles it, or stands in for who does."""
    head = None if appeal["office"] is None else head_of_office(connection, appeal["office"])
    return head is not None and official in {head, acting(connection, head, today)}


def _stands_in(connection: Connection, official: str, appeal: RowMapping, today: date) -> bool:
    """Tell whether the official acts for the absent one to whom the appeal is assigned."""
    if appeal["assignee"] is None:
        return False
    held = (row["official"] for row in current_roles(connection, appeal["assignee"]))
    return any(
        other is not None and other != official and acting(connection, other, today) == official
        for other in held
    )


def _watches(connection: Connection, official: str, appeal: RowMapping, today: date) -> bool:
    """Tell whether the official leads a level above, and that was told that the appeal is late."""
    return bool(given_after_due(connection, appeal["id"])) and official in heads_above(
        connection, appeal["office"], today
    )


def _concerned(connection: Connection, appeal: RowMapping, official: str, today: date) -> bool:
    """Tell whether the official has had to do with the appeal since its registration."""
    since = local_date(appeal["registered_at"])
    return answered_since(
        connection, appeal["section"], official, since, today, named=appeal["official"]
    )


def require_not_barred(appeal: RowMapping, actor: int) -> None:
    """Raise Refusal where the citizen disputed this person's own answer."""
    if appeal["barred"] == actor:
        raise Refusal(
            N_("The citizen did not accept your answer, so somebody else answers this appeal now.")
        )
