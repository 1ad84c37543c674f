"""Every use case of the staff, tried by every role, in and out of its scope."""

from collections.abc import Callable, Collection, Iterator
from functools import cache, partial
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy import Connection

from bot.commands.roles import PAGE
from bot.roles.page import page
from bot.roles.reading import Uses
from services.people import rights
from services.people.deeds import RIGHTS, Deed, Reach
from services.people.model import Role
from services.people.rights import OF_ALL, Where
from services.refusal import Refusal, SessionEnded
from storage.people import grant_role
from storage.schema.people import roles
from tests.counts import Say
from tests.operations.seeded import NOW, OFFICIALS_CODE
from tests.operations.test_commands import CASES, prepare
from tests.people.conftest import ACTOR, Town
from tests.people.readings import READINGS

SECTION = "water"
HERE = Where(SECTION, "10")
# What the rules of rights say; anything else is a rule of the case itself.
DENIALS = frozenset(
    {
        "This is for staff only.",
        "Your role does not reach this place or section.",
        "Your role lets you write only to people of its own place. Please choose it.",
        "This mailing goes beyond the place of your role.",
        "This poll goes beyond the place of your role.",
        "This region is not among those that you answer for.",
        "Only an administrator can switch on “⚡ Publish by itself”.",
    }
)
# Area and section of a role.
SCOPES = (("", ""), ("10", ""), ("75", ""), ("", SECTION), ("", "roads"))
# Where the cases lie by the beginning of a deed; what is in no place is a list or one’s own.
PLACES = {
    "appeal": HERE,
    "ban": HERE,
    "quote": HERE,
    "approval": HERE,
    "poll": OF_ALL,
    "answers": OF_ALL,
    "news": OF_ALL,
    "mailing": OF_ALL,
    "roadmap": Where(SECTION),
    "proposal": HERE,
    "story": HERE,
    "council": Where(None, "10"),
    "programme": Where(None, "10"),
    "attendance": Where(None, "10"),
    "certificate": Where(None, "10"),
    "topic": Where(None, "10"),
}
LISTS = frozenset(
    {
        "services.appeals.lookup.search_desk",
        "services.appeals.banning.bans_in_force",
        "services.appeals.quoting.list_unquoted",
        "services.councils.deciding.list_waiting",
        "services.councils.desk.read_desk",
        "services.councils.desk.read_place",
        "services.councils.members.inactive_seen",
        "services.delivery.overview.mailings_page",
        "services.news.planned.planned_posts",
        "services.news.sending.withdraw_draft",
        "services.polls.approving.withdraw_draft",
        "services.polls.themes.questions_to_read",
        "services.polls.two_keys.eligible",
        "services.programmes.desk.all_programmes",
        "services.programmes.schools.read_schools",
        "services.proposals.board.list_to_answer",
        "services.proposals.moderating.list_waiting",
        "services.stories.noted.list_wanted",
        "services.stories.publishing.withdraw_draft",
        "services.stories.reading.list_for_staff",
    }
)
# Whoever may let out one kind of request sees the list of them; other kinds are left out.
ANY_OF = {
    "services.delivery.requests.pending_requests": frozenset(
        {Deed.LET_SEND, Deed.LET_NAME, Deed.LET_EXPORT}
    ),
}
# Files that were made stand in the audit; the right is that to what they hold.
AUDIT_ONLY = {Deed.EXPORT}
EXCEPT = {"services.reports.execution.read_review": Where(None, "10")}


