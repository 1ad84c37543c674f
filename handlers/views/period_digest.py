"""A digest of a week, a month or a quarter as the words under its picture."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from aiogram.types import InlineKeyboardMarkup

from handlers.buttons import button, keyboard
from handlers.notice import Notice
from handlers.official.callbacks import CasesListed
from handlers.text import _
from handlers.views.calendar_days import full
from handlers.views.digest_buttons import action_rows, read_button
from handlers.views.digest_marks import Marks, Plain, Rich
from handlers.views.digest_names import digest_name
from handlers.views.digest_party import party_lines, party_rows
from handlers.views.period_words import (
    arrow,
    days_words,
    gaps_words,
    scope_words,
    share_words,
    topic_name,
)
from handlers.views.poll_result import number, short_region_name
from services.digests.facts import Quote
from services.digests.period_facts import Change, PeriodFacts, from_payload
from services.organisation.directory import Organisation
from services.roadmap.desk import CaseList
from services.text.length import shortened, utf16_length

# What Telegram takes under a picture, in UTF-16 code units; this counts the marks too.
LIMIT = 1024
_QUOTE = 160


def period_notice(payload: Mapping[str, Any], organisation: Organisation) -> Notice:
    """Return the digest of these facts in the current language; "digest" is its id.

    picture and documents are paths of files, where there are any.
    """
    facts = from_payload(payload)
    picture = payload.get("picture")
    return Notice(
        period_text(facts, organisation, Rich()),
        period_keyboard(facts, payload.get("digest", 0)),
        picture=Path(picture) if picture else None,
        documents=tuple(map(Path, payload.get("documents", ()))),
        plain=period_text(facts, organisation, Plain()),
    )


def period_text(facts: PeriodFacts, organisation: Organisation, marks: Marks) -> str:
    """Return the words in at most 1,024 UTF-16 code units; an empty stretch is one line."""
    title = f"📊 {marks.strong(digest_name(facts.period, facts.day))}"
    if facts.quiet:
        words = _("Nothing happened and nothing is open ({days}).").format(days=days_words(facts))
        return f"{title}\n{marks.words(words)}"
    scope = marks.words(f"{days_words(facts)} · {scope_words(facts, organisation)}")
    blocks = [
        f"{title}\n{scope}",
        "\n".join(map(marks.words, _numbers(facts))),
        "\n".join(map(marks.words, _quality(facts))),
        "\n".join(map(marks.words, _pressing(facts))),
        "\n".join(map(marks.words, party_lines(facts.party, short=True))),
        _quote(facts.quote, organisation, marks),
        "\n".join(map(marks.words, gaps_words(facts))),
    ]
    return _fitting([block for block in blocks if block])


def period_keyboard(facts: PeriodFacts, digest: int) -> InlineKeyboardMarkup | None:
    """Return the proof of reading, what is overdue, and what may be done about it."""
    rows = [[read_button(digest)]] if digest else []
    if facts.overdue.now:
        words = _("🔴 Overdue: {count}").format(count=number(facts.overdue.now))
        rows.append([button(words, CasesListed(kind=CaseList.OVERDUE))])
    if digest and not facts.quiet:
        rows += action_rows(digest)
    rows += party_rows(facts.party)
    return keyboard(*rows) if rows else None


def _numbers(facts: PeriodFacts) -> Iterator[str]:
    yield _with_change(_("New appeals: {count}"), facts.new)
    yield _with_change(_("Answers given: {count}"), facts.answered)
    day = full(facts.day)
    open_now = _("Under consideration on {date}: {count}")
    yield _with_change(open_now.replace("{date}", day), facts.open)
    yield _with_change(_("Now overdue: {count}"), facts.overdue)


def _with_change(words: str, change: Change) -> str:
    line = words.format(count=number(change.now))
    return f"{line} ({arrow(change)})" if change.before is not None else line


def _quality(facts: PeriodFacts) -> Iterator[str]:
    if facts.in_time is not None:
        yield _("Answered in time: {share} (target: {target})").format(
            share=share_words(facts.in_time), target=share_words(facts.target)
        )
    if facts.slowest == 0:
        yield _("Answered on the very day: nine of ten")
    elif facts.median is not None and facts.slowest is not None:
        yield _("Working days to the answer: half up to {half}, nine of ten up to {most}").format(
            half=facts.median, most=facts.slowest
        )
    if facts.confirmed is not None:
        yield _(
            "Solved by the citizen’s own word: {confirmed}; closed by silence: {closed}"
        ).format(confirmed=share_words(facts.confirmed), closed=share_words(facts.closed))
    parts = (
        (facts.extended, _("extended: {count}")),
        (facts.redirected, _("redirected: {count}")),
        (facts.escalated, _("passed on: {count}")),
        (facts.unrouted, _("not distributed: {count}")),
    )
    moved = ", ".join(words.format(count=number(count)) for count, words in parts if count)
    if moved:
        yield f"{moved[0].upper()}{moved[1:]}"


def _pressing(facts: PeriodFacts) -> Iterator[str]:
    if facts.behind:
        yield _("📉 Indicators behind plan: {count}").format(count=len(facts.behind))
    if facts.decisions:
        yield _("✋ Waits for your decision: {count}").format(count=number(facts.decisions))


def _quote(quote: Quote | None, organisation: Organisation, marks: Marks) -> str:
    if quote is None:
        return ""
    about = f"{topic_name(quote.topic, organisation)}, {short_region_name(quote.region)}"
    text = f"«{shortened(quote.text, _QUOTE)}» – {about}"
    return marks.quoted([marks.words(text)])


def _fitting(blocks: list[str]) -> str:
    """Return the blocks, without the last ones where a picture could not hold them."""
    while utf16_length("\n\n".join(blocks)) > LIMIT:
        blocks = blocks[:-1]
    return "\n\n".join(blocks)
