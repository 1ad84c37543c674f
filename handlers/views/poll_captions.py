"""A result in words: every page repeats the numbers of its picture, for who cannot see it."""

from collections.abc import Callable, Sequence
from html import escape

from handlers.text import _, current_language
from handlers.views.calendar_days import full
from handlers.views.poll_cards import (
    about,
    difference_words,
    figure_words,
    group_label,
    heading,
    marked,
    mean_words,
    option_words,
    ranked,
    scale_words,
)
from handlers.views.poll_result import (
    based,
    cut_name,
    decimal,
    declared,
    facts,
    group_name,
    method,
    method_in_brief,
    number,
    region_name,
)
from services.clock import local_date
from services.polls.disclosure import SMALLEST, Disclosure
from services.polls.model import Question, QuestionType
from services.polls.pages import GROUPS, REGION, Page, View
from services.polls.results import Figure, Result, Table
from services.polls.shown import by_rank, disclosed, focused, leading, length, printed
from services.text.length import shortened, utf16_length

CAPTION_LENGTH = 1024
TEXT_LENGTH = 4096
# How much of an option is written, and whether with its interval: the first that fits is taken.
_ROOMS = ((100, True), (60, True), (60, False), (40, False), (24, False), (12, False))

_Numbers = Callable[[int, bool], str]


def caption(
    result: Result, page: Page, waves: Sequence[Result] = (), *, pictured: bool = True
) -> str:
    """Return a page in words, at most 1,024 long under its picture, at most 4,096 without it."""
    question = result.poll.questions[page.question]
    table = result.table(page.question)
    if page.view is View.ANSWERS or table is None:
        return answers_caption(result, page.question, pictured=pictured)
    numbers: _Numbers
    match page.view:
        case View.REGIONS:
            numbers = lambda room, _wide: _regions(result, question, table, room)  # noqa: E731
        case View.GROUPS:
            numbers = lambda room, wide: _groups(result, question, table, room, wide=wide)  # noqa: E731
        case _:
            numbers = lambda room, _wide: _trend(waves, question, room)  # noqa: E731
    beside = [*facts(result, table), *_law(result, pictured=pictured)]
    return _fitted(result, question, numbers, beside, pictured=pictured)


def answers_caption(
    result: Result, position: int, region: str | None = None, *, pictured: bool = True
) -> str:
    """Return the answers to one question, of the whole country and of a region where told."""
    question = result.poll.questions[position]
    table = result.table(position)
    own = None if region is None else result.table(position, REGION, region)

    def numbers(room: int, wide: bool) -> str:  # noqa: FBT001
        blocks = [_answers(result, question, table, room, wide=wide)]
        if own is not None and disclosed(own) is not Disclosure.BASE:
            blocks.append(_of_region(question, own, room))
        return "\n\n".join(blocks)

    beside = [*facts(result, table), *_law(result, pictured=pictured)]
    return _fitted(result, question, numbers, beside, pictured=pictured)


def overview(result: Result, region: str | None = None) -> str:
    """Return a survey in one message: of each question the leading answer, and the method."""
    title = escape(result.poll.title(current_language()))
    name = _("Poll result")
    about_all = "\n".join(escape(fact) for fact in (*facts(result), *declared(result)))
    text = ""
    for room in (120, 80, 60, 40):
        lines = [_in_one_line(result, one, room, region) for one in result.poll.questions]
        blocks = [f"📊 {name}\n<b>{title}</b>", "\n\n".join(lines)]
        if not result.tables:
            blocks[1:] = [_too_few()]
        elif region is not None and _has_region(result, region):
            blocks.append(_("📍 Your region: {region}").format(region=escape(region_name(region))))
        blocks += [about_all, f"<i>{escape(method(result))}</i>"]
        text = "\n\n".join(blocks)
        if utf16_length(text) <= TEXT_LENGTH:
            break
    return text


