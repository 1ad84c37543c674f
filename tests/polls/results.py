"""Golden results for views, charts and messages; nothing was counted for them.

`survey_result` has a question of every type and every cut; `plain_result` is one single choice.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from services.delivery.target import Target
from services.places.atlas import atlas
from services.polls.model import (
    Option,
    OptionRole,
    Passport,
    Poll,
    Question,
    QuestionType,
    Scale,
    Stream,
    plain_questions,
)
from services.polls.results import NATIONAL, Figure, Result, Table, Weighing
from services.polls.statistics.wilson import wilson

LAUNCHED = datetime(2026, 11, 16, 5, 0, tzinfo=UTC)
CLOSED = LAUNCHED + timedelta(days=7)
WEIGHTED = Weighing(
    weighted=True, design_effect=1.42, effective=873.2, margins="01.01.2023"
)  # fmt: skip
UNWEIGHTED = Weighing(weighted=False, why="design_effect", design_effect=3.1, effective=400.0)
DIFFICULT = ("Жауап беру қиын", "Затрудняюсь ответить")
OTHER = ("Басқа", "Другое")
# Regions without a table of their own: too few answered there.
SUPPRESSED = ("62", "59", "33")


def options(
    *texts: tuple[str, str], other: bool = False, difficult: bool = True
) -> tuple[Option, ...]:
    """Return options in both languages, the usual last ones behind them."""
    named = [(kk, ru, OptionRole.PLAIN) for kk, ru in texts]
    named += [(*OTHER, OptionRole.OTHER)] if other else []
    named += [(*DIFFICULT, OptionRole.DIFFICULT)] if difficult else []
    return tuple(Option(number, kk, ru, role) for number, (kk, ru, role) in enumerate(named))


def questions() -> tuple[Question, ...]:
    """Return one question of each type."""
    ends = ("Мүлде қанағаттанбаймын", "Совсем не доволен", "Толық қанағаттанамын", "Всем доволен")
    difficult = (Option(0, *DIFFICULT, OptionRole.DIFFICULT),)
    return (
        Question(
            0, "water", QuestionType.SINGLE,
            "Ауылыңызда ауызсу қалай жеткізіледі?", "Как в Ваше село поступает питьевая вода?",
            options(
                ("Үйде орталық су құбыры бар", "В доме есть центральный водопровод"),
                ("Көшедегі су таратқыштан аламыз", "Берём из уличной колонки"),
                ("Құдық немесе ұңғыма", "Колодец или скважина"),
                ("Су тасып әкеледі", "Воду привозят"),
            ),
        ),
        Question(
            1, "first", QuestionType.MULTIPLE,
            "Ең алдымен нені жөндеу керек?", "Что нужно починить в первую очередь?",
            options(
                ("Жолдар", "Дороги"), ("Су құбырлары", "Водопровод"),
                ("Көше жарығы", "Освещение улиц"), ("Мектеп", "Школу"), other=True,
            ),
            most=3,
        ),
        Question(
            2, "clinic", QuestionType.SCALE,
            "Емхананың жұмысына қаншалықты қанағаттанасыз?",
            "Насколько Вы довольны работой поликлиники?",
            difficult, scale=Scale(1, 5, *ends),
        ),
        Question(
            3, "advise", QuestionType.SCALE,
            "Ауылыңызға көшіп келуді достарыңызға кеңес етесіз бе?",
            "Посоветуете ли Вы друзьям переехать в Ваше село?",
            scale=Scale(0, 10, "Ешқашан", "Никогда", "Міндетті түрде", "Обязательно"),
        ),
        Question(
            4, "order", QuestionType.RANKING,
            "Маңыздылығы бойынша орналастырыңыз", "Расставьте по важности",
            options(
                ("Жұмыс", "Работа"), ("Денсаулық сақтау", "Здравоохранение"),
                ("Білім", "Образование"), ("Тұрғын үй", "Жильё"), difficult=False,
            ),
            least=3, most=4,
        ),
        Question(
            5, "minutes", QuestionType.NUMBER,
            "Мектепке дейін неше минут жүресіз?", "Сколько минут идти до школы?",
            least=0, most=180,
        ),
        Question(
            6, "words", QuestionType.TEXT,
            "Тағы не айтқыңыз келеді?", "Что ещё Вы хотели бы сказать?", required=False,
        ),
        Question(
            7, "photo", QuestionType.PHOTO,
            "Жолдың суретін жіберіңіз", "Пришлите фото дороги", required=False,
        ),
    )  # fmt: skip


def survey(**passport: object) -> Poll:
    """Return a survey with a question of each type."""
    poll = Poll(
        21, "Ауылдағы тұрмыс", "Жизнь в селе", questions(), Target(), LAUNCHED, CLOSED,
        Passport(wording_hash="w" * 64),
    )  # fmt: skip
    return replace(poll, passport=replace(poll.passport, **passport)) if passport else poll  # type: ignore[arg-type]


def figures(
    base: int, shares: Sequence[float], *, weights: Sequence[float] = (), effective: float = 0
) -> tuple[Figure, ...]:
    """Return figures of these shares; `weights` are the weighted shares beside them."""
    if base < 50:  # no percentages
        return tuple(Figure(round(base * share)) for share in shares)
    found = []
    for number, share in enumerate(shares):
        weighted = weights[number] if weights else None
        interval = wilson(share if weighted is None else weighted, effective or base)
        votes = round(base * share)
        found.append(Figure(votes, votes / base, weighted, interval.low, interval.high))
    return tuple(found)


SHARES = {
    0: (0.41, 0.22, 0.19, 0.12, 0.06),
    1: (0.62, 0.48, 0.35, 0.21, 0.07, 0.03),
    2: (0.08, 0.14, 0.27, 0.31, 0.16, 0.04),
    3: (0.06, 0.02, 0.03, 0.05, 0.06, 0.14, 0.11, 0.16, 0.17, 0.08, 0.12),
    4: (0.38, 0.33, 0.18, 0.11),
}


def tables(base: int = 1240, *, weighted: bool = True) -> tuple[Table, ...]:
    """Return the tables of `survey` in every cut, a few regions merged into «other»."""
    found: list[Table] = []
    for question, shares in SHARES.items():
        moved = tuple(round(share + (0.01 if n == 0 else 0), 4) for n, share in enumerate(shares))
        made = figures(base, shares, weights=moved if weighted else (), effective=base * 0.7)
        found.append(_measured(Table(question, NATIONAL, "", base, 12, 0, made)))
        found += _cuts(question, shares, base)
    found += [
        Table(5, NATIONAL, "", base - 40, 40, 0, (), mean=17.4, mean_low=16.6, mean_high=18.2),
        Table(6, NATIONAL, "", base // 3, base - base // 3, 0, ()),
        Table(7, NATIONAL, "", base // 9, base - base // 9, 0, ()),
    ]
    return tuple(sorted(found, key=lambda one: (one.question, one.cut, one.group)))


def _cuts(question: int, shares: Sequence[float], base: int) -> list[Table]:
    found = []
    for number, code in enumerate(atlas().regions):
        if code in SUPPRESSED:
            continue
        size = (35, 60, 145, 210)[number % 4] if base > 1000 else 25
        found.append(Table(question, "region", code, size, 0, 0, _tilted(shares, size, number)))
    found.append(Table(question, "region", "other", 30, 0, 0, _tilted(shares, 30, 3)))
    halves = {
        "sex": ("female", "male"), "age": ("18-44", "45-59", "60+"),
        "settlement": ("rural", "urban"), "stream": ("invited", "open"),
    }  # fmt: skip
    for cut, groups in halves.items():
        size = base // len(groups) // 5 * 5
        for number, group in enumerate(groups):
            made = _tilted(shares, size, number * 2)
            if (cut, number) == ("settlement", 0) and size >= 50:
                made = (replace(made[0], differs=9.0), *made[1:])
            found.append(Table(question, cut, group, size, 0, 0, made))
    return [_measured(one) for one in found]


def _tilted(shares: Sequence[float], size: int, number: int) -> tuple[Figure, ...]:
    """Return the shares with a little moved from the first to the last."""
    shift = min(0.02 * (number % 7), shares[0])
    moved = (shares[0] - shift, *shares[1:-1], shares[-1] + shift)
    return figures(size, moved, effective=size * 0.7)


def _measured(table: Table) -> Table:
    """Add what scales and rankings have besides."""
    if table.answered < 50:
        return table
    if table.question == 2:
        return replace(table, mean=3.34, mean_low=3.26, mean_high=3.42)
    if table.question == 3:
        return replace(table, mean=6.4, mean_low=6.2, mean_high=6.6)
    if table.question == 4:
        return replace(table, ranks=(1.9, 2.2, 2.7, 3.2), borda=(0.7, 0.6, 0.43, 0.27))
    return table


def survey_result(
    base: int = 1240,
    *,
    weighing: Weighing = WEIGHTED,
    open_link: int = 0,
    ended_at: datetime = CLOSED,
    **passport: object,
) -> Result:
    """Return the result of `survey`; with `open_link` so many came through the open link."""
    streams = {Stream.INVITED: base - open_link, Stream.OPEN: open_link}
    told = tables(base, weighted=weighing.weighted)
    if not open_link:
        told = tuple(one for one in told if one.cut != "stream")
    shown = {stream: number for stream, number in streams.items() if number}
    return Result(survey(**passport), base, shown, 5400, weighing, told, ended_at)


def plain_poll(*texts: tuple[str, str], title: tuple[str, str] | None = None) -> Poll:
    """Return one single choice with «difficult to answer»."""
    kk, ru = title or ("Ауылда ауызсу бар ма?", "Есть ли в селе питьевая вода?")
    asked = plain_questions(kk, ru, options(*(texts or (("Бар", "Есть"), ("Жоқ", "Нет")))))
    return Poll(7, kk, ru, asked, Target(), LAUNCHED, CLOSED, Passport(wording_hash="p" * 64))


def plain_result(
    votes: Sequence[int] = (60, 30, 10), *, poll: Poll | None = None, regional: bool = False
) -> Result:
    """Return an unweighted result; with `regional` every region has the same shares."""
    base = sum(votes)
    shares = [number / base for number in votes] if base else []
    asked = poll or plain_poll()
    found = []
    if base >= 10:  # fewer are told nothing
        found.append(Table(0, NATIONAL, "", base, 0, 0, figures(base, shares)))
        if regional:
            found += _cuts(0, shares, base)
    told = tuple(sorted(found, key=lambda one: (one.question, one.cut, one.group)))
    weighing = Weighing(weighted=False, why="effective_sample")
    return Result(asked, base, {Stream.INVITED: base}, None, weighing, told, CLOSED)
