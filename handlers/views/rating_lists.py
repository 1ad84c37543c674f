"""Where citizens find their deputy: regions, maslikhats, names, and a maslikhat by place."""

from collections.abc import Sequence
from html import escape

from aiogram.types import InlineKeyboardButton

from handlers.buttons import back, button, in_rows, keyboard
from handlers.screen import Screen
from handlers.text import N_, _, current_language, pick
from handlers.views.emphasis import bold
from handlers.views.party_callbacks import PartyLifeShown
from handlers.views.rating_callbacks import (
    DeputiesShown,
    DeputyShown,
    DeputySought,
    MaslikhatShown,
    MethodShown,
    RoundsShown,
)
from handlers.views.rating_rounds import RATING
from handlers.views.rating_words import footing, is_cut, moved, title_of
from handlers.views.roadmap_words import amount
from services.places.atlas import atlas
from services.ratings.model import Deputy, Maslikhat, Round
from services.ratings.standing import Table
from services.text.fold import fold
from services.text.length import shortened

PAGE = 8
_COLUMNS = 2
DEPUTIES = N_("🏅 Deputies of maslikhats")
_LABEL = 55


def regions_screen(
    regions: Sequence[str],
    near: Sequence[Maslikhat],
    own: Deputy | None = None,
    *,
    works: bool = False,
) -> Screen:
    """Return the regions, the maslikhats of one’s own place above; own: the reader’s own line.

    works: the reader looks after the rating.
    """
    work = [button(_(RATING), RoundsShown())] if works else []
    leave = [back(PartyLifeShown())]
    if not regions:
        return Screen(_("There are no deputies here yet."), keyboard(work, leave))
    words = _(
        "Find your deputy: choose a region or look by name. You see the place in the rating with "
        "its method and date, and you can write to the deputy."
    )
    rows = []
    if own is not None:
        rows.append([button(_("👤 My own line"), DeputyShown(code=own.code))])
    rows += [[_maslikhat_button(each, "⭐ ")] for each in near]
    rows.append([button(_("🔎 Find by name"), DeputySought())])
    known = [atlas().regions[code] for code in regions if code in atlas().regions]
    rows += in_rows(
        [
            button(pick(each.short_kk, each.short_ru), DeputiesShown(region=each.kato))
            for each in known
        ],
        _COLUMNS,
    )
    title = bold(_(DEPUTIES))
    return Screen(f"{title}\n\n{words}", keyboard(*rows, work, leave))


def maslikhats_screen(region: str, maslikhats: Sequence[Maslikhat]) -> Screen:
    """Return the maslikhats of a region."""
    place = atlas().find(region)
    name = region if place is None else place.name(current_language())
    question = _("Which maslikhat?")
    text = f"{bold(_(DEPUTIES))}\n{escape(name)}\n\n{question}"
    rows = [[_maslikhat_button(each)] for each in maslikhats]
    return Screen(text, keyboard(*rows, [back(DeputiesShown())]))


def maslikhat_screen(table: Table, after: int = 0) -> Screen:
    """Return a maslikhat by place, a page of it; who sits there where nobody was rated yet."""
    if table.round is None:
        return _unrated_screen(table, after)
    page = table.standings[after : after + PAGE]
    language = current_language()
    name = escape(table.maslikhat.name(language))
    lines = [bold(name), _("Rating: {title}").format(title=title_of(table.round)), ""]
    for each in page:
        change = f" · {moved(each.place, each.before)}" if table.earlier else ""
        who = escape(pick(each.name_kk, each.name_ru))
        mark = " ✏️" if each.corrected else ""
        lines.append(f"{bold(str(each.place))}. {who} · {amount(each.score)}{change}{mark}")
    lines.append("")
    if any(each.corrected for each in page):
        lines.append(_("✏️ corrected after it was published: open the deputy to see why"))
    if table.earlier is not None:
        legend = _("▲ ▼ how the place has changed since the round before: {title}")
        lines.append(legend.format(title=title_of(table.earlier)))
    lines.append(footing(table.round))
    rows = [
        [_deputy_button(each.deputy, f"{each.place}. {pick(each.name_kk, each.name_ru)}")]
        for each in page
    ]
    more = after + PAGE < len(table.standings)
    method = _method_row(table.round, table.maslikhat.code)
    last = [back(DeputiesShown(region=table.maslikhat.region))]
    turning = _turning(table.maslikhat.code, after, more=more)
    return Screen("\n".join(lines), keyboard(*rows, turning, method, last))


def sought_screen(problem: str = "") -> Screen:
    """Ask for a name."""
    ask = _("Write the name or the surname of the deputy, in Kazakh or in Russian.")
    text = "\n\n".join(part for part in (problem, ask) if part)
    return Screen(text, keyboard([back(DeputiesShown())]))


def found_screen(said: str, found: Sequence[Deputy], maslikhats: Sequence[Maslikhat]) -> Screen:
    """Return the deputies whose names fit, or that there is none."""
    language = current_language()
    if not found:
        problem = _("I have found nobody called “{name}”. Please try another spelling.")
        return sought_screen(problem.format(name=escape(shortened(said, _LABEL))))
    seats = {each.code: each.name(language) for each in maslikhats}
    rows = [
        [_deputy_button(each.code, f"{each.name(language)}, {seats.get(each.maslikhat, '')}")]
        for each in found
    ]
    again = button(_("🔎 Another name"), DeputySought())
    text = bold(_("Is it one of these deputies?"))
    return Screen(text, keyboard(*rows, [again], [back(DeputiesShown())]))


def method_screen(each: Round, press: MethodShown) -> Screen:
    """Return the whole method of a round."""
    terms, language = each.terms, current_language()
    text = f"{bold(title_of(each))}\n{footing(each).partition(chr(10))[0]}"
    method = escape(terms.method(language))
    leave = DeputyShown(code=press.deputy) if press.deputy else None
    to = leave or MaslikhatShown(code=press.maslikhat)
    title = bold(_("📐 Method"))
    return Screen(f"{text}\n\n{title}\n{method}", keyboard([back(to)]))


def _unrated_screen(table: Table, after: int) -> Screen:
    language = current_language()
    sitting = sorted(table.deputies, key=lambda each: fold(each.name(language)))
    page = sitting[after : after + PAGE]
    name = bold(escape(table.maslikhat.name(language)))
    words = _("No round of the rating was published here yet. You can write to a deputy.")
    rows = [[_deputy_button(each.code, each.name(language))] for each in page]
    more = after + PAGE < len(table.deputies)
    turning = _turning(table.maslikhat.code, after, more=more)
    last = [back(DeputiesShown(region=table.maslikhat.region))]
    return Screen(f"{name}\n\n{words}", keyboard(*rows, turning, last))


def _turning(code: str, after: int, *, more: bool) -> list[InlineKeyboardButton]:
    row = []
    if after:
        row.append(button(_("« To the beginning"), MaslikhatShown(code=code)))
    if more:
        row.append(button(_("More ›"), MaslikhatShown(code=code, after=after + PAGE)))
    return row


def _method_row(each: Round, maslikhat: str) -> list[InlineKeyboardButton]:
    if not is_cut(each):
        return []
    return [button(_("📐 The whole method"), MethodShown(maslikhat=maslikhat))]


def _maslikhat_button(each: Maslikhat, mark: str = "") -> InlineKeyboardButton:
    label = shortened(f"{mark}{each.name(current_language())}", _LABEL)
    return button(label, MaslikhatShown(code=each.code))


def _deputy_button(code: str, label: str) -> InlineKeyboardButton:
    return button(shortened(label, _LABEL), DeputyShown(code=code))
