"""Screens on which a decision about an appeal is prepared."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from html import escape

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton

from handlers.buttons import back, button, cancel, in_rows, keyboard
from handlers.operator.appeals.callbacks import AppealOpened
from handlers.operator.appeals.decision import Decision
from handlers.operator.appeals.decision_callbacks import (
    BanLifted,
    BansShown,
    BanUntil,
    ChoiceAsked,
    DecisionLeft,
    DeclineFor,
    ExtendTo,
    MergeWith,
    SortAsked,
    SortingOpened,
    SortingPart,
    TopicSet,
    TypeSet,
)
from handlers.screen import Screen
from handlers.text import N_, _
from handlers.views.appeal_names import place_line, topic_line, type_line
from handlers.views.calendar_days import full, moment
from handlers.views.emphasis import bold
from services.appeals.banning import Ban
from services.appeals.declining import DeclineReason
from services.appeals.dossier import Dossier
from services.appeals.extending import STEPS, Extension
from services.appeals.merging import SimilarAppeal
from services.organisation.directory import Organisation

DECLINE_REASONS = {
    DeclineReason.REPEATED: N_("The same matter has been answered, and nothing is new"),
    DeclineReason.UNCLEAR: N_("It cannot be understood what is asked"),
    DeclineReason.INSULT: N_("Insults or threats instead of a matter"),
    DeclineReason.ADVERTISING: N_("Advertising"),
    DeclineReason.COURT: N_("A court or an investigation decides on this"),
    DeclineReason.OTHER: N_("Another reason"),
}
_BAN_LENGTHS = (
    (timedelta(days=1), N_("1 day")),
    (timedelta(days=7), N_("1 week")),
    (timedelta(days=30), N_("1 month")),
)
_COLUMNS = 2


def sort_screen(dossier: Dossier, organisation: Organisation) -> Screen:
    """Return what can be sorted, as it is now."""
    card = dossier.card
    kind = type_line(dossier.type, organisation) if dossier.type else _("not chosen yet")
    lines = [
        bold(_("What should be changed in appeal No. {number}?").format(number=card.number)),
        "",
        _("Type: {type}").format(type=escape(kind)),
        _("Topic: {topic}").format(topic=escape(topic_line(card.topic, organisation))),
        _("Place: {place}").format(place=escape(place_line(card.region, card.district))),
        _("Answer due by: {date}").format(date=full(card.due_on)),
        "",
        _(
            "The due date follows the type; the section and the office follow the topic and the "
            "place."
        ),
    ]
    labels = {
        SortingPart.TYPE: _("Type"),
        SortingPart.TOPIC: _("Topic"),
        SortingPart.PLACE: _("Place"),
    }
    parts = [
        button(label, SortingOpened(appeal=card.id, version=card.version, part=part))
        for part, label in labels.items()
    ]
    return Screen("\n".join(lines), keyboard(parts, [back(AppealOpened(appeal=card.id))]))


def types_screen(dossier: Dossier, organisation: Organisation) -> Screen:
    """Return the types to choose from."""
    seen = {"appeal": dossier.card.id, "version": dossier.card.version}
    buttons = [
        button(type_line(code, organisation), TypeSet(**seen, type=code))
        for code in organisation.types
    ]
    rows = in_rows(buttons, _COLUMNS)
    return Screen(bold(_("Of which type is it?")), keyboard(*rows, [back(SortAsked(**seen))]))


def topics_screen(dossier: Dossier, organisation: Organisation) -> Screen:
    """Return the topics in use to choose from."""
    seen = {"appeal": dossier.card.id, "version": dossier.card.version}
    buttons = [
        button(topic_line(topic.code, organisation), TopicSet(**seen, topic=topic.code))
        for topic in organisation.topics.values()
        if not topic.retired
    ]
    rows = in_rows(buttons, _COLUMNS)
    return Screen(bold(_("Which topic is it?")), keyboard(*rows, [back(SortAsked(**seen))]))


def dates_screen(decision: Decision, extension: Extension, note: str) -> Screen:
    """Return the dates to which the term can be extended."""
    title = bold(_("Extend the term of appeal No. {number}").format(number=extension.number))
    facts = "\n".join(
        (
            _("Present due date: {date}").format(date=full(extension.due_on)),
            _("The last possible one: {date}").format(date=full(extension.last)),
        )
    )
    hint = _("Choose the new date, or type it, such as 20.04.2026.")
    buttons = [
        _choice(decision, f"{full(day)} (+{days})", day)
        for day, days in zip(extension.offered, STEPS, strict=False)
    ]
    return _asking(decision, (note, title, facts, hint), ([each] for each in buttons))


def reasons_screen(decision: Decision, number: str, note: str) -> Screen:
    """Return the reasons to decline."""
    title = bold(_("Why is appeal No. {number} declined?").format(number=escape(number)))
    hint = _("The citizen will read the reason and may disagree with it.")
    rows = [
        [
            button(
                _(label),
                DeclineFor(appeal=decision.appeal, version=decision.version, reason=reason),
            )
        ]
        for reason, label in DECLINE_REASONS.items()
    ]
    return _asking(decision, (note, title, hint), rows)


def targets_screen(
    decision: Decision, number: str, found: Sequence[SimilarAppeal], note: str
) -> Screen:
    """Return the appeals to which this one may be joined."""
    title = bold(_("To which appeal should No. {number} be joined?").format(number=number))
    hint = _("Choose a similar one, or type the number of another.")
    if not found:
        hint = _("Nothing similar was found. Type the number of the other appeal.")
    texts = [
        f"<b>№ {similar.number}</b> · {full(similar.registered_on)}\n"
        f"<i>{escape(similar.excerpt)}</i>"
        for similar in found
    ]
    rows = [
        [
            button(
                f"№ {similar.number}",
                MergeWith(appeal=decision.appeal, version=decision.version, target=similar.id),
            )
        ]
        for similar in found
    ]
    return _asking(decision, (note, title, *texts, hint), rows)


def lengths_screen(decision: Decision, now: datetime, note: str) -> Screen:
    """Return how long a ban may be; the ends are whole hours."""
    title = bold(_("For how long should the author leave no new appeals?"))
    hint = _(
        "The author is told the reason and the end, and can object. They can still read, answer "
        "polls and see their own appeals.\n\nAnother end? Type its date, such as 20.04.2026."
    )
    hour = now.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    buttons = [
        button(
            _(label),
            BanUntil(
                appeal=decision.appeal,
                version=decision.version,
                until=int((hour + length).timestamp()),
            ),
        )
        for length, label in _BAN_LENGTHS
    ]
    return _asking(decision, (note, title, hint), [buttons])


def banned_screen(ban: Ban, leave: CallbackData, note: str = "") -> Screen:
    """Return a ban in force with what the person says against it, and the button that ends it."""
    lines = [
        bold(_("The author leaves no new appeals until: {time}").format(time=moment(ban.until))),
        _("Since appeal No. {number}").format(number=escape(ban.appeal_number)),
        _("Reason: {reason}").format(reason=escape(ban.reason)),
    ]
    if ban.objection:
        lines += [_("The person objects:"), f"<blockquote>{escape(ban.objection)}</blockquote>"]
    lift = button(_("✅ End the ban now"), BanLifted(appeal=ban.appeal, ban=ban.number))
    return Screen(above(note, "\n".join(lines)), keyboard([lift], [back(leave)]))


def bans_screen(bans: Sequence[Ban], leave: CallbackData, note: str = "") -> Screen:
    """Return the bans in force; pressing one ends it after a look at its appeal."""
    text = bold(_("Bans in force")) if bans else _("Nobody is banned now.")
    rows = [
        [
            button(
                _("No. {number} · until {time}").format(
                    number=ban.appeal_number, time=moment(ban.until)
                ),
                AppealOpened(appeal=ban.appeal),
            )
        ]
        for ban in bans
    ]
    hint = _("To end one, open its appeal: ⋯ More, 🚫 Ban.") if bans else ""
    return Screen(above(note, text, hint), keyboard(*rows, [back(leave)]))


def lifted_screen() -> Screen:
    """Return the word that a ban is over."""
    text = _("✅ The ban is over, and the person has been told.")
    return Screen(text, keyboard([button(_("🚫 Bans in force"), BansShown())]))


def words_screen(decision: Decision, title: str, hint: str, note: str) -> Screen:
    """Return the request for words; title and hint are Telegram HTML."""
    return _asking(decision, (note, bold(title), hint), ())


def preview_screen(decision: Decision, text: str, label: str) -> Screen:
    """Return what will be done, Telegram HTML, and the button that does it."""
    rows = [[button(label, decision.confirmed)]]
    if decision.value:
        other = ChoiceAsked(appeal=decision.appeal, version=decision.version, verb=decision.verb)
        rows.append([back(other)])
    return _asking(decision, (text,), rows)


def quoted(text: str) -> str:
    """Return words as a quotation."""
    return f"<blockquote>{escape(text)}</blockquote>"


def above(*parts: str) -> str:
    """Return the parts that are there, a blank line between them."""
    return "\n\n".join(part for part in parts if part)


def _choice(decision: Decision, label: str, day: date) -> InlineKeyboardButton:
    data = ExtendTo(appeal=decision.appeal, version=decision.version, day=day.toordinal())
    return button(label, data)


def _asking(
    decision: Decision, parts: Iterable[str], rows: Iterable[list[InlineKeyboardButton]]
) -> Screen:
    leave = cancel(DecisionLeft(appeal=decision.appeal))
    return Screen(above(*parts), keyboard(*rows, [leave]))
