"""The passport of a poll: what is fixed by its launch and told with its result."""

from collections.abc import Mapping
from html import escape

from handlers.text import _
from handlers.views.calendar_days import full
from handlers.views.poll_audience import POLITICAL_TOPICS, chosen_lines
from handlers.views.poll_composer_parts import TOPICS
from handlers.views.poll_result import audience
from handlers.views.poll_text import moment
from services.clock import local_date
from services.polls.model import Poll, PollKind

SUBJECTS = TOPICS | {topic.value: name for topic, name in POLITICAL_TOPICS.items()}


def passport_lines(poll: Poll) -> list[str]:
    """Return the fixed facts of a poll as lines of HTML."""
    passport = poll.passport
    lines = [
        _("Questions: {number}").format(number=len(poll.questions)),
        _("Whom to ask: {audience}").format(audience=escape(audience(poll))),
        _("Closes: {moment}").format(moment=moment(poll.closes_at)),
    ]
    if passport.extended_from is not None:
        told = _("Extended once; first announced until: {moment}")
        lines.append(told.format(moment=moment(passport.extended_from)))
    if passport.topic_class in SUBJECTS:
        lines.append(_("Subject: {topic}").format(topic=_(SUBJECTS[passport.topic_class])))
    named = passport.kind is PollKind.NAMED
    lines.append(_("Answers: with names") if named else _("Answers: secret"))
    if passport.verified:
        lines.append(_("📱 Only people with a confirmed phone number answer."))
    wording = f"<code>{passport.wording_hash}</code>"
    lines.append(_("Wording (SHA-256): {hash}").format(hash=wording))
    return [*lines, *chosen_lines(poll)]


def launch_lines(poll: Poll, names: Mapping[int, str]) -> list[str]:
    """Return who launched a poll, who approved it, and on which day; `names` by person."""
    passport = poll.passport
    lines = [_("Launched: {date}").format(date=full(local_date(poll.launched_at)))]
    if (name := names.get(passport.author)) is not None:
        lines.append(_("Author: {name}").format(name=escape(name)))
    if passport.approver is not None and (name := names.get(passport.approver)) is not None:
        lines.append(_("Approved by: {name}").format(name=escape(name)))
    return lines