def _fitted(
    result: Result,
    question: Question,
    numbers: _Numbers,
    beside: Sequence[str],
    *,
    pictured: bool,
) -> str:
    text = ""
    most = CAPTION_LENGTH if pictured else TEXT_LENGTH
    head = escape(heading(result, question.position))
    about_it = "\n".join(escape(fact) for fact in beside)
    last = f"<i>{escape(method_in_brief(result))}</i>"
    for (room, wide), asked in zip(_ROOMS, (300, 300, 200, 140, 100, 80), strict=True):
        words = escape(shortened(question.text(current_language()), asked))
        text = f"📊 {head}\n<b>{words}</b>\n\n{numbers(room, wide)}\n\n{about_it}\n\n{last}"
        if utf16_length(text) <= most:
            break
    return text


def _law(result: Result, *, pictured: bool) -> list[str]:
    """Return what the law wants of a political result: where it stands, or all of it in words."""
    if not result.poll.passport.legal:
        return []
    if not pictured:
        return declared(result)
    return [
        _("Who held the poll, ordered and paid for it, how and with what error: see the picture.")
    ]


def _answers(
    result: Result, question: Question, table: Table | None, room: int, *, wide: bool
) -> str:
    if not result.tables and result.base < SMALLEST:
        return _too_few()
    if table is None:
        return _untold()
    if question.type in {QuestionType.TEXT, QuestionType.PHOTO, QuestionType.NUMBER}:
        return _in_words(question, table)
    if disclosed(table) is Disclosure.BASE:
        return _untold()
    ranking = question.type is QuestionType.RANKING
    order = by_rank(table) if ranking else range(len(table.figures))
    lines = []
    for position in order:
        lines.append(_line(question, table, position, room, wide=wide))
        if ranking and table.ranks:
            lines[-1] += f", {ranked(table, position)}" if wide else ""
    if question.type is QuestionType.SCALE and disclosed(table) is not Disclosure.COUNTS:
        lines += ["", *map(escape, scale_words(question, table))]
    if question.type is QuestionType.MULTIPLE and wide:
        words = _("Several answers could be chosen, so the sum is more than 100 %.")
        lines += ["", escape(words)]
    if ranking:
        lines.insert(0, _("How many put it first:"))
    return "\n".join(lines)


def _line(question: Question, table: Table, position: int, room: int, *, wide: bool) -> str:
    figure = table.figures[position]
    words = escape(shortened(option_words(question, position), room))
    if question.type is QuestionType.SCALE and question.scale is not None and wide:
        words = escape(_with_end(question, position))
    value = printed(figure, table)
    beside = figure_words(figure, table).removeprefix(value) if wide else ""
    return f"• {words} – <b>{escape(value)}</b>{beside}"


def _with_end(question: Question, position: int) -> str:
    """Return a point of a scale, with words where it is one of the ends."""
    scale = question.scale
    words = option_words(question, position)
    if scale is None:
        return words
    kazakh = current_language() == "kk"
    if position == 0:
        return f"{words} ({scale.low_kk if kazakh else scale.low_ru})"
    if position == scale.high - scale.low:
        return f"{words} ({scale.high_kk if kazakh else scale.high_ru})"
    return words


def _in_words(question: Question, table: Table) -> str:
    """Return what is told of numbers, words and photos."""
    if question.type is QuestionType.NUMBER:
        return "\n".join(map(escape, mean_words(table))) or _untold()
    if question.type is QuestionType.PHOTO:
        return _("Photos sent: {number}").format(number=number(table.answered))
    return _("Answered in their own words: {number}").format(number=number(table.answered))


def _of_region(question: Question, table: Table, room: int) -> str:
    name = escape(region_name(table.group))
    base = based(_("Answered: {number}").format(number=number(table.answered)), table)
    lines = [f"📍 <b>{name}</b>. {escape(base)}"]
    for position, figure in enumerate(table.figures):
        words = escape(shortened(option_words(question, position), room))
        lines.append(f"• {words} – {escape(printed(figure, table))}")
    return "\n".join(lines)


def _regions(result: Result, question: Question, table: Table, room: int) -> str:
    leader = leading(question, table)
    shown = [
        (one, focused(one, leader))
        for one in result.cut(question.position, REGION)
        if disclosed(one) in {Disclosure.LOW_BASE, Disclosure.SHARES}
    ]
    shown.sort(key=lambda pair: -length(pair[1], pair[0]))
    lines = [escape(shortened(about(question, leader), room + 60))]
    lines += [
        f"• {escape(group_name(REGION, one.group))} – <b>{_figure(figure, one)}</b>"
        for one, figure in shown
    ]
    if any(disclosed(one) is Disclosure.LOW_BASE for one, _figure_ in shown):
        lines.append(_("* low base: from 50 to 99 answers"))
    if any(figure.differs is not None for _one, figure in shown):
        lines.append(escape(difference_words()))
    return "\n".join(lines)


