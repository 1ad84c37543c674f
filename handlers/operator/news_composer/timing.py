"""When a post goes out: the choice, and how it reads in the check."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from aiogram.types import InlineKeyboardButton

from handlers.buttons import back, button, cancel, in_rows, keyboard
from handlers.callbacks import Noop
from handlers.operator.news_callbacks import NewsPartOpened, Step
from handlers.operator.news_composer.audience import reachable
from handlers.operator.news_composer.desk import NewsDesk
from handlers.operator.news_composer.sheet import Sheet
from handlers.operator.news_composer.timing_callbacks import (
    NewsDayChosen,
    NewsDaysShown,
    NewsLateSet,
    NewsPaidSet,
    NewsRepeatSet,
    NewsTimeChosen,
)
from handlers.operator.news_composer.ways import ways_out
from handlers.screen import Screen
from handlers.text import N_, _
from handlers.views.calendar_days import full, hour, moment, short
from handlers.views.emphasis import bold
from handlers.views.mailing_progress import spaced
from handlers.views.post_conditions import price_lines, time_lines
from services.clock import local_date
from services.delivery.cost import stars_for
from services.delivery.timing import HOURS, at_hour, last_day, offered
from services.news.posts import content_of
from storage.delivery import weekly_count

_MINUTE = 60
DAYS = 12  # a page
_WEEKDAYS = (N_("Mon"), N_("Tue"), N_("Wed"), N_("Thu"), N_("Fri"), N_("Sat"), N_("Sun"))


async def when_screen(
    desk: NewsDesk, sheet: Sheet, note: str = "", instead: datetime | None = None
) -> Screen:
    """Ask when the post goes out; a note stands above, a moment to take instead comes first."""
    now = desk.clock.now()
    people = await reachable(desk, sheet)
    week = await desk.db.read(weekly_count, now)
    lines = [
        f"⚠️ {note}\n" if note else "",
        bold(_("🕒 When shall the post go out?")),
        *time_lines(sheet.post(), now),
        *price_lines(sheet.post(), people, desk.policy),
        "",
        _doubt(sheet),
        _("Mailings in the last seven days: {count}. One person gets at most: {most}").format(
            count=week, most=desk.policy.per_week
        ),
        _("You can also write day and time, for example: 25.11 14:30"),
    ]
    rows = [
        [_time(sheet, instead, moment(instead))] if instead else [],
        [button(_("🚀 At once"), NewsTimeChosen(draft=sheet.draft))],
        *in_rows([_time(sheet, at, _near(at, now)) for at in offered(now)], 2),
        [button(_("📅 Another day"), NewsDaysShown(draft=sheet.draft))],
        [_late(sheet)],
        [_repeat(sheet)],
        [_paid(sheet, people)] if desk.policy.paid_stars or sheet.stars is not None else [],
    ]
    return Screen("\n".join(lines).strip(), keyboard(*rows, ways_out(sheet)))


def days_screen(sheet: Sheet, page: int, now: datetime) -> Screen:
    """Ask for the day, a page of them."""
    days = list(_days(now))
    pages = -(-len(days) // DAYS)
    page = min(max(page, 0), pages - 1)
    buttons = [
        button(
            f"{short(day)} · {_(_WEEKDAYS[day.weekday()])}",
            NewsDayChosen(draft=sheet.draft, day=day.toordinal()),
        )
        for day in days[page * DAYS : (page + 1) * DAYS]
    ]
    before = NewsDaysShown(draft=sheet.draft, page=(page - 1) % pages)
    after = NewsDaysShown(draft=sheet.draft, page=(page + 1) % pages)
    turning = [button("‹", before), button(f"{page + 1}/{pages}", Noop()), button("›", after)]
    leave = [back(NewsPartOpened(draft=sheet.draft, step=Step.WHEN)), cancel()]
    return Screen(bold(_("On which day?")), keyboard(*in_rows(buttons, 3), turning, leave))


def hours_screen(sheet: Sheet, day: date, now: datetime) -> Screen:
    """Ask for the hour of a day; at other minutes it is written."""
    hours = [at_hour(day, each) for each in HOURS]
    buttons = [_time(sheet, at, hour(at)) for at in hours if at > now]
    text = _("{day}: at what time? Not from 21:00 to 09:00.").format(day=full(day))
    leave = [back(NewsDaysShown(draft=sheet.draft)), cancel()]
    return Screen(bold(text), keyboard(*in_rows(buttons, 4), leave))


def _doubt(sheet: Sheet) -> str:
    if sheet.repeat_uncertain:
        return _("If the connection breaks, a few people may get the post twice.")
    return _(
        "If the connection breaks, a few people may not get the post: the report counts them."
    )


def when_lines(desk: NewsDesk, sheet: Sheet) -> list[str]:
    """Return when the post goes out, as HTML lines of the check."""
    return list(time_lines(sheet.post(), desk.clock.now()))


def _days(now: datetime) -> Iterator[date]:
    day = local_date(now)
    if at_hour(day, HOURS[-1]) <= now:
        day += timedelta(days=1)
    while day <= last_day(now):
        yield day
        day += timedelta(days=1)


def _time(sheet: Sheet, at: datetime, label: str) -> InlineKeyboardButton:
    minutes = int(at.timestamp()) // _MINUTE
    return button(label, NewsTimeChosen(draft=sheet.draft, at=minutes))


def _near(at: datetime, now: datetime) -> str:
    text = _("Today {time}") if local_date(at) == local_date(now) else _("Tomorrow {time}")
    return text.format(time=hour(at))


def _late(sheet: Sheet) -> InlineKeyboardButton:
    if sheet.late_joiners:
        text = _("➖ Not to those who join later")
    else:
        text = _("➕ Also to those who join later")
    return button(text, NewsLateSet(draft=sheet.draft, on=not sheet.late_joiners))


def _repeat(sheet: Sheet) -> InlineKeyboardButton:
    text = _("🔂 If in doubt, not twice") if sheet.repeat_uncertain else _("🔁 If in doubt, again")
    return button(text, NewsRepeatSet(draft=sheet.draft, on=not sheet.repeat_uncertain))


def _paid(sheet: Sheet, people: int) -> InlineKeyboardButton:
    if sheet.stars is not None:
        text = _("➖ Without payment")
    else:
        text = _("⭐ Faster, for Stars: {stars}").format(
            stars=spaced(stars_for(people, content_of(sheet.post())))
        )
    return button(text, NewsPaidSet(draft=sheet.draft, on=sheet.stars is None))
