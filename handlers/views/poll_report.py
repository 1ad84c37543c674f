"""The full report of a poll in words: its facts, the heads of its tables, how it was counted."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from html import unescape

from handlers.text import N_, _, current_language
from handlers.views.calendar_days import moment
from handlers.views.poll_legal import legal_facts
from handlers.views.poll_patterns import pattern_lines
from handlers.views.poll_report_words import method_page, said
from handlers.views.poll_result import audience, cut_name, group_name, method, number
from handlers.views.survey_answers import in_words
from services.places.atlas import atlas
from services.polls.model import PollKind, Question, Stream
from services.polls.named import Respondent
from services.polls.political import TopicClass
from services.polls.report import CUTS, Words, tables_of
from services.polls.report_paper import NOTHING, Paper, Roster
from services.polls.reporting import Reported
from services.polls.results import Result

Pair = tuple[str, str]

CLASSES = {
    TopicClass.SOCIAL: N_("life of society"),
    TopicClass.ROADMAP: N_("the party’s Road Map"),
    TopicClass.LOCAL: N_("a local question"),
    TopicClass.PARTY_LIFE: N_("life of the party"),
    TopicClass.ELECTION: N_("an election"),
    TopicClass.CANDIDATE: N_("candidates"),
    TopicClass.PARTY_RATING: N_("ratings of parties"),
    TopicClass.REFERENDUM: N_("a referendum"),
}
_WHY = {
    "incomplete_profiles": N_("more than 5 % of the profiles are incomplete"),
    "design_effect": N_("the design effect is over 2.5"),
    "effective_sample": N_("the effective sample is under 100"),
    "audience": N_("the poll was for a part of the people"),
    "margins": N_("the official table does not fit these answers"),
}


def report_paper(
    reported: Reported, now: datetime, pictures: Mapping[int, bytes] | None = None
) -> Paper:
    """Return the whole report in the current language."""
    result = reported.result
    language = current_language()
    themes = {
        question: [(each.text(language), each.mentions) for each in told]
        for question, told in reported.themes.items()
    }
    return Paper(
        language=language.value,
        over=_("Full report of a poll"),
        title=result.poll.title(language),
        facts=tuple(_facts(result, now)),
        warnings=tuple(_warnings(reported)),
        questions=tables_of(result, _words(), themes),
        method=tuple(method_page(result)),
        said=said(),
        made_at=now,
        pictures=pictures or {},
        roster=_roster(reported),
    )


def _roster(reported: Reported) -> Roster | None:
    if not reported.respondents:
        return None
    questions = reported.result.poll.questions
    return Roster(
        (
            _("Name in Telegram"),
            _("Region, district"),
            *(one.text(current_language()) for one in questions),
        ),
        tuple(
            (each.name, _place(each), *(_answer(one, each) for one in questions))
            for each in reported.respondents
        ),
    )


def _place(respondent: Respondent) -> str:
    place = atlas().place(respondent.district or respondent.region or "")
    return place.name(current_language()) if place else NOTHING


def _answer(question: Question, respondent: Respondent) -> str:
    given = respondent.answers.get(question.position)
    return NOTHING if given is None else in_words(question, given)


def _words() -> Words:
    names = {cut: cut_name(cut) for cut in CUTS if cut != "region"}
    return Words(
        language=current_language().value,
        everybody=_("Everybody"),
        cuts={"region": _("Regions"), **names},
        group=group_name,
        low_end=lambda values: _("The two lowest together ({values})").format(values=values),
        high_end=lambda values: _("The two highest together ({values})").format(values=values),
    )


def _facts(result: Result, now: datetime) -> Iterable[Pair]:
    poll, passport = result.poll, result.poll.passport
    yield _("Poll number"), str(poll.id)
    yield _("Whom it was for"), unescape(audience(poll))
    yield _("Topic class"), _class_name(passport.topic_class)
    yield _("Answers"), _kind(passport.kind)
    yield _("Questions"), str(len(poll.questions))
    yield _("Began"), moment(poll.launched_at)
    yield _("Answers were taken until"), moment(result.ended_at)
    if passport.extended_from is not None:
        yield _("Extended once; announced first"), moment(passport.extended_from)
    if result.closed_early:
        yield _("Closed early; announced"), moment(poll.closes_at)
    yield from _people(result)
    yield from _weights(result)
    yield from _sample(result)
    if passport.verified:
        yield _("Who could answer"), _("people with a confirmed phone number")
    yield from legal_facts(passport)
    yield _("Hash of the wording (SHA-256)"), passport.wording_hash
    yield _("Report made"), moment(now)


def _people(result: Result) -> Iterable[Pair]:
    yield _("Valid answers, n"), number(result.base)
    for stream, name in (
        (Stream.INVITED, _("By invitation")),
        (Stream.OPEN, _("By the open link")),
    ):
        if stream in result.streams:
            yield name, number(result.streams[stream])
    if result.invited:
        yield _("People invited"), number(result.invited)
        rate = result.streams.get(Stream.INVITED, 0) / result.invited
        yield (
            _("Response rate of those invited"),
            f"{rate * 100:.1f}\N{NO-BREAK SPACE}%".replace(".", ","),
        )


def _weights(result: Result) -> Iterable[Pair]:
    weighing = result.weighing
    if weighing.weighted:
        yield _("Weights"), _("region; sex and type of settlement; age")
        yield (
            _("Official margins"),
            _("Bureau of National Statistics of Kazakhstan, {date}").format(date=weighing.margins),
        )
    else:
        why = _(_WHY[weighing.why]) if weighing.why in _WHY else ""
        yield _("Weights"), f"{_('Not weighted')}: {why}" if why else _("Not weighted")
    if weighing.design_effect is not None:
        yield _("Design effect (Kish)"), f"{weighing.design_effect:.2f}".replace(".", ",")
    if weighing.effective is not None:
        yield _("Effective sample"), number(round(weighing.effective))


def _sample(result: Result) -> Iterable[Pair]:
    sample = result.poll.passport.sample
    if sample is None:
        return
    size = number(int(sample["size"]))
    yield _("Random sample, stratified"), _("{number} people").format(number=size)
    yield _("Hash of the seed, published before"), str(sample.get("seed_hash", "–"))
    if sample.get("seed"):
        yield _("Seed"), str(sample["seed"])


def _warnings(reported: Reported) -> Iterable[str]:
    result = reported.result
    yield method(result)
    if reported.respondents:
        yield _(
            "⚠️ The sheet “{sheet}” holds personal data: names, places and answers. Keep it safe "
            "and do not hand it on. The bot deletes the list 90 days after the closing."
        ).format(sheet=said().respondents)
    else:
        yield _(
            "This report holds nobody’s personal data: only totals of groups of 10 people and "
            "more. Groups of fewer are merged with others or left out."
        )
    if result.poll.passport.kind is PollKind.NAMED:
        yield _("This poll was named: every respondent was warned before answering.")
    yield from pattern_lines(reported.patterns)


def _class_name(topic_class: str) -> str:
    return _(CLASSES[TopicClass(topic_class)]) if topic_class in set(TopicClass) else topic_class


def _kind(kind: PollKind) -> str:
    if kind is PollKind.NAMED:
        return _("named")
    return _("secret: sealed while the poll was open, destroyed after the count")
