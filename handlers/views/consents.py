"""Screens of the consents: the text that is asked about, the list in the settings, one of them."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from html import escape

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton

from handlers.buttons import back, button, keyboard
from handlers.callbacks import ConsentGiven, ConsentRead, ConsentRefused
from handlers.screen import Screen
from handlers.text import N_, _, current_language
from handlers.views.calendar_days import full
from handlers.views.emphasis import bold
from handlers.views.settings import DataOpened
from services.clock import local_date
from services.language import Language
from services.organisation.directory import Organisation
from services.people.consent import ConsentKind, consent_text, current_version, holds
from services.people.consents import Consent

NAMES: Mapping[ConsentKind, str] = {
    ConsentKind.APPEALS: N_("✍️ Appeals"),
    ConsentKind.POLL_PROFILE: N_("👤 About me, for polls"),
    ConsentKind.NEWS: N_("📰 News"),
    ConsentKind.PROGRAMMES: N_("🎓 Programmes"),
    ConsentKind.COUNCILS: N_("🏛 Offering oneself for a council"),
    ConsentKind.PROPOSALS: N_("💡 Proposals board"),
}
# What nearly everybody is asked; the others are told of where they are needed.
_USUAL = (ConsentKind.APPEALS, ConsentKind.POLL_PROFILE, ConsentKind.NEWS)
# What cannot be done without it.
REFUSED: Mapping[ConsentKind, str] = {
    ConsentKind.APPEALS: N_(
        "Without this consent the bot may not keep an appeal. Everything else works. You can "
        "agree at any time."
    ),
    ConsentKind.POLL_PROFILE: N_(
        "Nothing about you is kept. You can answer polls all the same, and agree at any time."
    ),
    ConsentKind.NEWS: N_("News will not come. You can read it at any time: /news"),
    ConsentKind.PROGRAMMES: N_(
        "Without this consent the bot may not put you on a list. You can read about programmes "
        "all the same: /programmes"
    ),
    ConsentKind.COUNCILS: N_(
        "Without this consent the bot may not keep an application. You can see who sits in the "
        "councils all the same: /councils"
    ),
    ConsentKind.PROPOSALS: N_(
        "Without this consent the bot may not keep a proposal, nor that you support one. You can "
        "read the board at any time: /proposals"
    ),
}
# What taking it back has brought about.
WITHDRAWN: Mapping[ConsentKind, str] = {
    ConsentKind.APPEALS: N_(
        "You have taken this consent back. No new appeals and additions are kept from now on, and "
        "an appeal that was not sent yet is erased. Those you sent are still looked into and you "
        "will get the answer. To erase them too: /forget"
    ),
    ConsentKind.POLL_PROFILE: N_(
        "You have taken this consent back. What you told about yourself is erased."
    ),
    ConsentKind.NEWS: N_(
        "You have taken this consent back. From now on no news comes, also what was on its way."
    ),
    ConsentKind.PROGRAMMES: N_(
        "You have taken this consent back. You have left all programmes, and what you wrote for "
        "them is erased."
    ),
    ConsentKind.COUNCILS: N_(
        "You have taken this consent back. Your applications to public councils are erased."
    ),
    ConsentKind.PROPOSALS: N_(
        "You have taken this consent back. What the board shows of you stays there without any "
        "trace of whose it was; what waited for a moderator is erased, and your supports are "
        "taken back."
    ),
}


class ConsentsOpened(CallbackData, prefix="consents"):
    """The list of consents."""


class ConsentOpened(CallbackData, prefix="consentof"):
    """One consent: the text of a version, "" for the one agreed to last."""

    kind: ConsentKind
    version: str


class ConsentWithdrawn(CallbackData, prefix="takeback"):
    """A consent is taken back."""

    kind: ConsentKind


def text_of(kind: ConsentKind, organisation: Organisation, version: str | None = None) -> str:
    """Return a text of this kind in the current language, with the party's name."""
    language = current_language()
    party = escape(organisation.party.name(language))
    return consent_text(kind, language, version).format(party=party)


