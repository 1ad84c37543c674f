"""A digest in words, read in ten seconds: the headline first, the details folded."""

from collections.abc import Callable, Iterable, Iterator

from handlers.text import N_, _, pick
from handlers.views.calendar_days import full, period, short
from handlers.views.digest_headline import headline
from handlers.views.digest_marks import Marks, Row
from handlers.views.digest_numbers import change, compared, hidden, number, usual_number
from handlers.views.digest_party import party_lines
from handlers.views.digest_scope import official_words, place_words, scope_words, topic_words
from services.clock import local_date
from services.digests.facts import (
    Case,
    DigestFacts,
    Gap,
    Headline,
    RunningPoll,
    Signal,
    TopicCount,
    Usual,
)
from services.digests.hiding import SMALLEST
from services.organisation.directory import Organisation
from services.roadmap.scope import Scope
from services.text.length import shortened, utf16_length

# Telegram counts what is left without the marks; this leaves them in, to be on the safe side.
LIMIT = 4096
_QUESTION = 80
_QUOTE = 240
_SIGNALS = 3
_UNREAD = 4

_GAPS = {
    Gap.YOUNG: N_("Weeks to compare with: {count} of 4"),
    Gap.NO_DISTRICT: N_("Without a district, in 7 days: {count}"),
    Gap.UNROUTED: N_("Not distributed: {count}"),
}
# What presses besides what is due, each where there is any.
_PRESSING: tuple[tuple[Callable[[DigestFacts], int], str], ...] = (
    (lambda facts: facts.disputed, N_("🔁 Returned as not solved: {count}")),
    (lambda facts: facts.badly_rated, N_("👎 Rated 1 or 2: {count}")),
    (lambda facts: facts.escalated, N_("⏫ Passed on to the next level: {count}")),
    (lambda facts: facts.named, N_("⬆️ Passed on to you by name: {count}")),
    (lambda facts: facts.unrouted, N_("❓ Not distributed: {count}")),
    (lambda facts: facts.mandates, N_("🗳 Mandates of the campaign: {count}")),
    (lambda facts: facts.behind, N_("📉 Indicators behind plan: {count}")),
    (lambda facts: facts.silent, N_("🕰 Indicators without a report for 30 days: {count}")),
    (lambda facts: facts.late_errands, N_("⏰ Errands that are late: {count}")),
)


def daily_text(facts: DigestFacts, organisation: Organisation, marks: Marks) -> str:
    """Return the digest in at most 4,096 UTF-16 code units; an empty day is one line."""
    title = _title(facts, organisation, marks)
    if facts.quiet:
        words = _("Nothing new and nothing late. Under consideration: {count}")
        return f"{title}. {words.format(count=number(facts.open))}"
    first = headline(facts, organisation)
    pressing = (line for line in _pressing(facts) if line != first)
    blocks = (
        f"{title}\n{marks.strong(first)}",
        _numbers(facts, marks),
        "\n".join(map(marks.words, pressing)),
        "\n".join(map(marks.words, _signals(facts, organisation))),
        "\n".join(map(marks.words, party_lines(facts.party))),
        _folded(_topics(facts, organisation), marks),
        _quote(facts, organisation, marks),
        _details(facts, organisation, marks),
    )
    return _fitting([block for block in blocks if block])


def _fitting(blocks: list[str]) -> str:
    """Return the blocks, without the last ones where a message could not hold them."""
    while utf16_length("\n\n".join(blocks)) > LIMIT:
        blocks = blocks[:-1]
    return "\n\n".join(blocks)


def _title(facts: DigestFacts, organisation: Organisation, marks: Marks) -> str:
    title = f"📌 {marks.strong(full(facts.day))}"
    scope = Scope(facts.areas, facts.sections, everything=facts.everything)
    about = scope_words(scope, organisation)
    return f"{title} · {marks.words(about)}" if about else title


def _numbers(facts: DigestFacts, marks: Marks) -> str:
    table = marks.table(tuple(_rows(facts, facts.usual))) if facts.usual else None
    return table or "\n".join(map(marks.words, _number_lines(facts)))


def _rows(facts: DigestFacts, usual: Usual) -> Iterator[Row]:
    """Yield what happened since the last digest, and how things stand now."""
    yield period(facts.since, facts.until), _("count"), "", _("usual")
    yield _row(_("New"), facts.new, usual.new)
    yield _row(_("Answers"), facts.answered, usual.answered)
    yield (_("Now"),)
    yield _row(_("Open"), facts.open, usual.open)
    yield _row(_("Late"), facts.overdue, usual.overdue)


def _row(label: str, count: int, usual: float | None) -> Row:
    if usual is None:
        return label, number(count)
    return label, number(count), change(count, usual), usual_number(usual)