# They go on in the name of who asked for it when they were at work.
BY_THE_CLOCK = {"services.polls.locked_launch.launch_ready"}
# Several transactions one after the other, each of which is tried by itself.
IN_STEPS = {"services.polls.two_keys.say"}
# What screens of the staff call besides, and why nobody is asked for a right there.
NEEDS_NONE = {
    "services.appeals.files.keep_shown": "Telegram’s id of a picture that was just let out",
    "services.appeals.queue.keep_lent": "only a loan of one’s own is prolonged",
    "services.campaigns.silence.silence_for": "days of a campaign, which are public",
    "services.delivery.approval.others_who_may": "whether there is somebody else to ask",
    "services.delivery.mailing.count_audience": "how many people a target has",
    "services.delivery.reach.reach": "how many people a target has",
    "services.delivery.requests.latest_request": "how far one’s own request has come",
    "services.digests.delegates.terms": "days of the calendar",
    "services.digests.errand_lists.taken_on": "one’s own errand",
    "services.digests.reading_proof.require_own": "whether a digest is one’s own",
    "services.exports.plain.note_file": "it only writes into the audit",
    "services.news.deciding.find_item": "news of a public source",
    "services.news.planned.find_planned": "a post that everybody will read",
    "services.news.sources.existing": "a public source",
    "services.news.sources.list_sources": "public sources",
    "services.openness.correcting.changes_of": "what everybody can read, then and now",
    "services.openness.importing.check_correction": "only what a table says",
    "services.openness.reading.existing_month": "a month that everybody reads",
    "services.openness.reading.months_out": "months that everybody reads",
    "services.people.invitations.accept_invitation": "the link is the right",
    "services.people.invitations.made_before": "the actor’s own invitation of this very moment",
    "services.polls.copying.earlier_polls": "questions of polls, which are public",
    "services.polls.done.followed": "polls that are public",
    "services.polls.expected.expected": "how many answers there may be",
    "services.polls.extending.passport_names": "the passport of a poll, which is public",
    "services.polls.opening.both_given": "whether a passphrase is missing",
    "services.polls.opening.give": "whoever holds half of a key, also after leaving",
    "services.polls.opening.turn_of": "whoever holds half of a key, also after leaving",
    "services.polls.political.voting_days": "public days",
    "services.polls.reading.find_poll": "a poll, which is public",
    "services.polls.reading.poll_of_draft": "a number",
    "services.polls.reading.running_polls": "polls that are public",
    "services.polls.two_keys.find_locked": "a draft by its secret id; its holders by name",
    "services.polls.uploading.table_in_force": "official statistics",
    "services.proposals.board.read_card": "what the board shows to everybody",
    "services.roadmap.indicators.all_indicators": "the Road Map, which is public",
    "services.roadmap.indicators.indicator_in_use": "the Road Map, which is public",
    "services.roadmap.reporting.may_report": "it only tells who may",
    "services.roadmap.responsibility.responsible_official": "who answers, which is public",
    "services.roadmap.returning.may_reply": "it only tells who may",
    "services.roadmap.returning.may_return": "it only tells who may",
    "services.stories.reading.existing": "what everybody reads, or will read",
    "services.stories.reading.of_draft": "what everybody reads, by its secret id",
    "services.stories.takers.count_takers": "how many people took part",
    "services.stories.ties.exists": "polls, topics and proposals, which are public",
    "services.stories.ties.polls_to_tie": "polls with a result, which are public",
    "services.stories.ties.proposals_to_tie": "the board of proposals, which is public",
    "services.stories.ties.titles": "what polls and proposals are called, which is public",
}
# In this order somebody is found who may do it.
BROAD = (Role.ADMINISTRATOR, Role.AUDITOR, Role.OPERATOR, Role.OFFICIAL)


@cache
def uses() -> Uses:
    """Return the use cases, read once."""
    return Uses()


def tried() -> list[str]:
    """Return the use cases that have a case."""
    return [name for name in uses().deeds if name in CASES or name in READINGS]


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[tuple[int, Deed]]:
    """Note of whom `authorise` asks which deed, where a role of theirs has it."""
    found: list[tuple[int, Deed]] = []
    of: list[Deed] = []
    fitting: Callable[..., Any] = vars(rights)["_fitting"]
    ended: Callable[..., Any] = vars(rights)["session_ended"]

    def note_deed(held: Any, deed: Deed) -> Any:
        of[:] = [deed]
        return fitting(held, deed)

    def note_person(connection: Connection, person: int) -> Any:
        found.append((person, of[0]))
        return ended(connection, person)

    monkeypatch.setattr(rights, "_fitting", note_deed)
    monkeypatch.setattr(rights, "session_ended", note_person)
    return found


def play(
    town: Town, name: str, actor: int, before: Callable[[Connection], object]
) -> Refusal | SessionEnded | None:
    """Try a use case after this preparation, and take all of it back."""
    with town.engine.connect() as connection:
        if name in CASES:
            prepare(connection, name, town.seeded)
        before(connection)
        try:
            if name in READINGS:
                READINGS[name](connection, actor, town.seeded)
            else:
                CASES[name](connection, town.seeded, NOW)
        except (Refusal, SessionEnded) as refusal:
            return refusal
        finally:
            connection.rollback()
    return None


def hold(
    connection: Connection, person: int, role: Role | None, area: str = "", section: str = ""
) -> None:
    """Let somebody hold just this role."""
    connection.execute(sa.delete(roles).where(roles.c.person_id == person))
    if role is not None:
        official = OFFICIALS_CODE if role is Role.OFFICIAL else None
        grant_role(connection, person, role.value, official, NOW, area=area, section=section)


