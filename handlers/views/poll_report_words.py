"""What stands in the tables of a poll's report, and the page that says how it was counted."""

from collections.abc import Iterable

from handlers.text import _
from handlers.views.calendar_days import full
from handlers.views.poll_result import method
from services.clock import local_date
from services.polls.report_paper import Said
from services.polls.results import Result
from services.polls.themes import SMALLEST


def said() -> Said:
    """Return the words of tables in the current language."""
    return Said(
        contents=_("Contents"),
        facts=_("About the poll"),
        method=_("Method and definitions"),
        question=_("Question {number}"),
        national=_("Everybody who answered"),
        answer=_("Answer"),
        group=_("Group"),
        breakdown=_("Table"),
        votes=_("People with this answer"),
        share=_("Share, not weighted"),
        weighted=_("Share, weighted"),
        interval=_("Range, 95 %"),
        low=_("Range from"),
        high=_("Range to"),
        differs=_("Against the rest, points"),
        base=_("People who answered"),
        skipped=_("Skipped"),
        not_asked=_("Not asked"),
        value=_("Value"),
        note=_("Note"),
        mean=_("Mean"),
        rank=_("Mean place"),
        borda=_("Borda share"),
        theme=_("Theme"),
        mentions=_("Mentions"),
        open_answers=_("Answers in words, by theme"),
        no_themes=_("No theme has 10 mentions so far."),
        low_base=_("low base"),
        no_percentages=_("fewer than 50 answers: no percentages"),
        too_few=_("Fewer than 10 people answered, so nothing is told of this question."),
        missing=_("Not told apart, because too few answered there: {groups}"),
        several=_("Several answers could be chosen, so the sum is more than 100 %."),
        page=_("Page {page} of {pages}"),
        respondents=_("Who answered what"),
    )


def method_page(result: Result) -> Iterable[tuple[str, str]]:
    """Return what each term means, and where the procedure comes from."""
    yield _("Who was asked"), method(result)
    yield (
        _("Answered, skipped, not asked"),
        _(
            "“Answered” is the base of all shares of a question: who was asked it and answered, "
            "“difficult to answer” included. “Skipped” saw the question and left it. “Not asked” "
            "did not come to it because of an earlier answer. Bases of groups are rounded down to "
            "5."
        ),
    )
    yield _("Share, not weighted"), _("People with this answer, divided by the base.")
    yield (
        _("Share, weighted"),
        _(
            "The same with weights, so that region, sex by type of settlement, and age are as in "
            "the official statistics. Weights are raked (iterative proportional fitting, Deming "
            "and Stephan, 1940), thin levels are merged with their neighbours, and weights are "
            "kept within 0.2 to 5 times the mean. Where the design effect is over 2.5 or the "
            "effective sample under 100, the poll is published without weights."
        ),
    )
    yield (
        _("Design effect and effective sample"),
        _(
            "Kish (1965): n·Σw²/(Σw)² and (Σw)²/Σw². The effective sample is how many people "
            "without weights would tell as much."
        ),
    )
    yield (
        _("Range, 95 %"),
        _(
            "Wilson’s interval (1927) on the effective sample. A model’s estimate: with an opt-in "
            "panel there is no margin of sampling error (AAPOR, 2016)."
        ),
    )
    yield (
        _("Against the rest, points"),
        _(
            "▲ or ▼ where a group differs from everybody else: a test of two shares on effective "
            "samples with Holm’s correction over the whole report (1979), marked only from 5 "
            "points on and with p < 0.05."
        ),
    )
    yield (
        _("Small groups"),
        _(
            "Under 10 answers: merged into “others” together with the next smallest, so that "
            "nothing can be found by subtraction. Under 50: numbers of people and no percentages. "
            "50 to 99: low base. Where all or none of fewer than 200 chose an answer, “>95 %” or "
            "“<5 %” is printed."
        ),
    )
    yield (
        _("Scales and rankings"),
        _(
            "Of a scale: every value, the two lowest and the two highest together, and the mean "
            "with its interval. Of a ranking: the share who put an answer first, its mean place, "
            "and the Borda share, which is 100 % where everybody put it first."
        ),
    )
    yield (
        _("Answers in words, by theme"),
        _(
            "A moderator read the answers with personal data covered and gave each one theme. "
            "Themes with {smallest} mentions and more are told. The answers themselves are "
            "deleted 30 days after closing."
        ).format(smallest=SMALLEST),
    )
    yield (
        _("Wording and hash"),
        _(
            "The hash is SHA-256 over all questions and answers in both languages, published "
            "before the first answer. The same hash means the same wording."
        ),
    )
    yield (
        _("Secrecy"),
        _(
            "Answers were sealed while the poll was open. They, the key and the link to people "
            "were destroyed after the count on {date}; nobody can count anew."
        ).format(date=full(local_date(result.ended_at))),
    )
    yield (
        _("Sources"),
        _(
            "Official margins: Bureau of National Statistics of Kazakhstan. Procedure: AAPOR "
            "(2016), “Evaluating Survey Quality in Today’s Complex Environment”; L. Willenborg "
            "and T. de Waal (2001), “Elements of Statistical Disclosure Control”."
        ),
    )
