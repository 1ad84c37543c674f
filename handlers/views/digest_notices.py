"""A digest as one Telegram screen, read in ten seconds: the headline first."""

from collections.abc import Iterator, Mapping
from html import escape
from typing import Any

from aiogram.types import InlineKeyboardMarkup

from handlers.buttons import button, keyboard
from handlers.notice import Notice
from handlers.official.callbacks import CasesListed
from handlers.text import _, current_language, pick
from handlers.views.calendar_days import full, period, short
from services.clock import local_date
from services.digests.facts import Case, DigestFacts, RunningPoll, TopicCount, from_payload
from services.organisation.directory import Organisation
from services.places.atlas import atlas
from services.roadmap.desk import CaseList

_QUESTION_LENGTH = 100


def digest_notice(payload: Mapping[str, Any], organisation: Organisation) -> Notice:
    """Return the digest of these facts in the current language."""
    facts = from_payload(payload)
    return Notice(digest_text(facts, organisation), digest_keyboard(facts))


def digest_text(facts: DigestFacts, organisation: Organisation) -> str:
    """Return the digest as Telegram HTML; an empty day is one line."""
    title = f"📌 <b>{full(facts.day)}</b>"
    if facts.sections:
        title = f"{title} · {_sections(facts, organisation)}"
    if facts.quiet:
        words = _("Nothing new and nothing late. Under consideration: {count}")
        return f"{title}. {words.format(count=facts.open)}"
    blocks = [
        f"{title}\n<b>{_headline(facts)}</b>",
        "\n".join(_numbers(facts)),
        "\n".join(_topics(facts, organisation)),
        "\n".join(_polls(facts)),
    ]
    return "\n\n".join(block for block in blocks if block)


def digest_keyboard(facts: DigestFacts) -> InlineKeyboardMarkup | None:
    """Return what to open: only lists that hold something."""
    lists = (
        (facts.overdue, _("🔴 Overdue: {count}"), CaseList.OVERDUE),
        (facts.due_soon, _("🟡 Due soon: {count}"), CaseList.DUE_SOON),
        (facts.disputed, _("🔁 Returned as not solved: {count}"), CaseList.RETURNED),
        (facts.fresh, _("🆕 New, nobody has begun: {count}"), CaseList.NEW),
        (facts.named, _("⬆️ Passed on to you by name: {count}"), CaseList.NAMED),
        (facts.open, _("📂 All under consideration: {count}"), CaseList.OPEN),
    )
    rows = [
        [button(label.format(count=count), CasesListed(kind=kind))]
        for count, label, kind in lists
        if count
    ]
    return keyboard(*rows) if rows else None


def _sections(facts: DigestFacts, organisation: Organisation) -> str:
    known = [organisation.sections[code] for code in facts.sections]
    names = (f"{section.emoji} {section.name(current_language())}" for section in known)
    return escape(", ".join(names))


def _headline(facts: DigestFacts) -> str:
    """Return the most pressing thing there is."""
    ranked = (
        (facts.overdue, _("Overdue: {count}. Please begin with these.")),
        (facts.due_soon, _("Due within 3 days: {count}. Nothing is late.")),
        (facts.new, _("New appeals: {count}. Nothing is late.")),
        (facts.disputed, _("Returned as not solved: {count}. Nothing is late.")),
        (facts.named, _("⬆️ Passed on to you by name: {count}")),
        (facts.unrouted, _("❓ Not distributed: {count}")),
    )
    answered = (facts.answered, _("Answered: {count}. Nothing is late."))
    count, words = next((pair for pair in ranked if pair[0]), answered)
    return words.format(count=count)


def _numbers(facts: DigestFacts) -> Iterator[str]:
    days = period(facts.since, facts.until)
    yield _("New ({period}): {count}").format(period=days, count=facts.new)
    yield _("Answered ({period}): {count}").format(period=days, count=facts.answered)
    yield _("Under consideration: {count}").format(count=facts.open)
    if facts.unconfirmed:
        words = _("Closed without the citizen’s word ({period}): {count}")
        yield words.format(period=days, count=facts.unconfirmed)
    if facts.disputed:
        yield _("🔁 Returned as not solved: {count}").format(count=facts.disputed)
    if facts.named:
        yield _("⬆️ Passed on to you by name: {count}").format(count=facts.named)
    if facts.unrouted:
        yield _("❓ Not distributed: {count}").format(count=facts.unrouted)
    if facts.overdue:
        yield _("🔴 Overdue: {count}").format(count=facts.overdue)
    if facts.oldest_overdue:
        yield _("↳ the oldest: {case}").format(case=_case(facts.oldest_overdue))
    if facts.due_soon:
        words = _("🟡 Due by {date}: {count}")
        yield words.format(date=short(facts.soon), count=facts.due_soon)
    if facts.next_due:
        yield _("↳ the first: {case}").format(case=_case(facts.next_due))


def _case(case: Case) -> str:
    words = _("No. {number}, due date: {date}")
    return words.format(number=escape(case.number), date=short(case.due_on))


def _topics(facts: DigestFacts, organisation: Organisation) -> Iterator[str]:
    if not facts.topics:
        return
    days = period(facts.topics_since, facts.until)
    yield _("What people write about most ({period}):").format(period=days)
    for counted in facts.topics:
        topic = organisation.topics[counted.topic]
        name = f"{topic.emoji} {topic.name(current_language())}"
        line = escape(f"• {name} · {_place(counted)}: {counted.count}")
        if counted.joined:
            joined = _("joined: {count}").format(count=counted.joined)
            line = f"{line} ({joined})"
        yield line


def _place(counted: TopicCount) -> str:
    found = atlas().find(counted.region, counted.district or None)
    if found is None:
        return counted.region
    if found.district is None:
        return found.region.name(current_language())
    region = pick(found.region.short_kk, found.region.short_ru)
    return f"{found.district.name(current_language())} ({region})"


def _polls(facts: DigestFacts) -> Iterator[str]:
    if not facts.polls:
        return
    yield _("Polls under way:")
    for poll in facts.polls:
        yield _poll(poll)


def _poll(poll: RunningPoll) -> str:
    question = pick(poll.question_kk, poll.question_ru)
    if len(question) > _QUESTION_LENGTH:
        question = f"{question[: _QUESTION_LENGTH - 1]}…"
    answered = f"{poll.participation}+" if poll.participation else _("fewer than 10")
    return _("• {question} (answered: {count}; closing date: {date})").format(
        question=escape(question),
        count=answered,
        date=short(local_date(poll.closes_at)),
    )
