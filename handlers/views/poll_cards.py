"""A page of a result as the card of a picture."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from handlers.text import _, current_language
from handlers.views.calendar_days import full
from handlers.views.poll_result import (
    based,
    cut_name,
    decimal,
    declared,
    facts,
    group_name,
    method,
    number,
    short_region_name,
)
from services.clock import local_date
from services.places.atlas import atlas, rows
from services.polls.chart import (
    Bar,
    Card,
    Diverging,
    Grid,
    Heading,
    Line,
    Lines,
    Part,
    Point,
    Remark,
    Step,
    Tile,
)
from services.polls.disclosure import PERCENT_FROM, Disclosure
from services.polls.model import OptionRole, Question, QuestionType
from services.polls.pages import GROUPS, OTHER_GROUP, REGION, Page, View
from services.polls.results import Figure, Result, Table
from services.polls.shown import (
    by_rank,
    disclosed,
    focused,
    interval,
    leading,
    length,
    points,
    printed,
    span,
    top_and_bottom,
)
from services.text.length import shortened

_DASH = "–"
_LINES = 5
_TITLE_LENGTH = 80


def card(result: Result, page: Page, waves: Sequence[Result] = ()) -> Card:
    """Return what is on the picture of a page that has one."""
    question = result.poll.questions[page.question]
    table = result.table(page.question)
    if table is None:
        raise ValueError("a question without numbers has no picture")
    match page.view:
        case View.REGIONS:
            parts = _regions(result, question, table)
        case View.GROUPS:
            parts = _groups(result, question, table)
        case View.TREND:
            parts = _trend(waves, question)
        case _:
            parts = _answers(question, table)
    return Card(
        heading=heading(result, page.question),
        question=question.text(current_language()),
        parts=tuple(parts),
        facts=(*facts(result, table), *declared(result)),
        method=method(result),
    )


def heading(result: Result, question: int) -> str:
    """Return «Poll result», of a survey with its title and which question this is."""
    total = len(result.poll.questions)
    if total == 1:
        return _("Poll result")
    title = shortened(result.poll.title(current_language()), _TITLE_LENGTH)
    return f"{title} · {question + 1}/{total}"


def option_words(question: Question, position: int) -> str:
    """Return the words of an option; of a scale the point."""
    if question.type is QuestionType.SCALE and question.scale is not None:
        if position >= points(question):
            return question.options[-1].text(current_language())
        return str(question.scale.low + position)
    return question.options[position].text(current_language())


def marked(figure: Figure) -> str:
    """Return how a group differs from the rest, where that is more than chance: «▲9»."""
    if figure.differs is None:
        return ""
    return f"{'▲' if figure.differs > 0 else '▼'}{abs(figure.differs):.0f}"


def _answers(question: Question, table: Table) -> Iterable[Part]:
    if question.type is QuestionType.SCALE and disclosed(table) is not Disclosure.COUNTS:
        yield from _scale(question, table)
        return
    if question.type is QuestionType.MULTIPLE:
        yield Remark(_("Several answers could be chosen, so the sum is more than 100 %."))
    if question.type is QuestionType.RANKING:
        yield Remark(_("How many put it first; below, its mean place."))
    order = by_rank(table) if question.type is QuestionType.RANKING else range(len(table.figures))
    for position in order:
        yield _option(question, table, position)


def _option(question: Question, table: Table, position: int) -> Bar:
    bar = _bar(option_words(question, position), table, table.figures[position])
    if question.type is QuestionType.SCALE:
        return bar
    role = question.options[position].role
    ranks = question.type is QuestionType.RANKING and table.ranks
    return replace(
        bar,
        grey=role in {OptionRole.DIFFICULT, OptionRole.NONE},
        detail=ranked(table, position) if ranks else "",
    )


def _bar(label: str, table: Table, figure: Figure) -> Bar:
    low, high = interval(figure, table) or (None, None)
    drawn = min(length(figure, table), 1.0)
    return Bar(label, printed(figure, table), drawn, low, high)


def ranked(table: Table, position: int) -> str:
    """Return the mean place of an option and its points of all that are possible."""
    place = _("mean place: {place}").format(place=decimal(table.ranks[position]))
    if not table.borda:
        return place
    share = f"{table.borda[position] * 100:.0f}\N{NO-BREAK SPACE}%"
    return f"{place} · " + _("Borda points: {share}").format(share=share)


def _scale(question: Question, table: Table) -> Iterable[Part]:
    scale = question.scale
    if scale is None:
        raise ValueError("a scale without ends")
    language = current_language()
    low = scale.low_kk if language == "kk" else scale.low_ru
    high = scale.high_kk if language == "kk" else scale.high_ru
    steps = tuple(
        Step(option_words(question, number), printed(figure, table), length(figure, table))
        for number, figure in enumerate(table.figures[: points(question)])
    )
    yield Diverging(steps, f"{scale.low} – {low}", f"{high} – {scale.high}")
    for line in scale_words(question, table):
        yield Remark(line)
    if len(table.figures) > points(question):
        last = len(table.figures) - 1
        yield replace(_option(question, table, last), grey=True)


def scale_words(question: Question, table: Table) -> list[str]:
    """Return the two ends of a scale and its mean with the interval."""
    scale = question.scale
    if scale is None:
        return []
    top, bottom = top_and_bottom(question, table)
    lines = [
        _("{low}–{high} (lowest): {share}").format(
            low=scale.low, high=scale.low + 1, share=bottom
        ),
        _("{low}–{high} (highest): {share}").format(
            low=scale.high - 1, high=scale.high, share=top
        ),
    ]
    return [*lines, *mean_words(table)]


def mean_words(table: Table) -> list[str]:
    """Return the mean with its interval, where there is one."""
    if table.mean is None or table.answered < PERCENT_FROM:
        return []
    mean = _("Mean: {mean}").format(mean=decimal(table.mean))
    if table.mean_low is None or table.mean_high is None:
        return [mean]
    return [f"{mean} ({decimal(table.mean_low)}–{decimal(table.mean_high)})"]


def _regions(result: Result, question: Question, table: Table) -> Iterable[Part]:
    leader = leading(question, table)
    yield Remark(about(question, leader))
    found = {one.group: one for one in result.cut(question.position, REGION)}
    tiles = []
    for row in rows("regions"):
        own = found.get(row["kato"])
        tiles.append(_tile(row, own, leader))
    shown = [tile.share for tile in tiles if tile.share is not None]
    yield Grid(
        tuple(tiles),
        f"{min(shown) * 100:.0f}\N{NO-BREAK SPACE}%",
        f"{max(shown) * 100:.0f}\N{NO-BREAK SPACE}%",
        _("fewer than {number} answers").format(number=PERCENT_FROM),
    )
    if any(disclosed(found.get(code)) is Disclosure.LOW_BASE for code in atlas().regions):
        yield Remark(_("* low base: from 50 to 99 answers"))
    if any(focused(own, leader).differs is not None for own in found.values() if own.figures):
        yield Remark(difference_words())
    other = found.get(OTHER_GROUP)
    if disclosed(other) in {Disclosure.LOW_BASE, Disclosure.SHARES} and other is not None:
        yield Remark(f"{_('Others')}: {printed(focused(other, leader), other)}")


def _tile(row: dict[str, str], table: Table | None, leader: Sequence[int]) -> Tile:
    label = short_region_name(row["kato"])
    column, line = int(row["tile_col"]), int(row["tile_row"])
    told = disclosed(table)
    if table is None or told not in {Disclosure.LOW_BASE, Disclosure.SHARES}:
        return Tile(label, _DASH, column, line)
    figure = focused(table, leader)
    star = "*" if told is Disclosure.LOW_BASE else ""
    text = f"{printed(figure, table)}{star}"
    if marked(figure):
        text = f"{text} {marked(figure)[0]}"
    return Tile(label, text, column, line, length(figure, table))


def _groups(result: Result, question: Question, table: Table) -> Iterable[Part]:
    leader = leading(question, table)
    yield Remark(about(question, leader))
    differs = False
    for cut in GROUPS:
        groups = [one for one in result.cut(question.position, cut) if _has_shares(one)]
        if not groups:
            continue
        yield Heading(cut_name(cut))
        for one in groups:
            figure = focused(one, leader)
            differs = differs or figure.differs is not None
            bar = _bar(group_label(cut, one), one, figure)
            yield replace(bar, figure=f"{bar.figure} {marked(figure)[:1]}".strip())
    if differs:
        yield Remark(difference_words())


def group_label(cut: str, table: Table) -> str:
    """Return a group with its base: «A village, n = 620»."""
    name = f"{group_name(cut, table.group)}, n = {number(table.answered)}"
    return based(name, table)


def about(question: Question, leader: Sequence[int]) -> str:
    """Return which answer a breakdown is about."""
    words = "–".join(option_words(question, position) for position in leader)
    if question.type is QuestionType.RANKING:
        return _("Share of those who put first: «{option}»").format(option=words)
    return _("Share of those who answered: «{option}»").format(option=words)


def difference_words() -> str:
    """Return what the marks of differences mean."""
    return _("▲ ▼ differs from the others by 5 points or more, and not by chance")


def _trend(waves: Sequence[Result], question: Question) -> Iterable[Part]:
    found = [(wave, wave.table(question.position)) for wave in waves]
    told = [(wave, table) for wave, table in found if table is not None and _has_shares(table)]
    last = told[-1][1]
    order = sorted(range(len(last.figures)), key=lambda one: -length(last.figures[one], last))
    drawn = sorted(order[:_LINES])
    yield Lines(
        days=tuple(full(local_date(wave.ended_at)) for wave, _table in told),
        lines=tuple(
            Line(
                option_words(question, position),
                printed(last.figures[position], last),
                tuple(
                    _point(number, table.figures[position], table)
                    for number, (_wave, table) in enumerate(told)
                ),
            )
            for position in drawn
        ),
    )
    yield Remark(_("Only polls with the same words, the same people asked and the same weights."))


def _point(wave: int, figure: Figure, table: Table) -> Point:
    low, high = interval(figure, table) or (None, None)
    return Point(wave, length(figure, table), low, high)


def _has_shares(table: Table) -> bool:
    return disclosed(table) in {Disclosure.LOW_BASE, Disclosure.SHARES}


def figure_words(figure: Figure, table: Table) -> str:
    """Return a share with its interval: «42 % (38–46)»."""
    ends = interval(figure, table)
    text = printed(figure, table)
    return text if ends is None else f"{text} ({span(*ends)})"
