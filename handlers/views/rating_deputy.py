"""One deputy as citizens see them: place, numbers, what changed; and apart, what is said of them.

What citizens say of the answers stands in a block of its own and is no part of the rating.
"""

from collections.abc import Iterator, Mapping, Sequence
from html import escape
from typing import Any

from aiogram.types import InlineKeyboardMarkup

from handlers.buttons import back, button, keyboard
from handlers.screen import Screen
from handlers.text import _, current_language, pick
from handlers.views.calendar_days import full
from handlers.views.emphasis import bold
from handlers.views.rating_callbacks import (
    CorrectionsShown,
    DeputyDrawn,
    DeputyShown,
    LetterBegun,
    MaslikhatShown,
    MethodShown,
)
from handlers.views.rating_words import (
    footing,
    is_cut,
    moved,
    risen,
    seat_of,
    title_of,
    with_unit,
)
from handlers.views.roadmap_words import amount
from services.clock import local_date
from services.ratings.feedback import Feedback
from services.ratings.model import Correction, Indicator, Round
from services.ratings.standing import Rated, Sheet

_MOST = 5  # corrections that are shown


def deputy_screen(sheet: Sheet, feedback: Feedback, *, own: bool = False) -> Screen:
    """Return a deputy with everything that is published of them; own: they read it themselves."""
    language = current_language()
    lines = [bold(escape(sheet.deputy.name(language))), seat_of(sheet.deputy, sheet.maslikhat)]
    if not sheet.sits:
        lines.append(_("The mandate is over."))
    lines.append("")
    lines += _rating(sheet) if sheet.history else [_("Not rated in any published round yet.")]
    lines += ["", *_feedback(feedback)]
    code = sheet.deputy.code
    rows = []
    if sheet.sits and not own:
        rows.append([button(_("✉️ Write to the deputy"), LetterBegun(deputy=code))])
    if sheet.history:
        rows.append([button(_("📈 Picture"), DeputyDrawn(code=code))])
        if is_cut(sheet.history[0].round):
            rows.append([button(_("📐 The whole method"), MethodShown(deputy=code))])
    if sheet.corrections:
        label = _("✏️ Corrections: {count}").format(count=len(sheet.corrections))
        rows.append([button(label, CorrectionsShown(code=code))])
    leave = back(MaslikhatShown(code=sheet.maslikhat.code))
    return Screen("\n".join(lines), keyboard(*rows, [leave]))


def _rating(sheet: Sheet) -> Iterator[str]:
    newest = sheet.history[0]
    yield bold(_("Rating: {title}").format(title=title_of(newest.round)))
    yield _("🏅 Place: {place} of {count}").format(place=newest.line.place, count=newest.of)
    yield _("Score: {score}").format(score=bold(amount(newest.line.score)))
    yield from _change(sheet, newest)
    yield ""
    for each in sheet.indicators:
        yield _value(each, newest)
    yield ""
    yield footing(newest.round)


def _change(sheet: Sheet, newest: Rated) -> Iterator[str]:
    if sheet.earlier is None:
        yield _("This is the first round of this maslikhat.")
        return
    title = title_of(sheet.earlier)
    before = sheet.before
    if before is None:
        yield _("Not in the round before: {title}").format(title=title)
        return
    change = moved(newest.line.place, before.line.place)
    yield _("Since the round before ({title}): place {before} → {place} ({change})").format(
        title=title, before=before.line.place, place=newest.line.place, change=change
    )
    yield _("Score: {before} → {score} ({change})").format(
        before=amount(before.line.score),
        score=amount(newest.line.score),
        change=risen(newest.line.score - before.line.score),
    )
    yield _("📅 The round before was counted on {day}.").format(day=full(before.round.terms.as_of))
    language = current_language()
    if before.round.terms.method(language) != newest.round.terms.method(language):
        yield _("⚠️ The method was another one then: compare with care.")


def _value(indicator: Indicator, newest: Rated) -> str:
    name = escape(indicator.name(current_language()))
    line = f"• {name}: {with_unit(newest.line.values[indicator.code], indicator)}"
    if indicator.weight is None:
        return line
    weight = _("weight {weight} %").format(weight=amount(indicator.weight))
    return f"{line} ({weight})"


def _feedback(feedback: Feedback) -> Iterator[str]:
    yield bold(_("🗣 What citizens say of the answers"))
    apart = _("It is no part of the rating.")
    yield f"<i>{apart}</i>"
    if feedback.answered is not None:
        yield _("Letters answered: {count}").format(count=feedback.answered)
    if feedback.stars is None:
        yield _("Fewer than 10 answers were rated: nothing is shown yet.")
        return
    yield _("⭐ {stars} of 5; answers rated: {count}").format(
        stars=amount(feedback.stars), count=feedback.rated
    )


def corrections_screen(
    sheet: Sheet, corrections: Sequence[Correction], rounds: Mapping[str, Round]
) -> Screen:
    """Return what was corrected in a deputy’s lines: before, after, why and when."""
    language = current_language()
    lines = [bold(_("✏️ Corrections")), escape(sheet.deputy.name(language))]
    names = {each.code: each.name(language) for each in sheet.indicators}
    shown: list[str] = []
    for each in corrections[:_MOST]:
        day = "" if each.decided_at is None else full(local_date(each.decided_at))
        lines += ["", f"{bold(day)} · {title_of(rounds[each.round])}"]
        lines += differences(each, names)
        lines.append(_("Why: {reason}").format(reason=escape(each.reason(language))))
        if each.round not in shown:
            shown.append(each.round)
    for code in shown:
        lines += ["", f"<i>{title_of(rounds[code])}</i>", footing(rounds[code])]
    leave = back(DeputyShown(code=sheet.deputy.code))
    return Screen("\n".join(lines), keyboard([leave]))


def differences(correction: Correction, names: Mapping[str, str]) -> Iterator[str]:
    """Yield what is not as it was before; HTML."""
    before: dict[str, Any] = dict(correction.before)
    after: dict[str, Any] = dict(correction.after)
    labels = {"score": _("Score"), "place": _("Place")}
    for what, label in labels.items():
        if what in after and before.get(what) != after[what]:
            yield f"{label}: {_number(before[what])} → {_number(after[what])}"
    for code, said in after.get("values", {}).items():
        was = before.get("values", {}).get(code)
        if was != said:
            yield f"{escape(names.get(code, code))}: {_number(was)} → {_number(said)}"


def _number(said: str | None) -> str:
    return "–" if said is None else said.replace(".", ",")


def picture_caption(sheet: Sheet) -> str:
    """Return what stands under the picture: whose it is, of which round, and how it came about."""
    newest = sheet.history[0]
    name = pick(sheet.deputy.name_kk, sheet.deputy.name_ru)
    place = _("🏅 Place: {place} of {count}").format(place=newest.line.place, count=newest.of)
    return "\n".join((bold(escape(name)), title_of(newest.round), place, footing(newest.round)))


def picture_keyboard(sheet: Sheet) -> InlineKeyboardMarkup:
    """Return the way back from the picture."""
    return keyboard([back(DeputyShown(code=sheet.deputy.code))])
