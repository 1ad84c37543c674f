"""What is drawn of a deputy: the scores round by round, and where they stand in the maslikhat."""

from decimal import Decimal

from handlers.text import _, current_language
from handlers.views.calendar_days import full
from handlers.views.roadmap_words import amount
from services.polls.chart import Bar, Card, Heading, Part
from services.ratings.places import middle
from services.ratings.standing import Rated, Sheet
from services.text.length import shortened

_METHOD = 400


def deputy_card(sheet: Sheet) -> Card:
    """Return the picture of a deputy who was rated; the newest round comes last."""
    newest = sheet.history[0]
    own = [each for each in sheet.history if each.line.maslikhat == newest.line.maslikhat]
    top = max(score for each in own for score in each.scores)
    language = current_language()
    parts: list[Part] = [Heading(_("Score, round by round"))]
    parts += [_round_bar(each, top) for each in reversed(own)]
    title = newest.round.terms.title(language)
    parts.append(Heading(_("In this maslikhat: {title}").format(title=title)))
    parts += [
        Bar(_("The highest score"), *_length(max(newest.scores), top), grey=True),
        Bar(_("The middle score"), *_length(middle(newest.scores), top), grey=True),
        Bar(sheet.deputy.name(language), *_length(newest.line.score, top)),
    ]
    terms = newest.round.terms
    return Card(
        _("Rating of maslikhat deputies"),
        f"{sheet.deputy.name(language)}, {sheet.maslikhat.name(language)}",
        tuple(parts),
        (
            _("For {first} – {last}, counted on {day}").format(
                first=full(terms.begins_on), last=full(terms.ends_on), day=full(terms.as_of)
            ),
        ),
        _methods(own),
    )


def _round_bar(each: Rated, top: Decimal) -> Bar:
    terms = each.round.terms
    detail = _("place {place} of {count}, counted on {day}").format(
        place=each.line.place, count=each.of, day=full(terms.as_of)
    )
    figure, length = _length(each.line.score, top)
    return Bar(terms.title(current_language()), figure, length, detail=detail)


def _length(score: Decimal, top: Decimal) -> tuple[str, float]:
    return amount(score), float(score / top) if top else 0.0


def _methods(rated: list[Rated]) -> str:
    """Return the method of each round, said once where it is the same."""
    language = current_language()
    said: dict[str, str] = {}
    for each in rated:
        method = shortened(each.round.terms.method(language), _METHOD)
        said.setdefault(method, each.round.terms.title(language))
    if len(said) == 1:
        return _("Method: {method}").format(method=next(iter(said)))
    return " ".join(
        _("Method ({title}): {method}").format(title=title, method=method)
        for method, title in said.items()
    )
