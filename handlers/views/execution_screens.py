"""Screens of the review of a quarter: which quarter, which place, which file."""

from collections.abc import Sequence
from html import escape

from handlers.buttons import back, button, in_rows, keyboard, paired
from handlers.screen import Screen
from handlers.text import _
from handlers.views.appeal_names import place_line
from handlers.views.emphasis import bold
from handlers.views.execution_callbacks import ReviewMade, ReviewOpened, ReviewPlaces
from handlers.views.execution_paper import quarter_words
from handlers.views.poll_report_callbacks import ReportsListed
from handlers.views.poll_result import short_region_name
from services.language import Language
from services.reports.quarter import Quarter

_NAMES = {Language.KAZAKH: "қаз", Language.RUSSIAN: "рус"}
_IN_A_ROW = 2
# Quarters of the year before are offered, none that are older.
_YEARS = 1


def review_screen(
    quarter: Quarter, region: str, newest: Quarter, regions: Sequence[str]
) -> Screen:
    """Return the files of a quarter's review; regions: those whose review may be read."""
    title = bold(_("📋 How the Road Map is carried out"))
    about = _(
        "The report of the quarter: numbers, indicators behind plan and who answers for them, "
        "how officials answer, words of citizens."
    )
    lines = [
        _("Quarter: {quarter}").format(quarter=quarter_words(quarter)),
        _("Report on: {place}").format(place=escape(place_words(region))),
    ]
    files = [
        [
            button(
                f"{kind} · {_NAMES[language]}",
                ReviewMade(quarter=str(quarter), region=region, language=language, book=book),
            )
            for kind, book in (("📄 PDF", False), ("📊 XLSX", True))
        ]
        for language in Language
    ]
    near = [
        button(
            words.format(quarter=quarter_words(each)),
            ReviewOpened(quarter=str(each), region=region),
        )
        for words, each in (("‹ {quarter}", quarter.previous), ("{quarter} ›", quarter.next))
        if newest.year - _YEARS <= each.year and each <= newest
    ]
    other = [button(_("🗺 Another place"), ReviewPlaces(quarter=str(quarter)))] if regions else []
    text = "\n\n".join([title, about, "\n".join(lines)])
    return Screen(text, keyboard(*files, *paired(near), other, [back(ReportsListed())]))


def places_screen(quarter: Quarter, regions: Sequence[str]) -> Screen:
    """Return the country and the regions to choose from."""
    country = button(place_words(""), ReviewOpened(quarter=str(quarter)))
    others = [
        button(short_region_name(code), ReviewOpened(quarter=str(quarter), region=code))
        for code in regions
    ]
    leave = [back(ReviewOpened(quarter=str(quarter)))]
    words = _("Choose the place of the report.")
    return Screen(words, keyboard([country], *in_rows(others, _IN_A_ROW), leave))


def place_words(region: str) -> str:
    """Return the country, or the name of a region."""
    return place_line(region, None) if region else _("All of Kazakhstan")
