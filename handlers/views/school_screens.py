"""Attendance as staff see it: programmes, the sessions of one, and the list of a session."""

from collections.abc import Sequence
from datetime import datetime
from html import escape

from aiogram.types import InlineKeyboardButton

from handlers.buttons import back, button, in_rows, keyboard
from handlers.screen import Screen
from handlers.text import _, current_language
from handlers.views.calendar_days import full, moment, short
from handlers.views.emphasis import bold
from handlers.views.party_callbacks import PartyDeskShown
from handlers.views.school_callbacks import (
    AttendanceTableAsked,
    BookShown,
    PresenceMarked,
    RestMarked,
    RollShown,
    SchoolShown,
    SchoolsListed,
    TopicChosen,
    TopicsAsked,
)
from services.clock import local_date
from services.organisation.directory import NewsTopic, Organisation
from services.programmes.attendance import Meeting, Roll, RollEntry
from services.programmes.model import Programme
from services.programmes.topics import NONE, OWN
from services.text.length import shortened

_TITLE = 60
_ON_BUTTON = 34
# Of more sessions only the days are shown: a message has room for 4,096 letters.
_TOLD = 20
_MARKS = {True: "✅", False: "❌", None: "▫️"}


def schools_screen(programmes: Sequence[Programme], later: int | None) -> Screen:
    """Show the programmes whose attendance the reader may mark, the newest first."""
    heading = bold(_("🎓 Attendance and certificates"))
    leave = [back(PartyDeskShown())]
    if not programmes:
        nothing = _("No programme has been opened yet.")
        return Screen(f"{heading}\n\n{nothing}", keyboard(leave))
    rows = [
        [
            button(
                shortened(each.title(current_language()), _ON_BUTTON),
                SchoolShown(programme=each.id),
            )
        ]
        for each in programmes
    ]
    more = [button(_("Next page ›"), SchoolsListed(before=later))] if later else []
    choose = _("Which programme?")
    return Screen(f"{heading}\n\n{choose}", keyboard(*rows, more, leave))


def school_screen(programme: Programme, meetings: Sequence[Meeting], now: datetime) -> Screen:
    """Show the sessions of a programme, those that have begun as buttons to their lists."""
    title = escape(programme.title(current_language()))
    days = f"{full(programme.begins_on)} – {full(programme.ends_on)}"
    number = _("Number of the programme: {number}").format(number=programme.id)
    told = [_session_line(each, now, brief=len(meetings) > _TOLD) for each in meetings]
    lines = [bold(f"🎓 {title}"), days, number, "", *(told or [_("It has no sessions.")])]
    sessions = (each.session for each in meetings if each.session.starts_at <= now)
    begun = [
        button(
            f"{session.number} · {short(local_date(session.starts_at))}",
            RollShown(programme=programme.id, number=session.number),
        )
        for session in sessions
    ]
    certificates = [button(_("📜 Certificates"), BookShown(programme=programme.id))]
    table = [button(_("📥 Bring a table"), AttendanceTableAsked(programme=programme.id))]
    news = [button(_("📰 News of the programme"), TopicsAsked(programme=programme.id))]
    return Screen(
        "\n".join(lines),
        keyboard(
            *in_rows(begun, 4),
            certificates if programme.certificate else [],
            table,
            news,
            [back(SchoolsListed())],
        ),
    )


def roll_screen(roll: Roll) -> Screen:
    """Show a page of the list of a session, with two buttons for each participant."""
    meeting, programme = roll.meeting, roll.programme
    number = meeting.session.number
    unmarked = roll.participants - meeting.present - meeting.absent
    lines = [
        bold(escape(programme.title(current_language()))),
        _("Session {number}: {moment}").format(
            number=number, moment=moment(meeting.session.starts_at)
        ),
        escape(meeting.session.title(current_language())),
        f"✅ {meeting.present} · ❌ {meeting.absent} · ▫️ {unmarked}",
    ]
    heading = "\n".join(line for line in lines if line)
    lines = [] if roll.entries else [_("Nobody has a place in this programme.")]
    lines += [f"{place}. {_entry(each)}" for place, each in enumerate(roll.entries, start=1)]
    presses = [
        mark
        for place, each in enumerate(roll.entries, start=1)
        for mark in _marking(roll, place, each)
    ]
    rest = RestMarked(programme=programme.id, number=number, after=roll.after)
    return Screen(
        "\n".join([heading, "", *lines]),
        keyboard(
            *in_rows(presses, 4),
            [button(_("✅ All others were there"), rest)] if unmarked else [],
            _pages(roll),
            [back(SchoolShown(programme=programme.id))],
        ),
    )