def asking_screen(kind: ConsentKind, organisation: Organisation) -> Screen:
    """Return the text in force with the question whether the person agrees to it."""
    return Screen(
        text_of(kind, organisation),
        keyboard(
            [agreeing(kind, onward=True)],
            [button(_("I do not agree"), ConsentRefused(kind=kind))],
            [_other_language(kind)],
        ),
    )


def agreeing(kind: ConsentKind, *, onward: bool) -> InlineKeyboardButton:
    """Return the button that agrees to the text in force."""
    given = ConsentGiven(
        kind=kind, version=current_version(kind), language=current_language(), onward=onward
    )
    return button(_("✅ I agree"), given)


def list_screen(consents: Sequence[Consent]) -> Screen:
    """Return which texts the person agreed to and when."""
    lines = [bold(_("Your consents")), ""]
    shown = {kind: name for kind, name in NAMES.items() if _is_listed(consents, kind)}
    for kind, name in shown.items():
        lines.append(f"{_(name)}: {_status(last_of(consents, kind))}")
    rows = [
        [button(_(name), ConsentOpened(kind=kind, version=""))] for kind, name in shown.items()
    ]
    return Screen("\n".join(lines), keyboard(*rows, [back(DataOpened())]))


def _is_listed(consents: Sequence[Consent], kind: ConsentKind) -> bool:
    """Tell whether a kind stands in the list: the usual three, and what was ever agreed to."""
    return kind in _USUAL or last_of(consents, kind) is not None


def consent_screen(
    kind: ConsentKind,
    version: str,
    consents: Sequence[Consent],
    organisation: Organisation,
    note: str = "",
) -> Screen:
    """Return the text of a version ("": the latest agreed to) with what can be done about it.

    A note stands in the place of the text, which is then a press away.
    """
    last = last_of(consents, kind)
    known = [one.version for one in consents if one.kind is kind]
    shown = version if version in known else last.version if last else current_version(kind)
    in_force = last is not None and last.withdrawn_at is None
    rows = []
    if last is None or not in_force or not holds(kind, last.version):
        rows.append([agreeing(kind, onward=False)])
        shown = version if version in known else current_version(kind)
    if in_force:
        rows.append([button(_("↩️ Take my consent back"), ConsentWithdrawn(kind=kind))])
    rows += [
        [_of_version(kind, each)]
        for each in dict.fromkeys([*known, current_version(kind)])
        if each != shown and (each in known or not in_force)
    ]
    words = text_of(kind, organisation, shown)
    if note:
        words = note
        rows.append([_of_version(kind, shown)])
    status = _("State: {state}").format(state=_status(last))
    return Screen(f"{words}\n\n{status}", keyboard(*rows, [back(ConsentsOpened())]))


def last_of(consents: Sequence[Consent], kind: ConsentKind) -> Consent | None:
    """Return the consent of this kind that counts: one in force, else the latest."""
    own = [one for one in consents if one.kind is kind]
    return max(own, key=lambda one: (one.withdrawn_at is None, one.given_at), default=None)


def _status(consent: Consent | None) -> str:
    if consent is None:
        return _("not agreed")
    if consent.withdrawn_at is not None:
        return _("taken back on {date}").format(date=_day(consent.withdrawn_at))
    given = _("given on {date}, text {version}")
    return given.format(date=_day(consent.given_at), version=consent.version)


def _day(moment: datetime) -> str:
    return full(local_date(moment))


def _of_version(kind: ConsentKind, version: str) -> InlineKeyboardButton:
    words = _("📄 Text {version}").format(version=version)
    return button(words, ConsentOpened(kind=kind, version=version))


def _other_language(kind: ConsentKind) -> InlineKeyboardButton:
    if current_language() is Language.KAZAKH:
        return button("По-русски", ConsentRead(kind=kind, language=Language.RUSSIAN))
    return button("Қазақша", ConsentRead(kind=kind, language=Language.KAZAKH))