def base(town: Town, name: str, asked: list[tuple[int, Deed]]) -> tuple[int, frozenset[Deed]]:
    """Return who acts in a case, and what they are asked for where they may do it."""
    if name not in READINGS:
        play(town, name, 0, lambda _: asked.clear())
        assert asked, name
        actor = asked[-1][0]
        return actor, frozenset(deed for person, deed in asked if person == actor)
    for role in BROAD:
        asked.clear()
        said = play(town, name, ACTOR, partial(hold, person=ACTOR, role=role))
        if not (isinstance(said, Refusal) and said.message in DENIALS):
            break
    return ACTOR, frozenset(deed for person, deed in asked if person == ACTOR)


def allowed(name: str, deed: Deed, role: Role | None, area: str, section: str) -> bool:
    """Tell what the table says."""
    right = RIGHTS[deed]
    if role not in right.roles:
        return False
    if right.reach is Reach.ANYWHERE or role is Role.OFFICIAL:
        return True
    place = None if name in LISTS else EXCEPT.get(name, PLACES.get(deed.value.split(".")[0]))
    if right.reach is Reach.EVERYWHERE:
        place = OF_ALL
    if place is None:
        return True
    return area in {"", place.region} and section in {"", place.section}


def tries(deeds: Collection[Deed]) -> Iterator[tuple[Role | None, str, str]]:
    """Yield nobody of the staff and every role; those that the table names in every scope."""
    yield None, "", ""
    for role in Role:
        named = any(role in RIGHTS[deed].roles for deed in deeds)
        scopes = SCOPES if named and role is not Role.OFFICIAL else SCOPES[:1]
        yield from ((role, *scope) for scope in scopes)


def test_every_role_at_every_use_case(town: Town, asked: list[tuple[int, Deed]], say: Say) -> None:
    """Each use case lets in exactly the roles that the table names, as far as it says."""
    wrong: list[str] = []
    let_in = refused = 0
    for name in tried():
        actor, deeds = base(town, name, asked)
        if not deeds & uses().deeds[name]:
            wrong.append(f"{name} asks for {deeds}")
        for role, area, section in tries(ANY_OF.get(name, deeds)):
            holding = partial(hold, person=actor, role=role, area=area, section=section)
            said = play(town, name, actor, holding)
            denied = isinstance(said, Refusal) and said.message in DENIALS
            wanted = (any if name in ANY_OF else all)(
                allowed(name, deed, role, area, section) for deed in ANY_OF.get(name, deeds)
            )
            let_in, refused = let_in + wanted, refused + (not wanted)
            if denied is wanted:
                wrong.append(f"{name} {role} {area or '-'} {section or '-'}: {said!r}")
    say(
        f"rights: {len(tried())} use cases of the staff, tried by every role in and out of "
        f"scope: {let_in} times let in, {refused} times refused"
    )
    assert [] == wrong


def test_an_ended_session_does_nothing(
    town: Town, asked: list[tuple[int, Deed]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """No use case of the staff goes on where the PIN has to be typed first."""
    actors = {name: base(town, name, asked)[0] for name in tried()}
    locked: list[bool] = []
    monkeypatch.setattr(rights, "session_ended", lambda _connection, _person: any(locked))

    def lock(connection: Connection, actor: int) -> None:
        if actor == ACTOR:
            everything(connection)
        locked[:] = [True]

    found = {}
    for name, actor in actors.items():
        locked.clear()
        found[name] = type(play(town, name, actor, partial(lock, actor=actor)))
    assert dict.fromkeys(found, SessionEnded) == found


def everything(connection: Connection) -> None:
    """Let the actor hold every role."""
    for role in Role:
        official = OFFICIALS_CODE if role is Role.OFFICIAL else None
        grant_role(connection, ACTOR, role.value, official, NOW)


def test_every_use_case_is_tried() -> None:
    """A new one stands in the cases of tests/operations, or in readings.py where it only reads."""
    assert [] == sorted(
        uses().deeds.keys() - CASES.keys() - READINGS.keys() - BY_THE_CLOCK - IN_STEPS
    )
    assert [] == sorted(READINGS.keys() - uses().deeds.keys())


def test_what_asks_for_no_right() -> None:
    """Screens of the staff call nothing else without a right than what somebody has looked at."""
    rooms = ("handlers/operator", "handlers/official", "handlers/auditor")
    assert set(NEEDS_NONE) == uses().open_to(rooms)


def test_every_deed_has_a_row_and_a_use() -> None:
    """No right is forgotten, and none is left over."""
    assert set(Deed) == set(RIGHTS)
    assert AUDIT_ONLY == {deed for deed in Deed if not uses().of(deed)}


def test_the_page_is_as_the_code() -> None:
    """docs/roles.md says what the code does; `python -m bot roles` writes it."""
    assert page(uses()) == PAGE.read_text("utf-8")
