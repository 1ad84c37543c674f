"""Which news a citizen gets and how often: the screens on which both are chosen."""

from aiogram.types import InlineKeyboardButton

from handlers.buttons import back, button, in_rows, keyboard
from handlers.callbacks import OpenSettings
from handlers.screen import Screen
from handlers.text import N_, _, current_language
from handlers.views.news_callbacks import (
    AllMuted,
    EachChosen,
    NewsListed,
    OpenNewsTopics,
    RhythmChosen,
    RhythmDaysOpened,
    RhythmHoursOpened,
    RhythmOpened,
    TopicMuted,
    Under,
)
from services.delivery.target import Rhythm
from services.news.digest import HOURS
from services.organisation.directory import Organisation

WEEKDAYS = (
    N_("Monday"),
    N_("Tuesday"),
    N_("Wednesday"),
    N_("Thursday"),
    N_("Friday"),
    N_("Saturday"),
    N_("Sunday"),
)
_HOURS_A_ROW = 4


def topics_screen(
    organisation: Organisation,
    muted: frozenset[str],
    rhythm: Rhythm | None,
    *,
    all_muted: bool,
) -> Screen:
    """Return the topics with a bell before each that is on, and how often news comes."""
    leave = [button(_("📰 Latest news"), NewsListed()), button(_("⚙️ Settings"), OpenSettings())]
    if all_muted:
        on = AllMuted(topic="", muted=False, under=Under.TOPICS)
        return Screen(
            _("🔕 All news is off. You can read the latest news here at any time."),
            keyboard([button(_("🔔 Switch news on"), on)], leave),
        )
    bells = []
    for topic in organisation.news_topics.values():
        if topic.retired:
            continue
        off = topic.code in muted
        if off and topic.of_programme:
            continue  # switched on where the programme is shown
        label = f"{'🔕' if off else '🔔'} {topic.emoji} {topic.name(current_language())}"
        data = TopicMuted(topic=topic.code, muted=not off, under=Under.TOPICS)
        bells.append(button(label, data))
    silence = AllMuted(topic="", muted=True, under=Under.TOPICS)
    question = _("Which news would you like to get? 🔔 is on, 🔕 is off. Press to change.")
    return Screen(
        f"{question}\n\n⏰ {rhythm_line(rhythm)}",
        keyboard(
            *in_rows(bells, 1),
            [how_often()],
            [button(_("🔕 Switch off all news"), silence)],
            leave,
        ),
    )


def how_often(*, below: bool = False) -> InlineKeyboardButton:
    """Return the button to the choice of how often news comes."""
    return button(_("⏰ How often"), RhythmOpened(below=below))


def rhythm_screen(rhythm: Rhythm | None) -> Screen:
    """Return how often news comes now, and what can be chosen instead."""
    daily = rhythm is not None and rhythm.weekday is None
    weekly = rhythm is not None and rhythm.weekday is not None
    choices = (
        (_("⚡ Each at once"), EachChosen(), rhythm is None),
        (_("📅 Once a day"), RhythmHoursOpened(), daily),
        (_("🗓 Once a week"), RhythmDaysOpened(), weekly),
    )
    question = _("How would you like to get news?")
    return Screen(
        f"⏰ {rhythm_line(rhythm)}\n\n{question}",
        keyboard(
            *([button(f"✅ {label}" if on else label, data)] for label, data, on in choices),
            [back(OpenNewsTopics())],
        ),
    )


def days_screen() -> Screen:
    """Ask for the day of the week."""
    days = [
        button(_(name), RhythmHoursOpened(weekday=number)) for number, name in enumerate(WEEKDAYS)
    ]
    return Screen(
        _("On which day should news come?"), keyboard(*in_rows(days, 2), [back(RhythmOpened())])
    )


def hours_screen(weekday: int | None) -> Screen:
    """Ask for the hour, of every day or of one of the week."""
    hours = [button(_time(hour), RhythmChosen(hour=hour, weekday=weekday)) for hour in HOURS]
    leave = back(RhythmOpened() if weekday is None else RhythmDaysOpened())
    return Screen(
        _("At what time should news come?"), keyboard(*in_rows(hours, _HOURS_A_ROW), [leave])
    )


def rhythm_line(rhythm: Rhythm | None) -> str:
    """Return how often news comes, as a sentence."""
    if rhythm is None:
        return _("Each post comes at once.")
    if rhythm.weekday is None:
        words = _("News comes in one message, every day. Time: {time}")
        return words.format(time=_time(rhythm.hour))
    words = _("News comes in one message, once a week. Day: {day}. Time: {time}")
    return words.format(day=_(WEEKDAYS[rhythm.weekday]), time=_time(rhythm.hour))


def _time(hour: int) -> str:
    return f"{hour:02}:00"
