"""The full report of a counted poll: every figure that may be told, ready to be set in tables.

Pure: a result goes in, tables come out, of labels in one language and of numbers. What is
suppressed in the result is not here either; the report only says which groups are missing.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from services.places.atlas import atlas
from services.polls.model import OptionRole, Question, QuestionType, Scale, Stream
from services.polls.results import NATIONAL, Figure, Result, Table
from services.polls.statistics.printing import BLUNT_UNDER, LOW_UNDER, PERCENT_FROM

CUTS = ("region", "sex", "age", "settlement", "stream")
MERGED = "other"
_LEVELS = {
    "sex": ("female", "male"),
    "age": ("18-44", "45-59", "60+"),
    "settlement": ("urban", "rural"),
    "stream": (Stream.INVITED.value, Stream.OPEN.value),
}
_UNTOLD = {QuestionType.TEXT, QuestionType.PHOTO}  # by group
_ENDS = 2  # values at each end of a scale that are told together


class Blunt(NamedTuple):
    """A share of all or of none in a small group, which is not told exactly."""

    all: bool


Share = float | Blunt | None


@dataclass(frozen=True, slots=True)
class Line:
    """One answer in one group; shares of 1, None where they may not be told.

    differs: points between the group and the rest, only where that is significant. grey: «other»,
    «none» and «difficult to answer».
    """

    label: str
    votes: int | None
    share: Share
    weighted: Share
    low: float | None = None
    high: float | None = None
    differs: float | None = None
    grey: bool = False


@dataclass(frozen=True, slots=True)
class Sum:
    """Several values of a scale together, the shares that are shown added up."""

    label: str
    share: float


@dataclass(frozen=True, slots=True)
class Place:
    """Where an option of a ranking stands: its mean rank and its Borda share."""

    label: str
    rank: float
    borda: float


@dataclass(frozen=True, slots=True)
class Group:
    """One question in one group, with its base."""

    name: str
    answered: int
    skipped: int
    not_asked: int
    low_base: bool
    percentages: bool
    lines: tuple[Line, ...]
    sums: tuple[Sum, ...] = ()
    places: tuple[Place, ...] = ()
    mean: float | None = None
    mean_low: float | None = None
    mean_high: float | None = None


@dataclass(frozen=True, slots=True)
class Breakdown:
    """The groups of a cut, and the names of those that have no table of their own."""

    name: str
    groups: tuple[Group, ...]
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """One question; national is None where too few answered. number counts from 1."""

    number: int
    text: str
    type: QuestionType
    most: int
    national: Group | None
    breakdowns: tuple[Breakdown, ...] = ()
    # (theme, mentions) of answers in words, 10 mentions and more.
    themes: tuple[tuple[str, int], ...] = ()
    # Whether there are answers in words at all.
    worded: bool = False


@dataclass(frozen=True, slots=True)
class Words:
    """What the tables need in one language."""

    language: str
    everybody: str
    cuts: Mapping[str, str]
    group: Callable[[str, str], str]  # a cut and the code of a group → its name
    low_end: Callable[[str], str]  # "1 and 2" → «bottom two (1 and 2)»
    high_end: Callable[[str], str]


def tables_of(
    result: Result, words: Words, themes: Mapping[int, Sequence[tuple[str, int]]]
) -> tuple[Asked, ...]:
    """Return every question of a result with all its tables, in the order of asking."""
    return tuple(
        _asked(result, question, words, tuple(themes.get(question.position, ())))
        for question in result.poll.questions
    )


def takes_words(question: Question) -> bool:
    """Tell whether a question has answers in words or photos."""
    if question.type in {QuestionType.TEXT, QuestionType.PHOTO}:
        return True
    return any(option.role is OptionRole.OTHER for option in question.options)


def _asked(
    result: Result, question: Question, words: Words, themes: tuple[tuple[str, int], ...]
) -> Asked:
    national = result.table(question.position)
    return Asked(
        number=question.position + 1,
        text=question.text(words.language),
        type=question.type,
        most=question.most,
        national=_group(national, question, words) if national else None,
        breakdowns=tuple(_breakdowns(result, question, words)) if national else (),
        themes=themes,
        worded=takes_words(question),
    )


def _breakdowns(result: Result, question: Question, words: Words) -> Iterable[Breakdown]:
    for cut in CUTS:
        found = {table.group: table for table in result.cut(question.position, cut)}
        levels = _levels(result, cut)
        if not found and question.type in _UNTOLD:
            continue
        if not found and (len(levels) < 2 or not _anywhere(result, cut)):  # noqa: PLR2004
            continue  # nobody was to be told apart by it
        known = [level for level in levels if level in found]
        more = sorted(set(found) - set(levels) - {MERGED})
        last = [MERGED] if MERGED in found else []
        yield Breakdown(
            words.cuts[cut],
            tuple(_group(found[level], question, words) for level in (*known, *more, *last)),
            tuple(_name(cut, level, words) for level in levels if level not in found),
        )


def _anywhere(result: Result, cut: str) -> bool:
    return any(table.cut == cut for table in result.tables)


def _levels(result: Result, cut: str) -> tuple[str, ...]:
    """Return the groups that could have answered."""
    target = result.poll.target
    if cut == "region":
        among = {*target.regions, *(district[:2] for district in target.districts)}
        return tuple(code for code in atlas().regions if not among or code in among)
    if cut == "stream":
        return tuple(stream.value for stream, number in result.streams.items() if number)
    narrowed = {"sex": target.sex, "settlement": target.settlement}.get(cut)
    if narrowed is not None:
        return (narrowed.value,)
    if cut == "age" and target.ages:
        return tuple(sorted({table.group for table in result.tables if table.cut == cut}))
    return _LEVELS[cut]


def _group(table: Table, question: Question, words: Words) -> Group:
    lines = tuple(_lines(table, question, words.language))
    return Group(
        name=_name(table.cut, table.group, words),
        answered=table.answered,
        skipped=table.skipped,
        not_asked=table.not_asked,
        low_base=PERCENT_FROM <= table.answered < LOW_UNDER,
        percentages=table.answered >= PERCENT_FROM,
        lines=lines,
        sums=tuple(_sums(table, question.scale, words)) if question.scale else (),
        places=tuple(_places(table, question, words.language)),
        mean=table.mean,
        mean_low=table.mean_low,
        mean_high=table.mean_high,
    )


def _name(cut: str, group: str, words: Words) -> str:
    return words.everybody if cut == NATIONAL else words.group(cut, group)


def _lines(table: Table, question: Question, language: str) -> Iterable[Line]:
    for (label, grey), figure in zip(_labels(question, language), table.figures, strict=False):
        yield Line(
            label=label,
            votes=figure.votes,
            share=_told(figure.share, figure, table.answered),
            weighted=_told(figure.weighted, figure, table.answered),
            low=figure.low,
            high=figure.high,
            differs=figure.differs,
            grey=grey,
        )


def _told(share: float | None, figure: Figure, base: int) -> Share:
    """Return a share, blunted where all or none of a small group gave the answer."""
    if share is None or base >= BLUNT_UNDER:
        return share
    if figure.share == 0 or figure.votes == 0:
        return Blunt(all=False)
    if figure.share == 1:
        return Blunt(all=True)
    return share


def _labels(question: Question, language: str) -> list[tuple[str, bool]]:
    options = [
        (option.text(language), option.role is not OptionRole.PLAIN) for option in question.options
    ]
    if question.scale is None:
        return options
    return [(value, False) for value in _values(question.scale, language)] + options


def _values(scale: Scale, language: str) -> list[str]:
    ends = {
        scale.low: scale.low_kk if language == "kk" else scale.low_ru,
        scale.high: scale.high_kk if language == "kk" else scale.high_ru,
    }
    return [
        f"{value} – {ends[value]}" if value in ends else str(value)
        for value in range(scale.low, scale.high + 1)
    ]


def _sums(table: Table, scale: Scale, words: Words) -> Iterable[Sum]:
    values = range(scale.low, scale.high + 1)
    shown = [figure.shown for figure in table.figures[: len(values)]]
    told = [share for share in shown if share is not None]
    if len(told) < len(values) or table.answered < PERCENT_FROM:
        return
    yield Sum(words.low_end(f"{values[0]}–{values[_ENDS - 1]}"), sum(told[:_ENDS]))
    yield Sum(words.high_end(f"{values[-_ENDS]}–{values[-1]}"), sum(told[-_ENDS:]))


def _places(table: Table, question: Question, language: str) -> Iterable[Place]:
    labels = [option.text(language) for option in question.options]
    for label, rank, borda in zip(labels, table.ranks, table.borda, strict=False):
        yield Place(label, rank, borda)