def attendance_table_screen(programme: int, problem: str = "") -> Screen:
    """Ask for a table of who came; problem: what was wrong with the one before, HTML."""
    ask = _(
        "Send a table as a document: CSV or XLSX, with the columns programme, session, "
        "participant number, present (yes or no), and a name if you like. If something is wrong "
        "in it, nothing is taken in, and you see every mistake by its row."
    )
    lines = [f"⚠️ {problem}" if problem else "", bold(_("📥 Who came, as a table")), ask]
    text = "\n\n".join(line for line in lines if line)
    return Screen(text, keyboard([back(SchoolShown(programme=programme))]))


def table_taken_screen(programme: int, rows: int, changes: int) -> Screen:
    """Say what a table has changed."""
    lines = [bold(_("✅ The table is taken in.")), "", _("Rows: {count}").format(count=rows)]
    if changes:
        lines.append(_("Marks set or changed: {count}").format(count=changes))
    else:
        lines.append(_("It says nothing new: everything was so already."))
    return Screen("\n".join(lines), keyboard([back(SchoolShown(programme=programme))]))


def topics_screen(programme: Programme, organisation: Organisation) -> Screen:
    """Show which topic the news of a programme has, and what it may be instead."""
    topic = organisation.news_topics.get(programme.news_topic or "")
    name = _("none") if programme.news_topic is None else _name(programme, topic)
    explained = _(
        "With a topic of its own only those get its news who take part and have said yes. A topic "
        "of the party is heard by everybody who has not switched it off."
    )
    lines = [
        bold(_("📰 News of the programme")),
        escape(programme.title(current_language())),
        _("Topic now: {topic}").format(topic=escape(name)),
        "",
        explained,
    ]
    choices: list[tuple[str, str]] = [(_("🎓 A topic of its own"), OWN)]
    choices += [
        (f"{each.emoji} {each.name(current_language())}", each.code)
        for each in organisation.news_topics.values()
        if not each.retired and not each.of_programme
    ]
    choices.append((_("No news"), NONE))
    buttons = [
        [button(label, TopicChosen(programme=programme.id, choice=code))]
        for label, code in choices
    ]
    leave = [back(SchoolShown(programme=programme.id))]
    return Screen("\n".join(lines), keyboard(*buttons, leave))


def _name(programme: Programme, topic: NewsTopic | None) -> str:
    language = current_language()
    return topic.name(language) if topic is not None else programme.title(language)


def _session_line(meeting: Meeting, now: datetime, *, brief: bool) -> str:
    session = meeting.session
    line = f"{session.number}. {moment(session.starts_at)}"
    title = session.title(current_language())
    if title and not brief:
        line += f" – {escape(shortened(title, _TITLE))}"
    if session.starts_at > now:
        return line
    marked = f"✅ {meeting.present} ❌ {meeting.absent}" if meeting.marked else _("not marked yet")
    return f"{line}: {marked}"


def _entry(entry: RollEntry) -> str:
    return f"{_MARKS[entry.present]} {escape(entry.name)} (№ {entry.signup_id})"


def _marking(roll: Roll, place: int, entry: RollEntry) -> list[InlineKeyboardButton]:
    return [
        button(
            f"{place} {_MARKS[present]}",
            PresenceMarked(
                programme=roll.programme.id,
                number=roll.meeting.session.number,
                signup=entry.signup_id,
                present=present,
                after=roll.after,
            ),
        )
        for present in (True, False)
    ]


def _pages(roll: Roll) -> list[InlineKeyboardButton]:
    found = ((_("‹ Previous page"), roll.earlier), (_("Next page ›"), roll.later))
    number = roll.meeting.session.number
    return [
        button(words, RollShown(programme=roll.programme.id, number=number, after=edge))
        for words, edge in found
        if edge is not None
    ]