def _groups(result: Result, question: Question, table: Table, room: int, *, wide: bool) -> str:
    leader = leading(question, table)
    lines = [escape(shortened(about(question, leader), room + 60))]
    differs = False
    for cut in GROUPS:
        groups = [one for one in result.cut(question.position, cut) if _has_shares(one)]
        if groups and wide:
            lines.append(f"\n<b>{escape(cut_name(cut))}</b>")
        for one in groups:
            figure = focused(one, leader)
            differs = differs or figure.differs is not None
            name = group_label(cut, one) if wide else group_name(cut, one.group)
            lines.append(f"• {escape(name)} – <b>{_figure(figure, one).replace('*', '')}</b>")
    if differs:
        lines.append(f"\n{escape(difference_words())}")
    return "\n".join(lines)


def _trend(waves: Sequence[Result], question: Question, room: int) -> str:
    lines = []
    for wave in waves:
        table = wave.table(question.position)
        if table is None or not _has_shares(table):
            continue
        leader = sorted(
            range(len(table.figures)), key=lambda one: -length(table.figures[one], table)
        )[:3]
        found = ", ".join(
            f"{escape(shortened(option_words(question, one), room // 3))} – "
            f"<b>{escape(printed(table.figures[one], table))}</b>"
            for one in leader
        )
        lines.append(f"• {full(local_date(wave.ended_at))}: {found}")
    return "\n".join(lines)


def _in_one_line(result: Result, question: Question, room: int, region: str | None) -> str:
    """Return a question with its leading answer: of everybody, and of the region."""
    position = question.position
    words = escape(shortened(question.text(current_language()), room))
    head = f"<b>{position + 1}. {words}</b>"
    table = result.table(position)
    if table is None or disclosed(table) is Disclosure.BASE:
        if table is not None and question.type not in {
            QuestionType.SINGLE, QuestionType.MULTIPLE, QuestionType.SCALE, QuestionType.RANKING,
        }:  # fmt: skip
            return f"{head}\n{_in_words(question, table)}"
        return "\n".join((head, _("Too few answers.")))
    leader = leading(question, table)
    named = "–".join(option_words(question, one) for one in leader)
    answer = escape(shortened(named, room))
    if question.type is QuestionType.SCALE and table.mean is not None:
        answer, told = escape(mean_words(table)[0]), ""
    else:
        told = f" – <b>{escape(printed(focused(table, leader), table))}</b>"
    if question.type is QuestionType.RANKING:
        answer = " ".join((_("First place:"), answer))
    own = None if region is None else result.table(position, REGION, region)
    beside = ""
    if own is not None and disclosed(own) is not Disclosure.BASE:
        value = printed(focused(own, leader), own)
        if not told:
            value = decimal(own.mean) if own.mean is not None else ""
        beside = f" · 📍 {escape(based(value, own))}" if value else ""
    return f"{head}\n{answer}{told}{beside}"


def _has_region(result: Result, region: str) -> bool:
    return any(
        disclosed(result.table(one.position, REGION, region)) is not Disclosure.BASE
        for one in result.poll.questions
    )


def _figure(figure: Figure, table: Table) -> str:
    """Return a share with a star where the base is low, and how it differs from the others."""
    star = "*" if disclosed(table) is Disclosure.LOW_BASE else ""
    return escape(f"{printed(figure, table)}{star} {marked(figure)}".strip())


def _has_shares(table: Table) -> bool:
    return disclosed(table) in {Disclosure.LOW_BASE, Disclosure.SHARES}


def _too_few() -> str:
    return _(
        "There are too few answers to show them by option: fewer than {smallest}. This keeps "
        "everybody’s answer secret. Thank you to all who took part."
    ).format(smallest=SMALLEST)


def _untold() -> str:
    return _(
        "The answers are not shown by option: there are few of them, and the numbers would tell "
        "how each person answered. Thank you to all who took part."
    )