def _number_lines(facts: DigestFacts) -> Iterator[str]:
    days, usual = period(facts.since, facts.until), facts.usual
    new, answered = (usual.new, usual.answered) if usual else (None, None)
    opened, overdue = (usual.open, usual.overdue) if usual else (None, None)
    yield _("New ({period}): {count}").format(period=days, count=compared(facts.new, new))
    words = _("Answered ({period}): {count}")
    yield words.format(period=days, count=compared(facts.answered, answered))
    yield _("Under consideration: {count}").format(count=compared(facts.open, opened))
    if facts.overdue:
        yield _("🔴 Overdue: {count}").format(count=compared(facts.overdue, overdue))


def _pressing(facts: DigestFacts) -> Iterator[str]:
    if facts.oldest_overdue:
        yield _("🔴 The oldest overdue: {case}").format(case=_case(facts.oldest_overdue))
    if facts.due_soon:
        words = _("🟡 Due by {date}: {count}")
        yield words.format(date=short(facts.soon), count=number(facts.due_soon))
    if facts.next_due:
        yield _("↳ the first: {case}").format(case=_case(facts.next_due))
    if facts.unconfirmed:
        words = _("Closed without the citizen’s word ({period}): {count}")
        days = period(facts.since, facts.until)
        yield words.format(period=days, count=number(facts.unconfirmed))
    for count_of, words in _PRESSING:
        if count := count_of(facts):
            yield _(words).format(count=number(count))
    if facts.unread:
        words = _("👁 Digests unread for 48 hours: {count}")
        yield words.format(count=number(len(facts.unread)))


def _case(case: Case) -> str:
    return _("No. {number} ({date})").format(number=case.number, date=short(case.due_on))


def _signals(facts: DigestFacts, organisation: Organisation) -> Iterator[str]:
    begins = 1 if facts.headline is Headline.SIGNAL else 0
    told = facts.signals[begins : _SIGNALS + begins]
    if told:
        yield _("📈 Sharp rise in 7 days:")
    for signal in told:
        yield _signal(signal, organisation)


def _signal(signal: Signal, organisation: Organisation) -> str:
    words = _("• {topic} · {place}: {count} (usually in a week: {usual})")
    return words.format(
        topic=topic_words(signal.topic, organisation),
        place=place_words(signal.region, signal.district),
        count=number(signal.count),
        usual=usual_number(signal.mean),
    )


def _topics(facts: DigestFacts, organisation: Organisation) -> Iterator[str]:
    if not facts.topics:
        return
    days = period(facts.topics_since, facts.until)
    yield _("What people write about most ({period}):").format(period=days)
    for counted in facts.topics:
        yield _topic(counted, organisation)


def _topic(counted: TopicCount, organisation: Organisation) -> str:
    """Return a line; where the count is hidden, so is what it could be reckoned from."""
    name = topic_words(counted.topic, organisation)
    place = place_words(counted.region, counted.district)
    line = f"• {name} · {place}: {hidden(counted.count)}"
    if counted.count < SMALLEST:
        return line
    people = counted.count + counted.joined
    marks = [] if counted.before is None else [change(people, counted.before)]
    if counted.joined:
        marks.append(_("joined: {count}").format(count=hidden(counted.joined)))
    return f"{line} ({', '.join(marks)})" if marks else line


def _quote(facts: DigestFacts, organisation: Organisation, marks: Marks) -> str:
    if facts.quote is None:
        return ""
    said = marks.words(f"«{shortened(facts.quote.text, _QUOTE)}»")
    topic = topic_words(facts.quote.topic, organisation)
    whence = marks.words(f"– {topic}, {place_words(facts.quote.region, None)}")
    return marks.quoted((said, whence))


def _details(facts: DigestFacts, organisation: Organisation, marks: Marks) -> str:
    lines = (*_unread(facts, organisation), *_polls(facts), *_gaps(facts))
    return _folded(lines, marks)


def _folded(lines: Iterable[str], marks: Marks) -> str:
    said = [*map(marks.words, lines)]
    return marks.folded(said) if said else ""


def _unread(facts: DigestFacts, organisation: Organisation) -> Iterator[str]:
    if not facts.unread:
        return
    yield _("Unread digests:")
    for unread in facts.unread[:_UNREAD]:
        yield f"• {official_words(unread.official, organisation)}: {full(unread.day)}"
    if len(facts.unread) > _UNREAD:
        yield _("• and others: {count}").format(count=number(len(facts.unread) - _UNREAD))


def _polls(facts: DigestFacts) -> Iterator[str]:
    if not facts.polls:
        return
    yield _("Polls under way:")
    for poll in facts.polls:
        yield _poll(poll)


def _poll(poll: RunningPoll) -> str:
    question = shortened(pick(poll.question_kk, poll.question_ru), _QUESTION)
    answered = f"{number(poll.participation)}+" if poll.participation else _("fewer than 10")
    return _("• {question} (answered: {count}; closing date: {date})").format(
        question=question, count=answered, date=short(local_date(poll.closes_at))
    )


def _gaps(facts: DigestFacts) -> Iterator[str]:
    if not facts.gaps:
        return
    yield _("What the numbers do not tell:")
    for gap, count in facts.gaps:
        yield f"• {_(_GAPS[gap]).format(count=number(count))}"
