"""When, to whom and at what price a post goes out: lines that every check of it shares."""

from collections.abc import Iterable
from datetime import datetime

from handlers.text import N_, _, ngettext
from handlers.views.calendar_days import hour, moment
from handlers.views.mailing_progress import spaced
from handlers.views.target_words import target_words
from services.delivery.cost import messages_each, stars_for
from services.delivery.policy import Policy
from services.delivery.quiet_hours import is_quiet, next_morning
from services.delivery.timing import minutes_for
from services.news.model import ChannelText, Draft
from services.news.posts import content_of

_HOUR = 60
_CHANNEL = {
    ChannelText.KAZAKH: N_("in Kazakh"),
    ChannelText.RUSSIAN: N_("in Russian"),
    ChannelText.BOTH: N_("in both languages"),
}


def conditions(draft: Draft, people: int, policy: Policy, now: datetime) -> Iterable[str]:
    """Yield Telegram HTML, a line each, of everything beside the text, topic left out."""
    yield readers_line(draft)
    yield _("Will get it: {count}").format(count=spaced(people))
    yield from time_lines(draft, now)
    yield from price_lines(draft, people, policy)
    yield from channel_lines(draft)


def readers_line(draft: Draft) -> str:
    """Return for whom it is."""
    return _("Who gets it: {target}").format(target=target_words(draft.target))


def time_lines(draft: Draft, now: datetime) -> Iterable[str]:
    """Yield when it goes out, and what differs from the usual: later ones too, nothing twice."""
    at = draft.publish_at
    if at is not None and at > now:
        yield _("🗓 Goes out: {time}").format(time=moment(at))
    elif is_quiet(now):
        text = _("🌙 It is night: sending begins at {time}")
        yield text.format(time=hour(next_morning(now)))
    else:
        yield _("🕒 Goes out at once")
    if draft.late_joiners:
        yield _("➕ Who joins before the end of sending gets it too")
    if not draft.repeat_uncertain:
        yield _("🔂 What may have arrived already is not sent again")


def price_lines(draft: Draft, people: int, policy: Policy) -> Iterable[str]:
    """Yield how long it takes, and what it costs where it is paid for."""
    paid = draft.stars is not None
    yield duration(people * messages_each(content_of(draft)), policy, paid=paid)
    if paid:
        stars = stars_for(people, content_of(draft))
        yield _("⭐ Paid sending, Stars at most: {stars}").format(stars=spaced(stars))


def channel_lines(draft: Draft) -> Iterable[str]:
    """Yield in which words it also stands in the channel."""
    if draft.channel is not None:
        text = _("📣 Also in the channel: {language}")
        yield text.format(language=_(_CHANNEL[draft.channel]))


def duration(messages: int, policy: Policy, *, paid: bool) -> str:
    """Return about how long sending takes."""
    minutes = minutes_for(messages, policy.per_second, paid=paid)
    if minutes < _HOUR:
        text = ngettext(
            "Sending takes about {count} minute", "Sending takes about {count} minutes", minutes
        )
        return text.format(count=max(minutes, 1))
    hours = round(minutes / _HOUR)
    text = ngettext("Sending takes about {count} hour", "Sending takes about {count} hours", hours)
    return text.format(count=hours)
